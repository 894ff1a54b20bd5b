"""A series in the room of a word: its line, its limits as a pale band, and the mark of its last reading.

Drawn by hand, for a table shows hundreds. Where it has words of its own they are read aloud; where none are
given it repeats what stands beside it, and nothing reads it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Literal

from watchkeep.domain.spc import Chart, Judged
from watchkeep.formats.charts.colours import AHEAD, AIM, COMMON, FAINT, MEANINGS, PAPER

Meaning = Literal["improvement", "concern", "change", "mixed", ""]

WIDTH, HEIGHT, MARGIN = 112, 28, 5
MOST = 36  # readings: more of them are no line but a smear


CORNERS = {  # of each shape, in its own size
    "square": ((-0.88, -0.88), (0.88, -0.88), (0.88, 0.88), (-0.88, 0.88)),
    "diamond": ((0, -1.25), (1.1, 0), (0, 1.25), (-1.1, 0)),
    "triangle-up": ((0, -1.1), (1.1, 0.85), (-1.1, 0.85)),
}


@dataclass(frozen=True, slots=True)
class Dot:
    """One reading of a small picture: how far along, how high, what it says, and its limits."""

    value: float
    meaning: Meaning = ""
    centre: float | None = None
    lower: float | None = None
    upper: float | None = None


def sparkline(
    chart: Chart,
    *,
    width: int = WIDTH,
    height: int = HEIGHT,
    dots: bool = False,
    most: int = MOST,
    words: str = "",
) -> str:
    """The last readings of a chart. `dots` marks each reading that has a signal, not only the last; `words`
    is what the picture says, for who does not see it.
    """
    points = [_dot(each) for each in chart.readings[-most:]]
    return drawn_small(points, _aim(chart), width, height, dots=dots, words=words)


def drawn_small(
    dots_of: Sequence[Dot],
    target: float | None,
    width: int,
    height: int,
    *,
    dots: bool = False,
    words: str = "",
) -> str:
    """The same from plain points, as a paper has them."""
    if not dots_of:
        return ""
    low, high = _range(dots_of, target)

    def across(place: int) -> float:
        return MARGIN + (width - 2 * MARGIN) * place / max(len(dots_of) - 1, 1)

    def up(value: float) -> float:
        return MARGIN + (height - 2 * MARGIN) * (high - value) / (high - low)

    pieces = [_limits(dots_of, across, up)]
    if target is not None:
        pieces.append(
            f'<path d="M{MARGIN} {up(target):.1f}H{width - MARGIN}" fill="none" stroke="{AIM}" '
            'stroke-width="1.2" stroke-dasharray="5 2"/>'
        )
    points = " ".join(f"{across(place):.1f},{up(each.value):.1f}" for place, each in enumerate(dots_of))
    pieces.append(f'<polyline points="{points}" fill="none" stroke="{COMMON}" stroke-width="1.4"/>')
    last = len(dots_of) - 1
    pieces += [
        mark(each.meaning, across(place), up(each.value), 4.2 if place == last else 3.2)
        for place, each in enumerate(dots_of)
        if place == last or (dots and each.meaning)
    ]
    read = f'role="img" aria-label="{escape(words)}"' if words else 'aria-hidden="true"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="spark" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" {read} focusable="false">{"".join(pieces)}</svg>'
    )


def mark(meaning: Meaning, x: float, y: float, r: float) -> str:
    """The sign of one reading: a shape and a colour, the same as on the large chart."""
    colour, shape = MEANINGS[meaning]
    look = f'fill="{colour}" stroke="{PAPER}" stroke-width="0.8"'
    if shape == "circle":
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r * 0.72:.1f}" {look}/>'
    if shape == "cross":
        return (
            f'<path d="M{x - r:.1f} {y:.1f}h{2 * r:.1f}M{x:.1f} {y - r:.1f}v{2 * r:.1f}" '
            f'fill="none" stroke="{colour}" stroke-width="2.4"/>'
        )
    corners = " ".join(f"{x + r * right:.1f},{y + r * down:.1f}" for right, down in CORNERS[shape])
    return f'<polygon points="{corners}" {look}/>'


def _aim(chart: Chart) -> float | None:
    """The target in force at the last reading."""
    last = chart.readings[-1].on if chart.readings else None
    return next(
        (
            each.value
            for each in reversed(chart.series.targets)
            if each.kind == "target"
            and last is not None
            and each.from_on <= last
            and (each.until_on is None or last < each.until_on)
        ),
        None,
    )


def _limits(dots_of: Sequence[Dot], across: Callable[[int], float], up: Callable[[float], float]) -> str:
    """The band between the limits, stretch by stretch, and the mean as its spine."""
    pieces, start = [], 0
    for place in range(1, len(dots_of) + 1):
        if place == len(dots_of) or dots_of[place].centre != dots_of[start].centre:
            pieces.append(_stretch(dots_of[start:place], start, across, up))
            start = place
    return "".join(pieces)


def _stretch(
    dots_of: Sequence[Dot], start: int, across: Callable[[int], float], up: Callable[[float], float]
) -> str:
    """One stretch of one mean; its limits may move with their denominators."""
    between = [(across(start + place), each.lower, each.upper) for place, each in enumerate(dots_of)]
    above = [f"{x:.1f},{up(high):.1f}" for x, _, high in between if high is not None]
    below = [f"{x:.1f},{up(low):.1f}" for x, low, _ in between if low is not None]
    band = ""
    if len(above) == len(below) == len(dots_of) > 1:
        corners = " ".join((*above, *reversed(below)))
        band = f'<polygon points="{corners}" fill="{FAINT}" fill-opacity="0.45"/>'
    centre = dots_of[0].centre
    if centre is None:
        return band
    ends = f"M{between[0][0]:.1f} {up(centre):.1f}H{between[-1][0]:.1f}"
    return f'{band}<path d="{ends}" fill="none" stroke="{AHEAD}"/>'


def _dot(each: Judged) -> Dot:
    return Dot(each.value, each.meaning, each.centre, each.lower, each.upper)


def _range(dots_of: Sequence[Dot], target: float | None) -> tuple[float, float]:
    values = [
        value
        for each in dots_of
        for value in (each.value, each.lower, each.upper, each.centre)
        if value is not None
    ]
    values += [target] if target is not None else []
    low, high = min(values), max(values)
    return (low, high) if high > low else (low - 1, high + 1)

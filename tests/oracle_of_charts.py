"""The rules of the control charts once more, written slowly: loops, exact fractions, one reading at a time.

It shares no line with the code that it is held against, and knows nothing of arrays.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise

FACTOR = Fraction(266, 100)
SCREEN = Fraction(3267, 1000)
NAMES = ("astronomical", "trend", "two-of-three", "shift")
Reading = Fraction | None


@dataclass
class Point:
    """One reading with its lines and, for each rule that fired, the way it points."""

    place: int
    value: Fraction
    mean: Fraction
    lower: Fraction | None
    upper: Fraction | None
    ways: dict[str, int] = field(default_factory=dict)

    def signals(self) -> tuple[str, ...]:
        """In their order."""
        return tuple(name for name in NAMES if name in self.ways)


def chart(
    values: Sequence[Reading], dialect: str, rebases: Sequence[int] = (), baseline: int | None = None
) -> list[list[Point]]:
    """Each segment's points. A reading that is not there is none, and is a gap."""
    borders = [0, *sorted(rebases), len(values)]
    segments = []
    for start, end in pairwise(borders):
        places = [at for at in range(start, end) if values[at] is not None]
        if places:
            segments.append(_segment(places, [Fraction(values[at] or 0) for at in places], dialect, baseline))
    return segments


def _segment(places: list[int], values: list[Fraction], dialect: str, baseline: int | None) -> list[Point]:
    window = baseline if baseline is not None else (len(values) if dialect == "ptd" else 20)
    window = min(window, len(values))
    mean = sum(values[:window], Fraction(0)) / window
    moving = [abs(values[at] - values[at - 1]) for at in range(1, window) if places[at] == places[at - 1] + 1]
    average = sum(moving, Fraction(0)) / len(moving) if moving else None
    if dialect == "ptd" and average is not None:
        kept = [each for each in moving if each < SCREEN * average]
        average = sum(kept, Fraction(0)) / len(kept) if kept else None
    reach = None if average is None else FACTOR * average  # none: there are no limits; nought: on the mean
    points = [
        Point(
            place,
            value,
            mean,
            None if reach is None else mean - reach,
            None if reach is None else mean + reach,
        )
        for place, value in zip(places, values, strict=True)
    ]
    if reach is not None:
        _limits_passed(points, mean, reach, dialect)
    _runs(points, "shift", [_sign(each - mean) for each in values], 7, 0)
    steps = [_sign(values[at] - values[at - 1]) for at in range(1, len(values))]
    _runs(points, "trend", steps, (6 if dialect == "six" else 7) - 1, 1)
    return points


def trend_past_ties(values: Sequence[int], points: int) -> list[int]:
    """Which way each reading's trend goes where ties are passed over: stretches without a turn, grown one
    reading at a time, that have so many different values.
    """
    told = [0] * len(values)
    for first in range(len(values)):
        for way in (1, -1):
            last, seen = first, [values[first]]
            while last + 1 < len(values) and (values[last + 1] - values[last]) * way >= 0:
                last += 1
                if values[last] != seen[-1]:
                    seen.append(values[last])
            while values[last] == values[last - 1] and last > first:
                last -= 1  # ties after the last move are in no run
            starts_with_tie = first + 1 < len(values) and values[first + 1] == values[first]
            if len(seen) >= points and not starts_with_tie:
                for place in range(first, last + 1):
                    told[place] = way
    return told


def _sign(number: Fraction) -> int:
    return (number > 0) - (number < 0)


def _limits_passed(points: list[Point], mean: Fraction, reach: Fraction, dialect: str) -> None:
    for point in points:
        if abs(point.value - mean) > reach:
            point.ways["astronomical"] = _sign(point.value - mean)

    def is_far(point: Point) -> bool:
        away = abs(point.value - mean)
        return away > 2 * reach / 3 and not (dialect == "ptd" and away > reach)

    for at in range(len(points) - 2):
        three = points[at : at + 3]
        for way in (1, -1):
            if all(_sign(each.value - mean) == way for each in three) and sum(map(is_far, three)) >= 2:
                for each in three:
                    if is_far(each):
                        each.ways["two-of-three"] = way


def _runs(points: list[Point], name: str, signs: list[int], length: int, more: int) -> None:
    """Every window of so many equal signs flags its members; `more` is 1 where a sign joins two readings."""
    for at in range(len(signs) - length + 1):
        window = signs[at : at + length]
        if window[0] != 0 and all(each == window[0] for each in window):
            for place in range(at, at + length + more):
                points[place].ways[name] = window[0]


def meaning(point: Point, dialect: str, better: str, *, by_trend: bool = False) -> str:
    """What a reading means by the way its signals point."""
    if not point.ways:
        return ""
    found = [point.ways[name] for name in point.signals()]
    if dialect == "ptd" or len(set(found)) == 1:
        way = found[0]
    elif by_trend and "trend" in point.ways:
        way = point.ways["trend"]
    else:
        return "mixed"
    if better == "neither":
        return "change"
    return "improvement" if (way == 1) == (better == "up") else "concern"


def side(point: Point, dialect: str, *, by_trend: bool = False) -> str:
    """Which way a reading's signals point, empty where both ways."""
    said = meaning(point, dialect, "up", by_trend=by_trend)
    return {"improvement": "high", "concern": "low"}.get(said, "")


def arrow(flags: Sequence[tuple[tuple[str, ...], str]], better: str) -> tuple[str, bool, bool]:
    """Word, whether it is confirmed, whether it is provisional: by each reading's signals and their side."""
    if len(flags) < 8:
        return "too little to say", False, False
    provisional = len(flags) <= 12
    flagged = [(names, way) for names, way in flags[-3:] if names]
    if not flagged:
        return "steady", False, provisional
    ways = {way for _, way in flagged}
    if len(ways) == 2 or "" in ways:
        return "mixed", len(flagged) >= 2, provisional
    by_run = any(name in flags[-1][0] for name in ("shift", "trend"))
    words = {
        ("high", "up"): "improving",
        ("low", "up"): "worsening",
        ("high", "down"): "worsening",
        ("low", "down"): "improving",
        ("high", "neither"): "changed high",
        ("low", "neither"): "changed low",
    }
    return words[ways.pop(), better], len(flagged) >= 2 or by_run, provisional


def capability(latest: list[Point], target: Fraction, better: str) -> str | None:
    """Whether the latest limits lie wholly on one side of a target."""
    if better == "neither" or len(latest) < 8 or latest[0].lower is None or latest[0].upper is None:
        return None
    if target > latest[0].upper:
        return "consistently fails" if better == "up" else "consistently meets"
    if target < latest[0].lower:
        return "consistently meets" if better == "up" else "consistently fails"
    return "hit and miss"

"""What the signals of a reading mean: their names in order, which way they point, better or worse."""

from __future__ import annotations

from math import isnan
from typing import Final, Literal

import numpy as np

from watchkeep.domain.indicator.values import Better
from watchkeep.domain.spc.dialects import Conflict, Rules
from watchkeep.domain.spc.lines import Lines, Signals
from watchkeep.domain.spc.values import Judged, Signal
from watchkeep.quant.xmr import Floats

Side = Literal["high", "low", ""]
Meaning = Literal["improvement", "concern", "change", "mixed", ""]
ORDER: Final[tuple[Signal, ...]] = ("astronomical", "trend", "two-of-three", "shift")
_SIDES: Final[dict[int, Side]] = {1: "high", -1: "low", 0: ""}


def marked(
    lines: Lines, found: Signals, rules: Rules, better: Better, conflict: Conflict
) -> tuple[Judged, ...]:
    """Each reading of a stretch with its lines, its signals and what they mean."""
    rows = zip(
        lines.stretch.days,
        lines.stretch.values.tolist(),
        lines.centre.tolist(),
        _there(lines.lower),
        _there(lines.upper),
        found.astronomical.tolist(),
        found.trend.tolist(),
        found.two_of_three.tolist(),
        found.shift.tolist(),
        strict=True,
    )
    made = []
    for on, value, centre, low, high, out, moving, two, aside in rows:
        if not (out or moving or two or aside):
            made.append(Judged(on, value, centre, low, high))
            continue
        told = zip(ORDER, (out, moving, two, aside), strict=True)
        ways = {name: way for name, way in told if way}
        pointing, meaning = _pointing(ways, rules, better, conflict)
        made.append(Judged(on, value, centre, low, high, tuple(ways), pointing, meaning))
    return tuple(made)


def _there(line: Floats) -> list[float | None]:
    """A line's values; none where it has none."""
    told: list[float | None] = line.tolist()
    return [None if each is None or isnan(each) else each for each in told] if np.isnan(line).any() else told


def _pointing(
    ways: dict[Signal, int], rules: Rules, better: Better, conflict: Conflict
) -> tuple[Side, Meaning]:
    """Which way the signals of one reading point, and what that means."""
    if rules.by_first or len(set(ways.values())) == 1:
        way = next(iter(ways.values()))  # the foremost: they stand in their order
    elif conflict == "trend" and "trend" in ways:
        way = ways["trend"]
    else:
        return "", "mixed"
    return _SIDES[way], _meaning(way, better)


def _meaning(way: int, better: Better) -> Meaning:
    if better == "neither":
        return "change"
    return "improvement" if (way > 0) == (better == "up") else "concern"

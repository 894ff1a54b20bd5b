"""Readings that carry others in them: rolling averages and totals of the year to date cannot be judged."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from watchkeep.domain.indicator.values import Definition, Reading

_NAMED: Final = re.compile(
    r"\b(rolling|moving[ -](?:average|mean|total|sum)|running[ -](?:total|average|mean)|"
    r"year[ -]to[ -]date|ytd|cumulative|cumulated)\b",
    re.IGNORECASE,
)
YEAR: Final = 12
LEAST_FALLS: Final = 2
HALF: Final = 0.5  # of what went before: how far a total falls when its year begins anew
INSTEAD: Final = (
    "each value carries those before it, which makes runs by itself. Give each period’s own figure."
)


def carried(definition: Definition, readings: Sequence[Reading]) -> str:
    """Why these readings cannot be judged, in a sentence; empty where they can.

    By the name of what is measured, or by monthly values that rise through every year and begin anew in the
    same month of each. Only totals show; a rolling average that does not say so resembles any slow process.
    """
    if found := _NAMED.search(definition.name):
        return f"The name “{definition.name}” says “{found[0].casefold()}”: {INSTEAD}"
    if definition.frequency == "month" and _rise_through_years(readings):
        return (
            f"The values rise through every year and begin anew, as totals of the year to date do: {INSTEAD}"
        )
    return ""


def _rise_through_years(readings: Sequence[Reading]) -> bool:
    told = [(each.on.year * YEAR + each.on.month, each.value) for each in readings if each.value is not None]
    falls = []
    for (before, low), (after, high) in pairwise(told):
        if after - before != 1 or low < 0:
            return False
        if high < low:
            if high > HALF * low:
                return False
            falls.append(after)
    whole_years = all(after - before == YEAR for before, after in pairwise(falls))
    return len(falls) >= LEAST_FALLS and whole_years and len(told) - len(falls) > YEAR

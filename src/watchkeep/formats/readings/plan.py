"""A plan as somebody writes it, or copies it from two columns of a spreadsheet: a day and a value a line."""

from __future__ import annotations

import re
from typing import Final

from watchkeep.domain.errors import Invalid
from watchkeep.domain.indicator import PlanPoint
from watchkeep.formats.readings.dates import first_day_of
from watchkeep.formats.readings.numbers import number_of

MOST_POINTS: Final = 1_000
_BETWEEN: Final = re.compile(r"\s*[\t;|]\s*|\s*,\s+|\s*:\s+")


def points_of(text: str) -> tuple[PlanPoint, ...]:
    """The days and what is planned for each; refused by its line where one cannot be read."""
    found: list[PlanPoint] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        day, value = _parted(line.strip())
        on, amount = first_day_of(day), number_of(value)
        if on is None or amount is None:
            raise Invalid(
                "points",
                f"Line {number}: found “{line.strip()[:60]}”; expected a day and a number, such as "
                "2031-04-30 1200.",
            )
        if any(each.on == on for each in found):
            raise Invalid("points", f"Line {number}: {on:%d/%m/%Y} stands there twice.")
        found.append(PlanPoint(on, amount.value))
    if not found or len(found) > MOST_POINTS:
        raise Invalid("points", f"Write 1 to {MOST_POINTS:,} lines, each with a day and a value.")
    return tuple(found)


def written_out(points: tuple[PlanPoint, ...]) -> str:
    """The same, to be changed by hand."""
    return "\n".join(f"{each.on} {repr(each.value).removesuffix('.0')}" for each in points)


def _parted(line: str) -> tuple[str, str]:
    """The day and the value: what a tab or the like parts, else the last word is the value."""
    found = _BETWEEN.split(line)
    if len(found) == 2:
        return found[0], found[1]
    day, _, value = line.rpartition(" ")
    return day, value

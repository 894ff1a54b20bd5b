"""Periods of an indicator as numbers, so that what is missing between two readings can be seen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

from watchkeep.domain.days import later_by_months
from watchkeep.domain.indicator.values import Frequency

MONTHS: Final[dict[Frequency, int]] = {"month": 1, "quarter": 3, "year": 12}
DAYS: Final[dict[Frequency, float]] = {"day": 1, "week": 7, "month": 30.44, "quarter": 91.3, "year": 365.25}
LONG_WEEKEND: Final = 4  # days without a daily reading that are no gap: work stops over Easter
MOST_DAYS: Final[dict[Frequency, int]] = {"day": LONG_WEEKEND + 1, "week": 10}  # from one reading to the next


def next_period(on: date, frequency: Frequency) -> date:
    """The first day of the period after the one that begins on this day."""
    if frequency in MONTHS:
        return later_by_months(on, MONTHS[frequency])
    return on + timedelta(days=round(DAYS[frequency]))


def is_gap(before: date, after: date, frequency: Frequency) -> bool:
    """Whether at least one period without a reading lies between two readings that follow each other."""
    return gaps_between((before, after), frequency)[0]


def gaps_between(days: Sequence[date], frequency: Frequency) -> list[bool]:
    """`is_gap` of each reading but the first and the one before it."""
    if frequency in MONTHS:
        most = MONTHS[frequency]
        at = [day.year * 12 + day.month for day in days]
    else:
        most = MOST_DAYS[frequency]
        at = [day.toordinal() for day in days]
    return [after - before > most for before, after in pairwise(at)]


def usual(days: tuple[date, ...]) -> Frequency:
    """How often readings come, by the usual step between them; a month where there are too few to say."""
    steps = sorted((after - before).days for before, after in pairwise(days))
    if not steps:
        return "month"
    step = steps[len(steps) // 2]
    limits: tuple[tuple[Frequency, int], ...] = (("day", 3), ("week", 14), ("month", 45), ("quarter", 180))
    return next((name for name, most in limits if step <= most), "year")


def spoken(on: date, frequency: Frequency) -> str:
    """A period as it is named in a sentence: "November 2025", "3 November 2025", "2025"."""
    if frequency == "month":
        return f"{on:%B} {on.year}"
    if frequency == "quarter":
        return f"the quarter from {on:%B} {on.year}"
    if frequency == "year" and (on.month, on.day) == (1, 1):
        return str(on.year)
    return f"{on.day} {on:%B} {on.year}"

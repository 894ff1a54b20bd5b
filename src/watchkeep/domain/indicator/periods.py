"""Periods of measuring: which one a day lies in, when its reading is due, and what is said of one without.

*Not yet due*: the day on which its reading is to be had has not passed. *Late*: it has, and the reading may
still come. *Missing*: it will not come, for a person gave it up and said why, or the source went on without
it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from watchkeep.domain.indicator.values import Definition, Frequency, Reading, Series
from watchkeep.domain.period import APRIL

MONTHS: Final[dict[Frequency, int]] = {"month": 1, "quarter": 3, "year": 12}
WEEK: Final = 7
A_DAY: Final = timedelta(days=1)
PASSED_OVER: Final = "Readings of later periods have come, and this one has not."


def first_of(day: date, frequency: Frequency, *, year_start: int = APRIL) -> date:
    """The first day of the period in which a day lies. Weeks begin on Monday; years and their quarters with
    the body's own year.
    """
    if frequency == "day":
        return day
    if frequency == "week":
        return day - timedelta(days=day.weekday())
    back = (day.month - year_start) % MONTHS[frequency]
    return _months_on(day.replace(day=1), -back)


def next_of(first: date, frequency: Frequency) -> date:
    """The first day of the period after the one that begins on that day."""
    if frequency in MONTHS:
        return _months_on(first, MONTHS[frequency])
    return first + (A_DAY if frequency == "day" else timedelta(days=WEEK))


def last_of(first: date, frequency: Frequency) -> date:
    """The last day of the period that begins on that day."""
    return next_of(first, frequency) - A_DAY


def due_on(first: date, definition: Definition) -> date:
    """The last day on which the reading of the period that begins on that day is not late."""
    return last_of(first, definition.frequency) + timedelta(days=definition.due_after)


def filled(series: Series, as_at: date, *, year_start: int = APRIL) -> Series:
    """The series with a reading for every period from its first one to the one in which `as_at` lies: those
    that nobody recorded say why there is none. Readings of later periods are left out.
    """
    frequency = series.definition.frequency
    by_period = {first_of(each.on, frequency, year_start=year_start): each for each in series.readings}
    last = first_of(as_at, frequency, year_start=year_start)
    come = max((each for each, reading in by_period.items() if reading.value is not None), default=None)
    found = [
        _stated(
            by_period.get(first), first, series.definition, as_at, passed=come is not None and come > first
        )
        for first in _between(min(by_period, default=None), last, frequency)
    ]
    return replace(series, readings=tuple(found))


def late_periods(last: date, given_up: Collection[date], definition: Definition, as_at: date) -> list[date]:
    """The periods after the last reading with a value whose reading is overdue: the same that `filled` calls
    late. `given_up` are the first days of those for which a person said that none will come.
    """
    found, first = [], next_of(first_of(last, definition.frequency), definition.frequency)
    while due_on(first, definition) < as_at:
        if first not in given_up:
            found.append(first)
        first = next_of(first, definition.frequency)
    return found


def _stated(
    known: Reading | None, first: date, definition: Definition, as_at: date, *, passed: bool
) -> Reading:
    if known is not None:
        return known if known.value is not None else replace(known, state="missing")
    if as_at <= due_on(first, definition):
        return Reading(first, None, state="not yet due")
    if passed:
        return Reading(first, None, state="missing", note=PASSED_OVER)
    return Reading(first, None, state="late")


def _between(first: date | None, last: date, frequency: Frequency) -> Iterator[date]:
    while first is not None and first <= last:
        yield first
        first = next_of(first, frequency)


def _months_on(first: date, months: int) -> date:
    at = first.year * 12 + first.month - 1 + months
    return date(at // 12, at % 12 + 1, 1)

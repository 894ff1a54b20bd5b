"""Readings as they stood: of each day the last revision that was known, in one statement for any number of
indicators.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date

from watchkeep.apps.indicators.models import Batch, Observation
from watchkeep.domain.clock import PRESENT, Clock
from watchkeep.domain.indicator import Frequency, Reading, ReadingState
from watchkeep.domain.indicator.periods import last_of

COLUMNS = ("series", "on", "revision", "value", "numerator", "denominator", "note")
Row = tuple[int, date, int, float | None, float | None, float | None, str]
AT_ONCE = 500  # indicators in one statement: SQLite takes a limited number of values


def rows_of(among: Collection[int], clock: Clock = PRESENT) -> Iterator[Row]:
    """What was recorded of these indicators (by number), in the order of indicator, day and revision."""
    numbers = sorted(among)
    for start in range(0, len(numbers), AT_ONCE):
        found = Observation.objects.filter(series__in=numbers[start : start + AT_ONCE])
        if clock.day is not None:
            found = found.filter(on__lte=clock.day)
        if clock.known_at is not None:
            known = Batch.objects.filter(known_at__lte=clock.known_at).values("number")
            found = found.filter(batch__in=known)
        yield from found.order_by("series", "on", "revision").values_list(*COLUMNS)


def readings_of(frequencies: dict[int, Frequency], clock: Clock = PRESENT) -> dict[int, tuple[Reading, ...]]:
    """By an indicator's number, its readings in the order of their days; as at a day, of the periods that had
    ended by then.
    """
    found: dict[int, dict[date, Reading]] = defaultdict(dict)
    for series, on, revision, value, numerator, denominator, note in rows_of(frequencies, clock):
        state: ReadingState = "recorded" if value is not None else "missing"
        found[series][on] = Reading(on, value, numerator, denominator, state, revision, note)
    return {
        series: tuple(_ended(readings, frequencies[series], clock.day)) for series, readings in found.items()
    }


def _ended(readings: dict[date, Reading], frequency: Frequency, day: date | None) -> Iterator[Reading]:
    for on, reading in readings.items():
        if day is None or last_of(on, frequency) <= day:
            yield reading

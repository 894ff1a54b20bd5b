"""Which period a day lies in, and the different states of a period without a reading."""

from __future__ import annotations

from datetime import date

import pytest

from watchkeep.domain.indicator import Definition, Frequency, Reading, Series
from watchkeep.domain.indicator.periods import due_on, filled, first_of, last_of, late_periods, next_of

LAMPS = Definition("Lamps out", "lamps", "down", "month", due_after=10)
PERIODS: list[tuple[Frequency, date, date]] = [
    ("day", date(2026, 2, 18), date(2026, 2, 18)),
    ("week", date(2026, 2, 16), date(2026, 2, 22)),
    ("month", date(2026, 2, 1), date(2026, 2, 28)),
    ("quarter", date(2026, 1, 1), date(2026, 3, 31)),
    ("year", date(2025, 4, 1), date(2026, 3, 31)),
]


@pytest.mark.parametrize(("frequency", "first", "last"), PERIODS)
def test_a_day_lies_in_one_period(frequency: Frequency, first: date, last: date) -> None:
    """18 February 2026 is a Wednesday of the last quarter of a year that begins in April."""
    assert first_of(date(2026, 2, 18), frequency) == first
    assert last_of(first, frequency) == last
    assert first_of(last, frequency) == first
    assert first_of(next_of(first, frequency), frequency) == next_of(first, frequency) > last


def test_a_body_whose_year_begins_in_september_has_other_quarters() -> None:
    assert first_of(date(2026, 2, 18), "quarter", year_start=9) == date(2025, 12, 1)
    assert first_of(date(2026, 2, 18), "year", year_start=9) == date(2025, 9, 1)


def test_a_leap_year_s_february_is_due_after_its_last_day() -> None:
    assert due_on(date(2024, 2, 1), LAMPS) == date(2024, 3, 10)


@pytest.mark.parametrize(
    ("as_at", "states"),
    [
        (date(2026, 1, 31), ["recorded"]),
        (date(2026, 2, 1), ["recorded", "not yet due"]),
        (date(2026, 3, 10), ["recorded", "not yet due", "not yet due"]),
        (date(2026, 3, 11), ["recorded", "late", "not yet due"]),
        (date(2026, 4, 11), ["recorded", "late", "late", "not yet due"]),
    ],
)
def test_a_period_without_a_reading_is_not_yet_due_and_then_late(as_at: date, states: list[str]) -> None:
    series = Series("K1", LAMPS, (Reading(date(2026, 1, 1), 4.0),))
    assert [each.state for each in filled(series, as_at).readings] == states


def test_a_period_that_was_given_up_or_passed_over_is_missing() -> None:
    given_up = Reading(date(2026, 2, 1), None, state="missing", note="The book was lost.")
    series = Series("K1", LAMPS, (Reading(date(2026, 1, 1), 4.0), given_up, Reading(date(2026, 4, 1), 3.0)))
    found = filled(series, date(2026, 4, 30)).readings
    assert [each.state for each in found] == ["recorded", "missing", "missing", "recorded"]
    assert found[1] == given_up
    assert "later periods have come" in found[2].note


def test_later_readings_are_left_out_as_at_an_earlier_day() -> None:
    series = Series("K1", LAMPS, (Reading(date(2026, 1, 1), 4.0), Reading(date(2026, 4, 1), 3.0)))
    assert [each.on.month for each in filled(series, date(2026, 2, 15)).readings] == [1, 2]


def test_nothing_is_late_of_a_series_that_was_never_read() -> None:
    assert filled(Series("K1", LAMPS, ()), date(2026, 2, 15)).readings == ()


@pytest.mark.parametrize(
    "as_at", [date(2026, 3, 10), date(2026, 3, 11), date(2026, 5, 10), date(2026, 5, 11)]
)
def test_what_is_late_by_the_last_reading_is_what_is_late_by_the_whole_series(as_at: date) -> None:
    """A value in January; March was given up."""
    given_up = Reading(date(2026, 3, 1), None, note="The book was lost.")
    series = Series("K1", LAMPS, (Reading(date(2026, 1, 1), 4.0), given_up))
    slow = [each.on for each in filled(series, as_at).readings if each.state == "late"]
    assert late_periods(date(2026, 1, 1), {given_up.on}, LAMPS, as_at) == slow


def test_a_period_is_late_from_the_day_after_its_reading_was_due() -> None:
    assert late_periods(date(2026, 1, 1), (), LAMPS, date(2026, 3, 10)) == []
    assert late_periods(date(2026, 1, 1), (), LAMPS, date(2026, 3, 11)) == [date(2026, 2, 1)]

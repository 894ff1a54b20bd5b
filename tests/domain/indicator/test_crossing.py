"""What of a series is told once, and when it is told again."""

from __future__ import annotations

from datetime import date

from watchkeep.domain.indicator import Definition, Reading, Series, Target
from watchkeep.domain.indicator.crossing import crossings
from watchkeep.domain.spc import judged

CALLS = Definition("Calls not reached", "calls", "down", "month")


def months(count: int) -> list[date]:
    return [date(2024 + place // 12, place % 12 + 1, 1) for place in range(count)]


def series(values: list[float], *targets: Target) -> Series:
    readings = tuple(Reading(on, value) for on, value in zip(months(len(values)), values, strict=True))
    return Series("K1", CALLS, readings, targets)


QUIET = [100.0, 102.0, 99.0, 101.0, 98.0, 103.0, 100.0, 99.0, 102.0, 101.0] * 2


def test_a_steady_series_within_its_tolerance_is_no_news() -> None:
    assert crossings(judged(series(QUIET, Target(110, date(2024, 1, 1), kind="upper tolerance")))) == ()


def test_a_series_that_worsens_for_certain_is_named_by_the_day_on_which_it_began() -> None:
    first = crossings(judged(series([*QUIET, 130.0, 131.0])))
    later = crossings(judged(series([*QUIET, 130.0, 131.0, 132.0])))
    assert [(each.what, each.since) for each in first] == [("worsening", date(2025, 9, 1))]
    assert [(each.what, each.since) for each in later] == [("worsening", date(2025, 9, 1))]


def test_beyond_a_tolerance_is_told_from_its_first_reading_and_anew_when_it_comes_back() -> None:
    line = Target(102.5, date(2024, 1, 1), kind="upper tolerance")
    (once,) = crossings(judged(series([*QUIET[:9], 103.0, 104.0], line)))
    assert (once.what, once.since) == ("upper tolerance 102.5", date(2024, 10, 1))
    assert once.sentence == (
        "It is above its tolerance of 102.5 calls since 1 October 2024: 104 calls on 1 November 2024."
    )
    (again,) = crossings(judged(series([*QUIET[:9], 103.0, 100.0, 104.0], line)))
    assert again.since == date(2024, 12, 1)


def test_a_tolerance_that_has_ended_is_not_held_against_later_readings() -> None:
    ended = Target(102.5, date(2024, 1, 1), date(2024, 6, 1), kind="upper tolerance")
    assert crossings(judged(series([*QUIET[:9], 103.0, 104.0], ended))) == ()

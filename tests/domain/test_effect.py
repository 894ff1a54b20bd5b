"""An expected effect on made-up series whose answer is known: the days, what else changed, the word."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from made_series import series
from watchkeep.domain.days import later_by_months
from watchkeep.domain.errors import Invalid
from watchkeep.domain.forecast import Expected, awaited, effect_of, must_be_possible
from watchkeep.domain.indicator import Annotation, Definition, Rebase

BEGUN, BY = date(2024, 5, 1), date(2024, 8, 1)  # months 40 and 43 of the series
LATE = date(2030, 1, 1)
QUIET = [float(each) for each in np.random.default_rng(3).normal(50, 1, 40)]
WILD = [float(each) for each in np.random.default_rng(3).normal(50, 8, 40)]
CASES = Definition("Waiting", "cases", "down", "month", kind="count")


def found(after: list[float], expected: Expected, before: list[float] = QUIET):
    return effect_of(series([*before, *after], "down", definition=CASES), expected, started=BEGUN, as_at=LATE)


def test_readings_that_vary_so_much_that_all_of_it_may_have_come_do_not_say_that_nothing_did() -> None:
    small = Expected("change", -4.0, BY)
    told = found([50.0] * 6, small, WILD)
    assert told.word == "too little to say"
    assert "vary too much" in told.sentence
    assert found([50.0] * 6, small).word == "did not come"  # the same, of readings that keep close


@pytest.mark.parametrize(("level", "word"), [(40.0, "came"), (30.0, "partly")])
def test_a_level_is_reached_or_only_come_nearer_to(level: float, word: str) -> None:
    assert found([50.0] * 3 + [40.0] * 3, Expected("level", level, BY)).word == word


def test_what_was_to_come_anyway_is_no_effect() -> None:
    told = found([50.0] * 6, Expected("level", 55.0, BY))
    assert told.word == "too little to say"
    assert "to be expected by then" in told.sentence


def test_the_difference_lies_in_an_interval_that_is_as_wide_as_the_forecast_is_unsure() -> None:
    told = found([50.0] * 3 + [40.0] * 3, Expected("change", -10.0, BY))
    judged = [each for each in told.compared if each.judged]
    assert [each.came for each in judged] == [40.0] * 3
    assert told.between is not None
    assert told.difference is not None
    assert told.between.low < told.difference < told.between.high < 0
    halves = [each.edges.high - each.without for each in judged if each.edges]
    assert told.between.high - told.difference == pytest.approx(sum(halves) / 3)


def test_what_came_long_after_the_forecast_reaches_does_not_take_the_answer_back() -> None:
    assert found([50.0] * 3 + [40.0] * 40, Expected("change", -10.0, BY)).word == "came"


def test_the_month_in_which_it_began_is_not_held_against_it() -> None:
    """The reading of the month in which it began is partly of after it, so it is not learnt from."""
    begun = date(2024, 4, 10)
    told = effect_of(
        series([*QUIET, 40.0], "down", definition=CASES),
        Expected("change", -10.0, BY),
        started=begun,
        as_at=LATE,
    )
    assert told.compared[0].on == date(2024, 4, 1)


def test_new_limits_and_notes_within_the_time_are_told_beside_it_and_others_are_not() -> None:
    whole = series([*QUIET, *[50.0] * 3, *[40.0] * 3], "down", definition=CASES)
    whole = replace(
        whole,
        rebases=(Rebase(date(2024, 6, 1), "a new system"), Rebase(date(2021, 3, 1), "an old one")),
        annotations=(Annotation(date(2024, 9, 5), "A flood."), Annotation(date(2026, 1, 1), "Later.")),
    )
    told = effect_of(whole, Expected("change", -10.0, BY), started=BEGUN, as_at=LATE)
    assert told.beside == ("1 June 2024: new limits, a new system.", "5 September 2024: A flood.")


def test_what_is_done_late_is_given_as_much_longer_and_what_is_done_early_began_early() -> None:
    expected = Expected("change", -1.0, date(2024, 6, 1))
    begins, due = date(2024, 1, 1), date(2024, 3, 1)
    assert awaited(expected, from_on=begins, due_on=due, done_on=due).late == 0
    late = awaited(expected, from_on=begins, due_on=due, done_on=date(2024, 3, 31))
    assert (late.late, late.started, late.expected.by) == (30, begins, date(2024, 7, 1))
    early = awaited(expected, from_on=begins, due_on=due, done_on=date(2023, 12, 1))
    assert (early.late, early.started, early.expected.by) == (0, date(2023, 12, 1), expected.by)
    assert awaited(expected, from_on=begins, due_on=None, done_on=None).started == begins


def test_an_effect_that_no_reading_could_show_is_refused() -> None:
    with pytest.raises(Invalid, match="after the one"):
        must_be_possible(Expected("change", -1.0, BEGUN), BEGUN, CASES)
    with pytest.raises(Invalid, match="never below nought"):
        must_be_possible(Expected("level", -1.0, BY), BEGUN, CASES)
    must_be_possible(Expected("level", -1.0, BY), BEGUN, replace(CASES, kind="money"))
    must_be_possible(Expected("level", 1.0, later_by_months(BEGUN, 21)), BEGUN, CASES)
    with pytest.raises(Invalid, match="within 21 months"):
        must_be_possible(Expected("level", 1.0, later_by_months(BEGUN, 22)), BEGUN, CASES)

"""What a chart says of a series: segments, dialects, verdict, target, cautions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from made_series import MONTHS, day, series
from watchkeep.domain.errors import Invalid
from watchkeep.domain.indicator import Annotation, Rebase
from watchkeep.domain.spc import judged

CALM = [10, 12, 11, 9, 10, 11, 12, 9, 10, 11, 9, 12, 10, 11, 9, 12, 11, 10, 12, 9]  # mean 10.5
WEEKS = replace(MONTHS, frequency="week")


def test_limits_stay_those_of_the_first_twenty_readings_whatever_comes_later() -> None:
    alone = judged(series(CALM)).segments[0]
    later = judged(series([*CALM, *[30] * 10])).segments[0]
    assert (later.centre, later.lower, later.upper) == (alone.centre, alone.lower, alone.upper)
    assert (alone.fixed_on, later.fixed_on) == (20, 20)
    assert judged(series([*CALM, 30]), dialect="ptd").segments[0].fixed_on == 21


def test_a_rebase_begins_new_limits_and_no_moving_range_reaches_over_it() -> None:
    low, high = judged(series([*CALM, *(value + 100 for value in CALM)], rebases=[20])).segments
    assert (high.centre, high.reason) == (low.centre + 100, "a new system")
    assert (high.upper, high.lower) == pytest.approx(((low.upper or 0) + 100, (low.lower or 0) + 100))
    assert high.first == day(20)


def test_a_declared_baseline_is_kept_to_and_never_shorter_than_twelve() -> None:
    assert judged(series(CALM, definition=replace(MONTHS, baseline=15))).segments[0].fixed_on == 15
    short = judged(series(CALM, definition=replace(MONTHS, baseline=5)))
    assert short.segments[0].fixed_on == 12
    assert any("A baseline of five readings is too short" in each for each in short.cautions)


def test_no_moving_range_reaches_over_a_month_that_was_not_read() -> None:
    parted = judged(series([10, 11, 10, 11, 10, 11, None, 50, 51, 50, 51, 50, 51])).segments[0]
    assert parted.upper == pytest.approx(parted.centre + 2.66)  # every moving range is 1


@pytest.mark.parametrize(
    ("number", "word", "provisional"),
    [
        (0, "too little to say", False),
        (1, "too little to say", False),
        (7, "too little to say", False),
        (8, "steady", True),
        (12, "steady", True),
        (13, "steady", False),
    ],
)
def test_how_much_is_said_of_few_readings(number: int, word: str, provisional: bool) -> None:
    verdict = judged(series(CALM[:number])).verdict
    assert (verdict.word, verdict.provisional) == (word, provisional)
    assert ("Provisional" in verdict.sentence) == provisional


def test_a_new_segment_says_too_little_until_it_has_eight_readings() -> None:
    verdict = judged(series([*CALM, *[30, 31, 30]], rebases=[20])).verdict
    assert verdict.word == "too little to say"
    assert "three readings since limits began anew on 1 September 2022" in verdict.sentence


def test_eight_readings_above_the_mean_are_named_with_their_month() -> None:
    verdict = judged(series([*CALM, *[12, 11, 12, 11, 12, 11, 12, 11]], "down")).verdict
    assert (verdict.word, verdict.confirmed) == ("worsening", True)
    assert verdict.sentence == "Worsening: eight readings above the mean since September 2022."


def test_one_flagged_reading_is_watched_and_two_of_three_confirm() -> None:
    one = judged(series([*CALM, 30, 10, 11], "up")).verdict
    assert (one.word, one.confirmed) == ("improving", False)
    assert one.sentence == (
        "A first sign of improvement, not confirmed: the reading of September 2022 above the upper limit; "
        "one reading may be chance."
    )
    two = judged(series([*CALM, 30, 10, 30], "up")).verdict
    assert (two.word, two.confirmed) == ("improving", True)
    gone = judged(series([*CALM, 30, 10, 11, 10], "up"))
    assert gone.verdict.word == "steady"


def test_a_signal_since_the_last_report_is_told_though_it_is_over() -> None:
    measured = series([*CALM, 30, 10, 11, 10], "up")
    assert judged(measured, since=day(19)).verdict.word == "improving"
    assert not judged(measured, since=day(19)).verdict.confirmed
    assert judged(measured, since=day(22)).verdict.word == "steady"


def test_signals_both_ways_are_mixed() -> None:
    verdict = judged(series([*CALM, 30, 10, -10], "up")).verdict
    assert verdict.word == "mixed"
    assert "above the upper limit and the reading of November 2022 below the lower limit" in verdict.sentence


RISING = [*CALM, 1, 2, 3, 4, 5, 6, 7]  # a run upwards that begins far below the lower limit


def test_a_rising_run_below_the_limit_is_mixed_unless_the_run_is_to_decide() -> None:
    found = judged(series(RISING, "up")).readings[20]
    assert set(found.signals) >= {"astronomical", "trend"}
    assert (found.side, found.meaning) == ("", "mixed")
    assert judged(series(RISING, "up"), conflict="trend").readings[20].meaning == "improvement"
    definition = replace(MONTHS, baseline=20)
    assert (
        judged(series(RISING, "up", definition=definition), dialect="ptd").readings[20].meaning == "concern"
    )


def test_the_signals_stand_in_their_order() -> None:
    assert judged(series(RISING, "up")).readings[20].signals == (
        "astronomical",
        "trend",
        "two-of-three",
        "shift",
    )
    definition = replace(MONTHS, baseline=20)
    # The R package counts what lies between two and three sigma, and no more.
    inner = judged(series(RISING, "up", definition=definition), dialect="ptd").readings[20]
    assert "two-of-three" not in inner.signals


def test_six_rising_readings_are_a_trend_in_one_dialect_only() -> None:
    rising = [*CALM, 8, 9, 10, 11, 12, 13]
    # The last of CALM is 9: with it, 9 then 8 falls, so that the run has six readings.
    found = {
        dialect: judged(series(rising), dialect=dialect).readings[-1].signals for dialect in ("mdc", "six")
    }
    assert ("trend" in found["mdc"], "trend" in found["six"]) == (False, True)


def test_neither_way_better_is_a_change() -> None:
    chart = judged(series([*CALM, *[30] * 3], "neither", target=20))
    assert (chart.verdict.word, chart.readings[-1].meaning, chart.capability) == (
        "changed high",
        "change",
        None,
    )


def test_the_target_is_held_against_the_latest_segment() -> None:
    values = [*CALM, *(value + 100 for value in CALM)]
    assert judged(series(values, "up", target=50, rebases=[20])).capability == "consistently meets"
    assert judged(series(CALM, "up", target=50)).capability == "consistently fails"
    assert judged(series(CALM[:7], "up", target=50)).capability is None


def test_a_target_on_a_limit_is_hit_and_miss() -> None:
    segment = judged(series(CALM)).segments[0]
    for limit in (segment.lower, segment.upper):
        assert limit is not None
        assert judged(series(CALM, target=limit)).capability == "hit and miss"
    assert judged(series(CALM, target=(segment.upper or 0) + 0.01)).capability == "consistently fails"


def test_a_series_is_stale_one_and_a_half_periods_after_its_last_was_due() -> None:
    measured = series(CALM)  # its last is of August 2022, which ended on the 31st
    assert judged(measured, as_at=date(2022, 10, 15)).verdict.word == "steady"
    assert judged(measured, as_at=date(2022, 10, 18)).verdict.word == "stale"
    due = series(CALM, definition=replace(MONTHS, due_after=20))
    assert judged(due, as_at=date(2022, 10, 18)).verdict.word == "steady"


def test_readings_after_the_day_are_not_looked_at() -> None:
    measured = series([*CALM, 30, 30, 30])
    assert judged(measured, as_at=day(19)).verdict.word == "steady"
    assert len(judged(measured, as_at=day(19)).readings) == 20


def test_a_rebase_is_suggested_and_never_made() -> None:
    measured = series([*CALM, *[14, 15, 14, 15, 14, 15, 14, 15, 14]])
    measured = replace(measured, annotations=(Annotation(day(20), "Second shift began"),))
    chart = judged(measured)
    (suggestion,) = chart.suggestions
    assert len(chart.segments) == 1
    assert "begin anew on 1 September 2022, by somebody’s decision" in suggestion
    assert "Second shift began" in suggestion
    assert judged(series(CALM)).suggestions == ()


def test_a_rebase_that_no_reading_follows_is_told() -> None:
    measured = replace(series(CALM), rebases=(Rebase(date(2030, 1, 1), "later"),))
    assert any("No reading is of 2030-01-01 or later" in each for each in judged(measured).cautions)


@pytest.mark.parametrize("value", [0.1, 5.0, -3.0, 0.0, 1e12])
def test_readings_that_are_all_alike_have_their_limits_on_the_mean_and_no_signal(value: float) -> None:
    chart = judged(series([value] * 20, target=value + abs(value) + 1))
    assert {each.signals for each in chart.readings} == {()}
    segment = chart.segments[0]
    assert (segment.lower, segment.upper) == (pytest.approx(value), pytest.approx(value))
    assert (chart.verdict.word, chart.capability) == ("steady", "consistently fails")
    assert any("all alike" in each for each in chart.cautions)


def test_any_other_value_after_readings_that_are_all_alike_is_outside() -> None:
    chart = judged(series([0] * 20 + [0, 3, 0, 2], "down"))
    assert [at for at, each in enumerate(chart.readings) if "astronomical" in each.signals] == [21, 23]
    assert (chart.basis, len(chart.cautions)) == ("readings", 2)  # all alike; seasonality not assessed
    assert (chart.verdict.word, chart.verdict.confirmed) == ("worsening", True)


def test_what_is_no_series_is_refused_in_a_sentence() -> None:
    for value in (float("nan"), float("inf"), -float("inf"), 1e300):
        with pytest.raises(Invalid, match="expected a finite number"):
            judged(series([1, 2, value]))
    measured = series(CALM)
    with pytest.raises(Invalid, match="Two readings are of 2021-01-01"):
        judged(replace(measured, readings=(measured.readings[0], *measured.readings)))
    with pytest.raises(Invalid, match="sort them"):
        judged(replace(measured, readings=measured.readings[::-1]))


def test_weekly_readings_are_named_by_their_day() -> None:
    verdict = judged(series([*CALM, 30, 30], "up", definition=WEEKS)).verdict
    assert "the readings of 21 May 2021 and 28 May 2021 above the upper limit" in verdict.sentence

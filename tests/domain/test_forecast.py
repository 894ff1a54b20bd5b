"""What is expected, how surely, when a limit goes and what an action changed, on made-up series."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from watchkeep.domain.commitment import Facts
from watchkeep.domain.days import later_by_months
from watchkeep.domain.errors import Invalid, Refused
from watchkeep.domain.forecast import (
    Effect,
    Expected,
    breach_of,
    breaches_of,
    effect_of,
    forecast_of,
    proposed,
    ratio_of,
)
from watchkeep.domain.forecast.stretch import stretch_of
from watchkeep.domain.forecast.values import Candidate, Edges, Forecast, Point
from watchkeep.domain.indicator import Better, Definition, Kind, Reading, Rebase, Series, Target, TargetKind

START = date(2020, 1, 1)
LATE = date(2030, 1, 1)
NOISE = np.random.default_rng(7)


def a_series(values: list[float], *, better: Better = "down", **more: object) -> Series:
    readings = tuple(Reading(later_by_months(START, place), value) for place, value in enumerate(values))
    return replace(Series("K1", Definition("Waiting", "cases", better, "month"), readings), **more)  # type: ignore[arg-type]


def a_forecast(middles: list[float], spread: list[float], last: float = 10.0) -> Forecast:
    """Of which every number is given, so that what follows from it can be worked out by hand."""
    half = sorted(abs(each) for each in spread)[-2]
    points = tuple(
        Point(later_by_months(START, step), middle, Edges(middle - half, middle + half), None)
        for step, middle in enumerate(middles, 1)
    )
    candidate = Candidate("naive", 1.0, 1.0, None, (None, None), len(spread), 0)
    return Forecast(
        "K1", "Waiting", "cases", "down", "month", START, START, START, last, 30, 1, "naive", False,
        (candidate,), points, (tuple(spread),) * len(middles), "", (), "", "", "",
    )  # fmt: skip


def test_on_walks_by_chance_nothing_is_mostly_said_to_be_better_than_naive() -> None:
    said = [
        forecast_of(a_series(walk.tolist()), as_at=LATE, ahead=2)
        for walk in (100 + np.random.default_rng(seed).normal(0, 1, 36).cumsum() for seed in range(8))
    ]
    kept = [each for each in said if not each.beats_naive]
    assert len(kept) >= 6
    assert all(each.sentence.startswith("No better than naive") and each.chosen == "naive" for each in kept)


def test_a_plain_season_is_told_better_than_by_the_same_season_before() -> None:
    months = np.arange(54)
    values = 100 + 10 * np.sin(months * np.pi / 6) + np.random.default_rng(1).normal(0, 2, 54)
    series = a_series(values.tolist())
    found = forecast_of(series, as_at=LATE, ahead=3)
    assert found.beats_naive
    assert found.chosen.startswith("seasonal smoothing")
    assert found.season == 12
    expected = 100 + 10 * np.sin(np.arange(54, 57) * np.pi / 6)
    assert all(
        each.inner and each.outer and each.outer.low <= each.inner.low <= truth <= each.inner.high
        for each, truth in zip(found.points, expected, strict=True)
    )
    assert found == forecast_of(series, as_at=LATE, ahead=3), "the same readings give the same forecast"


def test_a_way_that_does_not_fit_is_left_out_and_the_others_are_held_to_each_other() -> None:
    """A season without any noise, of which two are known at first: more to estimate than there is."""
    start = date(2026, 2, 2)
    readings = tuple(Reading(start + timedelta(day), float(5 + day % 3)) for day in range(28))
    series = Series("K1", Definition("Lamps out", "lamps", "down", "day"), readings)
    found = forecast_of(series, as_at=LATE, ahead=2)
    told = {each.split(" was left out")[0].lower() for each in found.cautions if "was left out" in each}
    assert told
    assert told.isdisjoint(each.method for each in found.candidates)
    assert {"naive", "seasonal naive"} <= {each.method for each in found.candidates}


def test_what_came_after_the_day_is_not_looked_at() -> None:
    values = [float(each) for each in NOISE.normal(50, 3, 30)]
    known, more = a_series(values[:26]), a_series([*values[:26], 900.0, 901.0])
    day = known.readings[-1].on
    assert forecast_of(known, as_at=day, ahead=1).digest == forecast_of(more, as_at=day, ahead=1).digest


@pytest.mark.parametrize(
    ("values", "more", "words"),
    [
        ([1.0, 2.0] * 11, {}, "takes 24 readings without a gap, and there are 22"),
        ([5.0] * 30, {}, "the same in all 30"),
        (
            [1.0, 2.0] * 20,
            {"rebases": (Rebase(later_by_months(START, 30), "moved"),)},
            "10 readings since the rebase",
        ),
    ],
)
def test_what_is_too_short_is_refused_with_the_number_it_takes(
    values: list[float], more: dict[str, object], words: str
) -> None:
    with pytest.raises(Refused, match=words):
        forecast_of(a_series(values, **more), as_at=LATE, ahead=3)


def test_a_gap_cuts_off_what_lies_before_it() -> None:
    whole = a_series([1.0, 2.0] * 20)
    broken = replace(
        whole, readings=(*whole.readings[:5], replace(whole.readings[5], value=None), *whole.readings[6:])
    )
    assert len(stretch_of(broken, LATE).readings) == 34
    assert "since the gap before July 2020" in stretch_of(broken, LATE).cautions[0]


def test_a_rebase_is_looked_across_only_when_asked() -> None:
    series = a_series([1.0, 2.0] * 30, rebases=(Rebase(later_by_months(START, 30), "moved"),))
    assert len(stretch_of(series, LATE).readings) == 30
    assert len(stretch_of(series, LATE, across_rebases=True).readings) == 60


def test_a_forecast_goes_no_further_than_two_years_of_months() -> None:
    with pytest.raises(Invalid, match="1 to 24"):
        forecast_of(a_series([1.0, 2.0] * 20), as_at=LATE, ahead=25)


SPREAD = [-3.0, -2.0, -2.0, -1.0, -1.0, 0.0, 0.0, 1.0, 1.0, 2.0, 2.0, 3.0]


def test_a_limit_goes_first_at_the_edge_and_then_in_the_middle() -> None:
    """Middles 10, 12, 14, 16, edges 3 further, the limit 14: crossed by 12 + 3 and by 16; 14 keeps it."""
    found = breach_of(a_forecast([10.0, 12.0, 14.0, 16.0], SPREAD), Target(14.0, date(2019, 1, 1)))
    assert (found.side, found.already) == ("above", False)
    assert found.edge == later_by_months(START, 2)
    assert found.middle == later_by_months(START, 4)
    # Of the 12 residuals: none above 4; one above 2 (3, not the two of 2); five above 0; nine above -2.
    assert [each.share for each in found.chances] == pytest.approx([0, 1 / 12, 5 / 12, 9 / 12])
    assert "expected to be breached in May 2020, and may be from March 2020 on" in found.sentence


@pytest.mark.parametrize(
    ("kind", "value", "side", "already"),
    [
        ("target", 9.0, "above", True),
        ("upper tolerance", 11.0, "above", False),
        ("lower tolerance", 11.0, "below", True),
    ],
)
def test_the_kind_of_limit_says_which_side_breaches_it(
    kind: TargetKind, value: float, side: str, already: bool
) -> None:
    found = breach_of(a_forecast([10.0], SPREAD), Target(value, START, kind=kind))
    assert (found.side, found.already) == (side, already)


def test_a_limit_that_ends_is_not_breached_after_its_end_and_too_few_trials_give_no_chance() -> None:
    ends = Target(14.0, date(2019, 1, 1), until_on=later_by_months(START, 3))
    found = breach_of(a_forecast([10.0, 12.0, 20.0], SPREAD[:11]), ends)
    assert found.middle is None
    assert [each.share for each in found.chances] == [None, None]


def test_a_target_without_a_better_direction_has_no_wrong_side() -> None:
    forecast = replace(a_forecast([10.0], SPREAD), better="neither")
    limit = Target(5.0, START)
    assert breaches_of(forecast, a_series([1.0], targets=(limit,))) == ()
    with pytest.raises(Refused, match="neither direction"):
        breach_of(forecast, limit)


def test_a_breach_is_told_with_how_late_it_may_be_and_a_standing_one_with_when_it_ends() -> None:
    """Edges 3 around 10, 14, 18, the limit 13: the whole interval lies beyond it from 15 to 21 on."""
    limit = Target(13.0, date(2019, 1, 1))
    found = breach_of(a_forecast([10.0, 14.0, 18.0], SPREAD), limit)
    assert (found.middle, found.whole) == (later_by_months(START, 2), later_by_months(START, 3))
    assert "from April 2020 on all of the 80 % interval lies beyond it" in found.sentence
    late = breach_of(a_forecast([10.0, 14.0, 15.0], SPREAD), limit)
    assert late.whole is None
    assert "up to April 2020 the 80 % interval still reaches to its right side" in late.sentence
    standing = breach_of(a_forecast([16.0, 13.0], SPREAD, last=20.0), limit)
    assert standing.already
    assert standing.kept == later_by_months(START, 2), "a reading on the limit keeps it"
    assert "breached already, at 20 cases; it is expected to be kept in March 2020" in standing.sentence
    never = breach_of(a_forecast([16.0, 14.0], SPREAD, last=20.0), limit)
    assert "not expected to be kept up to March 2020" in never.sentence


@pytest.mark.parametrize(
    ("values", "kind", "unit", "reached", "bounded"),
    [
        ([99.0, 97.0, 100.0, 96.0, 99.0] * 7, "share", "%", 100.0, True),
        ([0.99, 0.97, 1.0, 0.96, 0.99] * 7, "share", "", 1.0, True),
        ([2.0, 0.0, 1.0, 0.0, 3.0] * 7, "count", "cases", 0.0, True),
        (
            [99.0, 97.0, 100.5, 96.0, 99.0] * 7,
            "share",
            "%",
            100.0,
            False,
        ),  # it was above the whole, so it may be
        ([2.0, -3.0, 1.0, 0.0, 3.0] * 7, "count", "cases", 0.0, False),
        ([2.0, 0.0, 1.0, 0.0, 3.0] * 7, "money", "£", 0.0, False),
    ],
)
def test_nothing_is_said_that_the_kind_of_value_cannot_be(
    values: list[float], kind: Kind, unit: str, reached: float, bounded: bool
) -> None:
    """Readings that jump about near their bound, in no season, so that an interval would go over it."""
    definition = replace(a_series([]).definition, kind=kind, unit=unit)
    found = forecast_of(replace(a_series(values), definition=definition), as_at=LATE, ahead=3)
    edges = [each for point in found.points for each in (point.inner, point.outer) if each]
    furthest = max(each.high for each in edges) if reached else min(each.low for each in edges)
    assert (furthest == reached) == bounded
    assert bounded or (furthest > reached if reached else furthest < reached)


def test_both_naive_ways_stand_beside_the_others_and_a_season_too_short_to_learn_is_still_repeated() -> None:
    """Thirty months that rise and fall with the year: no season is learnt, but one comes again."""
    months = np.arange(30)
    found = forecast_of(a_series((100 + 20 * np.sin(months * np.pi / 6)).tolist()), as_at=LATE, ahead=2)
    assert {"naive", "seasonal naive"} <= {each.method for each in found.candidates}
    assert (found.season, found.chosen) == (1, "seasonal naive")
    assert found.points[0].middle == pytest.approx(100 + 20 * np.sin(30 * np.pi / 6))
    start = date(2026, 2, 2)
    weeks = tuple(Reading(start + timedelta(7 * week), float(week % 5)) for week in range(40))
    weekly = Series("K1", Definition("Lamps out", "lamps", "down", "week"), weeks)
    told = forecast_of(weekly, as_at=LATE, ahead=1)
    assert "seasonal naive" not in {each.method for each in told.candidates}
    assert any("Seasonal naive" in each and "from 88 on" in each for each in told.cautions)


def test_one_wild_reading_is_named_and_does_not_choose_the_way() -> None:
    """Of the year before, the naive error is 450 twice and that of the same season once."""
    values = np.random.default_rng(5).normal(50, 2, 40)
    values[30] = 500
    found = forecast_of(a_series(values.tolist()), as_at=LATE, ahead=2)
    assert found.chosen == "naive"
    assert any("July 2022, 500 cases, lies far from all around it" in each for each in found.cautions)
    level = np.random.default_rng(5).normal(50, 2, 40)
    level[30:] += 30
    calm = forecast_of(a_series(level.tolist()), as_at=LATE, ahead=2)
    assert not any("lies far" in each for each in calm.cautions)


def test_what_never_moved_since_is_told_as_that() -> None:
    found = forecast_of(a_series([3.0] * 6 + [0.0] * 24), as_at=LATE, ahead=1)
    assert any("Nothing has been wrong since January 2021" in each for each in found.cautions)
    assert "between 0 and 0" not in found.sentence


def test_mase_coverage_and_crps_of_naive_are_what_adding_up_by_hand_gives() -> None:
    """A second reckoning with loops alone, of the definitions in the reference page."""
    values = [float(each) for each in np.random.default_rng(11).normal(50, 5, 40).round(1)]
    found = forecast_of(a_series(values), as_at=LATE, ahead=2)
    naive = next(each for each in found.candidates if each.method == "naive")
    wrong = {
        step: [values[known + step - 1] - values[known - 1] for known in range(12, 41 - step)]
        for step in (1, 2)
    }
    every = [abs(each) for step in (1, 2) for each in wrong[step]]
    scale = sum(abs(values[place] - values[place - 1]) for place in range(1, 12)) / 11
    assert naive.mase == pytest.approx(sum(every) / len(every) / scale)
    inside = judged = 0
    scores = []
    for step in (1, 2):
        for place, came in enumerate(wrong[step]):
            known = wrong[step][: max(place - step + 1, 0)]
            if len(known) < 12:
                continue
            half = sorted(abs(each) for each in known)[-(-8 * (len(known) + 1) // 10) - 1]
            judged, inside = judged + 1, inside + (abs(came) <= half)
            far = sum(abs(each - came) for each in known) / len(known)
            apart = sum(abs(one - other) for one in known for other in known) / len(known) ** 2
            scores.append(far - apart / 2)
    assert naive.held[0] is not None
    assert (naive.held[0].inside, naive.held[0].size) == (inside, judged)
    assert (naive.crps, naive.scored) == (pytest.approx(sum(scores) / len(scores)), judged)


def test_a_ratio_is_worked_out_period_by_period_and_never_over_nought() -> None:
    students, tutors = a_series([30.0, 33.0, 36.0]), replace(a_series([10.0, 0.0, 9.0]), key="K2")
    found = ratio_of(students, tutors, name="Students per tutor", better="down")
    assert [each.value for each in found.readings] == [3.0, None, 4.0]
    assert found.key == "K1/K2"
    assert found.definition.kind == "rate", "of amounts that are not below nought, it is not either"
    weekly = replace(tutors, definition=replace(tutors.definition, frequency="week"))
    with pytest.raises(Refused, match="read each month and K2 each week"):
        ratio_of(students, weekly, name="Students per tutor", better="down")


QUIET = [float(each) for each in np.random.default_rng(3).normal(50, 1, 40)]
BEGUN = later_by_months(START, 40)
BY = later_by_months(START, 43)
FEWER = Expected("change", -10.0, BY)


@pytest.mark.parametrize(
    ("after", "word"),
    [
        ([50.0, 50.0, 49.0, 40.0, 40.0, 40.0], "came"),
        ([50.0, 50.0, 49.0, 50.0, 50.0, 50.0], "did not come"),
        ([50.0, 50.0, 49.0, 60.0, 60.0, 60.0], "the other way"),
        ([50.0, 50.0, 49.0, 46.0, 46.0, 46.0], "partly"),
        ([50.0, 50.0, 40.0, 40.0], "too early"),
    ],
)
def test_an_effect_is_held_against_what_was_expected_without_it(after: list[float], word: str) -> None:
    found = effect_of(a_series([*QUIET, *after]), FEWER, started=BEGUN, as_at=LATE)
    assert found.word == word


def test_an_effect_on_a_series_without_a_past_cannot_be_judged() -> None:
    found = effect_of(
        a_series([*QUIET[:8], 40.0, 40.0, 40.0, 40.0]),
        replace(FEWER, by=START),
        started=later_by_months(START, 8),
        as_at=LATE,
    )
    assert found.word == "too little to say"
    assert "24 readings" in found.sentence


DONE = Facts("action", due_on=BY, outcome="done", outcome_on=BY, expected_effect="fewer", expected_by=BY)
MISSED = Effect("did not come", "The effect did not come.")


@pytest.mark.parametrize(
    ("facts", "effect", "day", "says"),
    [
        (DONE, MISSED, LATE, True),
        (DONE, MISSED, BY, False),  # its day is today: it has until its end
        (DONE, Effect("too early", ""), LATE, False),
        (replace(DONE, outcome=None), MISSED, LATE, False),
        (replace(DONE, effect_seen="yes"), MISSED, LATE, False),  # a person's word stands
        (replace(DONE, effect_seen="no"), MISSED, LATE, False),
    ],
)
def test_delivered_without_effect_is_proposed_and_never_against_a_persons_word(
    facts: Facts, effect: Effect, day: date, says: bool
) -> None:
    assert (proposed(facts, effect, BY, day) is not None) == says

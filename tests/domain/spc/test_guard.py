"""False arrows are kept off: by memory, seasons, skew, small counts and unequal denominators."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from made_series import MONTHS, remembering, series
from watchkeep.domain.indicator import Frequency
from watchkeep.domain.spc import Chart, judged

TIMES = 120
Made = Callable[[np.random.Generator], np.ndarray]


def share(made: Made, told: Callable[[Chart], bool], **how: object) -> float:
    """Of so many made-up series, the share of which it is true."""
    chance = np.random.default_rng(11)
    charts = [judged(series(made(chance).tolist(), **how)) for _ in range(TIMES)]  # type: ignore[arg-type]
    return sum(told(each) for each in charts) / TIMES


def confirmed(chart: Chart) -> bool:
    return chart.verdict.confirmed


def drawn_signal(chart: Chart) -> bool:
    return bool(chart.readings[-1].signals)


def with_memory(chance: np.random.Generator) -> np.ndarray:
    return 100 + remembering(chance, 0.6, 40)


def seasonal(chance: np.random.Generator) -> np.ndarray:
    return 100 + chance.normal(size=48) + 2 * np.sin(np.arange(48) * np.pi / 6)


def stepped(chance: np.random.Generator) -> np.ndarray:
    return 100 + chance.normal(size=36) + 3 * (np.arange(36) >= 24)


def climbing(chance: np.random.Generator) -> np.ndarray:
    return 100 + chance.normal(size=36) + 0.4 * np.arange(36)


def stepped_early(chance: np.random.Generator) -> np.ndarray:
    """The step lies among the readings that the limits come from."""
    return 100 + chance.normal(size=24) + 5 * (np.arange(24) >= 12)


def levelling_off(chance: np.random.Generator) -> np.ndarray:
    return 100 + chance.normal(size=30) - 0.8 * np.minimum(np.arange(30), 16)


def dying_away(chance: np.random.Generator) -> np.ndarray:
    return chance.normal(size=30) + 80 * 0.92 ** np.arange(30)


def seasonal_and_stepped(chance: np.random.Generator) -> np.ndarray:
    return seasonal(chance) + 3 * (np.arange(48) >= 36)


def seasonal_and_climbing(chance: np.random.Generator) -> np.ndarray:
    return seasonal(chance) + 0.15 * np.arange(48)


def with_longer_memory(chance: np.random.Generator) -> np.ndarray:
    return 100 + remembering(chance, 0.7, 60)


def with_a_small_season(chance: np.random.Generator) -> np.ndarray:
    return 100 + chance.normal(size=48) + np.sin(np.arange(48) * np.pi / 6)


def with_one_month_of_its_own(chance: np.random.Generator) -> np.ndarray:
    return 100 + chance.normal(size=48) + 4 * (np.arange(48) % 12 == 11)


def with_season_and_memory(chance: np.random.Generator) -> np.ndarray:
    return 100 + remembering(chance, 0.6, 60) + 3 * np.sin(np.arange(60) * np.pi / 6)


@pytest.mark.parametrize(
    "made", [with_longer_memory, with_a_small_season, with_one_month_of_its_own, with_season_and_memory]
)
def test_what_can_be_known_of_a_longer_series_leaves_hardly_an_arrow(made: Made) -> None:
    assert share(made, confirmed) < 0.07


@pytest.mark.parametrize("made", [with_a_small_season, with_one_month_of_its_own])
def test_a_season_is_seen_where_it_is_one(made: Made) -> None:
    assert share(made, lambda chart: chart.basis == "year on year") > 0.9
    assert share(stepped, lambda chart: chart.basis == "year on year") < 0.03


def test_a_run_that_memory_may_have_made_is_a_sign_and_no_arrow() -> None:
    chance = np.random.default_rng(12)
    charts = [judged(series((100 + remembering(chance, 0.6, 24)).tolist(), "up")) for _ in range(300)]
    doubted = [each for each in charts if any("so nothing is confirmed" in said for said in each.cautions)]
    assert len(doubted) > 5
    signs = [each.verdict for each in doubted if each.verdict.word in ("improving", "worsening")]
    assert signs
    assert not any(each.confirmed for each in signs)
    assert any("readings that resemble each other run so by chance too" in each.sentence for each in signs)


@pytest.mark.parametrize("made", [with_memory, seasonal])
def test_readings_that_repeat_others_raise_few_arrows_though_many_signals_are_drawn(made: Made) -> None:
    assert share(made, drawn_signal) > 0.18
    assert share(made, confirmed) < 0.15


@pytest.mark.parametrize("made", [stepped, climbing, stepped_early])
def test_a_step_or_a_steady_rise_is_not_taken_for_memory(made: Made) -> None:
    assert share(made, lambda chart: chart.verdict.word == "improving" and chart.verdict.confirmed) > 0.95


@pytest.mark.parametrize("made", [levelling_off, dying_away])
def test_what_levels_off_or_dies_away_is_not_taken_for_memory(made: Made) -> None:
    assert share(made, lambda chart: chart.verdict.confirmed and chart.basis == "readings") > 0.9


@pytest.mark.parametrize("made", [seasonal_and_stepped, seasonal_and_climbing])
def test_a_change_beside_a_season_is_found(made: Made) -> None:
    assert share(made, lambda chart: chart.verdict.word == "improving" and chart.verdict.confirmed) > 0.9
    told = judged(series(made(np.random.default_rng(1)).tolist()))
    assert "without what is usual of each month" in told.basis_in_words
    assert any("changed besides" in each for each in told.cautions)


@pytest.mark.parametrize(("frequency", "number", "turn"), [("week", 156, 52), ("day", 119, 7)])
def test_a_step_is_found_in_weeks_of_a_year_and_in_days_of_a_week(
    frequency: Frequency, number: int, turn: int
) -> None:
    definition = replace(MONTHS, frequency=frequency)
    at = np.arange(number)

    def swinging(chance: np.random.Generator) -> np.ndarray:
        return 100 + chance.normal(size=number) + 3 * np.sin(at * 2 * np.pi / turn)

    def and_stepped(chance: np.random.Generator) -> np.ndarray:
        return swinging(chance) + 3 * (at >= number - 10)

    assert share(swinging, confirmed, definition=definition) < 0.07
    assert share(and_stepped, confirmed, definition=definition) > 0.9


def restless_shares(chance: np.random.Generator) -> np.ndarray:
    """Out of 20,000 chance alone moves them by 0.003."""
    return 0.2 + 0.02 * chance.normal(size=30)


def shares_with_a_season(chance: np.random.Generator) -> np.ndarray:
    return 0.2 + 0.01 * chance.normal(size=48) + 0.04 * np.sin(np.arange(48) * np.pi / 6)


@pytest.mark.parametrize("made", [restless_shares, shares_with_a_season])
def test_shares_of_many_cases_raise_few_arrows_by_more_than_chance_or_by_season(made: Made) -> None:
    number = made(np.random.default_rng(1)).size
    how = {"definition": replace(MONTHS, family="p"), "sizes": [20_000.0] * number}
    assert share(made, drawn_signal, **how) > 0.5
    assert share(made, confirmed, **how) < 0.15


def test_restless_counts_are_judged_by_wider_limits() -> None:
    def counts(chance: np.random.Generator) -> np.ndarray:
        return chance.poisson(chance.gamma(4, 10, 30)).astype(float)

    definition = replace(MONTHS, family="c", kind="count")
    assert share(counts, confirmed, definition=definition) < 0.1
    told = judged(series(counts(np.random.default_rng(3)).tolist(), definition=definition))
    assert told.basis_in_words == "with limits widened for overdispersion"


def test_a_declared_season_is_drawn_against_the_year_before_from_36_readings_on() -> None:
    definition = replace(MONTHS, seasonal=True)
    year = [10, 20, 30, 40, 50, 60, 60, 50, 40, 30, 20, 10]
    wobble = [0, 1, 0, -1, 1, 0, -1, 0, 1, -1, 0, 1, 1]
    values = [year[place % 12] + wobble[place % 13] for place in range(48)]
    chart = judged(series(values, definition=definition))
    assert (chart.basis, chart.verdict.word) == ("year on year", "steady")
    assert {each.signals for each in chart.readings} == {()}
    assert all(each.lower is None for each in chart.readings[:12])
    assert all((each.lower or 0) < each.value < (each.upper or 0) for each in chart.readings[12:])
    raw = judged(series(values[:35], definition=definition))
    assert raw.basis == "readings"
    assert any(each.startswith("Seasonality not assessed") for each in raw.cautions)


def test_a_month_above_all_others_of_its_name_is_seen_in_a_declared_season() -> None:
    definition = replace(MONTHS, seasonal=True)
    year = [10, 20, 30, 40, 50, 60, 60, 50, 40, 30, 20, 10]
    values = [float(year[place % 12] + (place * 7 % 5)) for place in range(48)]
    values[-1] += 30  # 40 or so in a December of about 12, and still far below any June
    assert "astronomical" in judged(series(values, definition=definition)).readings[-1].signals


def test_a_long_tail_is_judged_on_a_log_scale() -> None:
    chance = np.random.default_rng(5)
    charts = [judged(series(np.exp(3 + 0.9 * chance.normal(size=30)).tolist())) for _ in range(60)]
    logged = [each for each in charts if "a log scale" in each.basis_in_words]
    assert len(logged) > 40
    assert all("lopsided" in each.cautions[0] and len(each.tested) == 30 for each in logged)
    # Limits go back to the readings' scale, where nothing of these readings lies below nought.
    assert all(point.lower is None or point.lower > 0 for each in logged for point in each.tested)


def test_small_counts_are_judged_by_their_roots() -> None:
    counts = np.random.default_rng(6).poisson(1.0, 30).tolist()
    chart = judged(series(counts, definition=replace(MONTHS, kind="count")))
    assert chart.basis_in_words == "on a square-root scale"


def test_the_r_packages_dialect_adjusts_nothing_and_warns_of_memory() -> None:
    chance = np.random.default_rng(8)
    chart = judged(series(remembering(chance, 0.9, 60).tolist()), dialect="ptd")
    assert (chart.basis, chart.tested) == ("readings", ())
    assert any("does not allow for that" in each for each in chart.cautions)


def test_limits_move_with_each_readings_denominator() -> None:
    definition = replace(MONTHS, family="p", baseline=12)
    sizes = [100, 400] * 10
    chart = judged(series([0.2, 0.21] * 10, definition=definition, sizes=sizes))
    small, large = chart.readings[0], chart.readings[1]
    assert small.centre == large.centre
    widths = [(each.upper or 0) - each.centre for each in (small, large)]
    assert widths[0] == pytest.approx(2 * widths[1])  # a quarter of the cases, twice the sigma


def test_shares_told_in_per_cent_have_limits_in_per_cent() -> None:
    definition = replace(MONTHS, family="p", unit="%", kind="share")
    measured = series([0.2, 0.21] * 10, definition=definition, sizes=[400] * 20)
    percent = replace(
        measured, readings=tuple(replace(each, value=(each.value or 0) * 100) for each in measured.readings)
    )
    plain, told = judged(measured), judged(percent)
    assert told.segments[0].centre == pytest.approx(100 * plain.segments[0].centre)
    assert told.segments[0].upper == pytest.approx(100 * (plain.segments[0].upper or 0))


def test_restless_shares_with_unequal_denominators_are_judged_by_wider_limits() -> None:
    chance = np.random.default_rng(9)
    sizes = np.where(np.arange(24) % 2, 4000, 9000)
    values = np.clip(chance.normal(0.3, 0.04, 24), 0, 1)
    chart = judged(series(values.tolist(), definition=replace(MONTHS, family="p"), sizes=sizes.tolist()))
    assert sum("astronomical" in each.signals for each in chart.readings) > 6
    assert not any("astronomical" in each.signals for each in chart.tested)
    assert chart.basis_in_words == "with limits widened for overdispersion"


def test_a_p_chart_without_parts_falls_back_and_says_so() -> None:
    chart = judged(series([0.2, 0.3] * 8, definition=replace(MONTHS, family="p")))
    assert any("A p chart needs a numerator and a denominator" in each for each in chart.cautions)


def test_single_values_with_unequal_denominators_are_warned_of() -> None:
    chart = judged(series([0.2, 0.3] * 8, sizes=[100, 900] * 8))
    assert any("declare the family p" in each for each in chart.cautions)

"""Scores of forecasts agree with published tables and with what can be worked out by hand."""

from __future__ import annotations

import doctest
from math import nan, pi, sqrt
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchkeep.quant import scores
from watchkeep.quant.scores import (
    brier,
    coverage,
    crps_of_quantiles,
    crps_of_sample,
    kupiec,
    mase,
    naive_error,
)

VALUES = st.floats(-1e4, 1e4)
PAIRS = st.lists(
    st.tuples(st.sampled_from([0.0, 0.1, 0.3, 0.5, 0.9, 1.0]), st.sampled_from([0, 1])), min_size=1
)


def test_the_examples_in_the_text_hold() -> None:
    assert doctest.testmod(scores).failed == 0


# Kupiec's table 3 (1995): failures that do not contradict the level at 5 % significance, ends excluded.
@pytest.mark.parametrize(
    ("level", "size", "above", "below"),
    [
        (0.99, 510, 1, 11),
        (0.99, 1000, 4, 17),
        (0.975, 255, 2, 12),
        (0.95, 255, 6, 21),
        (0.95, 510, 16, 36),
        (0.95, 1000, 37, 65),
    ],
)
def test_kupiecs_table_is_met(level: float, size: int, above: int, below: int) -> None:
    stands = [out for out in range(size) if kupiec(size - out, size, level).probability > 0.05]
    assert (stands[0], stands[-1]) == (above + 1, below - 1)


def test_briers_own_ten_forecasts_of_rain_score_0_19_over_both_classes() -> None:
    """Monthly Weather Review 78 (1950), table 1; his score sums over rain and no rain."""
    stated = [0.7, 0.9, 0.8, 0.4, 0.2, 0.0, 0.0, 0.0, 0.0, 0.1]
    came = [0, 1, 1, 1, 0, 0, 0, 0, 0, 0]
    assert 2 * brier(stated, came).score == pytest.approx(0.19)


@given(PAIRS)
def test_a_brier_score_is_the_sum_of_its_parts(pairs: list[tuple[float, int]]) -> None:
    found = brier([chance for chance, _ in pairs], [came for _, came in pairs])
    assert found.score == pytest.approx(found.reliability - found.resolution + found.uncertainty, abs=1e-12)
    assert min(found.reliability, found.resolution, found.uncertainty) >= 0


def test_the_score_of_a_normal_forecast_at_its_middle_is_met_by_a_fine_sample_and_by_fine_quantiles() -> None:
    """Gneiting and Raftery (2007): for N(0, 1) at nought it is (sqrt 2 - 1) / sqrt pi."""
    closed = (sqrt(2) - 1) / sqrt(pi)
    levels = (np.arange(4000) + 0.5) / 4000
    quantiles = [NormalDist().inv_cdf(float(level)) for level in levels]
    assert crps_of_sample(quantiles, 0.0) == pytest.approx(closed, abs=1e-3)
    assert crps_of_quantiles(levels, quantiles, 0.0) == pytest.approx(closed, abs=1e-3)


@given(st.lists(VALUES, min_size=1, max_size=12), VALUES)
def test_the_sample_score_is_the_slow_double_sum(sample: list[float], actual: float) -> None:
    size = len(sample)
    apart = sum(abs(one - actual) for one in sample) / size
    within = sum(abs(one - other) for one in sample for other in sample) / (2 * size * size)
    assert crps_of_sample(sample, actual) == pytest.approx(apart - within, abs=1e-6)


def test_the_scaled_error_of_a_seasonal_series_is_held_against_the_same_season_before() -> None:
    """Two years of halves, 10 20 and 14 26: the season before was off by 5 on average; we are by 2.5."""
    assert mase([16.0, 25.0], [14.0, 28.0], training=[10.0, 20.0, 14.0, 26.0], period=2) == pytest.approx(0.5)


@pytest.mark.parametrize("training", [[5.0], [5.0, 5.0, 5.0]])
def test_nothing_can_be_scaled_by_a_series_that_never_differs(training: list[float]) -> None:
    assert naive_error(training) == pytest.approx(nan, nan_ok=True)


def test_both_ends_of_an_interval_belong_to_it() -> None:
    found = coverage([1.0, 1.0, 1.0], [2.0, 2.0, 2.0], [1.0, 2.0, 2.1], 0.8)
    assert (found.inside, found.size) == (2, 3)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: kupiec(3, 2, 0.8),
        lambda: kupiec(1, 2, 1.0),
        lambda: brier([0.5, 1.5], [0, 1]),
        lambda: brier([0.5], [2]),
        lambda: brier([], []),
        lambda: crps_of_sample([], 0.0),
        lambda: crps_of_quantiles([0.0, 0.5], [1.0, 2.0], 1.0),
        lambda: mase([1.0, 2.0], [1.0], [1.0, 2.0]),
        lambda: naive_error([1.0, 2.0], 0),
        lambda: naive_error([[1.0, 2.0]]),
    ],
)
def test_what_is_no_forecast_is_refused(wrong: object) -> None:
    assert callable(wrong)
    with pytest.raises(ValueError, match=r"\w"):
        wrong()

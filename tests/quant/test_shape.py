"""Memory and skew are estimated as theory says, and the scales lead back to where they started."""

from __future__ import annotations

import doctest

import numpy as np
import pytest

from made_series import remembering
from watchkeep.quant import shape
from watchkeep.quant.shape import (
    change_against_memory,
    expected_by_memory,
    lag,
    lag_one,
    logit,
    shares_of_odds,
    skewness,
)
from watchkeep.quant.xmr import Floats


def test_the_examples_of_the_docstrings_hold() -> None:
    assert doctest.testmod(shape).failed == 0


@pytest.mark.parametrize("memory", [0.0, 0.3, 0.6])
def test_memory_is_estimated_without_bias_in_twenty_readings(memory: float) -> None:
    chance = np.random.default_rng(1)
    told = [lag_one(remembering(chance, memory, 20)) for _ in range(1500)]
    assert float(np.mean(told)) == pytest.approx(memory, abs=0.04)


def test_a_step_or_a_rise_is_told_from_memory() -> None:
    chance = np.random.default_rng(2)
    time = np.arange(40)
    made = {
        "step": [chance.normal(size=40) + 3 * (time >= 15) for _ in range(100)],
        "rise": [chance.normal(size=40) + 0.2 * time for _ in range(100)],
        "levelling": [chance.normal(size=40) - 0.7 * np.minimum(time, 22) for _ in range(100)],
        "up and down": [chance.normal(size=40) - 0.5 * np.abs(time - 20) for _ in range(100)],
        "decay": [chance.normal(size=40) + 60 * 0.92**time for _ in range(100)],
        "memory": [remembering(chance, 0.7, 40) for _ in range(100)],
    }
    price = 2 * np.log(40)
    share = {
        name: np.mean([change_against_memory(each) > price for each in rows]) for name, rows in made.items()
    }
    for change in ("step", "rise", "levelling", "up and down", "decay"):
        assert share[change] > 0.9, change
    assert share["memory"] < 0.15


def test_a_change_without_any_noise_explains_everything() -> None:
    assert change_against_memory(np.array([1.0] * 8 + [5.0] * 8)) == float("inf")
    assert np.isnan(change_against_memory(np.arange(7.0)))


def test_what_is_left_of_a_process_with_memory_has_none() -> None:
    values = remembering(np.random.default_rng(3), 0.6, 4000)
    left = (values - expected_by_memory(values, 0.6))[1:]
    assert abs(lag_one(left)) < 0.05


def test_a_year_that_repeats_itself_is_seen_at_twelve_months_and_not_at_six() -> None:
    months = np.sin(np.arange(48) * np.pi / 6)
    assert lag(months, 12) == pytest.approx(0.75, abs=0.01)  # (48 - 12) / 48
    assert lag(months, 6) < 0


def test_skewness_of_known_distributions() -> None:
    chance = np.random.default_rng(4)
    assert skewness(chance.exponential(size=200_000)) == pytest.approx(2, abs=0.1)
    assert abs(skewness(chance.normal(size=200_000))) < 0.02


@pytest.mark.parametrize("values", [np.array([]), np.ones(20), np.full(20, 0.1)])
def test_nothing_is_said_of_what_does_not_vary(values: Floats) -> None:
    assert np.isnan(lag_one(values))
    assert np.isnan(lag(values, 3))
    assert np.isnan(skewness(values))


def test_log_odds_lead_back() -> None:
    kept = np.array([0.01, 0.5, 0.93])
    assert shares_of_odds(logit(kept)) == pytest.approx(kept)

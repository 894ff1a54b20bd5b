"""Ways of forecasting and their backtest, on rows whose answer is known; one test loads the library."""

from __future__ import annotations

import doctest
import subprocess
import sys
from math import isnan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchkeep.quant import forecast as module
from watchkeep.quant.forecast import Backtest, backtest, forecast, half_width

ROWS = st.lists(st.floats(-100, 100), min_size=3, max_size=12)


def test_the_examples_in_the_text_hold() -> None:
    assert doctest.testmod(module).failed == 0


def test_the_library_is_not_loaded_before_a_method_of_its_is_asked_for() -> None:
    asked = (
        "import sys, watchkeep.domain.forecast; from watchkeep.quant.forecast import backtest, library;"
        "backtest(range(9), 'naive', ahead=1, period=1, first=4); library();"
        "print(*{'statsforecast', 'pandas', 'scipy'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout == "\n"


@given(ROWS, st.integers(1, 3), st.integers(1, 3))
def test_naive_methods_repeat_what_was(row: list[float], ahead: int, period: int) -> None:
    assert forecast(row, "naive", ahead=ahead, period=period).tolist() == [row[-1]] * ahead
    seasonal = forecast(row, "seasonal naive", ahead=ahead, period=period).tolist()
    assert seasonal == [(row + row[-period:] * 9)[len(row) + step] for step in range(ahead)]


@given(ROWS)
def test_a_backtest_never_uses_what_came_after_its_origin(row: list[float]) -> None:
    """Whatever the last value is, what was said before it is the same."""
    changed = [*row[:-1], row[-1] + 1000]
    one, other = (backtest(each, "naive", ahead=1, period=1, first=2) for each in (row, changed))
    assert np.array_equal(one.errors[:-1], other.errors[:-1])


# Worked by hand: of n absolute residuals 1 to n, the ceil((n + 1) level)-th is that number itself.
@pytest.mark.parametrize(
    ("size", "level", "half"),
    [(11, 0.8, None), (12, 0.8, 11.0), (18, 0.95, None), (19, 0.95, 19.0), (39, 0.95, 38.0), (24, 0.8, 20.0)],
)
def test_a_conformal_interval_is_the_ranked_residual_or_nothing(
    size: int, level: float, half: float | None
) -> None:
    assert half_width([(-1) ** each * each for each in range(1, size + 1)], level) == half


def test_an_interval_is_judged_only_on_what_came_after_the_residuals_that_made_it() -> None:
    """13 errors of 1, then one of 5. From the 13th on 12 are known: two judged one ahead, one within."""
    trial = Backtest("naive", np.array([[1.0]] * 13 + [[5.0]]), first=2, scale=1.0)
    found = module.tested(trial)
    inner, outer = found.coverage
    assert inner is not None
    assert (inner.inside, inner.size, outer) == (1, 2, None)
    assert found.scored == 2
    assert found.crps == pytest.approx((0.0 + 4.0) / 2)


def test_a_forecast_two_ahead_waits_a_period_longer_for_its_residuals() -> None:
    """14 origins: of two ahead, the twelfth residual is known at the 14th alone, whose outcome is not."""
    errors = np.ones((14, 2))
    errors[-1, 1] = np.nan
    found = module.tested(Backtest("naive", errors, first=2, scale=1.0))
    inner, _ = found.coverage
    assert inner is not None
    assert inner.size == 2  # both of one ahead: of two ahead none could be judged


def test_a_straight_line_is_continued_by_theta_and_smoothing_and_not_by_naive() -> None:
    row = [10.0 + 2 * step for step in range(24)]
    assert forecast(row, "smoothing", ahead=2) == pytest.approx([58.0, 60.0], abs=0.5)
    assert forecast(row, "theta", ahead=2) == pytest.approx([58.0, 60.0], abs=1.5)
    assert forecast(row, "naive", ahead=2).tolist() == [56.0, 56.0]


def test_a_row_that_never_differs_has_no_scale() -> None:
    assert isnan(backtest([4.0] * 9, "naive", ahead=1, period=1, first=5).mase)


@pytest.mark.parametrize("row", [[], [1.0, float("nan"), 2.0]])
def test_a_row_with_nothing_to_go_by_is_refused(row: list[float]) -> None:
    with pytest.raises(ValueError, match=r"too few|missing"):
        forecast(row, "naive", ahead=1)

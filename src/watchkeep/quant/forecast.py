"""What comes next of a row of numbers, how far off the same way was before, and so how sure it is.

The library (statsforecast) is reached here alone and only when a method of its is asked for: loading it takes
seconds of processor time. No interval is a library's own: on short series those held too little.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from math import ceil, inf
from typing import Final, Literal

import numpy as np
from numpy.typing import ArrayLike

from watchkeep.quant.scores import Coverage, Numbers, crps_of_sample, kupiec, naive_error

Method = Literal[
    "naive", "seasonal naive", "smoothing", "theta", "seasonal smoothing", "seasonal smoothing with trend"
]
# Whether a season is taken out is decided by who asks: left to the library, two years of a plain season were
# told as none, and its forecasts were half as far off again as the season before.
SMOOTHING: Final[dict[Method, tuple[str, bool | None]]] = {
    "smoothing": ("ZZN", None),  # the library chooses error and trend
    "seasonal smoothing": ("ANA", None),
    "seasonal smoothing with trend": ("AAA", True),  # damped
}
NAIVE: Final[tuple[Method, ...]] = ("naive", "seasonal naive")
LIBRARY: Final = "statsforecast"
LEVELS: Final = (0.80, 0.95)
ANYWHERE: Final = (-inf, inf)
LEAST: Final = 12  # residuals without which there is no interval
MOST: Final = 36  # origins that a backtest goes back over; each one is a fit
LONGEST_SEASON: Final = (
    24  # exponential smoothing has a state for each step of a season, and no more than this
)


class Unfit(ValueError):
    """A method of the library found nothing that fits these values; the others may."""


def library() -> str:
    """The library and its version, as a result keeps it. Reads a file; loads nothing."""
    return f"{LIBRARY} {version(LIBRARY)}"


def forecast(values: ArrayLike, method: Method, *, ahead: int, period: int = 1) -> Numbers:
    """The next `ahead` values (ahead,) after `values` (n,), in their unit; `period` steps make a season.

    naive: the last value again. seasonal naive: that of the same season before. smoothing: exponential, as
    R. J. Hyndman, A. B. Koehler, J. K. Ord and R. D. Snyder, Forecasting with Exponential Smoothing (2008),
    without a season, or with an additive one. theta: V. Assimakopoulos and K. Nikolopoulos, International
    Journal of Forecasting 16 (2000) 521-530. The same numbers give the same answer.

    >>> forecast([1.0, 2.0, 3.0, 4.0], "seasonal naive", ahead=3, period=2).tolist()
    [3.0, 4.0, 3.0]
    """
    row = np.asarray(values, dtype=np.float64)
    if ahead < 1 or period < 1 or len(row) < max(period, 1):
        raise ValueError(f"{len(row)} values, {ahead} ahead with a season of {period}: too few to go by")
    if not bool(np.all(np.isfinite(row))):
        raise ValueError("a value is missing, and a forecast needs each of them")
    if method == "naive":
        return np.repeat(row[-1], ahead)
    if method == "seasonal naive":
        return np.resize(row[-period:], ahead)
    with warnings.catch_warnings():
        # A row that hardly differs makes the library divide by nought in a test that it then passes over.
        warnings.simplefilter("ignore", RuntimeWarning)
        try:
            found = _of_library(row, method, ahead, period)
        except Exception as problem:  # the library raises nothing narrower
            raise Unfit(f"{method} does not fit {len(row)} values: {problem}") from problem
    if not bool(np.all(np.isfinite(found))):
        raise Unfit(f"{method} does not fit {len(row)} values: it says no number")
    return found


@dataclass(frozen=True, slots=True)
class Backtest:
    """A method tried on what has come since: `errors` (origins, ahead) are what came less what was said.

    Not a number where it has not come yet. `first`: values known at the first origin, one more at each next.
    """

    method: Method
    errors: Numbers
    first: int
    scale: float  # the naive error within what was known at the first origin
    period: int = 1  # steps of the season that it was given

    @property
    def origins(self) -> int:
        """How often it was tried."""
        return len(self.errors)

    @property
    def mase(self) -> float:
        """Its mean absolute error over all steps and origins, over the naive one; no unit."""
        return float(np.nanmean(np.abs(self.errors))) / self.scale

    def residuals(self, step: int) -> Numbers:
        """What came less what was said, `step` steps ahead (1 is the next), oldest first."""
        column = self.errors[:, step - 1]
        return column[~np.isnan(column)]


def backtest(
    values: ArrayLike,
    method: Method,
    *,
    ahead: int,
    period: int,
    first: int,
    most: int = MOST,
    within: tuple[float, float] = ANYWHERE,
    scaled_by: int | None = None,
) -> Backtest:
    """Forecast anew from each origin that knows `first` values or more (the last `most`); keep how it went.

    Nothing after an origin is used for its forecast. What is said is brought back `within` what can be (a
    share does not rise above the whole). The naive error goes `scaled_by` steps back, else `period`.
    Source: L. J. Tashman, International Journal of Forecasting 16 (2000) 437-450 (rolling origin, refitted).

    >>> backtest([1.0, 2.0, 4.0, 7.0], "naive", ahead=2, period=1, first=2).errors.tolist()
    [[2.0, 5.0], [3.0, nan]]
    """
    row = np.asarray(values, dtype=np.float64)
    first = max(first, len(row) - most)
    if len(row) <= first:
        raise ValueError(f"{len(row)} values leave none to test on after the first {first}")
    errors = np.full((len(row) - first, ahead), np.nan)
    for place, known in enumerate(range(first, len(row))):
        came = row[known : known + ahead]
        said = np.clip(forecast(row[:known], method, ahead=ahead, period=period), *within)
        errors[place, : len(came)] = came - said[: len(came)]
    return Backtest(method, errors, first, naive_error(row[:first], scaled_by or period), period)


def half_width(residuals: ArrayLike, level: float) -> float | None:
    """How far from its middle an interval of `level` reaches on each side, by split-conformal prediction.

    The ceil((n + 1) level)-th smallest absolute residual of `residuals` (n,), in their unit. None where there
    are fewer than 12, or where n is too small for the level at all: 95 % needs 19.

    Source: J. Lei, M. G'Sell, A. Rinaldo, R. J. Tibshirani and L. Wasserman, Journal of the American
    Statistical Association 113 (2018) 1094-1111, algorithm 2; it holds where residuals are exchangeable.

    >>> half_width(range(-10, 10), 0.80), half_width(range(-10, 10), 0.95), half_width(range(11), 0.80)
    (8.0, 10.0, None)
    """
    apart = np.sort(np.abs(np.asarray(residuals, dtype=np.float64)))
    place = ceil(round((len(apart) + 1) * level, 9))
    if len(apart) < LEAST or place > len(apart):
        return None
    return float(apart[place - 1])


@dataclass(frozen=True, slots=True)
class Tested:
    """How the intervals and the whole spread of a method held, each made only of what was known before.

    None: never had residuals enough before an outcome came. `first_step` is of one step ahead alone, whose
    outcomes do not overlap; the Kupiec test is to be read there.
    """

    coverage: tuple[Coverage | None, ...]  # over all steps, in the order of LEVELS
    first_step: tuple[Coverage | None, ...]
    crps: float | None
    scored: int  # forecasts that the score is the mean of


def tested(trial: Backtest) -> Tested:
    """Go over a backtest again, giving each forecast the interval and spread of the residuals known by then.

    A residual is known when its outcome has come: that of an earlier origin, `step` steps ahead, once `step`
    further values have. So no interval is judged on an outcome that helped to make it.
    """
    counts = {level: [[0, 0] for _ in range(trial.errors.shape[1])] for level in LEVELS}
    scores: list[float] = []
    for step in range(1, trial.errors.shape[1] + 1):
        column = trial.errors[:, step - 1]
        for origin in range(LEAST + step - 1, trial.origins):
            came, known = float(column[origin]), column[: origin - step + 1]
            if np.isnan(came):
                break
            scores.append(crps_of_sample(known, came))
            for level in LEVELS:
                half = half_width(known, level)
                if half is not None:
                    counts[level][step - 1][0] += abs(came) <= half
                    counts[level][step - 1][1] += 1
    return Tested(
        tuple(_counted(counts[level], level) for level in LEVELS),
        tuple(_counted(counts[level][:1], level) for level in LEVELS),
        float(np.mean(scores)) if scores else None,
        len(scores),
    )


def _counted(steps: list[list[int]], level: float) -> Coverage | None:
    inside, size = (sum(each[place] for each in steps) for place in (0, 1))
    return kupiec(inside, size, level) if size else None


def methods(period: int) -> tuple[Method, ...]:
    """Those that a season of `period` steps allows, the naive ones first.

    >>> methods(1)
    ('naive', 'smoothing', 'theta')
    """
    if period == 1:
        return ("naive", "smoothing", "theta")
    smoothing: tuple[Method, ...] = ("seasonal smoothing", "seasonal smoothing with trend")
    return (*NAIVE, "smoothing", "theta", *(smoothing if period <= LONGEST_SEASON else ()))


def _of_library(row: Numbers, method: Method, ahead: int, period: int) -> Numbers:
    smoothing, theta = _models()
    if method == "theta":
        # It takes a season out first, for which it needs two whole ones.
        return theta(row, ahead, period if len(row) >= 2 * period else 1)
    return smoothing(row, ahead, period, *SMOOTHING[method])


@cache
def _models() -> tuple[Callable[..., Numbers], Callable[[Numbers, int, int], Numbers]]:
    from statsforecast.models import AutoETS, AutoTheta

    def smoothing(row: Numbers, ahead: int, period: int, form: str, damped: bool | None) -> Numbers:
        model = AutoETS(season_length=period, model=form, damped=damped)
        return np.asarray(model.forecast(row, h=ahead)["mean"], dtype=np.float64)

    def theta(row: Numbers, ahead: int, period: int) -> Numbers:
        return np.asarray(AutoTheta(season_length=period).forecast(row, h=ahead)["mean"], dtype=np.float64)

    return smoothing, theta

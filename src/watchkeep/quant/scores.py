"""How good forecasts were, once what they spoke of has come: of numbers, of intervals and of chances.

Plain closed forms, each with its source. Low is good for every score but coverage, which should be its level.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import erfc, log, sqrt

import numpy as np
from numpy.typing import ArrayLike, NDArray

Numbers = NDArray[np.float64]


def naive_error(training: ArrayLike, period: int = 1) -> float:
    """The mean absolute error of saying, within `training`, what was so `period` steps before; in its unit.

    Not a number where it cannot be said: no more than `period` values, or none that ever differ.
    """
    values = _numbers(training)
    if period < 1:
        raise ValueError(f"a period has one step or more, and {period} is not")
    if len(values) <= period:
        return float("nan")
    found = float(np.mean(np.abs(values[period:] - values[:-period])))
    return found if found > 0 else float("nan")


def mase(actual: ArrayLike, forecast: ArrayLike, training: ArrayLike, period: int = 1) -> float:
    """Mean absolute scaled error: the forecast's mean absolute error over the naive one within `training`.

    `actual` and `forecast` have one shape (n,); the answer has no unit. Below 1 is nearer than the naive
    forecast was, one step ahead, on what was known. `period` above 1 takes the same season before as naive.

    Source: R. J. Hyndman and A. B. Koehler, International Journal of Forecasting 22 (2006) 679-688.

    >>> mase([12.0, 14.0], [11.0, 11.0], training=[8.0, 10.0, 9.0, 12.0])
    1.0
    """
    came, said = _same_shape(actual, forecast)
    return float(np.mean(np.abs(came - said))) / naive_error(training, period)


def crps_of_sample(sample: ArrayLike, actual: float) -> float:
    """Continuous ranked probability score of a forecast given as a sample (n,) of what may come; in its unit.

    The mean distance of the sample from what came, less half the mean distance within it: the score of the
    sample's own step function. One value alone gives the absolute error. Sorting makes it n log n.

    Source: T. Gneiting and A. E. Raftery, Journal of the American Statistical Association 102 (2007) 359-378,
    equation 21.

    >>> crps_of_sample([1.0, 3.0], 2.0)
    0.5
    """
    values = np.sort(_numbers(sample))
    size = len(values)
    if size == 0:
        raise ValueError("a sample has one value at least, and this one has none")
    # Within a sorted sample each value is taken away (size - 1 - place) times and added (place) times.
    weights = 2 * np.arange(size) - size + 1
    within = 2 * float(np.dot(weights, values)) / (size * size)
    return float(np.mean(np.abs(values - actual))) - within / 2


def crps_of_quantiles(levels: ArrayLike, quantiles: ArrayLike, actual: float) -> float:
    """The same score from quantiles (n,) at `levels` (n,), evenly spread over 0 to 1: twice their mean loss.

    Right in the limit of many levels; with a few it compares forecasts that have the same.

    Source: F. Laio and S. Tamea, Hydrology and Earth System Sciences 11 (2007) 1267-1277, equation 11.

    >>> crps_of_quantiles([0.25, 0.75], [1.0, 3.0], 2.0)
    0.5
    """
    shares, values = _same_shape(levels, quantiles)
    if not bool(np.all((shares > 0) & (shares < 1))):
        raise ValueError("levels lie between 0 and 1, both excluded")
    return 2 * float(np.mean(((actual < values) - shares) * (values - actual)))


@dataclass(frozen=True, slots=True)
class Coverage:
    """How often what came lay within its interval, and how well that agrees with the level that was claimed.

    `probability`: of a share as far off as this one or further, by the Kupiec test, were the level true.
    """

    inside: int
    size: int
    level: float
    ratio: float
    probability: float

    @property
    def share(self) -> float:
        """The share that lay inside, from 0 to 1."""
        return self.inside / self.size


def coverage(lower: ArrayLike, upper: ArrayLike, actual: ArrayLike, level: float) -> Coverage:
    """Count what lies within its interval (ends included) and test it against `level`; all have shape (n,).

    >>> coverage([0, 0, 0, 0], [1, 1, 1, 1], [0.5, 1.0, 2.0, 0.1], 0.8).share
    0.75
    """
    low, high = _same_shape(lower, upper)
    came, _ = _same_shape(actual, low)
    return kupiec(int(np.sum((low <= came) & (came <= high))), len(came), level)


def kupiec(inside: int, size: int, level: float) -> Coverage:
    """The proportion-of-failures test: are `inside` of `size` what intervals of `level` should hold?

    `ratio` is the likelihood ratio, chi-squared with one degree of freedom; counts are of independent cases,
    so give it one-step forecasts, whose outcomes do not overlap.

    Source: P. H. Kupiec, The Journal of Derivatives 3(2) (1995) 73-84.

    >>> kupiec(248, 255, 0.99).probability > 0.05, kupiec(247, 255, 0.99).probability > 0.05
    (False, False)
    >>> kupiec(249, 255, 0.99).probability > 0.05
    True
    """
    if size < 1 or not 0 <= inside <= size:
        raise ValueError(f"{inside} of {size} is no count: expected one case at least, and no more inside")
    if not 0 < level < 1:
        raise ValueError(f"a level lies between 0 and 1, and {level} does not")
    outside = size - inside
    # Nought times the logarithm of nought is nought: the likelihood of what did not happen is not asked for.
    ratio = 2 * (
        _times_log(inside, inside / size)
        + _times_log(outside, outside / size)
        - inside * log(level)
        - outside * log(1 - level)
    )
    ratio = max(ratio, 0.0)
    return Coverage(inside, size, level, ratio, erfc(sqrt(ratio / 2)))


@dataclass(frozen=True, slots=True)
class Brier:
    """The mean squared distance of stated chances from what came, and its three parts.

    score = reliability - resolution + uncertainty. Reliability: how far chances lie from what came when they
    were stated. Resolution: how far what came differs between them. Uncertainty: of the outcomes alone.
    """

    score: float
    reliability: float
    resolution: float
    uncertainty: float
    size: int


def brier(chances: ArrayLike, came: ArrayLike) -> Brier:
    """Score chances (n,) from 0 to 1 against outcomes (n,), each 1 (it came) or 0 (it did not).

    The parts are exact, for each stated chance is a class of its own. The score runs from 0 to 1; Brier's own
    sums over both classes of event, and so is twice this one.

    Source: G. W. Brier, Monthly Weather Review 78 (1950) 1-3; A. H. Murphy, Journal of Applied Meteorology 12
    (1973) 595-600.

    >>> brier([1.0, 0.5, 0.5, 0.0], [1, 1, 0, 0])
    Brier(score=0.125, reliability=0.0, resolution=0.125, uncertainty=0.25, size=4)
    """
    stated, outcomes = _same_shape(chances, came)
    if len(stated) == 0:
        raise ValueError("a score needs one outcome at least, and there is none")
    if not bool(np.all((stated >= 0) & (stated <= 1))):
        raise ValueError("chances lie between 0 and 1, both included")
    if not bool(np.all((outcomes == 0) | (outcomes == 1))):
        raise ValueError("an outcome is 1 or 0")
    size, base = len(stated), float(np.mean(outcomes))
    reliability = resolution = 0.0
    for chance in np.unique(stated):
        group = outcomes[stated == chance]
        share = float(np.mean(group))
        reliability += len(group) * (float(chance) - share) ** 2 / size
        resolution += len(group) * (share - base) ** 2 / size
    score = float(np.mean((stated - outcomes) ** 2))
    return Brier(score, reliability, resolution, base * (1 - base), size)


def _times_log(number: int, share: float) -> float:
    return number * log(share) if number else 0.0


def _numbers(values: ArrayLike) -> Numbers:
    found = np.asarray(values, dtype=np.float64)
    if found.ndim != 1:
        raise ValueError(f"expected one row of numbers, and found {found.ndim} dimensions")
    return found


def _same_shape(one: ArrayLike, other: ArrayLike) -> tuple[Numbers, Numbers]:
    first, second = _numbers(one), _numbers(other)
    if first.shape != second.shape:
        raise ValueError(f"expected as many of each, and found {len(first)} and {len(second)}")
    return first, second

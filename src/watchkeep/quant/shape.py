"""What the shape of a series does to a chart of it: memory, skew, and the scales that take them away.

All work on one series without holes: arrays of the shape (n,), in any unit unless said otherwise.
"""

from __future__ import annotations

import numpy as np

from watchkeep.quant.xmr import ALIKE, Floats


def lag_one(values: Floats, *, level: bool = True) -> float:
    """How much a reading resembles the one before it (-1 to 1, without unit), the small sample allowed for.

    The usual estimate is low by about (1 + 4r) / n. Without `level` a straight line is taken away first, so
    that a steady rise is no resemblance; that makes it low by about (2 + 6r) / n (found by simulation: white
    noise and AR(1), 18 and 40 readings). NaN with fewer than 8 readings, or where all are alike.

    Source: F. H. C. Marriott and J. A. Pope, Bias in the estimation of autocorrelations, Biometrika 41
    (1954) 390-402.

    >>> round(lag_one(np.array([1.0, -1, 1, -1, 1, 1, -1, -1])), 3)
    -0.5
    """
    if values.size < 8:
        return float("nan")
    away = values - values.mean()
    if not level:
        time = np.arange(values.size) - (values.size - 1) / 2
        away = away - time * float(time @ away) / float(time @ time)
    total = float(away @ away)
    if total <= (ALIKE * float(np.abs(values).max())) ** 2 * values.size:
        return float("nan")
    plain = float(away[1:] @ away[:-1]) / total
    low, less = (1, 4) if level else (2, 6)
    return min(1.0, (plain * values.size + low) / (values.size - less))


def lag(values: Floats, steps: int) -> float:
    """How much a reading resembles the one `steps` before it; NaN where there are too few, or all are alike.

    Source: G. E. P. Box and G. M. Jenkins, Time Series Analysis (1976), 2.1.4.

    >>> round(lag(np.tile([1.0, 2, 3], 8), 3), 3)
    0.875
    """
    away = values - values.mean() if values.size else values
    total = float(away @ away)
    if values.size <= 2 * steps or total <= (ALIKE * np.abs(values).max()) ** 2 * values.size:
        return float("nan")
    return float(away[steps:] @ away[:-steps]) / total


def skewness(values: Floats) -> float:
    """How lopsided the readings lie (0: even; above 0: a long tail upwards), without unit; NaN if all alike.

    Source: the adjusted Fisher-Pearson coefficient, NIST/SEMATECH e-Handbook, 1.3.5.11.

    >>> round(skewness(np.array([1.0, 1, 1, 1, 6])), 3)
    2.236
    """
    n = values.size
    away = values - values.mean() if n else values
    square = float(np.mean(away**2)) if n else 0.0
    if n < 3 or square <= (ALIKE * np.abs(values).max()) ** 2:
        return float("nan")
    return float(float(np.mean(away**3)) / square**1.5 * float(np.sqrt(n * (n - 1.0))) / (n - 2))


def expected_by_memory(values: Floats, memory: float, *, first: int | None = None) -> Floats:
    """What each reading was to be by the one before it: centre + memory x (that one - centre); the first NaN.

    `memory` is the lag-one autocorrelation of an AR(1) process; the centre is the mean of the first `first`
    readings. What is left (reading - expected) is what a control chart may judge.

    Source: L. C. Alwan and H. V. Roberts, Time-series modeling for statistical process control, Journal of
    Business & Economic Statistics 6 (1988) 87-95; NIST/SEMATECH e-Handbook, 6.3.2 (autocorrelated data).

    >>> expected_by_memory(np.array([2.0, 4, 0]), 0.5)[1:].tolist()
    [2.0, 3.0]
    """
    centre = values[:first].mean()
    expected = np.full(values.shape, np.nan)
    expected[1:] = centre + memory * (values[:-1] - centre)
    return expected


def logit(shares: Floats) -> Floats:
    """The log of the odds of shares strictly between 0 and 1; it has no ends, so limits cannot pass them.

    >>> logit(np.array([0.5])).tolist()
    [0.0]
    """
    return np.log(shares / (1 - shares))


def shares_of_odds(logs: Floats) -> Floats:
    """The shares that logs of odds stand for; the inverse of `logit`.

    >>> shares_of_odds(np.array([0.0])).tolist()
    [0.5]
    """
    return 1 / (1 + np.exp(-logs))

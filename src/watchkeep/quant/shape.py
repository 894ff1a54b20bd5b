"""What the shape of a series does to a chart of it: memory, skew, and the scales that take them away.

All work on one series without holes: arrays of the shape (n,), in any unit unless said otherwise.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from watchkeep.quant.xmr import ALIKE, Floats, mean_of

SHARES: Final = np.linspace(-0.95, 0.99, 98)  # of a reading that the next one keeps: those that are tried
# Times log n that a bend costs more than a step: so memory is called a change as seldom as without bends
# (`python -m benchmarks.arrows`).
BEND: Final = 4.0
MOST_TRIED: Final = (
    240  # places of a bend, or of a change beside a season; of a longer series every so many-th
)


def lag_one(values: Floats) -> float:
    """How much a reading resembles the one before it (-1 to 1, without unit), the small sample allowed for.

    The usual estimate is low by about (1 + 4r) / n. NaN with fewer than 8 readings, or where all are alike.

    Source: F. H. C. Marriott and J. A. Pope, Bias in the estimation of autocorrelations, Biometrika 41
    (1954) 390-402.

    >>> round(lag_one(np.array([1.0, -1, 1, -1, 1, 1, -1, -1])), 3)
    -0.5
    """
    if values.size < 8:
        return float("nan")
    away = values - mean_of(values)
    total = float(away @ away)
    if total <= (ALIKE * float(np.abs(values).max())) ** 2 * values.size:
        return float("nan")
    plain = float(away[1:] @ away[:-1]) / total
    return min(1.0, (plain * values.size + 1) / (values.size - 4))


def change_against_memory(values: Floats) -> float:
    """How much better a change explains a series than memory of the reading before does.

    A step far up and a process with memory both make neighbours alike; a chart must tell the one and not be
    fooled by the other. A change is one step, a straight line, or a line with one bend (what falls and then
    levels off, what rises and falls again). This is twice the difference of two log likelihoods, without
    unit: of the change with independent errors, less that of a stationary AR(1) process, whose first reading
    counts too, so that a series which begins far from where it settles was not kept there by memory. Above 0
    the change explains more; it may choose where it was, so that 2 log n is a fair price (BIC). A bend fits
    what wanders nearly as well as memory does; `BEND` log n are taken off for it here. Steps have at least
    four readings before them and two after, bends four on each side. NaN with fewer than 8 readings, infinite
    where the change explains everything.

    Source: G. Schwarz, Estimating the dimension of a model, Annals of Statistics 6 (1978) 461-464; of AR(1),
    G. E. P. Box and G. M. Jenkins, Time Series Analysis (1976), A7.4.

    >>> change_against_memory(np.array([0.0, 1, 0, 1, 0, 1, 9, 8, 9, 8, 9, 8])) > 5
    True
    >>> change_against_memory(100 * 0.9 ** np.arange(30)) > 5
    True
    """
    n = values.size
    if n < 8:
        return float("nan")
    away = values - mean_of(values)
    nought = ALIKE * float(away @ away)
    by_change, by_bend = _left_by_change(away), _left_by_bend(away)
    if min(by_change, by_bend) <= nought:
        return float("inf")
    left = min(n * math.log(by_change), n * math.log(by_bend) + BEND * math.log(n))
    return _by_memory(away) - left


def _by_memory(away: Floats) -> float:
    """Minus twice the log likelihood of the stationary AR(1) process that fits best, but for a constant that
    all series of that length share.
    """
    n = away.size
    ahead = away[1:] - SHARES[:, None] * away[:-1]
    own, kept = 1 - SHARES**2, 1 - SHARES
    mean = (own * away[0] + kept * ahead.sum(axis=1)) / (own + (n - 1) * kept**2)
    left = own * (away[0] - mean) ** 2 + np.sum((ahead - (kept * mean)[:, None]) ** 2, axis=1)
    with np.errstate(divide="ignore"):
        return float(np.min(n * np.log(left) - np.log(own)))


def _left_by_change(away: Floats) -> float:
    """The sum of squares that the better of one step and a straight line leaves of readings round nought."""
    n = away.size
    size = np.arange(4, n - 1)
    sums = np.cumsum(away)[size - 1]
    total = float(away @ away)
    by_step = float((total - sums**2 / size - sums**2 / (n - size)).min())
    time = np.arange(n) - (n - 1) / 2
    by_line = total - float(time @ away) ** 2 / float(time @ time)
    return min(by_step, by_line)


def _left_by_bend(away: Floats) -> float:
    """The sum of squares that a line with the best bend leaves of readings round nought; infinite where there
    are too few for one.
    """
    n = away.size
    if n < 9:
        return float("inf")
    time = np.arange(n) - (n - 1) / 2
    bends = np.maximum(np.arange(n) - _tried(4, n - 4)[:, None], 0).astype(float)
    # What the level and the line do not tell of each bend, and of the readings.
    bends -= bends.mean(axis=1, keepdims=True)
    bends -= np.outer(bends @ time / (time @ time), time)
    left = away - float(time @ away) / float(time @ time) * time
    return float(left @ left) - float(np.max((bends @ left) ** 2 / np.sum(bends**2, axis=1)))


def _tried(first: int, end: int) -> NDArray[np.int64]:
    """Places from `first` on and before `end`: all, or as many as are tried at even distances."""
    return np.unique(np.linspace(first, end - 1, min(end - first, MOST_TRIED)).round().astype(np.int64))


def lag(values: Floats, steps: int) -> float:
    """How much a reading resembles the one `steps` before it; NaN where there are too few, or all are alike.

    Source: G. E. P. Box and G. M. Jenkins, Time Series Analysis (1976), 2.1.4.

    >>> round(lag(np.tile([1.0, 2, 3], 8), 3), 3)
    0.875
    """
    away = values - mean_of(values) if values.size else values
    total = float(away @ away)
    if values.size <= 2 * steps or total <= (ALIKE * np.abs(values).max()) ** 2 * values.size:
        return float("nan")
    return float(away[steps:] @ away[:-steps]) / total


@dataclass(frozen=True, slots=True)
class Yearly:
    """How much the place in the year tells of monthly readings, beyond a straight line.

    `wave` and `months` are F ratios: of one wave a year, and of the twelve months. `against_change` is
    n log(left by a step or a line / left by the better of the two), in sums of squares, with 2 taken off for
    each number that the months have more: above 0 the year explains more than a change does. `line` is the F
    ratio of the straight line beyond the wave.
    """

    wave: float
    months: float
    line: float
    against_change: float


def yearly(values: Floats, months: NDArray[np.int64]) -> Yearly:
    """What the place in the year tells; `months` counts months from anywhere, one for each reading.

    Expects two years of readings or more, not all alike.

    Source: the F test of regressors, NIST/SEMATECH e-Handbook, 7.4.3; one wave a year: R. B. Cleveland et
    al., STL, Journal of Official Statistics 6 (1990) 3-73, which takes any shape of year out likewise.

    >>> found = yearly(np.sin(np.arange(48) * np.pi / 6) + np.tile([0.1, -0.1], 24), np.arange(48))
    >>> found.wave > 100 and found.against_change > 0
    True
    """
    n = values.size
    size, first = int(n), int(months[0] % 12)
    whole = bool(months[-1] - months[0] == n - 1)
    bases = _bases_of_a_year(size, first) if whole else _bases(months)
    line, wave, each_month, wave_alone = bases
    total = values - mean_of(values)
    left = total - line @ (line.T @ total)
    square, of_wave = float(left @ left), wave_alone.T @ total
    by_wave, by_months = wave.T @ left, each_month.T @ left
    left_wave = max(square - float(by_wave @ by_wave), ALIKE * square)
    left_months = max(square - float(by_months @ by_months), ALIKE * square)
    without_line = float(total @ total) - float(of_wave @ of_wave)
    more = each_month.shape[1]
    change = max(_left_by_change(total), ALIKE * square)
    return Yearly(
        wave=(square - left_wave) / 2 / (left_wave / (n - 4)),
        months=(square - left_months) / more / (left_months / max(n - 2 - more, 1)),
        line=(without_line - left_wave) / (left_wave / (n - 4)),
        against_change=n * max(math.log(change / left_wave), math.log(change / left_months) - 2 * more / n),
    )


@lru_cache(maxsize=256)
def _bases_of_a_year(size: int, first: int) -> tuple[Floats, ...]:
    return _bases(np.arange(first, first + size))


def _bases(months: NDArray[np.int64]) -> tuple[Floats, ...]:
    """Orthonormal columns: a line; a wave a year beyond it; the twelve months beyond it; a wave alone."""
    n = months.size
    turn = 2 * np.pi * months / 12
    line = np.column_stack([np.ones(n), months - months.mean()])
    waves = np.column_stack([line, np.cos(turn), np.sin(turn)])
    present = np.unique(months % 12)
    each = np.column_stack([line, (months[:, None] % 12 == present[None, 1:]).astype(float)])
    parts = [np.linalg.qr(columns)[0] for columns in (line, waves, each, waves[:, [0, 2, 3]])]
    return parts[0], parts[1][:, 2:], parts[2][:, 2:], parts[3]


def levels_beside_change(values: Floats, places: NDArray[np.int64]) -> tuple[float, Floats]:
    """What the place in the year or week tells of readings beside a change: an F ratio, and what each reading
    is more by its place than the mean of all places, in the unit of the readings.

    `places` numbers the month of the year, or the day of the week, of each reading. The change is the step,
    line or line with a bend that explains most beside the places. The F ratio holds it against the change
    that explains most without them, wherever that is, so that it is rather too small than too large. Expects
    three of each place or more, and readings that are not all alike.

    Source: the F test of regressors, NIST/SEMATECH e-Handbook, 7.4.3.

    >>> rising = np.arange(48.0) + np.tile([5.0] + [0.0] * 11, 4)
    >>> rising += np.tile([0.1, -0.1, 0.0, 0.0, 0.0], 10)[:48]
    >>> found, levels = levels_beside_change(rising, np.arange(48) % 12)
    >>> found > 100, round(float(levels[0] - levels[1]), 1)
    (True, 5.0)
    """
    n = values.size
    away = values - mean_of(values)
    present = np.unique(places)
    each = (places[:, None] == present[None, :]).astype(float)
    places_only = np.linalg.qr(each)[0]
    time = np.arange(n, dtype=float)[:, None]
    steps = (time >= _tried(4, n - 1)).astype(float)
    bends = np.maximum(time - _tried(4, n - 4), 0)
    beside_line = np.linalg.qr(np.column_stack([each, time]))[0]
    # Minus twice the log likelihoods: a bend costs as much more here as where no places are told apart.
    step, left_step = _best_column(away, places_only, steps)
    bend, left_bend = _best_column(away, beside_line, bends)
    left_line = float(np.sum((away - beside_line @ (beside_line.T @ away)) ** 2))
    nought = ALIKE * float(away @ away)
    costs = [
        n * math.log(max(left, nought)) + price
        for left, price in ((left_step, 0.0), (left_line, 0.0), (left_bend, BEND * math.log(n)))
    ]
    change = (steps[:, [step]], time, np.column_stack([time, bends[:, bend]]))[int(np.argmin(costs))]
    told = np.linalg.lstsq(np.column_stack([each, change - change.mean(axis=0)]), away, rcond=None)[0]
    levels = each @ (told[: present.size] - told[: present.size].mean())
    left = max((left_step, left_line, left_bend)[int(np.argmin(costs))], nought)
    without = min(_left_by_change(away), _left_by_bend(away))
    more = present.size - 1
    freed = n - present.size - change.shape[1] - 1
    return (without - left) / more / (left / freed), levels


def _best_column(away: Floats, known: Floats, columns: Floats) -> tuple[int, float]:
    """Which column tells most beside those that are known (orthonormal), and the sum of squares then left."""
    left = away - known @ (known.T @ away)
    own = columns - known @ (known.T @ columns)
    size = np.sum(own**2, axis=0)
    told = np.where(size > ALIKE * away.size, (own.T @ left) ** 2 / np.where(size > 0, size, 1.0), 0.0)
    best = int(np.argmax(told))
    return best, float(left @ left) - float(told[best])


def skewness(values: Floats) -> float:
    """How lopsided the readings lie (0: even; above 0: a long tail upwards), without unit; NaN if all alike.

    Source: the adjusted Fisher-Pearson coefficient, NIST/SEMATECH e-Handbook, 1.3.5.11.

    >>> round(skewness(np.array([1.0, 1, 1, 1, 6])), 3)
    2.236
    """
    n = values.size
    away = values - mean_of(values) if n else values
    square = mean_of(away**2) if n else 0.0
    if n < 3 or square <= (ALIKE * np.abs(values).max()) ** 2:
        return float("nan")
    return float(mean_of(away**3) / square**1.5 * float(np.sqrt(n * (n - 1.0))) / (n - 2))


def expected_by_memory(values: Floats, memory: float, *, first: int | None = None) -> Floats:
    """What each reading was to be by the one before it: centre + memory x (that one - centre); the first NaN.

    `memory` is the lag-one autocorrelation of an AR(1) process; the centre is the mean of the first `first`
    readings. What is left (reading - expected) is what a control chart may judge.

    Source: L. C. Alwan and H. V. Roberts, Time-series modeling for statistical process control, Journal of
    Business & Economic Statistics 6 (1988) 87-95; NIST/SEMATECH e-Handbook, 6.3.2 (autocorrelated data).

    >>> expected_by_memory(np.array([2.0, 4, 0]), 0.5)[1:].tolist()
    [2.0, 3.0]
    """
    centre = mean_of(values[:first])
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

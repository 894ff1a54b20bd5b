"""The chart of individuals and moving ranges (XmR), and the four rules that tell a signal from noise.

Every function works along the last axis, so that one series or a thousand cost the same few calls. A reading
that is not there is NaN: no moving range reaches over it, and it breaks every run that it lies in.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating[Any]]
Bools = NDArray[np.bool_]
Signs = NDArray[np.int8]

# 3 sigma with sigma = mean moving range / 1.128; Wheeler and the NHS round the quotient to 2.66.
LIMITS: Final = 2.66
# A moving range from here on is no ordinary one: D4 for two readings, 1 + 3 (0.8525 / 1.128).
RANGE_LIMIT: Final = 3.267
# What differs by less than this share of the series' largest value is one and the same number, rounded twice.
ALIKE: Final = 1e-10


@dataclass(frozen=True, slots=True)
class Limits:
    """Centre lines and distances of one window for each series; arrays without the axis of the readings.

    `sigma` is a third of the way from the centre to a limit, in the readings' unit: 0 where all readings of
    the window are alike, NaN where there is no moving range at all. `used` counts the readings of the window.
    """

    centre: Floats
    sigma: Floats
    used: NDArray[np.intp]

    @property
    def lower(self) -> Floats:
        """The lower limit: three sigma below the centre."""
        return self.centre - 3 * self.sigma

    @property
    def upper(self) -> Floats:
        """The upper limit: three sigma above the centre."""
        return self.centre + 3 * self.sigma


def limits(
    values: Floats, *, first: int | None = None, breaks: Bools | None = None, screening: bool = False
) -> Limits:
    """Centre and sigma from the first readings of each series, or from all of them.

    `values` has the shape (..., n), in one unit; `first` is how many positions from the start the window has
    (all without it). `breaks`, of the same shape, is true where a reading has no neighbour before it, so that
    its moving range does not count. With `screening` a moving range of 3.267 times their mean or more is left
    out once, and the centre stays the mean of all readings.

    Raises `ValueError` where there is no axis of readings, or `first` is under 1.

    Source: D. J. Wheeler, Understanding Variation (2nd ed., 2000), chapter 3 and appendix; NHS England,
    Making Data Count, "Strengthening your decisions"; the screening is L. S. Nelson, Journal of Quality
    Technology 14 (1982) 172-173, with the factor of NHSRplotthedots (ptd_spc_standard).

    >>> found = limits(np.array([10.5, 11.2, 9.2, 10.1, 10.4, 10.5]))
    >>> [round(float(each), 2) for each in (found.centre, found.lower, found.upper)]
    [10.32, 8.19, 12.44]
    """
    values = np.asarray(values, dtype=float)
    if values.ndim == 0 or (first is not None and first < 1):
        raise ValueError(
            f"expected readings along an axis and a window of at least one, found {values.shape}, {first}"
        )
    window = values[..., :first]
    ranges = np.abs(np.diff(window, axis=-1))
    if breaks is not None:
        ranges = np.where(breaks[..., 1 : window.shape[-1]], np.nan, ranges)
    spread = _mean(ranges)
    if screening:
        ranges = np.where(ranges < RANGE_LIMIT * spread[..., None], ranges, np.nan)
        spread = _mean(ranges)
    return Limits(_mean(window), LIMITS / 3 * spread, np.isfinite(window).sum(axis=-1))


def _mean(values: Floats) -> Floats:
    """The mean of what is there; NaN where nothing is. Quicker than nanmean, and without its warning."""
    there = np.isfinite(values)
    if values.shape[-1] and there.all():
        whole: Floats = values.sum(axis=-1) / values.shape[-1]
        return whole
    count = there.sum(axis=-1)
    total = np.where(there, values, 0.0).sum(axis=-1)
    mean: Floats = np.divide(total, count, out=np.full(total.shape, np.nan), where=count > 0)
    return mean


def mean_of(values: Floats) -> float:
    """The mean of one row in which every value is there: what NumPy's own takes several times as long for.

    >>> mean_of(np.array([1.0, 2, 6]))
    3.0
    """
    return float(np.add.reduce(values)) / values.size


def rounding(values: Floats) -> Floats:
    """The difference below which two values of a series are one number; shape (..., 1), the values' unit.

    A ten-thousand-millionth of the largest value: what sums and divisions in double precision leave.

    >>> float(rounding(np.array([0.0, 200.0]))[0])
    2e-08
    """
    size = np.where(np.isfinite(values), np.abs(values), 0.0)
    largest: Floats = size.max(axis=-1, keepdims=True, initial=0.0)
    return ALIKE * largest


def sides(values: Floats, centre: Floats, *, near: Floats | None = None) -> Signs:
    """1 above the centre, -1 below, 0 on it or where there is no reading; shape of `values`.

    `centre` has the shape of `values` or broadcasts to it; both are in one unit. `near` is the `rounding` of
    these values, for whoever has it already.

    Source: NHSRplotthedots, ptd_spc_standard (relative_to_mean).

    >>> sides(np.array([1.0, 2.0, 3.0]), np.array([2.0])).tolist()
    [-1, 0, 1]
    """
    away = values - centre
    apart = np.abs(away) > (rounding(values) if near is None else near)  # never so where there is none
    return np.where(apart, np.sign(away), 0).astype(np.int8)


def beyond(values: Floats, centre: Floats, distance: Floats, *, near: Floats | None = None) -> Signs:
    """1 where a value lies strictly more than `distance` above the centre, -1 below, else 0.

    All three in one unit and of shapes that broadcast. A distance of NaN is no limit: nothing is beyond. A
    distance of 0 is one: the readings of the window were all alike, and any other value is beyond. `near` as
    in `sides`.

    Source: Wheeler, Understanding Variation, chapter 3 (a point outside the limits); strictly, as
    NHSRplotthedots has it.

    >>> beyond(np.array([1.0, 5.0, 5.1]), np.array([2.0]), np.array([3.0])).tolist()
    [0, 0, 1]
    """
    away = values - centre
    out = np.abs(away) > distance + (rounding(values) if near is None else near)
    return np.where(out, np.sign(away), 0).astype(np.int8)


def runs(signs: Signs, length: int) -> Signs:
    """The sign on every member of each run of `length` or more equal signs other than 0; elsewhere 0.

    `signs` has the shape (..., n) and holds -1, 0 and 1. Raises `ValueError` for a length under 1.

    Source: NHSRplotthedots, ptd_seven_point_one_side_mean and ptd_part_of_seven_trend.

    >>> runs(np.array([1, 1, 1, 0, -1, -1], dtype=np.int8), 3).tolist()
    [1, 1, 1, 0, 0, 0]
    """
    if length < 1:
        raise ValueError(f"a run has at least one member, not {length}")
    if signs.shape[-1] < length:
        return np.zeros_like(signs)
    ends = signs.shape[-1] - length + 1
    total = signs[..., :ends].copy()
    for step in range(1, length):
        total += signs[..., step : step + ends]
    members = np.zeros_like(signs)
    full = np.abs(total) == length
    if not full.any():
        return members
    whole = (total // length * full).astype(np.int8)
    for step in range(length):
        part = members[..., step : step + ends]
        np.copyto(part, whole, where=whole != 0)
    return members


def shift(values: Floats, centre: Floats, *, points: int = 7) -> Signs:
    """1 or -1 on every member of `points` or more readings in a row strictly on one side of the centre.

    Shapes and units as in `sides`; a reading on the centre breaks the run.

    Source: NHS England, Making Data Count (seven points above or below the mean).

    >>> int(shift(np.arange(1.0, 8.0), np.array([0.0])).sum())
    7
    """
    return runs(sides(values, centre), points)


def trend(values: Floats, *, points: int = 7, ignore_ties: bool = False, near: Floats | None = None) -> Signs:
    """1 or -1 on every member of `points` or more readings in a row, each strictly above the one before it,
    or each below; a tie breaks the run. `values` has the shape (..., n); `near` as in `sides`.

    With `ignore_ties` readings that equal the one before are passed over: they neither break a run nor make
    it longer, and those within one belong to it.

    Source: NHS England, Making Data Count; NHSRplotthedots, ptd_seven_point_trend (seven points, six moves).

    >>> trend(np.array([2.0, 7, 6, 5, 4, 3, 2, 1, 3])).tolist()
    [0, -1, -1, -1, -1, -1, -1, -1, 0]
    """
    moves = np.diff(values, axis=-1)
    moved = np.abs(moves) > (rounding(values) if near is None else near)  # never so where there is none
    signs = np.where(moved, np.sign(moves), 0).astype(np.int8)
    if ignore_ties:
        tied = ~moved & ~np.isnan(moves)
        steps = _past_ties(signs.reshape(-1, moves.shape[-1]), tied.reshape(-1, moves.shape[-1]), points - 1)
        steps = steps.reshape(signs.shape)
    else:
        steps = runs(signs, points - 1)
    members = np.zeros(values.shape, dtype=np.int8)
    members[..., 1:] = steps
    # The reading that the first move starts from belongs to the run; where two runs meet, the later has it.
    np.copyto(members[..., :-1], steps, where=steps != 0)
    return members


def _past_ties(signs: Signs, tied: Bools, length: int) -> Signs:
    """The runs of each row's moves without its ties; a tie between two moves of a run has its sign."""
    told = np.zeros_like(signs)
    for row, (own, ties) in enumerate(zip(signs, tied, strict=True)):
        moving = np.flatnonzero(~ties)
        told[row, moving] = runs(own[moving], length)
        for before, after in pairwise(moving):
            if own[before] == own[after] and told[row, before] and told[row, after]:
                told[row, before:after] = told[row, before]
    return told


def two_of_three(signs: Signs, outer: Signs) -> Signs:
    """1 or -1 on the outer ones of three readings in a row that lie on one side with at least two far out.

    `signs` says the side of each reading, `outer` the same where it counts as far out (beyond two sigma;
    beyond three as well or not, which is for the caller to say); both of the shape (..., n).

    Source: NHS England, Making Data Count; NHSRplotthedots, ptd_two_in_three.

    >>> far = np.array([0, 1, 0, 1], dtype=np.int8)
    >>> two_of_three(np.array([-1, 1, 1, 1], dtype=np.int8), far).tolist()
    [0, 1, 0, 1]
    """
    members = np.zeros_like(signs)
    ends = signs.shape[-1] - 2
    if ends < 1 or not outer.any():
        return members
    aside = signs[..., :ends] + signs[..., 1 : ends + 1] + signs[..., 2:]
    far = np.abs(outer[..., :ends]) + np.abs(outer[..., 1 : ends + 1]) + np.abs(outer[..., 2:])
    full = (np.abs(aside) == 3) & (far >= 2)
    if not full.any():
        return members
    whole = (aside // 3 * full).astype(np.int8)
    for step in range(3):
        part = members[..., step : step + ends]
        np.copyto(part, whole, where=whole != 0)
    return np.where(outer != 0, members, 0).astype(np.int8)

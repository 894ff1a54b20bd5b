"""Limits of shares, rates and counts from what they are out of: p, u and c charts, and Laney's wider ones.

All work on one series: arrays of the shape (n,). Counts have no unit; a share lies between 0 and 1, a rate is
a count for each unit of its denominator. `first` is the length of the window that limits are taken from.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from watchkeep.quant.xmr import Floats


@dataclass(frozen=True, slots=True)
class Spread:
    """The centre (a share, a rate or a count) and each reading's own sigma, of the shape (n,)."""

    centre: float
    sigma: Floats


def p_chart(hits: Floats, sizes: Floats, *, first: int | None = None) -> Spread:
    """A share's centre, all hits over all cases, with the binomial sigma of each reading's own size.

    Raises `ValueError` where a size is not above 0 or hits are not between 0 and their size.

    Source: D. C. Montgomery, Introduction to Statistical Quality Control (6th ed.), 7.2.2;
    NIST/SEMATECH e-Handbook, 6.3.3.2.

    >>> found = p_chart(np.array([12.0, 15, 8, 10]), np.full(4, 50.0))
    >>> round(found.centre, 4), round(float(found.sigma[0]), 4)
    (0.225, 0.0591)
    """
    if not (np.all(sizes > 0) and np.all(hits >= 0) and np.all(hits <= sizes)):
        raise ValueError("a share needs cases, and hits between none and all of them")
    centre = float(hits[:first].sum() / sizes[:first].sum())
    return Spread(centre, np.sqrt(centre * (1 - centre) / sizes))


def u_chart(hits: Floats, sizes: Floats, *, first: int | None = None) -> Spread:
    """A rate's centre, all that was counted over all units, with the Poisson sigma of each reading's units.

    Raises `ValueError` where a size is not above 0 or a count is below it.

    Source: Montgomery, Introduction to Statistical Quality Control (6th ed.), 7.3.2;
    NIST/SEMATECH e-Handbook, 6.3.3.1.

    >>> found = u_chart(np.array([2.0, 4, 6]), np.array([1.0, 2, 3]))
    >>> found.centre, round(float(found.sigma[1]), 4)
    (2.0, 1.0)
    """
    if not (np.all(sizes > 0) and np.all(hits >= 0)):
        raise ValueError("a rate needs units to count in, and counts that are not below 0")
    centre = float(hits[:first].sum() / sizes[:first].sum())
    return Spread(centre, np.sqrt(centre / sizes))


def c_chart(counts: Floats, *, first: int | None = None) -> Spread:
    """A count's centre with its Poisson sigma, the root of the centre.

    Raises `ValueError` where a count is below 0.

    Source: Montgomery, Introduction to Statistical Quality Control (6th ed.), 7.3.1;
    NIST/SEMATECH e-Handbook, 6.3.3.1.

    >>> found = c_chart(np.array([9.0, 16, 11]))
    >>> found.centre, round(float(found.sigma[0]), 4)
    (12.0, 3.4641)
    """
    if not np.all(counts >= 0):
        raise ValueError("a count is not below 0")
    centre = float(counts[:first].mean())
    return Spread(centre, np.full(counts.shape, np.sqrt(centre)))


def overdispersion(values: Floats, spread: Spread, *, first: int | None = None) -> float:
    """How many times wider than its binomial or Poisson sigma the series really moves: Laney's sigma of z.

    `values` are the shares or rates themselves. 1 where the model holds; NaN where nothing can be said.

    Source: D. B. Laney, Improved control charts for attributes, Quality Engineering 14 (2002) 531-537.

    >>> flat = Spread(0.5, np.full(3, 0.1))
    >>> round(overdispersion(np.array([0.5, 0.6, 0.5]), flat), 3)
    0.887
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        z = ((values - spread.centre) / spread.sigma)[:first]
    ranges = np.abs(np.diff(z))
    ranges = ranges[np.isfinite(ranges)]
    return float(ranges.mean() / 1.128) if ranges.size else float("nan")

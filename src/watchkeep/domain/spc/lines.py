"""A stretch put to the rules: what is tested, its centre and sigma, and its lines on the readings' scale."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from watchkeep.domain.indicator.values import Family
from watchkeep.domain.spc.dialects import SHIFT, Rules
from watchkeep.domain.spc.stretches import Stretch, units_of
from watchkeep.quant import shape, shares
from watchkeep.quant.xmr import (
    Floats,
    Signs,
    beyond,
    limits,
    mean_of,
    rounding,
    runs,
    sides,
    trend,
    two_of_three,
)

YEAR: Final = 12  # months


@dataclass(frozen=True, slots=True)
class Scale:
    """A scale on which readings lie more evenly, and the way back from it."""

    name: str  # as it is told: "a log scale"
    there: Callable[[Floats], Floats]
    back: Callable[[Floats], Floats]


def _two_roots(counts: Floats) -> Floats:
    """Freeman and Tukey's: even down to counts of nought, which one root would put too far away."""
    roots: Floats = np.sqrt(counts) + np.sqrt(counts + 1)
    return roots


def _of_two_roots(roots: Floats) -> Floats:
    large = np.where(roots < 1, 1.0, roots)
    counts: Floats = ((large**2 - 1) / (2 * large)) ** 2
    return counts


def _fourth_root(values: Floats) -> Floats:
    return np.sqrt(np.sqrt(values))


def _fourth_power(roots: Floats) -> Floats:
    return np.where(roots < 0, 0.0, roots) ** 4


def _as_it_is(values: Floats) -> Floats:
    return values


PLAIN: Final = Scale("", _as_it_is, _as_it_is)
LOG: Final = Scale("a log scale", np.log, np.exp)
FOURTH_ROOT: Final = Scale("a fourth-root scale", _fourth_root, _fourth_power)
ROOT: Final = Scale("a square-root scale", _two_roots, _of_two_roots)


def logit_of(whole: float) -> Scale:
    """The log of odds of shares told out of `whole` (1 or 100)."""
    return Scale(
        "a log-odds scale",
        lambda values: shape.logit(values / whole),
        lambda logs: whole * shape.shares_of_odds(logs),
    )


@dataclass(frozen=True, slots=True)
class Lines:
    """A stretch with its lines. `tested` is what the rules look at, with its own centre and sigma, both of
    one value for each reading; the lines are on the scale of the readings, NaN where there is none.
    """

    stretch: Stretch
    tested: Floats
    at: Floats
    sigma: Floats
    centre: Floats
    lower: Floats
    upper: Floats
    used: int

    def widened(self, times: float) -> Lines:
        """The same with limits as many times as far away."""
        with np.errstate(invalid="ignore"):
            low = self.centre - times * (self.centre - self.lower)
            high = self.centre + times * (self.upper - self.centre)
        return replace(self, sigma=self.sigma * times, lower=low, upper=high)


def individuals(
    stretch: Stretch,
    rules: Rules,
    first: int | None,
    *,
    scale: Scale = PLAIN,
    expected: Floats | None = None,
) -> Lines:
    """An XmR chart of the readings, or of what each is more than was expected of it, on a scale.

    `expected` is on that scale; a reading of which nothing was expected (NaN) is not tested.
    """
    there = scale.there(stretch.values)
    tested = there if expected is None else there - expected
    start = int(np.argmax(np.isfinite(tested))) if expected is not None else 0
    found = limits(tested[start:], first=first, breaks=stretch.breaks[start:], screening=rules.screening)
    at, sigma = np.full(tested.shape, found.centre), np.full(tested.shape, found.sigma)
    base = at if expected is None else expected + at
    centre = scale.back(base)
    return Lines(
        stretch=stretch,
        tested=tested,
        at=at,
        sigma=sigma,
        centre=np.where(np.isfinite(centre), centre, mean_of(stretch.values[:first])),
        lower=scale.back(base - 3 * sigma),
        upper=scale.back(base + 3 * sigma),
        used=int(found.used),
    )


def year_before(stretch: Stretch) -> Floats:
    """Each month's reading of the year before, NaN where there is none in this stretch."""
    known = {(day.year, day.month): value for day, value in zip(stretch.days, stretch.values, strict=True)}
    return np.array([known.get((day.year - 1, day.month), np.nan) for day in stretch.days])


def by_family(stretch: Stretch, family: Family, first: int | None) -> Lines | None:
    """A p, u or c chart of the readings; none where they lack what it needs."""
    units = 1.0 if family == "c" else units_of(stretch)
    if units is None or not _countable(stretch, family):
        return None
    if family == "c":
        tested, spread = stretch.values, shares.c_chart(stretch.values, first=first)
    else:
        chart = shares.p_chart if family == "p" else shares.u_chart
        tested = stretch.numerators / stretch.denominators
        spread = chart(stretch.numerators, stretch.denominators, first=first)
    lower, upper = spread.centre - 3 * spread.sigma, spread.centre + 3 * spread.sigma
    no_sigma = spread.sigma <= 0
    return Lines(
        stretch=stretch,
        tested=tested,
        at=np.full(tested.shape, spread.centre),
        sigma=np.where(no_sigma, np.nan, spread.sigma),
        centre=np.full(tested.shape, units * spread.centre),
        # A count below nought or a share above all cannot be: there is no such limit.
        lower=np.where((lower <= 0) | no_sigma, np.nan, units * lower),
        upper=np.where(((family == "p") & (upper >= 1)) | no_sigma, np.nan, units * upper),
        used=len(stretch) if first is None else min(first, len(stretch)),
    )


def _countable(stretch: Stretch, family: Family) -> bool:
    if family == "c":
        return bool(np.all(stretch.values >= 0))
    fits = np.all(stretch.numerators >= 0) and np.all(stretch.denominators > 0)
    return bool(fits and (family == "u" or np.all(stretch.numerators <= stretch.denominators)))


@dataclass(frozen=True, slots=True)
class Signals:
    """Which way each of the four rules points at each reading: 1, -1, or 0 where it is silent."""

    astronomical: Signs
    trend: Signs
    two_of_three: Signs
    shift: Signs


def signals_of(lines: Lines, rules: Rules) -> Signals:
    """The four rules put to the tested values of one stretch."""
    near = rounding(lines.tested)
    out = beyond(lines.tested, lines.at, 3 * lines.sigma, near=near)
    side = sides(lines.tested, lines.at, near=near)
    outer = beyond(lines.tested, lines.at, 2 * lines.sigma, near=near)
    if rules.inner_only:
        outer = np.where(out != 0, 0, outer).astype(np.int8)
    return Signals(
        astronomical=out,
        trend=trend(lines.tested, points=rules.trend, ignore_ties=rules.ignore_ties, near=near),
        two_of_three=two_of_three(side, outer),
        shift=runs(side, SHIFT),
    )

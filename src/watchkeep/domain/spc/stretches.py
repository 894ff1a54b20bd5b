"""The readings of a series as arrays, checked, and cut at the days from which limits begin anew."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import isfinite, log10

import numpy as np

from watchkeep.domain.errors import Invalid
from watchkeep.domain.indicator.values import Definition, Reading, Series
from watchkeep.domain.spc.spacing import is_gap
from watchkeep.quant.xmr import Bools, Floats

# Beyond this, squares and sums of readings leave what a computer can count.
LARGEST = 1e100


@dataclass(frozen=True, slots=True)
class Stretch:
    """The readings between two rebases. `breaks` is true where the one before is not the period before."""

    days: tuple[date, ...]
    values: Floats
    breaks: Bools
    numerators: Floats  # NaN where not known
    denominators: Floats
    reason: str = ""

    def __len__(self) -> int:
        return len(self.days)


def checked(series: Series, as_at: date | None) -> tuple[Reading, ...]:
    """The readings with a value up to a day; refused where they are no series.

    Raises `Invalid` where a value is no finite number, two readings share a day, or they are out of order.
    """
    told = tuple(each for each in series.recorded if as_at is None or each.on <= as_at)
    for each in told:
        for number in (each.value, each.numerator, each.denominator):
            if number is not None and not (isfinite(number) and abs(number) < LARGEST):
                raise Invalid("readings", f"The reading of {each.on} is {number}; expected a finite number.")
    for before, after in pairwise(told):
        if before.on == after.on:
            raise Invalid("readings", f"Two readings are of {after.on}; expected one for each period.")
        if before.on > after.on:
            raise Invalid("readings", f"The reading of {after.on} follows that of {before.on}; sort them.")
    return told


def stretches(series: Series, told: tuple[Reading, ...]) -> Iterator[Stretch]:
    """The stretches that have readings, the earliest first."""
    rebases = sorted(series.rebases, key=lambda each: each.on)
    borders = [(date.min, ""), *((each.on, each.reason) for each in rebases)]
    for place, (first, reason) in enumerate(borders):
        end = borders[place + 1][0] if place + 1 < len(borders) else date.max
        inside = [each for each in told if first <= each.on < end or (end == date.max and each.on == end)]
        if inside:
            yield _stretch(inside, series.definition, _after_nothing(series), reason)


def _after_nothing(series: Series) -> frozenset[date]:
    """The days of readings before which a period stands without one."""
    return frozenset(
        after.on
        for before, after in pairwise(series.readings)
        if before.value is None and after.value is not None
    )


def _stretch(
    told: list[Reading], definition: Definition, open_before: frozenset[date], reason: str
) -> Stretch:
    days = tuple(each.on for each in told)
    gaps = [is_gap(a, b, definition.frequency) or b in open_before for a, b in pairwise(days)]
    return Stretch(
        days=days,
        values=np.array([each.value for each in told], dtype=float),
        breaks=np.array([True, *gaps]),
        numerators=np.array([_or_nan(each.numerator) for each in told]),
        denominators=np.array([_or_nan(each.denominator) for each in told]),
        reason=reason,
    )


def _or_nan(number: float | None) -> float:
    return float("nan") if number is None else float(number)


def gaps_of(stretch: Stretch) -> int:
    """How many readings have no reading in the period before them."""
    return int(stretch.breaks[1:].sum())


def units_of(stretch: Stretch) -> float | None:
    """What a share or a rate is told in: 1, 100 for per cent, 1,000 …; none where that does not show."""
    parts = stretch.numerators > 0
    if not np.all(np.isfinite(stretch.numerators) & (stretch.denominators > 0)) or not parts.any():
        return None
    times = float(np.median(stretch.values[parts] * stretch.denominators[parts] / stretch.numerators[parts]))
    if times <= 0:
        return None
    nearest = 10.0 ** round(log10(times))
    return nearest if abs(times / nearest - 1) < 0.05 else None


def denominators_vary(stretch: Stretch) -> bool:
    """Whether denominators lie further apart than a quarter of their mean."""
    known = stretch.denominators[np.isfinite(stretch.denominators)]
    return bool(known.size > 1 and np.ptp(known) > 0.25 * known.mean())

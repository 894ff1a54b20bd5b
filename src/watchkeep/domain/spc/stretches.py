"""The readings of a series as arrays, checked, and cut at the days from which limits begin anew."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import isfinite, log10
from operator import lt
from typing import NoReturn

import numpy as np

from watchkeep.domain.errors import Invalid
from watchkeep.domain.indicator.values import Definition, Reading, Series
from watchkeep.domain.spc.spacing import gaps_between
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
    told = series.recorded
    if as_at is not None:
        told = tuple(each for each in told if each.on <= as_at)
    numbers = [each.value for each in told]
    numbers += [each.numerator for each in told if each.numerator is not None]
    numbers += [each.denominator for each in told if each.denominator is not None]
    days = [each.on for each in told]
    if not (np.abs(_floats(numbers)) < LARGEST).all() or not all(map(lt, days, days[1:])):
        _name_the_fault(told)
    return told


def _name_the_fault(told: tuple[Reading, ...]) -> NoReturn:
    for each in told:
        for number in (each.value, each.numerator, each.denominator):
            if number is not None and not (isfinite(number) and abs(number) < LARGEST):
                raise Invalid("readings", f"The reading of {each.on} is {number}; expected a finite number.")
    before, after = next((one, two) for one, two in pairwise(told) if one.on >= two.on)
    if before.on == after.on:
        raise Invalid("readings", f"Two readings are of {after.on}; expected one for each period.")
    raise Invalid("readings", f"The reading of {after.on} follows that of {before.on}; sort them.")


def stretches(series: Series, told: tuple[Reading, ...]) -> Iterator[Stretch]:
    """The stretches that have readings, the earliest first."""
    rebases = sorted(series.rebases, key=lambda each: each.on)
    borders = [(date.min, ""), *((each.on, each.reason) for each in rebases)]
    for place, (first, reason) in enumerate(borders):
        end = borders[place + 1][0] if place + 1 < len(borders) else date.max
        inside = told
        if rebases:
            last = end == date.max
            inside = tuple(each for each in told if first <= each.on < end or (last and each.on == end))
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
    told: tuple[Reading, ...], definition: Definition, open_before: frozenset[date], reason: str
) -> Stretch:
    days = tuple([each.on for each in told])
    gaps = [
        gap or on in open_before
        for gap, on in zip(gaps_between(days, definition.frequency), days[1:], strict=True)
    ]
    return Stretch(
        days=days,
        values=_floats([each.value for each in told]),
        breaks=np.array([True, *gaps]),
        numerators=_floats([each.numerator for each in told]),
        denominators=_floats([each.denominator for each in told]),
        reason=reason,
    )


def _floats(numbers: list[float | None]) -> Floats:
    """As an array; NaN where there is none."""
    return np.array(numbers, dtype=float)


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

"""Series for tests of indicators and their charts: values in a row, a month each unless said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import numpy as np

from watchkeep.domain.days import later_by_months
from watchkeep.domain.indicator import Better, Definition, Reading, Rebase, Series, Target
from watchkeep.quant.xmr import Floats

MONTHS = Definition("made up", "", "up", "month")


def day(number: int, definition: Definition = MONTHS) -> date:
    """The first day of the period of that number, counted from January 2021."""
    if definition.frequency == "month":
        return later_by_months(date(2021, 1, 1), number)
    return date(2021, 1, 1) + timedelta(days=number * (7 if definition.frequency == "week" else 1))


def series(
    values: Sequence[float | None],
    better: Better = "up",
    *,
    definition: Definition = MONTHS,
    target: float | None = None,
    rebases: Sequence[int] = (),
    sizes: Sequence[float] = (),
) -> Series:
    """The values as a series; `rebases` by the number of the reading, `sizes` are denominators."""
    definition = replace(definition, better=better)
    parts = [(None, None)] * len(values)
    if sizes:
        parts = [
            (value * size if value is not None else None, size)
            for value, size in zip(values, sizes, strict=True)
        ]
    readings = tuple(
        Reading(day(number, definition), value, numerator, denominator)
        for number, (value, (numerator, denominator)) in enumerate(zip(values, parts, strict=True))
    )
    return Series(
        "K1",
        definition,
        readings,
        targets=() if target is None else (Target(target, date(2000, 1, 1)),),
        rebases=tuple(Rebase(day(number, definition), "a new system") for number in rebases),
    )


def remembering(chance: np.random.Generator, memory: float, number: int) -> Floats:
    """A process of the first order: it keeps so much of what it was, and chance adds the rest."""
    values = np.zeros(number + 50)
    for place in range(1, number + 50):
        values[place] = memory * values[place - 1] + chance.normal()
    return values[50:]

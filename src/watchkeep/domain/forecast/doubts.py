"""What a reader should know of the readings before believing a forecast of them."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from typing import Final

import numpy as np

from watchkeep.domain.forecast.stretch import Stretch
from watchkeep.domain.indicator.figure import figure
from watchkeep.domain.indicator.values import Definition
from watchkeep.domain.spc.spacing import spoken
from watchkeep.quant.forecast import Backtest

REACH: Final = 3  # neighbours on each side that a reading is held against
FAR: Final = 10  # times the usual distance from them


def doubts_of(stretch: Stretch, trial: Backtest, definition: Definition) -> tuple[str, ...]:
    """Readings that stand alone, and a trial in which nothing ever moved."""
    found = []
    for place in standing_alone(stretch.values):
        reading = stretch.readings[place]
        found.append(
            f"The reading of {spoken(reading.on, definition.frequency)}, "
            f"{figure(reading.value, definition.unit)}, lies far from all around it. It counts here, in what "
            "is expected and in how sure that is: put it right if it is wrong."
        )
    if not np.any(np.nan_to_num(trial.errors)):
        since = stretch.readings[trial.first].on
        found.append(
            f"Nothing has been wrong since {spoken(since, definition.frequency)}, so how far off a forecast "
            "may be is not known: intervals without any width say no more than that."
        )
    return tuple(found)


def standing_alone(values: Sequence[float]) -> tuple[int, ...]:
    """The places of values ten times as far from the median of those around them as values usually are.

    A new level, a trend or a season has neighbours and is none of them. Source: the identifier of
    F. R. Hampel (Journal of the American Statistical Association 69 (1974) 383-393), with a wider bound, for
    a reading that is wrong is sought here and no unusual one. The last values have neighbours on one side
    alone, which the first reading of a new level would be far from as well: they are not judged.

    >>> standing_alone([5, 6, 5, 4, 50, 5, 6, 4, 5, 6, 5])
    (4,)
    >>> standing_alone([5, 6, 5, 4, 5, 50, 51, 49, 50, 52, 51])
    ()
    """
    apart = [
        abs(value - median(values[max(place - REACH, 0) : place + REACH + 1]))
        for place, value in enumerate(values)
    ]
    usual = median(apart)
    if usual == 0:
        return ()
    judged = range(REACH, len(values) - REACH)
    return tuple(place for place in judged if apart[place] > FAR * usual)

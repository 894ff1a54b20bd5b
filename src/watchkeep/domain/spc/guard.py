"""The guard against false arrows: what in a series raises signals by itself, and what to test instead.

The chart keeps its readings and the limits that every other tool would print. Only the verdict looks past
them, and says so. Whatever is found has to be there in the window of the limits as well as in the whole
stretch: a process that has changed is lopsided and has a long memory too, and its signal must not be lost.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from watchkeep.domain.indicator.values import Definition
from watchkeep.domain.spc.dialects import LEAST_BASELINE, Rules
from watchkeep.domain.spc.lines import (
    LOG,
    PLAIN,
    ROOT,
    YEAR,
    Lines,
    Scale,
    individuals,
    logit_of,
    year_before,
)
from watchkeep.domain.spc.stretches import Stretch, denominators_vary
from watchkeep.domain.spc.values import Basis
from watchkeep.quant import shape
from watchkeep.quant.shares import Spread, overdispersion
from watchkeep.quant.xmr import Floats

MEMORY: Final = 0.3  # autocorrelation from which runs come by themselves too often
MOST_MEMORY: Final = 0.95  # beyond, a series wanders and returns to nothing
SKEW: Final = 0.8  # skewness of both window and stretch
SEASONS: Final = 0.5  # autocorrelation at twelve months
SMALL_COUNT: Final = 4  # a mean count below which limits of individuals are rough
FULL_SEASONS: Final = 36  # monthly readings from which a year is held against the one before
SOME_SEASONS: Final = 13
A_YEAR_BEFORE: Final = "against the same month a year before"
WIDER: Final = 1.2  # times its own sigma that a share must move to be called overdispersed


@dataclass(frozen=True, slots=True)
class Guarded:
    """What the verdict rests on instead of the drawn readings, how it is named and why."""

    lines: Lines
    basis: Basis
    words: str
    caution: str


def seasonal_lines(stretch: Stretch, definition: Definition, rules: Rules, first: int | None) -> Lines | None:
    """The readings held against the same month of the year before; none where that cannot be done yet."""
    if definition.frequency != "month" or len(stretch) < FULL_SEASONS:
        return None
    expected = year_before(stretch)
    if np.isfinite(expected).sum() < 2 * YEAR:
        return None
    return individuals(stretch, rules, first, expected=expected)


def guarded(stretch: Stretch, definition: Definition, rules: Rules, first: int | None) -> Guarded | None:
    """What to test instead of these readings, where something in them raises signals by itself."""
    values = stretch.values
    if not rules.guarded or len(stretch) < LEAST_BASELINE or np.ptp(values) == 0:
        return None
    if shape.lag(values, YEAR) > SEASONS and shape.lag(values, YEAR // 2) < SEASONS:
        lines = seasonal_lines(stretch, definition, rules, first)
        if lines is not None:
            return Guarded(lines, "year on year", A_YEAR_BEFORE, _SEASONAL)
    return _adjusted(stretch, definition, rules, first)


def widened(lines: Lines, rules: Rules, first: int | None) -> Guarded | None:
    """Laney's wider limits for shares and rates that vary by more than chance, where denominators differ."""
    if not rules.guarded or len(lines.stretch) < LEAST_BASELINE or not denominators_vary(lines.stretch):
        return None
    times = overdispersion(lines.tested, Spread(float(lines.at[0]), lines.sigma), first=first)
    if not times > WIDER:
        return None
    caution = (
        f"The readings move {times:.1f} times as far as chance alone would make them and their denominators "
        "differ by more than a quarter, so the verdict rests on limits that are as much wider (Laney’s)."
    )
    return Guarded(lines.widened(times), "adjusted", "with limits widened for overdispersion", caution)


def _adjusted(stretch: Stretch, definition: Definition, rules: Rules, first: int | None) -> Guarded | None:
    scale, why = _scale(stretch, definition, first)
    there = scale.there(stretch.values)
    memory = _memory(there, first)
    if memory is None and scale is PLAIN:
        return None
    words, cautions = [], []
    expected = None
    if scale is not PLAIN:
        words.append(f"on {scale.name}")
        cautions.append(f"{why}, so the verdict rests on {scale.name}.")
    if memory is not None:
        expected = shape.expected_by_memory(there, memory, first=first)
        words.append("against the reading before each")
        cautions.append(
            f"Each reading resembles the one before it (autocorrelation {memory:.2f}), which makes runs by "
            "itself, so the verdict rests on what each adds to that (residuals of an AR(1) process). Where "
            "the values are rolling averages or totals of the year to date, give the figure of each period "
            "instead."
        )
    lines = individuals(stretch, rules, first, scale=scale, expected=expected)
    return Guarded(lines, "adjusted", ", ".join(words), " ".join(cautions))


def _scale(stretch: Stretch, definition: Definition, first: int | None) -> tuple[Scale, str]:
    """The scale on which the readings lie evenly enough, and why it is taken."""
    values = stretch.values
    window = values[:first]
    whole = _whole(values, definition)
    if window.mean() < SMALL_COUNT and _counts(values, definition):
        return ROOT, f"The counts are small (a mean of {window.mean():.1f})"
    if not _lopsided(values, window) or not np.all(values > 0):
        return PLAIN, ""
    scale = LOG if whole is None else logit_of(whole)
    if whole is not None and not np.all(values < whole):
        return PLAIN, ""
    if abs(shape.skewness(scale.there(window))) > abs(shape.skewness(window)) / 2:
        return PLAIN, ""
    return scale, f"The readings lie lopsided (skewness {shape.skewness(window):.1f})"


def _counts(values: Floats, definition: Definition) -> bool:
    """Counts by their kind, or by being whole numbers of nothing in particular."""
    fits = definition.kind in ("count", "number") and definition.unit.strip() != "%"
    return fits and bool(np.all(values >= 0) and np.all(values == np.round(values)))


def _lopsided(values: Floats, window: Floats) -> bool:
    skew = shape.skewness(window)
    return bool(abs(skew) > SKEW and shape.skewness(values) * np.sign(skew) > SKEW)


def _whole(values: Floats, definition: Definition) -> float | None:
    """What shares are told out of, where these are shares."""
    if definition.kind != "share" and definition.unit.strip() != "%":
        return None
    return 1.0 if values.max() <= 1 and definition.unit.strip() != "%" else 100.0


def _memory(values: Floats, first: int | None) -> float | None:
    """The autocorrelation to allow for: in the window and in the whole, and not where a step or a line
    explains the readings better, for these look like memory and are what the chart is there to find.
    """
    memory = min(shape.lag_one(values[:first]), shape.lag_one(values))
    if not memory > MEMORY or shape.change_against_memory(values) > 2 * np.log(values.size):
        return None
    return min(memory, MOST_MEMORY)


_SEASONAL: Final = (
    "The readings repeat themselves from year to year, so the verdict rests on what each differs from the "
    "same month a year before."
)

"""The guard against false arrows: what in a series raises signals by itself, and what to test instead.

The chart keeps its readings and the limits that every other tool would print. Only the verdict looks past
them, and says so. A process that has changed is lopsided, has a long memory and seems to swing with the year
too, and its signal must not be lost: so each is believed only where a change does not explain more.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from watchkeep.domain.indicator.values import Definition
from watchkeep.domain.spc.dialects import LEAST_BASELINE, Rules
from watchkeep.domain.spc.lines import (
    FOURTH_ROOT,
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
from watchkeep.domain.spc.stretches import Stretch
from watchkeep.domain.spc.values import Basis
from watchkeep.quant import shape
from watchkeep.quant.shares import Spread, overdispersion
from watchkeep.quant.xmr import Floats

MEMORY: Final = 0.3  # autocorrelation from which runs come by themselves too often
MOST_MEMORY: Final = 0.95  # beyond, a series wanders and returns to nothing
SKEW: Final = 0.8  # skewness of both window and stretch
# Of twice what a change explains more than memory does, its fair price (BIC) taken off: up to here it
# is in doubt which of the two it was.
IN_DOUBT: Final = 2.0
# F ratios that one series in twenty-five without a season passes by chance, one or the other.
WAVE: Final = 4.5  # of one wave a year
TWELVE: Final = 2.5  # of the twelve months
STEADY_RISE: Final = 12.0  # F ratio of a line beyond the year: what rises so is lost against the year before
MOST_LEFT: Final = 1.0  # skewness that may be left on a scale
SMALL_COUNT: Final = 4  # a mean count below which limits of individuals are rough
FULL_SEASONS: Final = 36  # monthly readings from which a year is held against the one before
SOME_SEASONS: Final = 13
# Readings from which a change is looked for beside what is usual of a month of the year or a day of the week.
PLACED: Final = {"month": FULL_SEASONS, "week": 156, "day": 56}
A_YEAR_BEFORE: Final = "against the same month a year before"
WIDER: Final = 1.2  # times its own sigma that a share must move to be called overdispersed


@dataclass(frozen=True, slots=True)
class Guarded:
    """What the verdict rests on instead of the drawn readings, how it is named and why. `in_doubt` is where
    nothing that is found can be confirmed.
    """

    lines: Lines
    basis: Basis
    words: str
    caution: str
    in_doubt: bool = False


def seasonal_lines(
    stretch: Stretch, definition: Definition, rules: Rules, first: int | None, *, memory: bool = False
) -> Lines | None:
    """The readings held against the same month of the year before; none where that cannot be done yet.

    With `memory` the difference of the month before is allowed for too, where differences resemble it.
    Differences are too few to fix limits on the first of them: all count, unless a baseline is declared.
    """
    if definition.frequency != "month" or len(stretch) < FULL_SEASONS:
        return None
    expected = year_before(stretch)
    told = np.isfinite(expected)
    if told.sum() < 2 * YEAR:
        return None
    own = first if definition.baseline is not None else None
    if memory:
        start = int(np.argmax(told))
        more = (stretch.values - expected)[start:]
        known = _memory(more[np.isfinite(more)])
        if known is None or known.in_doubt:
            return None
        there = np.where(np.isfinite(more), more, np.nanmean(more))
        ahead = shape.expected_by_memory(there, known.share)
        expected = np.concatenate([expected[:start], expected[start:] + ahead])
    return individuals(stretch, rules, own, expected=expected)


def guarded(
    stretch: Stretch, definition: Definition, rules: Rules, first: int | None, *, scaled: bool = True
) -> Guarded | None:
    """What to test instead of these readings, where something in them raises signals by itself. Only seasons
    and memory where they are not to be `scaled`, as shares, rates and counts are by their own charts.
    """
    if not rules.guarded or len(stretch) < LEAST_BASELINE or np.ptp(stretch.values) == 0:
        return None
    if definition.frequency == "month" and len(stretch) >= FULL_SEASONS:
        lines = seasonal_lines(stretch, definition, rules, first) if _swings(stretch) else None
        if lines is not None:
            plain = Guarded(lines, "year on year", A_YEAR_BEFORE, _SEASONAL)
            return remembering(stretch, definition, rules, first, _SEASONAL + " ") or plain
    beside = _beside_change(stretch, definition, rules, first)
    return beside or _adjusted(stretch, definition, rules, first, scaled=scaled)


def remembering(
    stretch: Stretch, definition: Definition, rules: Rules, first: int | None, said: str = ""
) -> Guarded | None:
    """What to test of differences from the year before, where each resembles that of the month before."""
    lines = seasonal_lines(stretch, definition, rules, first, memory=True) if rules.guarded else None
    if lines is None:
        return None
    words = f"{A_YEAR_BEFORE} and the month before each"
    return Guarded(lines, "year on year", words, said + _DIFFERENCES_TOO)


def _months(stretch: Stretch) -> NDArray[np.int64]:
    return np.array([day.year * 12 + day.month for day in stretch.days])


def _beside_change(
    stretch: Stretch, definition: Definition, rules: Rules, first: int | None
) -> Guarded | None:
    """The readings less what is usual of their month or weekday, where the year or week swings and something
    changed besides: against the year before a steady rise would be lost, and as memory all of it.
    """
    if definition.frequency not in PLACED or len(stretch) < PLACED[definition.frequency]:
        return None
    daily, values = definition.frequency == "day", stretch.values
    places = np.array([day.weekday() if daily else day.month for day in stretch.days])
    found, levels = shape.levels_beside_change(values, places)
    change = shape.change_against_memory(values - levels) - 2 * np.log(values.size)
    if not (found > TWELVE and change > IN_DOUBT):
        return None
    # The levels were taken from these readings, which then lie nearer to them than others would.
    times = float(np.sqrt(values.size / (values.size - np.unique(places).size)))
    lines = individuals(stretch, rules, first, expected=levels).widened(times)
    place, again = ("day of the week", "week to week") if daily else ("month of the year", "year to year")
    caution = (
        f"The readings repeat themselves from {again} and changed besides, so the verdict rests on what is "
        f"left of them without what is usual of each {place}."
    )
    return Guarded(lines, "adjusted", f"without what is usual of each {place}", caution)


def _swings(stretch: Stretch) -> bool:
    """Whether months of the year differ by more than chance, and that explains more than a change does."""
    found = shape.yearly(stretch.values, _months(stretch))
    swings = found.wave > WAVE or found.months > TWELVE
    return swings and found.against_change > 0 and found.line < STEADY_RISE


def widened(lines: Lines, rules: Rules, first: int | None) -> Guarded | None:
    """Laney's wider limits for shares, rates and counts that vary by more than chance."""
    if not rules.guarded or len(lines.stretch) < LEAST_BASELINE:
        return None
    times = overdispersion(lines.tested, Spread(float(lines.at[0]), lines.sigma), first=first)
    if not times > WIDER:
        return None
    caution = (
        f"The readings move {times:.1f} times as far as chance alone would make them, so the verdict rests "
        "on limits that are as much wider (Laney’s)."
    )
    return Guarded(lines.widened(times), "adjusted", "with limits widened for overdispersion", caution)


def _adjusted(
    stretch: Stretch, definition: Definition, rules: Rules, first: int | None, *, scaled: bool
) -> Guarded | None:
    scale, why = _scale(stretch, definition, first) if scaled else (PLAIN, "")
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
        share = f"autocorrelation {memory.share:.2f}"
        resembles = f"Each reading resembles the one before it ({share}), which makes"
        if memory.in_doubt:
            cautions.append(f"{resembles} runs by itself. {_IN_DOUBT}")
        else:
            # Its share is that of all readings, and so are the limits of what is left.
            first = first if definition.baseline is not None else None
            expected = shape.expected_by_memory(there, memory.share, first=first)
            words.append("against the reading before each")
            cautions.append(f"{resembles} runs by itself, {_RESIDUALS}")
    lines = individuals(stretch, rules, first, scale=scale, expected=expected)
    basis: Basis = "adjusted" if words else "readings"
    return Guarded(lines, basis, ", ".join(words), " ".join(cautions), memory is not None and memory.in_doubt)


def _scale(stretch: Stretch, definition: Definition, first: int | None) -> tuple[Scale, str]:
    """The scale on which the readings lie evenly enough, and why it is taken."""
    values = stretch.values
    window = values[:first]
    whole = _whole(values, definition)
    if np.ptp(window) == 0:
        return PLAIN, ""  # its limits lie on the mean on any scale
    if window.mean() < SMALL_COUNT and _counts(values, definition):
        return ROOT, f"The counts are small (a mean of {window.mean():.1f})"
    if not _lopsided(values, window) or not np.all(values > 0):
        return PLAIN, ""
    if whole is not None and not np.all(values < whole):
        return PLAIN, ""
    skew = shape.skewness(window)
    for scale in (LOG, FOURTH_ROOT) if whole is None else (logit_of(whole),):
        if abs(shape.skewness(scale.there(window))) <= min(abs(skew) / 2, MOST_LEFT):
            return scale, f"The readings lie lopsided (skewness {skew:.1f})"
    return PLAIN, ""


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


@dataclass(frozen=True, slots=True)
class _Memory:
    """How much of each reading the next one keeps, and whether it may as well have been a change."""

    share: float
    in_doubt: bool


def _memory(values: Floats, first: int | None = None) -> _Memory | None:
    """The autocorrelation to allow for; none where a step, a line or a bend explains them better, for these
    look like memory and are what the chart is there to find, and none that the window knows nothing of.
    """
    share = shape.lag_one(values)
    if not share > MEMORY or shape.lag_one(values[:first]) < 0:
        return None
    change = shape.change_against_memory(values) - 2 * np.log(values.size)
    return None if change > IN_DOUBT else _Memory(min(share, MOST_MEMORY), change > 0)


_SEASONAL: Final = (
    "The readings repeat themselves from year to year, so the verdict rests on what each differs from the "
    "same month a year before."
)
_DIFFERENCES_TOO: Final = (
    "What each month differs from the year before resembles that of the month before, which makes runs by "
    "itself, so the verdict rests on what each adds to that."
)
_RESIDUALS: Final = (
    "so the verdict rests on what each adds to that (residuals of an AR(1) process). Where the values are "
    "rolling averages or totals of the year to date, give the figure of each period instead."
)
_IN_DOUBT: Final = (
    "A change of the process explains that a little better, but not for certain, so nothing is confirmed."
)

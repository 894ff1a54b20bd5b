"""What a reader of a chart should know before trusting it, each in a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from watchkeep.domain.finding import counted
from watchkeep.domain.indicator.values import Definition, Series
from watchkeep.domain.spc.dialects import LEAST, LEAST_BASELINE, Rules
from watchkeep.domain.spc.guard import FULL_SEASONS, MEMORY, SOME_SEASONS
from watchkeep.domain.spc.lines import Lines
from watchkeep.domain.spc.stretches import Stretch, denominators_vary, gaps_of
from watchkeep.quant import shape


def cautions_of(
    series: Series, latest: Stretch, lines: Lines, rules: Rules, *, by_family: bool
) -> Iterator[str]:
    """What the guard does not say: of the latest stretch, and of how the series is declared."""
    definition = series.definition
    if definition.baseline is not None and definition.baseline < LEAST_BASELINE:
        yield (
            f"A baseline of {counted(definition.baseline, 'reading')} is too short for limits; "
            f"{LEAST_BASELINE} are used."
        )
    if len(latest) >= LEAST and not (lines.sigma > 0).any():
        yield _no_spread(lines, rules)
    if gaps := gaps_of(latest):
        verb = "is" if gaps == 1 else "are"
        yield f"There {verb} {counted(gaps, 'gap')} between readings; no moving range reaches over one."
    yield from _seasons(definition, latest)
    yield from _denominators(definition, latest, by_family)
    if not rules.guarded and shape.lag_one(latest.values) > MEMORY:
        yield (
            "Each reading resembles the one before it, which makes runs by itself; this dialect does not "
            "allow for that, so its signals may be false."
        )


def _no_spread(lines: Lines, rules: Rules) -> str:
    if not (lines.sigma == 0).any():
        return "The readings that limits would come from are all alike, so there are none; runs still count."
    why = "The readings that limits come from are all alike"
    if rules.screening and lines.tested.min() < lines.tested.max():
        why = "Once moving ranges far above the others are left out, none is left but nought"
    return f"{why}, so the limits lie on the mean, and any other value is outside them."


def _seasons(definition: Definition, latest: Stretch) -> Iterator[str]:
    if definition.seasonal and definition.frequency != "month":
        yield "Seasons are only taken out of monthly readings; these are judged as they are."
    elif definition.frequency == "month" and (SOME_SEASONS <= len(latest) < FULL_SEASONS):
        yield (
            f"Seasonality not assessed: that takes {FULL_SEASONS} monthly readings, and there are "
            f"{len(latest)}."
        )
    elif definition.seasonal and len(latest) < SOME_SEASONS:
        yield f"Seasonality not assessed: there {_are(len(latest))}, not a year’s."


def _are(number: int) -> str:
    return f"{'is' if number == 1 else 'are'} {counted(number, 'reading')}"


def _denominators(definition: Definition, latest: Stretch, by_family: bool) -> Iterator[str]:
    if definition.family != "xmr" and not by_family:
        need = "counts of nought or more" if definition.family == "c" else "a numerator and a denominator"
        yield (
            f"A {definition.family} chart needs {need} for every reading, which fit its value; these are "
            "judged as single values (XmR)."
        )
    elif definition.family == "xmr" and denominators_vary(latest):
        yield (
            "Denominators differ by more than a quarter, and one pair of limits cannot suit them all: "
            "declare the family p (a share) or u (a rate)."
        )


def unused_rebases(series: Series, last: date) -> Iterator[str]:
    """Rebases that no reading stands behind yet."""
    for each in series.rebases:
        if each.on > last:
            yield f"No reading is of {each.on} or later, so the limits from that day are not there yet."

"""A ratio of two indicators as a series of its own (students to tutors), to be forecast as any other."""

from __future__ import annotations

from dataclasses import replace

from watchkeep.domain.errors import Refused
from watchkeep.domain.indicator.values import Better, Definition, Reading, Series, Target


def ratio_of(
    over: Series,
    under: Series,
    *,
    name: str,
    unit: str = "",
    better: Better,
    targets: tuple[Target, ...] = (),
) -> Series:
    """`over` divided by `under`, period by period, where both were read.

    Nothing is divided by nought: a period without any of `under` has no ratio, and is a gap.
    """
    frequency = over.definition.frequency
    if frequency != under.definition.frequency:
        raise Refused(
            f"{over.key} is read each {frequency} and {under.key} each {under.definition.frequency}: a ratio "
            "takes two that are read as often."
        )
    below = {each.on: each for each in under.recorded}
    pairs = [(each, below[each.on]) for each in over.recorded if each.on in below]
    if not pairs:
        raise Refused(f"{over.key} and {under.key} have no {frequency} in which both were read.")
    below_nought = any((each.value or 0.0) < 0 for pair in pairs for each in pair)
    definition = Definition(
        name, unit, better, frequency, source=f"{over.key} and {under.key}",
        kind="number" if below_nought else "rate",
        numerator=over.definition.name, denominator=under.definition.name,
        seasonal=over.definition.seasonal or under.definition.seasonal,
    )  # fmt: skip
    rebases = sorted((*over.rebases, *under.rebases), key=lambda each: each.on)
    readings = tuple(_ratio(top, bottom) for top, bottom in pairs)
    return Series(f"{over.key}/{under.key}", definition, readings, targets, tuple(rebases))


def _ratio(top: Reading, bottom: Reading) -> Reading:
    value = top.value / bottom.value if top.value is not None and bottom.value else None
    return replace(
        top,
        value=value,
        numerator=top.value,
        denominator=bottom.value,
        revision=max(top.revision, bottom.revision),
        note="" if bottom.value else "nothing to divide by",
    )

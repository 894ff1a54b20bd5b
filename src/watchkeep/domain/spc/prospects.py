"""What the latest limits say of the target, and where a person may want limits to begin anew."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from watchkeep.domain.finding import counted, written
from watchkeep.domain.indicator.values import Better, Series, Target
from watchkeep.domain.spc.dialects import LEAST
from watchkeep.domain.spc.spacing import DAYS, spoken
from watchkeep.domain.spc.values import Capability, Judged

ROUNDING: Final = 1e-9
YEARS_READINGS: Final = 12  # readings whose own limits are looked at, where limits move
BETTER_STILL: Final = 12  # readings since a shift from which new limits can be worth fixing


def target_on(targets: Sequence[Target], on: date) -> Target | None:
    """The target in force on a day; of several, the one that began last. Tolerances are no targets."""
    held = [
        each
        for each in targets
        if each.kind == "target" and each.from_on <= on and (each.until_on is None or on < each.until_on)
    ]
    return max(held, key=lambda each: each.from_on, default=None)


def capability_of(
    readings: Sequence[Judged], targets: Sequence[Target], better: Better, lines: bool
) -> Capability | None:
    """Whether the process as it is meets the target: of the latest segment's readings and no others.

    A target on a limit is hit and miss. None where there is no target, no better direction, or too little.
    `lines` says whether limits could be worked out at all.
    """
    if not readings or better == "neither" or len(readings) < LEAST or not lines:
        return None
    target = target_on(targets, readings[-1].on)
    if target is None:
        return None
    last = readings[-YEARS_READINGS:]
    # A limit that does not apply (a count below nought) leaves everything on its side open down to the end.
    lower = min((float("-inf") if each.lower is None else each.lower) for each in last)
    upper = max((float("inf") if each.upper is None else each.upper) for each in last)
    # On a limit is hit and miss, however the last digits of the two were rounded.
    near = ROUNDING * max(abs(target.value), 1.0)
    if target.value > upper + near:
        return "consistently fails" if better == "up" else "consistently meets"
    if target.value < lower - near:
        return "consistently meets" if better == "up" else "consistently fails"
    return "hit and miss"


def rebases_suggested(readings: Sequence[Judged], series: Series) -> tuple[str, ...]:
    """That limits may want to begin anew: a run of eight or more to the last reading, all on one side.

    Only ever a suggestion: whether the cause is known and will stay is for a person to say, and to record.
    """
    side = readings[-1].side if readings and "shift" in readings[-1].signals else ""
    if not side:
        return ()
    run = []
    for each in reversed(readings):
        if "shift" not in each.signals or each.side != side:
            break
        run.append(each)
    if len(run) < LEAST or len(run) == len(readings):
        return ()
    first = run[-1].on
    frequency = series.definition.frequency
    where = "above" if side == "high" else "below"
    told = (
        f"{counted(len(run), 'reading')} lie {where} the mean since {spoken(first, frequency)}"
        f"{_known(series, first)}: if the cause is known and here to stay, limits can begin anew on "
        f"{written(first)}, by somebody’s decision and with a reason."
    )
    if len(run) < BETTER_STILL:
        told += f" With {BETTER_STILL} readings they would be firmer."
    return (told[0].upper() + told[1:],)


def _known(series: Series, first: date) -> str:
    """What was written down about the time of the change."""
    near = 1.5 * DAYS[series.definition.frequency]
    told = [each.text for each in series.annotations if abs((each.on - first).days) <= near]
    return f" (noted then: “{told[0]}”)" if told else ""

"""Why what a sentence rests on is no longer what it was: one sentence each, or nothing where it still is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from watchkeep.domain.check import Check
from watchkeep.domain.commitment import Facts, stands
from watchkeep.domain.finding import written

WORSE = ("effective", "partly effective", "not effective")


def check_moved(
    then: Check, now: Check, later: Iterable[Check], *, control: str, stood_down: date | None
) -> str:
    """`now`: the same check as it is told now; `later`: the others of its control that stand."""
    if stood_down:
        return f"{control} was stood down on {written(stood_down)}."
    if (now.design, now.operation, now.sample, now.on) != (then.design, then.operation, then.sample, then.on):
        return f"The check of {control} of {written(then.on)} was corrected: {found(now)}."
    newer = [each for each in later if each.on > now.on and _speaks_against(now, each)]
    if newer:
        last = max(newer, key=lambda each: each.on)
        return f"A later check of {control}, of {written(last.on)}, speaks against it: {found(last)}."
    return ""


def found(check: Check) -> str:
    """What a check found, in a few words."""
    said = [f"{name} {word}" for name, word in (("design", check.design), ("operation", check.operation))]
    sample = f", {check.sample.failures} of {check.sample.size} cases failed" if check.sample else ""
    return f"{', '.join(said)}{sample}"


def _speaks_against(then: Check, now: Check) -> bool:
    pairs = ((then.design, now.design), (then.operation, now.operation))
    return any(
        before in WORSE and after in WORSE and WORSE.index(after) > WORSE.index(before)
        for before, after in pairs
    )


def promise_moved(then: Facts, now: Facts, *, bound_on: date, day: date, label: str) -> str:
    """What was promised `then`, on the day that the sentence was bound, against what is told of it now."""
    before, after = stands(then, bound_on), stands(now, day)
    if before.settled and not after.settled:
        return f"{label} was taken up again: it is not settled after all."
    if after.state in ("dropped", "delivered without effect") and before.state != after.state:
        return f"{label} was {after.state}."
    if after.settled:
        return ""
    if then.due_on != now.due_on and then.due_on is not None:
        to = f"slipped to {written(now.due_on)}" if now.due_on else "has no day any more"
        if now.due_on is None or now.due_on > then.due_on:
            return f"{label} was promised for {written(then.due_on)} and {to}."
    if after.state in ("overdue", "lapsed") and before.state != after.state and now.due_on:
        what = "ended" if after.state == "lapsed" else "was due"
        return f"{label} {what} on {written(now.due_on)} and is not done."
    return ""


def promise_says(facts: Facts, day: date) -> str:
    """How a promise stood when a sentence was bound to it."""
    state = stands(facts, day)
    if state.settled and facts.outcome_on:
        return f"{state.state} on {written(facts.outcome_on)}"
    return f"due on {written(facts.due_on)}" if facts.due_on else "no date"


def event_moved(title: str, *, corrected: str, on: date | None) -> str:
    """`corrected`: its title as it is told now, where it was set right since; `on` the day that it names."""
    if on is None:
        return ""
    if corrected == title:
        return f"What was told of “{title}” was corrected."
    return f"“{title}” was corrected: it is now told as “{corrected}”, of {written(on)}."


def document_moved(name: str, *, taken_away: date | None, because: str) -> str:
    """A file that is no longer offered is nothing to rest on."""
    if taken_away is None:
        return ""
    why = f": {because.rstrip('.')}" if because else ""
    return f"{name} was taken away on {written(taken_away)}{why}."

"""What a writer changed, taken apart from what they looked at, so that it can be said of another day.

Anything said is a set of named units (a field, a trend's quarter, a judgement's stage). A correction as at an
earlier day is said of that day's words and not of today's, and holds from then on: in later words as far as
nobody said that unit otherwise since. Rule and reasons: docs/decisions/0010.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from watchkeep.domain.document import Assessment, Extra, Item, Risk, Stage, Trend
from watchkeep.domain.fields import DATES, LISTS, PARTED, TEXTS, assessed, escaped

Units = Mapping[str, Any]
ROWS: Final = ("trends", "assessments", "extra")
MEANT: Final = "meant:"  # how the unit begins of what a field's words mean
PARTNERS: Final = {
    one: other
    for field in ("owner", "category", "objective")
    for one, other in ((field, f"{MEANT}{field}"), (f"{MEANT}{field}", field))
}
STAGES: Final[tuple[Stage, ...]] = ("inherent", "residual", "not stated", "target")


def changed(seen: Units, said: Units) -> tuple[str, ...]:
    """The units that the writer said otherwise than what they looked at, in the order that they are said in;
    one that is gone is one of them, after those that are said.
    """
    return tuple(name for name in dict.fromkeys((*said, *seen)) if seen.get(name) != said.get(name))


def onto(base: Units, seen: Units, said: Units) -> dict[str, Any]:
    """The words of another day with the writer's changes, and with nothing else of what they looked at.

    A list of lines takes the lines that were added, and loses those that were taken out.
    """
    made = dict(base)
    for name in changed(seen, said):
        if name in LISTS:
            made[name] = lines_onto(base.get(name, ()), seen.get(name, ()), said.get(name, ()))
        else:
            made[name] = said.get(name)
    return {name: each for name, each in made.items() if each is not None}


def still(names: Iterable[str], before: Units, later: Units) -> tuple[str, ...]:
    """Of these units, those of which a later version says what was said before it: nobody touched them.

    Words and what they mean are touched as one, so that they never part ways.
    """

    def untouched(name: str) -> bool:
        return before.get(name) == later.get(name)

    return tuple(name for name in names if untouched(name) and untouched(PARTNERS.get(name, name)))


def carried(later: Units, names: Iterable[str], said: Units) -> dict[str, Any]:
    """The later words with these units as they are now said of the earlier day."""
    made = {**later, **{name: said.get(name) for name in names}}
    return {name: each for name, each in made.items() if each is not None}


def lines_onto(base: Sequence[Item], seen: Sequence[Item], said: Sequence[Item]) -> tuple[Item, ...]:
    """The lines of another day, with those added that were added and without those that were taken out; an
    added line follows the one that it follows.
    """
    if tuple(base) == tuple(seen):
        return tuple(said)
    made = [each for each in base if each in said or each not in seen]
    for number, each in enumerate(said):
        if each in seen or each in made:
            continue
        before = next((said[place] for place in range(number - 1, -1, -1) if said[place] in made), None)
        made.insert(made.index(before) + 1 if before is not None else len(made), each)
    return tuple(made)


# --- A risk -------------------------------------------------------------------------------------------------


def units_of(value: Risk) -> dict[str, Any]:
    """A risk unit by unit."""
    said: dict[str, Any] = {name: getattr(value, name) for name in (*TEXTS, *PARTED, *DATES, *LISTS)}
    for kind in ROWS:
        for each in getattr(value, kind):
            name = f"{kind}:{_called(each)}"
            number = 1
            while name in said:  # two of one name are told apart by their order
                number += 1
                name = f"{kind}:{_called(each)}#{number}"
            said[name] = each
    return said


def risk_with(value: Risk, units: Units) -> Risk:
    """The risk with these units in place of its own; what is no unit (its key) stays its own."""
    said: dict[str, Any] = {name: units[name] for name in (*TEXTS, *PARTED, *DATES, *LISTS)}
    for kind in ROWS:
        said[kind] = tuple(each for name, each in units.items() if name.startswith(f"{kind}:"))
    if len(said["assessments"]) != len(value.assessments):  # a paper's own order stays while none is new
        said["assessments"] = in_order(said["assessments"])
    return value.model_copy(update=said)


def risk_onto(base: Risk, seen: Risk, said: Risk) -> Risk:
    """A risk as it stood on another day, with what a writer changed of the one they looked at."""
    if base == seen:
        return said
    return risk_with(base, onto(units_of(base), units_of(seen), units_of(said)))


def judged_anew(names: Iterable[str]) -> tuple[Stage, ...]:
    """The stages at which a rule may rate the whole otherwise, when these units are said anew: that of a
    part's judgement, and each where the rule or the parts are other.
    """
    said = set(names)
    if said & {"whole_rule", *PARTED}:
        return STAGES
    parts = {name.partition("@")[0] for name in said if "@" in name}
    return tuple(stage for stage in STAGES if f"assessments:{stage}" in parts)


def in_order(rows: Iterable[Assessment]) -> tuple[Assessment, ...]:
    """By stage, the whole before its parts."""
    return tuple(
        sorted(rows, key=lambda each: (STAGES.index(each.stage), each.part is not None, each.part or ""))
    )


def _called(each: Trend | Assessment | Extra) -> str:
    if isinstance(each, Trend):
        return escaped(each.period)
    return assessed(each.stage, each.part) if isinstance(each, Assessment) else escaped(each.heading)

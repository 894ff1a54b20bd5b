"""One risk, made anew for an audience."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from watchkeep.domain.document import (
    Assessment,
    Basis,
    BasisKind,
    DateField,
    Extra,
    Field,
    Indicator,
    Item,
    Mark,
    Part,
    PartedField,
    Promise,
    Risk,
    Statement,
    Trend,
)
from watchkeep.domain.fields import DATES, JUDGED, LISTS, PARTED, RATED, TEXTS, assessed, escaped
from watchkeep.domain.redaction.reading import Reading

NOT_PUBLIC: Final = ("contingency", "confidence", "unknowns")
# What the public is told of the things that a sentence rests on: their kind and their day.
KINDS_SAID: Final[dict[BasisKind, str]] = {
    "observation": "A reading of a measure",
    "check": "A check of a control",
    "commitment": "A promise",
    "event": "An event",
    "document": "A document",
}
# What these said is a finding in a few words, or made of the promise's own state and day. What a reading, a
# document or an event said is in the words of whoever bound it: the committee has it, the public not unasked.
SAID_TO_ALL: Final = frozenset(("check", "commitment"))
WORD: Final = re.compile(r"\w+")


def risk_for(risk: Risk, reading: Reading, sources: Mapping[str, str]) -> Risk:
    """The risk with what may be read of it. `sources` numbers each record that sentences rest on."""
    made: dict[str, Any] = {
        name: said(getattr(risk, name))
        for name in TEXTS
        if reading.may(name) and not (reading.public and name in NOT_PUBLIC)
    }
    made |= {name: _parted(getattr(risk, name)) for name in PARTED if reading.may(name)}
    made |= {name: dated(getattr(risk, name)) for name in DATES if reading.may(name)}
    made |= {name: _items(risk, name, reading) for name in LISTS}
    made["trends"] = _trends(risk, reading)
    made["assessments"] = _assessments(risk, reading)
    if not reading.public:
        made["extra"] = tuple(
            Extra(state=each.state, text=each.text, heading=each.heading)
            for each in risk.extra
            if reading.may(f"extra:{escaped(each.heading)}")
        )
    made["promises"] = tuple(
        _promise(each, reading, _part(risk, each.part, reading))
        for each in risk.promises
        if reading.may(f"promises:{each.key}")
    )
    made["indicators"] = tuple(
        _indicator(each, _part(risk, each.part, reading), reading)
        for each in risk.indicators
        if reading.may(f"indicators:{each.key}")
    )
    # What they say together tells of each of them, and beside the judgement it is a remark on a person's.
    of_all = len(made["indicators"]) == len(risk.indicators)
    if of_all and not reading.public and not any(each.startswith("trends") for each in reading.closed):
        made["heard"] = risk.heard
    made["statements"] = _statements(risk, reading, sources)
    return Risk(key=risk.key, **made)


def said(field: Field) -> Field:
    """A field without where and how surely it was read."""
    return Field(state=field.state, text=field.text)


def dated(field: DateField) -> DateField:
    """The same for a date."""
    return DateField(state=field.state, text=field.text, on=field.on)


def _parted(field: PartedField) -> PartedField:
    parts = tuple(Part(marker=each.marker, text=each.text) for each in field.parts)
    return PartedField(state=field.state, text=field.text, parts=parts)


def _part(risk: Risk, marker: str | None, reading: Reading) -> str | None:
    """The part that something stands under; none where its text is closed, for it counts what stood there."""
    told = {each.marker for name in PARTED if reading.may(name) for each in getattr(risk, name).parts}
    return marker if marker in told or all(reading.may(name) for name in PARTED) else None


def _items(risk: Risk, name: str, reading: Reading) -> tuple[Item, ...]:
    """The lines that may be read; where one is missing, markers that count would tell which."""
    lines: tuple[Item, ...] = getattr(risk, name)
    left = [each for position, each in enumerate(lines) if reading.may(f"{name}:{position}")]
    whole = len(left) == len(lines)
    return tuple(
        Item(
            state=each.state,
            text=each.text,
            part=_part(risk, each.part, reading),
            marker=each.marker if whole else None,
        )
        for each in left
    )


def _trends(risk: Risk, reading: Reading) -> tuple[Trend, ...]:
    """What a trend rests on names ratings and indicators: it goes where any of them is closed, and never to
    the public.
    """
    told = not reading.public and not any(each.startswith("assessments") for each in reading.closed)
    told = told and all(reading.may(f"indicators:{each.key}") for each in risk.indicators)
    return tuple(
        Trend(
            state=each.state,
            text=each.text,
            period=each.period,
            direction=each.direction,
            movement=each.movement,
            derived=each.derived,
            basis=each.basis if told and not _tells_of_indicators(each.basis, reading) else "",
            override_reason=each.override_reason if told else "",
        )
        for each in risk.trends
        if reading.may(f"trends:{escaped(each.period)}")
    )


def _tells_of_indicators(text: str, reading: Reading) -> bool:
    """Whether a text names an indicator that is closed, of this risk or another."""
    closed = {each.partition(":")[2] for each in reading.closed if each.startswith("indicators:")}
    return any(word in closed for word in WORD.findall(text)) or (
        "indicators" in reading.closed and "indicators" in text
    )


def _indicator(each: Indicator, part: str | None, reading: Reading) -> Indicator:
    """An indicator with its last readings, their limits and its targets. Of what explains them the public is
    told where limits began anew, and nothing in anybody's words.
    """
    return Indicator(
        key=each.key,
        name=each.name,
        unit=each.unit,
        better=each.better,
        frequency=each.frequency,
        side=each.side,
        part=part,
        leads=each.leads,
        verdict=each.verdict,
        confirmed=each.confirmed,
        sentence=each.sentence,
        capability=each.capability,
        aims=each.aims,
        points=each.points,
        marks=tuple(
            Mark(on=mark.on, kind=mark.kind, text="" if closed else mark.text)
            for mark in each.marks
            for closed in [reading.public or _tells_of_indicators(mark.text, reading)]
            if mark.kind == "rebase" or not closed
        ),
    )


def _assessments(risk: Risk, reading: Reading) -> tuple[Assessment, ...]:
    """Those of the whole, and of each part that is told. Where a part is not, what was rated of it is not
    there either: how many there are would tell of the text.
    """
    told = [each for each in risk.assessments if each.part == _part(risk, each.part, reading)]
    return tuple(found for each in told if (found := _assessment(each, reading)) is not None)


def _assessment(each: Assessment, reading: Reading) -> Assessment | None:
    """Its colour goes with its rating; one of which nothing is left is not there."""
    where = f"assessments:{assessed(each.stage, each.part)}"
    names = RATED if reading.public else (*RATED, *JUDGED)
    left = {name: said(getattr(each, name)) for name in names if reading.may(f"{where}:{name}")}
    if not left or not reading.may("assessments"):
        return None
    rated = all(name in left for name in RATED)
    return Assessment(stage=each.stage, part=each.part, on=each.on, fill=each.fill if rated else None, **left)


def _promise(each: Promise, reading: Reading, part: str | None) -> Promise:
    """A promise with its clock; why it slipped and what came of it are not for the public."""
    told = {} if reading.public else {"slip_reason": each.slip_reason, "outcome": each.outcome}
    return Promise(
        key=each.key,
        kind=each.kind,
        title=each.title,
        owner=each.owner,
        due=each.due,
        first_due=each.first_due,
        slips=each.slips,
        state=each.state,
        settled_on=each.settled_on,
        part=part,
        **told,
    )


def _statements(risk: Risk, reading: Reading, sources: Mapping[str, str]) -> tuple[Statement, ...]:
    """The sentences of the fields that are left, each at the place that it now has."""
    if not reading.may("statements"):
        return ()
    withheld = {each.key for each in risk.promises if not reading.may(f"promises:{each.key}")}
    made: list[Statement] = []
    for each in risk.statements:
        field = _moved(risk, each.field, reading)
        if field is None:
            continue
        made.append(
            Statement(
                field=field,
                start=each.start,
                end=each.end,
                text=each.text,
                standing=each.standing,
                rests_on=tuple(
                    _basis(
                        one,
                        sources,
                        public=reading.public,
                        withheld=one.key in withheld or _tells_of_indicators(one.label, reading),
                    )
                    for one in each.rests_on
                ),
                judged_by=each.judged_by,
                judged_on=each.judged_on,
                holds_until=each.holds_until,
                because="" if reading.public or _tells_of_indicators(each.because, reading) else each.because,
            )
        )
    return tuple(made)


def _basis(each: Basis, sources: Mapping[str, str], *, public: bool, withheld: bool) -> Basis:
    """What a sentence that may be read rests on, and what that said; of what is withheld itself, its day."""
    label = KINDS_SAID[each.kind] if public or withheld else each.label
    says = "" if withheld or (public and each.kind not in SAID_TO_ALL) else each.says
    verdict = "" if withheld or public else each.verdict
    return Basis(kind=each.kind, key=sources[each.key], label=label, on=each.on, says=says, verdict=verdict)


def _moved(risk: Risk, field: str, reading: Reading) -> str | None:
    """Where the field of a statement stands now; nothing where it may not be read."""
    first, _, rest = field.partition(":")
    if not reading.may(field) or (reading.public and (first in NOT_PUBLIC or first == "extra")):
        return None
    if first == "assessments" and reading.public and rest.rpartition(":")[2] in JUDGED:
        return None
    if first in LISTS and rest.isdecimal():
        before = sum(reading.may(f"{first}:{position}") for position in range(int(rest)))
        return f"{first}:{before}"
    return field

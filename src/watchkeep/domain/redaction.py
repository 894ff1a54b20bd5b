"""What of a register an audience may read: a new document built from what is allowed, never a holed copy.

It cannot know that a text names a person: posts, not names, is a rule for who writes and who publishes.
"""

from __future__ import annotations

from typing import Any

from watchkeep.domain.document import (
    Assessment,
    Column,
    DateField,
    Extra,
    Field,
    Item,
    Part,
    PartedField,
    RegisterDocument,
    Risk,
    Trend,
)
from watchkeep.domain.edition import Audience
from watchkeep.domain.fields import DATES, JUDGED, PARTED, RATED, TEXTS

# Columns that Watchkeep does not know may hold anything, so the public reads none of them.
# What the body does not know, and how sure it is, is said inside it and to its committee.
PUBLIC_TEXTS = tuple(name for name in TEXTS if name not in ("contingency", "confidence", "unknowns"))


def for_audience(value: RegisterDocument, audience: Audience) -> RegisterDocument:
    """The register document that `audience` may have.

    Inside the body: all of it. A committee: what the register says, without where it was read and who by name
    judged or overrode. The public: the same, without contingency plans, doubts of the body's own, why it
    judged so, columns that Watchkeep does not know, and text outside the table.
    """
    if audience == "internal":
        return value
    public = audience == "public"
    return RegisterDocument(
        body=_field(value.body),
        name=_field(value.name),
        period=_field(value.period),
        as_at=_date(value.as_at),
        scale=value.scale,
        rising_means=value.rising_means,
        rising_basis=value.rising_basis,
        columns=tuple(
            Column(heading=each.heading, meaning=each.meaning)
            for each in value.columns
            if not public or _public_column(each.meaning)
        ),
        risks=tuple(_risk(each, public=public) for each in value.risks),
    )


def _public_column(meaning: str) -> bool:
    return not meaning.startswith("extra") and (meaning not in TEXTS or meaning in PUBLIC_TEXTS)


def _risk(risk: Risk, *, public: bool) -> Risk:
    texts = PUBLIC_TEXTS if public else TEXTS
    said: dict[str, Any] = {name: _field(getattr(risk, name)) for name in texts}
    said |= {name: _parted(getattr(risk, name)) for name in PARTED}
    said |= {name: _date(getattr(risk, name)) for name in DATES}
    said["controls"] = tuple(_item(each) for each in risk.controls)
    said["actions"] = tuple(_item(each) for each in risk.actions)
    said["trends"] = tuple(
        Trend(
            state=each.state,
            text=each.text,
            period=each.period,
            direction=each.direction,
            movement=each.movement,
            derived=each.derived,
            basis=each.basis,
            override_reason="" if public else each.override_reason,
        )
        for each in risk.trends
    )
    rated = RATED if public else (*RATED, *JUDGED)
    said["assessments"] = tuple(
        Assessment(
            stage=each.stage,
            fill=each.fill,
            part=each.part,
            on=each.on,
            **{name: _field(getattr(each, name)) for name in rated},
        )
        for each in risk.assessments
    )
    if not public:
        said["extra"] = tuple(
            Extra(state=each.state, text=each.text, heading=each.heading) for each in risk.extra
        )
    return Risk(key=risk.key, **said)


def _field(field: Field) -> Field:
    return Field(state=field.state, text=field.text)


def _date(field: DateField) -> DateField:
    return DateField(state=field.state, text=field.text, on=field.on)


def _parted(field: PartedField) -> PartedField:
    parts = tuple(Part(marker=each.marker, text=each.text) for each in field.parts)
    return PartedField(state=field.state, text=field.text, parts=parts)


def _item(item: Item) -> Item:
    return Item(state=item.state, text=item.text, part=item.part, marker=item.marker)

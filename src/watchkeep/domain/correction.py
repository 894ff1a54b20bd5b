"""What people say against a draft: fields set right, facts given at the door, what a rising arrow means.

The draft itself is never edited: these are laid over it whenever it is looked at.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from watchkeep.domain import fields
from watchkeep.domain.days import day_of
from watchkeep.domain.document import (
    DateField,
    Doubt,
    Field,
    Movement,
    RegisterDocument,
    Risk,
    State,
)
from watchkeep.domain.errors import Invalid
from watchkeep.domain.fields import DATES, corrected_by, label_of, moved
from watchkeep.domain.trend import read_mark


@dataclass(frozen=True, slots=True)
class Told:
    """One field as a person says it is; without a risk, a field of the register as a whole."""

    risk: str
    path: str
    state: State
    text: str
    by: str
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Given:
    """What the person said of the paper when bringing it in; empty where the paper speaks for itself."""

    body: str = ""
    register: str = ""
    period: str = ""
    as_at: date | None = None
    rising_means: Movement | None = None
    by: str = ""


def corrected(draft: RegisterDocument, given: Given, told: Iterable[Told]) -> RegisterDocument:
    """The draft as people say it should read."""
    value = _with_given(draft, given)
    for each in told:
        value = _with_told(value, each)
    return value


def settled_before(draft: RegisterDocument, given: Given, told: Iterable[Told]) -> RegisterDocument:
    """The draft with what people said of this very file another time, as far as it still fits."""
    value = _with_given(draft, given)
    for each in told:
        try:
            value = _with_told(value, each)
        except Invalid:
            # The file is read otherwise today: there is no such field any more that this could be said of.
            continue
    return value


def _with_given(draft: RegisterDocument, given: Given) -> RegisterDocument:
    reason = f"given by {given.by}"
    update: dict[str, object] = {}
    for name, text in (("body", given.body), ("name", given.register), ("period", given.period)):
        if text.strip():
            update[name] = Field(state="recorded", text=text.strip(), reason=reason)
    if given.as_at:
        update["as_at"] = DateField(state="recorded", text=_day(given.as_at), on=given.as_at, reason=reason)
    value = draft.model_copy(update=update)
    return rising(value, given.rising_means) if given.rising_means else value


def rising(value: RegisterDocument, means: Movement) -> RegisterDocument:
    """The document with what a rising arrow means confirmed by a person, and every arrow read so."""
    if means == "steady":
        raise Invalid("rising_means", "A rising arrow means worsening or improving.")
    settled = tuple(doubt for doubt in value.doubts if doubt.code != "arrows-assumed")
    return with_movements(value, means).model_copy(update={"rising_basis": "confirmed", "doubts": settled})


def with_movements(value: RegisterDocument, means: Movement) -> RegisterDocument:
    """The document with every arrow read as `means` says; who says so is the caller's to record."""
    risks = tuple(
        risk.model_copy(
            update={
                "trends": tuple(
                    trend.model_copy(update={"movement": moved(trend.text, trend.direction, means)})
                    for trend in risk.trends
                )
            }
        )
        for risk in value.risks
    )
    return value.model_copy(update={"risks": risks, "rising_means": means})


def _with_told(value: RegisterDocument, told: Told) -> RegisterDocument:
    reason = corrected_by(told.by)
    if not told.risk:
        return _register_told(value, told, reason)
    if value.risk(told.risk) is None:
        raise Invalid("risk", f"The paper has no risk called “{told.risk}”.")

    def one(risk: Risk) -> Risk:
        if risk.key != told.risk:
            return risk
        return fields.told(
            risk,
            told.path,
            state=told.state,
            text=told.text,
            on=told.on,
            reason=reason,
            rising_means=value.rising_means,
        )

    return value.model_copy(update={"risks": tuple(one(risk) for risk in value.risks)})


def _register_told(value: RegisterDocument, told: Told, reason: str) -> RegisterDocument:
    if told.path not in ("body", "name", "period", "as_at"):
        raise Invalid("path", f"A register has no field called “{told.path}”.")
    text = told.text.strip() if told.state == "recorded" else None
    if told.state == "recorded" and not text:
        raise Invalid(told.path, "Give the text, or say that it is not recorded.")
    if told.path == "as_at":
        return value.model_copy(
            update={"as_at": DateField(state=told.state, text=text, on=_day_told(told), reason=reason)}
        )
    return value.model_copy(update={told.path: Field(state=told.state, text=text, reason=reason)})


def check(told: Told) -> None:
    """Refuse what no paper can mean: a trend that names no direction."""
    if told.state != "recorded" or not told.path.startswith("trends:"):
        return
    mark = read_mark(told.text)
    if mark.direction is None and mark.movement is None:
        raise Invalid(
            told.path,
            f"{label_of(told.path)}: “{told.text.strip()}” names no direction. Say worsening, steady or "
            "improving, give the arrow as it is written, or say that it is not recorded.",
        )


def unclear_date(told: Told) -> Doubt | None:
    """The doubt that a date leaves which a person gave, and which names no certain day."""
    if told.state != "recorded" or told.path not in (*DATES, "as_at") or _day_told(told):
        return None
    whose = f" of {told.risk}" if told.risk else ""
    sentence = f"The {label_of(told.path).lower()}{whose}, “{told.text.strip()}”, names no certain day."
    return Doubt(code="date-unclear", sentence=sentence, risk=told.risk or None, field=told.path)


def _day_told(told: Told) -> date | None:
    """The day that was said with the text, else the one that the text means."""
    if told.state != "recorded" or told.path not in (*DATES, "as_at"):
        return None
    return told.on or day_of(told.text)


def doubt_key(doubt: Doubt) -> str:
    """A name for a doubt that stays the same as long as it asks the same."""
    said = "\0".join([doubt.code, doubt.risk or "", doubt.field or "", doubt.sentence])
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:20]


def _day(on: date) -> str:
    return f"{on.day} {on:%B %Y}"

"""How a risk comes to be: opened under a reference, or begun as a draft."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from watchkeep.apps.history.changes import recording
from watchkeep.apps.history.models import OpenEntry
from watchkeep.apps.register import queries
from watchkeep.apps.register.changes.belonging import Belongs, OwnedBy, check_belonging, owned
from watchkeep.apps.register.changes.writing import (
    FromFile,
    add_version,
    come_into,
    find_register,
    free_key,
    next_position,
    not_ahead,
    readable,
    tell_risk,
)
from watchkeep.apps.register.models import Register, Risk
from watchkeep.domain import document
from watchkeep.domain.errors import Invalid, Refused
from watchkeep.domain.people import Actor, must
from watchkeep.domain.reference import folded, given, openable
from watchkeep.domain.risk_state import state_named


def open_risk(
    *,
    by: Actor,
    register: UUID,
    value: document.Risk,
    effective_on: date,
    position: int | None = None,
    file: FromFile | None = None,
    reason: str = "",
    belongs: Belongs | OwnedBy | None = None,
) -> UUID:
    """Open a risk with what is said of it. Its reference must never have been another risk's."""
    with recording(by=by, verb="open a risk", reason=reason, as_at=effective_on) as entry:
        found = find_register(by, register)
        must(by, "change risks", queries.where(found))
        reference = (value.reference.text or "").strip()[:200] if value.reference.recorded else ""
        if file is None:
            readable(value)
            not_ahead("effective_on", effective_on, found)
            if value.reference.recorded:
                value = with_reference(value, reference := given(value.reference.text or ""))
        check_reference(found, reference, file)
        risk = Risk(
            register=found,
            key=free_key(found, openable(reference or value.key)),
            reference=reference,
            name=name_of(value),
            opened_on=effective_on,
        )
        _begin(entry, by, risk, value, effective_on, position, file, belongs)
        return risk.pk


def draft_risk(
    *,
    by: Actor,
    register: UUID,
    value: document.Risk,
    effective_on: date,
    belongs: Belongs | OwnedBy | None = None,
) -> UUID:
    """Begin a risk that is not in the register yet. It needs a name and nothing else, and has no reference
    until it is opened.
    """
    with recording(by=by, verb="draft a risk", as_at=effective_on) as entry:
        found = find_register(by, register)
        must(by, "change risks", queries.where(found))
        not_ahead("effective_on", effective_on, found)
        readable(value)
        if not value.name.recorded:
            raise Invalid("name", "Give the risk a name; everything else can wait.")
        drafts = Risk.objects.filter(register=found, key__startswith="draft-").count()
        risk = Risk(
            register=found,
            key=free_key(found, f"draft-{drafts + 1}"),
            name=name_of(value),
            state="draft",
            opened_on=effective_on,
        )
        value = value.model_copy(update={"key": risk.key, "reference": document.NOT_RECORDED})
        _begin(entry, by, risk, value, effective_on, None, None, belongs)
        return risk.pk


# --- Beneath the changes ------------------------------------------------------------------------------------


def check_reference(register: Register, reference: str, file: FromFile | None = None) -> None:
    """Refuse a tidied reference that any risk has or had: of this register, and of another where a person
    gives it. Papers of two registers may count alike.
    """
    if not reference:
        return
    if file is not None:
        if Risk.objects.filter(register=register, reference__iexact=reference).exists():
            raise Refused(_used(reference, "this register"))
        return
    had = Risk.objects.filter(register__body=register.body_id).exclude(reference="")
    places = {(folded(each), of == register.pk) for each, of in had.values_list("reference", "register_id")}
    for here, where in ((True, "this register"), (False, "another register")):
        if (folded(reference), here) in places:
            raise Invalid("reference", _used(reference, where))


def with_reference(value: document.Risk, reference: str) -> document.Risk:
    """What is said of the risk, its reference as it was tidied: the page and the paper show one text."""
    said = value.reference.model_copy(update={"text": reference})
    return value.model_copy(update={"reference": said})


def _used(reference: str, where: str) -> str:
    return f"{reference} is already a risk of {where}; a reference is never used again."


def _begin(
    entry: OpenEntry,
    by: Actor,
    risk: Risk,
    value: document.Risk,
    on: date,
    position: int | None,
    file: FromFile | None,
    belongs: Belongs | OwnedBy | None,
) -> None:
    """Write that a risk exists, its first state, and what is said of it."""
    if isinstance(belongs, OwnedBy):
        value, belongs = owned(by, risk, value, None, belongs)
    if belongs:
        check_belonging(by, belongs)
    place = next_position(risk.register) if position is None else position
    come_into(risk, state_named(risk.state), on, new=True)
    tell_risk(entry, risk, value, file)
    add_version(by, risk, value, on, place, file, belongs=belongs)


def name_of(value: document.Risk) -> str:
    """The name that lists show of it."""
    return (value.name.text or "")[:400]

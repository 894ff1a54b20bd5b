"""What can be done to a register as a whole: open it, and say what a paper says of it."""

from __future__ import annotations

import re
from datetime import date
from typing import Final
from uuid import UUID

from django.utils import timezone

from watchkeep.apps.history.changes import check_version, recording
from watchkeep.apps.people.models import Unit
from watchkeep.apps.people.queries import place
from watchkeep.apps.register import queries
from watchkeep.apps.register.changes.writing import (
    FromFile,
    find_register,
    free,
    keep_scale,
    next_number,
    tell_file,
)
from watchkeep.apps.register.models import Cover, Register
from watchkeep.domain.clashing import clashes_of
from watchkeep.domain.clock import Clock
from watchkeep.domain.document import RegisterDocument
from watchkeep.domain.errors import Invalid
from watchkeep.domain.naming import named
from watchkeep.domain.people import Actor, must
from watchkeep.domain.register_kind import kind_named

LABELS: Final = (("name", "Name"), ("kind", "Kind"), ("unit", "Unit"))


def open_register(*, by: Actor, name: str, kind: str = "corporate", unit: UUID | None = None) -> UUID:
    """Open an empty register, of the body as a whole or of one of its units."""
    with recording(by=by, verb="open a register") as entry:
        belongs = _unit(by, unit)
        must(by, "look after registers", place(unit))
        register = Register(body_id=UUID(by.body), slug=_free_slug(by, name), kind=kind_named(kind))
        register.name, register.unit = _free_name(by, name), belongs
        entry.about("register", register.pk, register.name)
        register.save()
        return register.pk


def amend_register(
    *, by: Actor, register: UUID, version: int, name: str, kind: str, unit: UUID | None
) -> None:
    """Say what a register is called, of which kind it is and whose. Its address stays as it was.

    Whoever gives it to another unit must look after registers at both places.
    """
    with recording(by=by, verb="amend a register") as entry:
        found = find_register(by, register)
        must(by, "look after registers", queries.where(found))
        belongs = _unit(by, unit)
        must(by, "look after registers", place(unit))
        yours = {"name": named(name), "kind": kind, "unit": str(belongs or "")}
        theirs = {"name": found.name, "kind": found.kind, "unit": str(found.unit or "")}
        check_version(found, version, clashes_of(LABELS, yours, theirs))
        if yours == theirs:
            return
        entry.facts["fields"] = [
            {"field": label, "before": theirs[key], "after": yours[key]}
            for key, label in LABELS
            if yours[key] != theirs[key]
        ]
        if named(name) != found.name:
            found.name = _free_name(by, name)
        found.kind, found.unit = kind_named(kind), belongs
        found.version += 1
        entry.about("register", found.pk, found.name)
        found.save()


def set_cover(
    *, by: Actor, register: UUID, value: RegisterDocument, effective_on: date, file: FromFile | None = None
) -> None:
    """Say what a paper says of the register as a whole. Saying again what stands already changes nothing."""
    with recording(by=by, verb="set the cover", as_at=effective_on) as entry:
        found = find_register(by, register)
        must(by, "change risks", queries.where(found))
        text = cover_text(value)
        standing = queries.cover_as_at(found.pk, Clock(effective_on))
        if standing and standing.document == text and standing.effective_on == effective_on:
            return
        entry.about("register", found.pk, found.name)
        tell_file(entry, file)
        Cover(
            register=found,
            number=next_number(Cover.objects.filter(register=found)),
            effective_on=effective_on,
            known_at=timezone.now(),
            scale=keep_scale(found, value.scale),
            period=(value.period.text or "")[:200],
            as_at=value.as_at.on,
            document=text,
            file_sha256=file.sha256 if file else "",
        ).save()


def cover_text(value: RegisterDocument) -> str:
    """A register document without its risks and doubts, as stored on a cover."""
    return value.model_copy(update={"risks": (), "doubts": ()}).model_dump_json()


def _free_name(by: Actor, name: str) -> str:
    wanted = named(name)
    if not wanted:
        raise Invalid("name", "A register needs a name.")
    if Register.objects.filter(body_id=by.body, name=wanted).exists():
        raise Invalid("name", f"There is already a register called “{wanted}”.")
    return wanted


def _unit(by: Actor, unit: UUID | None) -> Unit | None:
    if unit is None:
        return None
    found = Unit.objects.filter(pk=unit, body_id=by.body, closed_on=None).first()
    if found is None:
        raise Invalid("unit", "Choose a unit of the body that is not closed.")
    return found


def _free_slug(by: Actor, name: str) -> str:
    base = re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")[:60] or "register"
    return free(base, set(Register.objects.filter(body_id=by.body).values_list("slug", flat=True)))

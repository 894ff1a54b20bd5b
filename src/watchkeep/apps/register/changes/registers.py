"""What can be done to a register as a whole: open it, and say what a paper says of it."""

from __future__ import annotations

import re
from datetime import date
from uuid import UUID

from django.utils import timezone

from watchkeep.apps.history.changes import recording
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
from watchkeep.domain.clock import Clock
from watchkeep.domain.document import RegisterDocument
from watchkeep.domain.errors import Invalid
from watchkeep.domain.people import Actor, must


def open_register(*, by: Actor, name: str) -> UUID:
    """Open an empty register of the actor's body."""
    with recording(by=by, verb="open a register") as entry:
        must(by, "look after registers")
        if not name.strip():
            raise Invalid("name", "A register needs a name.")
        if Register.objects.filter(body_id=by.body, name=name.strip()).exists():
            raise Invalid("name", f"There is already a register called “{name.strip()}”.")
        register = Register(body_id=UUID(by.body), name=name.strip(), slug=_free_slug(by, name))
        entry.about("register", register.pk, register.name)
        register.save()
        return register.pk


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


def _free_slug(by: Actor, name: str) -> str:
    base = re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")[:60] or "register"
    return free(base, set(Register.objects.filter(body_id=by.body).values_list("slug", flat=True)))

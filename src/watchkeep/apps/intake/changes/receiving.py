"""Receiving a paper, and saying which register it is. The bytes are not here: the caller puts them into the
store first and names them by digest."""

from __future__ import annotations

import hashlib
from datetime import date
from uuid import UUID, uuid4

from django.db.models import Max
from django.utils import timezone

from watchkeep.apps.history.changes import recording
from watchkeep.apps.intake.changes.papers import OPEN_STATES, paper_of, tell_of, tell_step
from watchkeep.apps.intake.models import Import, SourceFile
from watchkeep.apps.register import queries as register_queries
from watchkeep.apps.register.models import Register
from watchkeep.domain import file_name
from watchkeep.domain.errors import Invalid, Missing
from watchkeep.domain.people import Actor, must


def receive_file(
    *,
    by: Actor,
    name: str,
    sha256: str,
    size: int,
    key: str | None = None,
    register: UUID | None = None,
    register_name: str = "",
    body: str = "",
    period: str = "",
    as_at: date | None = None,
) -> int:
    """Take in a file that stands in the store; the import's number. The same `key` and file: the same one."""
    with recording(by=by, verb="bring in a paper") as entry:
        into = _register(by, register) if register else None
        must(by, "bring in papers", register_queries.where(into))
        key = _once(key, sha256) if key else str(uuid4())
        before = Import.objects.filter(body_id=by.body, key=key).first()
        if before is not None:
            return before.number
        shown = file_name.shown(name)
        paper = Import(
            body_id=UUID(by.body),
            number=(Import.objects.filter(body_id=by.body).aggregate(last=Max("number"))["last"] or 0) + 1,
            file=_file(by, sha256, size, shown),
            name=shown,
            received_at=timezone.now(),
            received_by=by.name,
            key=key,
            register_id=register,
            given_register=register_name.strip(),
            given_body=body.strip(),
            given_period=period.strip(),
            given_as_at=as_at,
        )
        tell_of(entry, paper)
        paper.save()
        tell_step(paper, "received", f"Received {shown}, {size:,} bytes.")
        return paper.number


def place(
    *,
    by: Actor,
    paper: int,
    register: UUID | None = None,
    register_name: str = "",
    body: str = "",
    period: str = "",
    as_at: date | None = None,
) -> None:
    """Say, after all, which register a paper is and what it speaks of; what is left empty stays as it was."""
    with recording(by=by, verb="place a paper") as entry:
        found = paper_of(by, paper, *OPEN_STATES, "waiting")
        if register:
            must(by, "bring in papers", register_queries.where(_register(by, register)))
        tell_of(entry, found)
        if register or register_name.strip():
            found.register_id, found.given_register = register, register_name.strip()
        found.given_body = body.strip() or found.given_body
        found.given_period = period.strip() or found.given_period
        found.given_as_at = as_at or found.given_as_at
        found.save()


def _register(by: Actor, register: UUID) -> Register:
    found = register_queries.visible(by).filter(pk=register).first()
    if found is None:
        raise Missing("There is no such register.")
    return found


def _once(key: str, sha256: str) -> str:
    """Another file under the key of an old form is another request: it must not be lost in silence."""
    return hashlib.sha256(f"{key}\0{sha256}".encode("utf-8", "surrogatepass")).hexdigest()


def _file(by: Actor, sha256: str, size: int, name: str) -> SourceFile:
    if len(sha256) != 64 or size < 0:
        raise Invalid("sha256", "A file is named by its SHA-256 digest.")
    found = SourceFile.objects.filter(body_id=by.body, sha256=sha256).first()
    if found is None:
        found = SourceFile(body_id=UUID(by.body), sha256=sha256, size=size, name=name)
        found.save()
    return found

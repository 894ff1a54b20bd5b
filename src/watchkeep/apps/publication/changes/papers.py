"""What can be done with an edition: freeze a register into one, attach its files, publish it, withdraw it.

Allowed moves: frozen > published > withdrawn, and frozen > withdrawn. The bytes are rendered and stored by
the caller; what is kept here is which bytes they were.
"""

from __future__ import annotations

import hashlib
from datetime import date
from uuid import UUID

from django.db.models import Max
from django.utils import timezone

from watchkeep.apps.history import queries as history_queries
from watchkeep.apps.history.changes import recording
from watchkeep.apps.history.models import OpenEntry
from watchkeep.apps.publication.models import Edition, EditionFile
from watchkeep.apps.publication.queries import papers as queries
from watchkeep.apps.register import queries as register_queries
from watchkeep.domain.edition import AUDIENCES, Audience
from watchkeep.domain.errors import Invalid, Missing, Refused
from watchkeep.domain.naming import in_words
from watchkeep.domain.people import Actor, must
from watchkeep.domain.redaction import for_audience

KINDS = ("html", "site", "pdf", "docx", "pptx", "xlsx", "csv", "json")


def freeze(
    *,
    by: Actor,
    register: UUID,
    audience: Audience,
    title: str = "",
    marking: str = "",
    frozen_on: date | None = None,
    key: str | None = None,
) -> UUID:
    """Freeze the register as it stands, for an audience; the edition's id.

    The same `key` again, asking the same of a register that says the same, is the same edition.
    """
    with recording(by=by, verb="freeze an edition") as entry:
        row = register_queries.register(by, register)
        must(by, "publish papers", register_queries.where(register_queries.visible(by).get(pk=row.id)))
        _must_be_publishable(row, audience)
        value = for_audience(register_queries.document(by, register), audience)
        text = value.model_dump_json()
        request = _request(key, audience, title, marking, text) if key else None
        if request and (before := Edition.objects.filter(register_id=row.id, key=request).first()):
            return before.pk
        head = history_queries.head(by)
        edition = Edition(
            register_id=row.id,
            number=_next_number(row.id),
            key=request,
            audience=audience,
            title=title.strip() or row.name,
            marking=marking.strip(),
            frozen_on=frozen_on or timezone.localdate(),
            as_at=value.as_at.on,
            document=text,
            head_sequence=head.sequence if head else 0,
            head_digest=head.digest if head else "",
        )
        _about(entry, edition)
        edition.save()
        return edition.pk


def attach_file(*, by: Actor, edition: UUID, kind: str, sha256: str, size: int, name: str) -> None:
    """Say which stored bytes are the edition in one form. The same again change nothing; others may not."""
    with recording(by=by, verb="attach a file") as entry:
        found = _edition(by, edition)
        if kind not in KINDS:
            raise Invalid("kind", f"An edition comes as {', '.join(KINDS)}.")
        before = EditionFile.objects.filter(edition=found, kind=kind).first()
        if before is not None:
            if before.sha256 == sha256:
                return
            raise Refused(f"{found} already has its {kind} file; an edition's files are never replaced.")
        if found.state == "withdrawn":
            raise Refused(f"{found} is withdrawn.")
        _about(entry, found)
        entry.facts["file"] = {"kind": kind, "sha256": sha256, "name": name}
        EditionFile(edition=found, kind=kind, sha256=sha256, size=size, name=name).save()


def publish(*, by: Actor, edition: UUID) -> None:
    """Let the edition's audience have it. Publishing it again changes nothing."""
    with recording(by=by, verb="publish an edition") as entry:
        found = _edition(by, edition)
        if found.state == "published":
            return
        if found.state != "frozen":
            raise Refused(f"{found} is {found.state}; freeze a new edition.")
        if not found.files.exists():
            raise Refused(f"{found} has no files yet.")
        _about(entry, found)
        found.state, found.published_at = "published", timezone.now()
        found.save()


def withdraw(*, by: Actor, edition: UUID, reason: str) -> None:
    """Stop serving an edition; that it was published, and why it no longer is, stays to be seen."""
    with recording(by=by, verb="withdraw an edition", reason=reason) as entry:
        found = _edition(by, edition)
        if found.state == "withdrawn":
            raise Refused(f"{found} is already withdrawn.")
        because = in_words(reason)
        if not because:
            raise Invalid("reason", "Say why the edition is withdrawn; its readers will see it.")
        _about(entry, found)
        found.state, found.withdrawn_at, found.withdrawn_because = "withdrawn", timezone.now(), because
        found.save()


def _request(*said: str) -> str:
    return hashlib.sha256("\0".join(said).encode("utf-8", "surrogatepass")).hexdigest()


def _edition(by: Actor, edition: UUID) -> Edition:
    found = queries.visible(by).select_related("register").filter(pk=edition).first()
    if found is None:
        raise Missing("There is no such edition.")
    must(by, "publish papers", register_queries.where(found.register))
    return found


def _about(entry: OpenEntry, edition: Edition) -> None:
    entry.about("edition", edition.pk, str(edition))


def _must_be_publishable(row: register_queries.RegisterRow, audience: str) -> None:
    """Refuse an audience that nobody knows, and a register that says nothing yet."""
    if audience not in AUDIENCES:
        raise Invalid("audience", f"The audience is one of {', '.join(AUDIENCES)}.")
    if not row.risks:
        raise Refused(f"{row.name} has no risks yet; there is nothing to publish.")


def _next_number(register: UUID) -> int:
    last = Edition.objects.filter(register_id=register).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1

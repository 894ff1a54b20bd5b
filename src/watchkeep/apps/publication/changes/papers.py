"""What can be done with an edition: freeze a register into one, attach its files, approve it, publish it,
withdraw it.

The moves stand in domain/edition_state.py. The bytes are rendered and stored by the caller; what is kept here
is which bytes they were.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import date
from uuid import UUID

from django.db.models import Max
from django.utils import timezone

from watchkeep.apps.history import queries as history_queries
from watchkeep.apps.history.changes import checkpoint, recording
from watchkeep.apps.history.models import OpenEntry
from watchkeep.apps.publication.models import Edition, EditionFile
from watchkeep.apps.publication.queries import approval
from watchkeep.apps.publication.queries import papers as queries
from watchkeep.apps.publication.queries.narrowed import narrowed_since
from watchkeep.apps.publication.queries.preparing import Asked, Prepared, prepared
from watchkeep.apps.register import queries as register_queries
from watchkeep.domain.edition import AUDIENCES, Audience
from watchkeep.domain.edition_state import (
    KINDS,
    State,
    may_freeze_for_the_public,
    may_move,
    state_named,
)
from watchkeep.domain.errors import Invalid, Missing, Refused
from watchkeep.domain.freezing import Gate, Stopped
from watchkeep.domain.naming import in_words
from watchkeep.domain.people import Actor, must, obey


def freeze(
    *,
    by: Actor,
    register: UUID,
    audience: Audience,
    title: str = "",
    marking: str = "",
    frozen_on: date | None = None,
    key: str | None = None,
    asked: Asked | None = None,
) -> UUID:
    """Freeze the register as it stands, for an audience; the edition's id.

    `asked` says more of it: its order, front sheet, since which edition, and why what stands in its way may
    go out. The same `key` again, asking the same of a register that says the same, is the same edition.
    """
    asked = replace(asked or Asked(), title=title, marking=marking)
    with recording(by=by, verb="freeze an edition", reason=asked.overridden or asked.despite) as entry:
        row = register_queries.register(by, register)
        place = register_queries.where(register_queries.visible(by).get(pk=row.id))
        must(by, "publish papers", place)
        _must_be_publishable(row, audience)
        if audience == "public":
            obey(may_freeze_for_the_public(by))
        paper = prepared(by, row.id, audience, asked)
        text = paper.document.model_dump_json()
        request = _request(key, audience, repr(replace(asked, seen="")), text) if key else None
        if request and (before := Edition.objects.filter(register_id=row.id, key=request).first()):
            return before.pk
        if audience == "public":
            obey(approval.needing_a_second(by, place, row.name))
        _must_be_clear(paper.gate, asked)
        edition = _edition_of(by, paper, audience, asked, text, frozen_on or timezone.localdate())
        edition.key = request
        entry.facts |= {
            name: said
            for name, said in (("overridden", asked.overridden), ("despite", asked.despite))
            if in_words(said)
        }
        _about(entry, edition)
        edition.save()
        checkpoint(by=by)  # signed over the very history whose head the paper prints
        return edition.pk


def _must_be_clear(gate: Gate, asked: Asked) -> None:
    refusal = gate.refusal(overridden=asked.overridden, despite=asked.despite, seen=asked.seen)
    if refusal:
        raise Stopped(refusal, gate)


def _edition_of(
    by: Actor, paper: Prepared, audience: Audience, asked: Asked, text: str, frozen_on: date
) -> Edition:
    head = history_queries.head(by)
    return Edition(
        register_id=paper.register.id,
        number=_next_number(paper.register.id),
        audience=audience,
        title=asked.title.strip() or _called(paper),
        marking=asked.marking.strip(),
        frozen_on=frozen_on,
        as_at=paper.document.as_at.on,
        document=text,
        head_sequence=head.sequence if head else 0,
        head_digest=head.digest if head else "",
        order=asked.order,
        matter=paper.matter.model_dump_json(),
        keys=json.dumps(paper.keys),
        since_id=paper.since.id if paper.since else None,
        despite=in_words(asked.despite),
        frozen_by=f"{by.kind} {by.id}",
        frozen_by_name=by.name,
        frozen_posts=" ".join(sorted(by.posts)),
    )


def _called(paper: Prepared) -> str:
    """The register's name and the period, so that two editions can be told apart by their titles."""
    name, period = paper.register.name, in_words(paper.document.period.text or "")
    return name if not period or period.casefold() in name.casefold() else f"{name}, {period}"


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
        if found.audience == "public" and found.state != "frozen":
            raise Refused(f"{found} is {found.state}: what was approved is what goes out, and no other file.")
        _about(entry, found)
        entry.facts["file"] = {"kind": kind, "sha256": sha256, "name": name}
        EditionFile(edition=found, kind=kind, sha256=sha256, size=size, name=name).save()


def approve(*, by: Actor, edition: UUID) -> None:
    """Say, as a second person, that the public may have an edition: these bytes and no others."""
    with recording(by=by, verb="approve an edition") as entry:
        found = _edition(by, edition)
        _must_move(found, "approved")
        obey(approval.seconding(by, found))
        _must_have_files(found)
        obey(narrowed_since(by, found))
        _about(entry, found)
        entry.facts["files"] = {each.kind: each.sha256 for each in found.files.order_by("kind")}
        found.state, found.approved_at = "approved", timezone.now()
        found.approved_by, found.approved_by_name = f"{by.kind} {by.id}", by.name
        found.save()


def publish(*, by: Actor, edition: UUID) -> None:
    """Let the edition's audience have it. Publishing it again changes nothing."""
    with recording(by=by, verb="publish an edition") as entry:
        found = _edition(by, edition)
        if found.state == "published":
            return
        _must_move(found, "published")
        _must_have_files(found)
        obey(narrowed_since(by, found))
        _about(entry, found)
        found.state, found.published_at = "published", timezone.now()
        found.save()
        checkpoint(by=by)  # signed over the entries that name its files, which its own head cannot cover


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


def _must_move(found: Edition, to: State) -> None:
    row = queries.row_of(found)
    obey(may_move(str(found), row.audience, state_named(found.state), to))


def _must_have_files(found: Edition) -> None:
    if not found.files.exists():
        raise Refused(f"{found} has no files yet.")


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

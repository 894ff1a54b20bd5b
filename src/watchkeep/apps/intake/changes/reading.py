"""For the job that reads: taking a paper, telling of each step, and keeping the draft or the refusal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from django.db.models import Q
from django.utils import timezone

from watchkeep.apps.history.changes import recording
from watchkeep.apps.intake import queries
from watchkeep.apps.intake.changes.papers import paper_of, tell_of, tell_step
from watchkeep.apps.intake.models import Import, PagePicture
from watchkeep.domain.document import RegisterDocument
from watchkeep.domain.errors import Refused, WatchkeepError
from watchkeep.domain.people import Actor

LEASE = queries.LEASE
ATTEMPTS = 3


@dataclass(frozen=True, slots=True)
class Claim:
    """A paper that one worker has taken to read; `token` proves that it is still theirs."""

    paper: int
    token: str
    name: str
    sha256: str


def claim_next(*, by: Actor, now: datetime | None = None) -> Claim | None:
    """Take the oldest paper that waits, or whose reader died; nothing where there is none.

    One that ended every reader so far is refused, and the next one taken.
    """
    now = now or timezone.now()
    with recording(by=by, verb="begin to read a paper") as entry:
        dead = Q(state="reading", claimed_at__lt=now - LEASE)
        found = (
            Import.objects.select_related("file")
            .filter(Q(state="waiting") | dead, body_id=by.body)
            .order_by("number")
            .first()
        )
        if found is None:
            return None
        tell_of(entry, found)
        if found.attempts >= ATTEMPTS:
            _refuse(
                found,
                f"{found.name}: the reading stopped {ATTEMPTS} times without saying why. "
                "Try another form of it.",
            )
        else:
            found.state, found.claim, found.claimed_at = "reading", str(uuid4()), now
            found.attempts += 1
            found.save()
            return Claim(found.number, found.claim, found.name, found.file.sha256)
    return claim_next(by=by, now=now)


def record_step(*, by: Actor, claim: Claim, code: str = "", sentence: str = "") -> None:
    """Say that one step of the reading is done; without a step, only that the reader still lives."""
    with recording(by=by, verb="read on") as entry:
        found = _claimed(by, claim)
        tell_of(entry, found)
        found.claimed_at = timezone.now()
        found.save()
        if code:
            tell_step(found, code, sentence)


@dataclass(frozen=True, slots=True)
class Picture:
    """A page's picture in the store, with the page's size in points."""

    page: int
    sha256: str
    width: int
    height: int


def record_reading(
    *, by: Actor, claim: Claim, document: RegisterDocument, pictures: Iterable[Picture] = ()
) -> None:
    """Keep what was read as the paper's draft. It changes no risk: a person decides."""
    with recording(by=by, verb="read a paper") as entry:
        found = _claimed(by, claim)
        tell_of(entry, found)
        entry.facts["read"] = {"risks": len(document.risks), "doubts": len(document.doubts)}
        found.state, found.claim, found.refusal = "draft", "", ""
        # PostgreSQL stores no NUL; nor does anybody mean one.
        found.draft = document.model_dump_json().replace("\\u0000", "\\ufffd")
        if found.register is None and not found.given_register:
            found.register = queries.register_of_file(found) or queries.likely_register(by, document)
        found.save()
        rows = [
            PagePicture(paper=found, page=each.page, sha256=each.sha256, width=each.width, height=each.height)
            for each in pictures
        ]
        if rows:
            PagePicture.objects.bulk_create(rows)
        tell_step(found, "read", f"Read {len(document.risks)} risks.")
        tell_step(found, "listed", f"Listed {len(document.doubts)} doubts.")


def record_refusal(*, by: Actor, claim: Claim, problem: WatchkeepError) -> None:
    """Keep why the file could not be read."""
    with recording(by=by, verb="refuse a paper", reason=problem.sentence) as entry:
        found = _claimed(by, claim)
        tell_of(entry, found)
        _refuse(found, problem.sentence)


def _claimed(by: Actor, claim: Claim) -> Import:
    found = paper_of(by, claim.paper)
    if found.state != "reading" or found.claim != claim.token:
        raise Refused(f"{found.name} is being read, or was read, by another worker.")
    return found


def _refuse(found: Import, sentence: str) -> None:
    found.state, found.claim, found.refusal = "refused", "", sentence
    found.save()
    tell_step(found, "refused", sentence)

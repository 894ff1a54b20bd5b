"""What can be done with a paper brought in: receive, read, correct, settle, accept, set aside.

States: waiting > reading > draft | refused; draft > partly accepted > accepted. A paper that is not being
read, and not accepted, may be set aside.
The bytes are not here: the caller puts them into the store first and names them by digest.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID, uuid4

from django.db.models import Max, Q, QuerySet
from django.utils import timezone

from watchkeep.apps.history.changes import recording
from watchkeep.apps.history.models import OpenEntry
from watchkeep.apps.intake import queries
from watchkeep.apps.intake.models import (
    Correction,
    Decision,
    Import,
    PagePicture,
    ResolvedDoubt,
    SourceFile,
    Step,
)
from watchkeep.apps.register import changes as register_changes
from watchkeep.apps.register import queries as register_queries
from watchkeep.apps.register.models import Register
from watchkeep.domain import correction, difference, fields, file_name
from watchkeep.domain.difference import Proposal
from watchkeep.domain.document import Movement, RegisterDocument, State
from watchkeep.domain.errors import Clash, Invalid, Missing, Refused, Stale, WatchkeepError
from watchkeep.domain.people import Actor, must

OPEN_STATES = ("draft", "partly accepted")
LEASE = queries.LEASE
ATTEMPTS = 3


# --- Receiving ----------------------------------------------------------------------------------------------


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
        _about(entry, paper)
        paper.save()
        _step(paper, "received", f"Received {shown}, {size:,} bytes.")
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
        found = _paper(by, paper, *OPEN_STATES, "waiting")
        if register:
            must(by, "bring in papers", register_queries.where(_register(by, register)))
        _about(entry, found)
        if register or register_name.strip():
            found.register_id, found.given_register = register, register_name.strip()
        found.given_body = body.strip() or found.given_body
        found.given_period = period.strip() or found.given_period
        found.given_as_at = as_at or found.given_as_at
        found.save()


# --- Reading: for the job that reads ------------------------------------------------------------------------


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
        _about(entry, found)
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
        _about(entry, found)
        found.claimed_at = timezone.now()
        found.save()
        if code:
            _step(found, code, sentence)


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
        _about(entry, found)
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
        _step(found, "read", f"Read {len(document.risks)} risks.")
        _step(found, "listed", f"Listed {len(document.doubts)} doubts.")


def record_refusal(*, by: Actor, claim: Claim, problem: WatchkeepError) -> None:
    """Keep why the file could not be read."""
    with recording(by=by, verb="refuse a paper", reason=problem.sentence) as entry:
        found = _claimed(by, claim)
        _about(entry, found)
        _refuse(found, problem.sentence)


# --- Deciding -----------------------------------------------------------------------------------------------


def correct_field(
    *,
    by: Actor,
    paper: int,
    path: str,
    text: str,
    risk: str = "",
    state: State = "recorded",
    version: int | None = None,
) -> None:
    """Set one field of the draft right; without a risk, a field of the register as a whole.

    `version` is the draft's that was looked at: who corrected this same field since then is not overruled.
    """
    with recording(by=by, verb="correct a draft") as entry:
        found = _paper(by, paper, *OPEN_STATES)
        _about(entry, found)
        since = _corrected_since(found, version).filter(risk=risk, path=path).last()
        if since is not None:
            label = fields.label_of(path)
            theirs = since.text if since.state == "recorded" else since.state
            raise Stale(
                f"{since.by_name} corrected {label.lower()} while you were looking at it.",
                clashes=(Clash("text", label, text if state == "recorded" else state, theirs),),
                version=queries.version_of(found),
            )
        told = correction.Told(risk, path, state, text, by.name)
        correction.check(told)
        corrected = correction.corrected(queries.corrected_of(found), correction.Given(), [told])
        if risk and path == "reference" and state == "recorded":
            _must_be_free(by, found, corrected, risk)
        entry.facts["correction"] = {"risk": risk, "field": path, "state": state, "text": text}
        last = Correction.objects.filter(paper=found).aggregate(last=Max("number"))["last"]
        Correction(
            paper=found,
            number=(last or 0) + 1,
            risk=risk,
            path=path,
            state=state,
            text=text if state == "recorded" else "",
            by_name=by.name,
            at=timezone.now(),
        ).save()


def confirm_rising(*, by: Actor, paper: int, means: Movement) -> None:
    """Say what a rising arrow means in this paper: worsening, or improving."""
    with recording(by=by, verb="confirm the arrows") as entry:
        found = _paper(by, paper, *OPEN_STATES)
        _about(entry, found)
        if means not in ("worsening", "improving"):
            raise Invalid("rising_means", "A rising arrow means worsening or improving.")
        found.rising_means = means
        found.save()


def resolve_doubt(
    *, by: Actor, paper: int, doubt: str | None = None, code: str | None = None, version: int | None = None
) -> int:
    """Settle one doubt by its key, or every doubt of one kind by its code; how many were settled now.

    All of a kind are settled only by somebody who saw them all: as of the draft's `version`.
    """
    with recording(by=by, verb="settle doubts") as entry:
        found = _paper(by, paper, *OPEN_STATES)
        if doubt is None:
            _must_have_seen(found, version)
        _about(entry, found)
        asked = [
            each
            for each in queries.doubts_of(found)
            if not each.resolved and (each.key == doubt or (code is not None and each.doubt.code == code))
        ]
        waiting = list({each.key: each for each in asked}.values())  # one said twice is settled once
        entry.facts["doubts"] = [each.doubt.sentence for each in waiting]
        rows = [
            ResolvedDoubt(paper=found, doubt=each.key, by_name=by.name, at=timezone.now()) for each in waiting
        ]
        if rows:
            ResolvedDoubt.objects.bulk_create(rows)
        return len(rows)


def accept_risk(*, by: Actor, paper: int, risk: str, version: int | None = None) -> bool:
    """Take one risk of the paper, as the draft read at `version`, into the register; whether it was taken
    now. Again changes nothing.
    """
    with recording(by=by, verb="accept a risk") as entry:
        found = _open_paper(by, paper)
        plan = queries.plan_of(by, found)
        if plan.document.risk(risk) is None:
            raise Missing(f"The paper has no risk called “{risk}”.")
        _about(entry, found)
        if queries.decisions_of(found).get(risk) == "accepted":
            return False
        _must_have_seen(found, version, risk)
        _accept(by, found, plan, [plan.difference.of(risk)])
        return True


def accept_all(*, by: Actor, paper: int, version: int | None = None) -> int:
    """Take every risk that is not decided yet into the register, all or none; how many that were.

    A risk of which a person set what the paper would overwrite is left to be decided by itself.
    """
    with recording(by=by, verb="accept a paper") as entry:
        found = _open_paper(by, paper)
        plan = queries.plan_of(by, found)
        _about(entry, found)
        _must_have_seen(found, version)
        decided = queries.decisions_of(found)
        waiting = [
            each
            for each in plan.difference.proposals
            if each.key not in decided and not queries.own_decision(each)
        ]
        _accept(by, found, plan, waiting)
        return len(waiting)


def set_aside(*, by: Actor, paper: int, risk: str | None = None, reason: str = "") -> None:
    """Leave one risk of the paper, or all that is left of it, out of the register."""
    with recording(by=by, verb="set aside", reason=reason) as entry:
        if risk is None:
            found = _paper(by, paper, *OPEN_STATES, "waiting", "refused")
            _about(entry, found)
            found.state = "set aside"
            found.save()
            return
        found = _paper(by, paper, *OPEN_STATES)
        _about(entry, found)
        draft = queries.corrected_of(found)
        if draft.risk(risk) is None:
            raise Missing(f"The paper has no risk called “{risk}”.")
        if queries.decisions_of(found).get(risk) == "accepted":
            raise Refused(f"{risk} is already accepted; amend it in the register.")
        _decide(by, found, risk, "set aside", None)
        _settle(found, draft)


# --- Beneath the changes ------------------------------------------------------------------------------------


def _corrected_since(found: Import, version: int | None) -> QuerySet[Correction]:
    """What was set right after a version of the draft, oldest first; without a version, nothing is asked."""
    rows = Correction.objects.filter(paper=found).order_by("number")
    return rows.filter(number__gt=version) if version is not None else rows.none()


def _must_have_seen(found: Import, version: int | None, risk: str | None = None) -> None:
    """Refuse to decide over words that came after what was looked at: of one risk, or of the whole draft."""
    since = _corrected_since(found, version)
    last = (since if risk is None else since.filter(risk=risk)).last()
    if last is not None:
        of = f" of {last.risk}" if last.risk else ""
        raise Stale(
            f"{last.by_name} corrected {fields.label_of(last.path).lower()}{of} while you were looking at "
            "the draft; look it over before you decide.",
            version=queries.version_of(found),
        )


def _must_be_free(by: Actor, found: Import, corrected: RegisterDocument, risk: str) -> None:
    """A reference that another risk has, of this draft or of the register, is refused while it is given."""
    given = corrected.risk(risk)
    reference = difference.plain(given.reference) if given else ""
    shown = given.reference.text if given else ""
    for each in corrected.risks:
        if each.key != risk and difference.plain(each.reference) == reference:
            raise Invalid(
                "reference", f"{shown} is already another risk of this paper. Give its own reference."
            )
    plan = queries.plan_of(by, found)
    before = plan.difference.of(risk).match
    again = queries.compared(by, found, corrected, plan.register)
    now = again.of(risk).match if again else None
    if now and now != before and again and again.of(risk).reason == difference.UNLIKELY:
        raise Invalid(
            "reference",
            f"{shown} is already another risk of the register, with other words; a reference is never used "
            "again. Give its own reference, or set this risk aside.",
        )


def _open_paper(by: Actor, paper: int) -> Import:
    found = _paper(by, paper)
    must(by, "change risks", register_queries.where(found.register))
    if found.state not in (*OPEN_STATES, "accepted"):
        raise Refused(f"{found.name} is {found.state}; only a draft can be accepted.")
    return found


def _register_for(by: Actor, found: Import, plan: queries.Plan) -> UUID:
    """The register that the paper goes into: the one it was placed in, or a new one of the paper's name."""
    register = plan.register
    if register is None:
        name = plan.document.name.text
        if not name:
            raise Invalid(
                "register", "The paper does not say which register it is; say so before accepting it."
            )
        register = register_changes.open_register(by=by, name=name[:300])
    if found.register_id != register:
        found.register_id = register
        found.save()
    return register


def _accept(by: Actor, found: Import, plan: queries.Plan, proposals: list[Proposal]) -> None:
    """Take these risks into the register, and with the first what the paper says of the register itself."""
    if not proposals:
        return
    register = _register_for(by, found, plan)
    file = register_changes.FromFile(found.file.sha256, found.name)
    if not plan.same_cover or not all(plan.nothing_new(each) for each in proposals):
        register_changes.set_cover(
            by=by, register=register, value=plan.document, effective_on=plan.effective_on, file=file
        )
    positions = {risk.key: position for position, risk in enumerate(plan.document.risks)}
    for proposal in proposals:
        position = positions[proposal.key]
        risk = _accept_one(by, plan, register, proposal, position, file)
        _decide(by, found, proposal.key, "accepted", risk)
    _settle(found, plan.document)


def _accept_one(
    by: Actor,
    plan: queries.Plan,
    register: UUID,
    proposal: Proposal,
    position: int,
    file: register_changes.FromFile,
) -> UUID:
    """Open the risk, or say what the paper says of the one that it is; the risk's id."""
    value = plan.document.risks[position]
    standing = plan.standing.get(proposal.match or "")
    if standing is None:
        return register_changes.open_risk(
            by=by,
            register=register,
            value=value,
            effective_on=plan.effective_on,
            position=position,
            file=file,
        )
    if not plan.nothing_new(proposal):
        register_changes.amend_risk(
            by=by,
            risk=standing.id,
            version=standing.version,
            value=value,
            effective_on=plan.effective_on,
            position=position,
            file=file,
        )
    return standing.id


def _decide(
    by: Actor, found: Import, key: str, outcome: Literal["accepted", "set aside"], risk: UUID | None
) -> None:
    last = Decision.objects.filter(paper=found).aggregate(last=Max("number"))["last"]
    Decision(
        paper=found,
        number=(last or 0) + 1,
        key=key,
        outcome=outcome,
        risk_id=risk,
        by_name=by.name,
        at=timezone.now(),
    ).save()


def _settle(found: Import, document: RegisterDocument) -> None:
    """The paper's state follows from what was decided about its risks."""
    decided = queries.decisions_of(found)
    done = all(each.key in decided for each in document.risks)
    any_accepted = "accepted" in decided.values()
    state = (
        ("accepted" if any_accepted else "set aside") if done else "partly accepted" if decided else "draft"
    )
    if found.state != state:
        found.state = state
        found.save()


def _register(by: Actor, register: UUID) -> Register:
    found = register_queries.visible(by).filter(pk=register).first()
    if found is None:
        raise Missing("There is no such register.")
    return found


def _paper(by: Actor, paper: int, *states: str) -> Import:
    found = queries.visible(by).select_related("file", "register").filter(number=paper).first()
    if found is None:
        raise Missing("There is no such import.")
    must(by, "bring in papers", register_queries.where(found.register))
    if states and found.state == "accepted" and found.state not in states:
        taken = queries.taken(by, paper)
        who = f" by {taken.by}" if taken else ""
        raise Refused(f"{found.name} was accepted already{who}; what it said is set right in the register.")
    if states and found.state not in states:
        raise Refused(f"{found.name} is {found.state}; this can no longer, or not yet, be done.")
    return found


def _claimed(by: Actor, claim: Claim) -> Import:
    found = _paper(by, claim.paper)
    if found.state != "reading" or found.claim != claim.token:
        raise Refused(f"{found.name} is being read, or was read, by another worker.")
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


def _refuse(found: Import, sentence: str) -> None:
    found.state, found.claim, found.refusal = "refused", "", sentence
    found.save()
    _step(found, "refused", sentence)


def _step(paper: Import, code: str, sentence: str) -> None:
    Step(
        paper=paper, position=paper.steps.count() + 1, at=timezone.now(), code=code, sentence=sentence
    ).save()


def _about(entry: OpenEntry, paper: Import) -> None:
    entry.about("import", paper.pk, f"Import {paper.number}: {paper.name}")
    entry.facts["file"] = {"sha256": paper.file.sha256, "name": paper.name}

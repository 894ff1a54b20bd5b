"""Deciding about a paper's risks: each is accepted into the register, or set aside."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from django.db.models import Max
from django.utils import timezone

from watchkeep.apps.history.changes import recording
from watchkeep.apps.intake import queries
from watchkeep.apps.intake.changes.correcting import must_have_seen
from watchkeep.apps.intake.changes.papers import OPEN_STATES, paper_of, tell_of
from watchkeep.apps.intake.models import Decision, Import
from watchkeep.apps.register import changes as register_changes
from watchkeep.apps.register import queries as register_queries
from watchkeep.domain.difference import Proposal
from watchkeep.domain.document import RegisterDocument
from watchkeep.domain.errors import Invalid, Missing, Refused
from watchkeep.domain.people import Actor, must


def accept_risk(*, by: Actor, paper: int, risk: str, version: int | None = None) -> bool:
    """Take one risk of the paper, as the draft read at `version`, into the register; whether it was taken
    now. Again changes nothing.
    """
    with recording(by=by, verb="accept a risk") as entry:
        found = _open_paper(by, paper)
        plan = queries.plan_of(by, found)
        if plan.document.risk(risk) is None:
            raise Missing(f"The paper has no risk called “{risk}”.")
        tell_of(entry, found)
        if queries.decisions_of(found).get(risk) == "accepted":
            return False
        must_have_seen(found, version, risk)
        _accept(by, found, plan, [plan.difference.of(risk)])
        return True


def accept_all(*, by: Actor, paper: int, version: int | None = None) -> int:
    """Take every risk that is not decided yet into the register, all or none; how many that were.

    A risk of which a person set what the paper would overwrite is left to be decided by itself.
    """
    with recording(by=by, verb="accept a paper") as entry:
        found = _open_paper(by, paper)
        plan = queries.plan_of(by, found)
        tell_of(entry, found)
        must_have_seen(found, version)
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
            found = paper_of(by, paper, *OPEN_STATES, "waiting", "refused")
            tell_of(entry, found)
            found.state = "set aside"
            found.save()
            return
        found = paper_of(by, paper, *OPEN_STATES)
        tell_of(entry, found)
        draft = queries.corrected_of(found)
        if draft.risk(risk) is None:
            raise Missing(f"The paper has no risk called “{risk}”.")
        if queries.decisions_of(found).get(risk) == "accepted":
            raise Refused(f"{risk} is already accepted; amend it in the register.")
        _decide(by, found, risk, "set aside", None)
        _settle(found, draft)


def _open_paper(by: Actor, paper: int) -> Import:
    found = paper_of(by, paper)
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

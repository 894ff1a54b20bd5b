"""The demo's boards with their meetings and minutes, what happened, and the portfolio's own register."""

from __future__ import annotations

from uuid import UUID

from watchkeep.cli.demo.names import REGISTER
from watchkeep.cli.demo.told import Made, Told
from watchkeep.cli.demo.treatment import follow


def keep_boards(told: Told, made: Made) -> None:
    """Each board, who sits on it, and every meeting with what was asked and decided."""
    from watchkeep.apps.reviews.changes import boards
    from watchkeep.domain.board import Cadence

    by = made.people["board secretary"]
    for each in told["board"]:
        first = min(meeting["on"] for meeting in each["meetings"])
        board = boards.open_board(
            by=by,
            name=each["name"],
            terms=each["terms"],
            cadence=Cadence(each.get("every_months"), each.get("every_weeks")),
            opened_on=first,
        )
        made.boards[each["key"]] = board
        for seat in each["seats"]:
            boards.seat(by=by, board=board, post=made.posts[seat["post"]], role=seat["role"], from_on=first)
        for meeting in each["meetings"]:
            _meet(meeting, board, made)


def tell_what_happened(told: Told, made: Made) -> None:
    """Incidents, near misses, requests with their outcome, lessons, realisations."""
    from watchkeep.apps.register import changes

    for each in told["event"]:
        changes.record_event(
            by=made.manager,
            risks=[made.risks[risk] for risk in each["risks"]],
            kind=each["kind"],
            title=each["title"],
            on=each["on"],
            text=each.get("text", ""),
            outcome=each.get("outcome", ""),
        )


def say_beside(told: Told, made: Made) -> None:
    """Comments, a draft that is being written, a shared way of looking at the register."""
    from watchkeep.apps.discussion import changes as discussion
    from watchkeep.apps.register import changes
    from watchkeep.apps.reviews.subjects import see
    from watchkeep.domain import document

    by, register = made.manager, made.registers[REGISTER]
    for each in told["comment"]:
        speaker = made.people[each["by"]]
        subject = see(speaker, "risk", str(made.risks[each["risk"]]))
        discussion.comment(by=speaker, subject=subject, text=each["text"])
    for each in told["draft"]:
        words = {name: document.Field(state="recorded", text=each[name]) for name in ("name", "cause")}
        changes.draft_risk(
            by=by,
            register=register,
            value=document.Risk(key=each["name"], **words),
            effective_on=told["next_cycle"]["opened_on"],
        )
    for each in told["view"]:
        changes.save_view(by=by, register=register, name=each["name"], query=each["query"], shared=True)


def keep_portfolio(told: Told, made: Made) -> None:
    """The portfolio's own risks, on its own scale; what it cannot bear is offered upwards."""
    from watchkeep.apps.register import changes, queries
    from watchkeep.domain import document

    by, register = made.manager, made.registers[told["portfolio"]["name"]]
    kept = {each.name: each.id for each in queries.categories(by)}
    for each in told["portfolio"]["risk"]:
        words = {
            name: document.Field(state="recorded", text=each[name])
            for name in ("reference", "name", "cause", "event", "owner", "category")
        }
        impact = document.PartedField(state="recorded", text=each["impact"])
        made.risks[each["reference"]] = changes.open_risk(
            by=by,
            register=register,
            value=document.Risk(key=each["reference"], impact=impact, **words),
            effective_on=each["from"],
            belongs=changes.Belongs(made.posts[each["owner"]], kept[each["category"]]),
        )
        for judged in each["assessed"]:
            page = queries.risk(by, register, each["reference"])
            changes.assess(by=by, risk=page.id, version=page.version, **judged)
        if "escalated" in each:
            _escalate(each["reference"], each["escalated"], register, made)


def _meet(meeting: Told, board: UUID, made: Made) -> None:
    from watchkeep.apps.reviews.changes import meetings

    by = made.people["board secretary"]
    found = meetings.plan_meeting(by=by, board=board, on=meeting["on"])
    version = 1
    items = []
    for item in meeting.get("items", ()):
        risk = made.risks.get(item.get("risk", ""))
        put = meetings.put_on_agenda(
            by=by,
            meeting=found,
            version=version,
            purpose=item["purpose"],
            risk=risk,
            title=item["title"],
        )
        items.append((item, put))
        version += 1
    if meeting.get("cancelled"):
        meetings.cancel_meeting(by=by, meeting=found, version=version, reason="Half the board was on leave.")
    elif meeting["held"]:
        meetings.hold_meeting(by=by, meeting=found, version=version)
        for item, put in items:
            _minute(item, put, meeting, made)


def _minute(item: Told, put: UUID, meeting: Told, made: Made) -> None:
    from watchkeep.apps.reviews.changes import meetings
    from watchkeep.apps.treatment import changes as treatment
    from watchkeep.domain.commitment import Promise

    by = made.people["board secretary"]
    if "challenge" in item:
        meetings.minute_challenge(
            by=by, item=put, version=1, challenge=item["challenge"], answer=item["answer"]
        )
    commitment = None
    if "commitment" in item:
        told = item["commitment"]
        commitment = treatment.promise(
            by=made.manager,
            kind="action",
            value=Promise(title=told["title"], owner_post=made.posts[told["owner"]], due_on=told["due"]),
            on=meeting["on"],
            risk=made.risks.get(item.get("risk", "")),
        )
        made.commitments[told["key"]] = commitment
        follow(told, commitment, made)
    if "decision" in item:
        meetings.minute_decision(by=by, item=put, text=item["decision"], commitment=commitment)


def _escalate(reference: str, told: Told, register: UUID, made: Made) -> None:
    from watchkeep.apps.register import changes, queries

    by, above = made.manager, made.registers[REGISTER]
    page = queries.risk(by, register, reference)
    there = changes.escalate(
        by=by,
        risk=page.id,
        version=page.version,
        to_register=above,
        on=told["on"],
        reason=told["reason"],
    )
    waiting = queries.risk(by, above, f"from-{reference}")
    if "returned_on" in told:
        changes.return_escalation(
            by=by,
            risk=there,
            version=waiting.version,
            on=told["returned_on"],
            reason=told["returned_because"],
        )
        return
    key = changes.accept_escalation(
        by=by, risk=there, version=waiting.version, reference=told["as"], on=told["accepted_on"]
    )
    taken = queries.risk(by, above, key)
    changes.assess(
        by=by,
        risk=there,
        version=taken.version,
        stage="residual",
        rating=told["rating"],
        rationale=told["rationale"],
        on=told["accepted_on"],
    )

"""A risk is escalated to another register by a link, with an assessment in each, and never by a copy.

It stands in the register above as a risk that has that register's reference and judgement and the words of
the one it came from. It waits there as a draft until that register accepts it, or returns it with a reason.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.utils import timezone

from watchkeep.apps.history.changes import recording
from watchkeep.apps.history.spans import end_span
from watchkeep.apps.register import queries
from watchkeep.apps.register.changes.moves import asked, movable, number
from watchkeep.apps.register.changes.writing import (
    add_version,
    check_seen,
    come_into,
    find_register,
    find_risk,
    free_key,
    must_change,
    next_position,
    not_ahead,
    standing_of,
)
from watchkeep.apps.register.models import Link, Risk
from watchkeep.domain import document
from watchkeep.domain.errors import Invalid, Refused
from watchkeep.domain.finding import written
from watchkeep.domain.link import ESCALATED
from watchkeep.domain.naming import in_words
from watchkeep.domain.people import Actor, Where, may, obey
from watchkeep.domain.risk_state import MOVES, may_move


def escalate(*, by: Actor, risk: UUID, version: int, to_register: UUID, on: date, reason: str) -> UUID:
    """Offer a risk to another register; the id of the risk that waits there."""
    with recording(by=by, verb=MOVES["escalate"].done, reason=reason, as_at=on) as entry:
        found = find_risk(by, risk)
        must_change(by, found)
        check_seen(found, version)
        obey(may_move("escalate", standing_of(found), on))
        not_ahead("on", on, found.register)
        asked(reason, "escalate")
        above = find_register(by, to_register)
        if above.pk == found.register_id:
            raise Invalid("to_register", "A risk is escalated to another register than its own.")
        if above.pk in {each.register_id for each in _below(found)}:
            raise Invalid("to_register", f"{found} came from {above}; bring it back instead.")
        come_into(found, "escalated", on, reason)
        there = Risk(
            register=above,
            key=free_key(above, f"from-{found.key}"[:180]),
            name=found.name,
            state="draft",
            opened_on=on,
        )
        come_into(there, "draft", on, reason, new=True)
        add_version(by, there, document.Risk(key=there.key), on, next_position(above))
        Link(
            source=found,
            target=there,
            kind=ESCALATED,
            note=in_words(reason),
            from_on=on,
            from_known_at=timezone.now(),
        ).save()
        entry.about("risk", found.pk, str(found))
        entry.facts["to"] = {"register": above.name, "risk": str(there.pk)}
        return there.pk


def accept_escalation(*, by: Actor, risk: UUID, version: int, reference: str, on: date) -> str:
    """Take an escalated risk into the register that it was offered to, under that register's reference."""
    with recording(by=by, verb=MOVES["accept"].done, as_at=on) as entry:
        found = movable(by, risk, version, "accept", on)
        _link(found)
        number(by, found, reference, on)
        come_into(found, "open", on)
        entry.about("risk", found.pk, str(found))
        return found.key


def return_escalation(*, by: Actor, risk: UUID, version: int, on: date, reason: str) -> None:
    """Send back a risk that was offered to this register, saying why; it is open again where it came from."""
    with recording(by=by, verb=MOVES["return"].done, reason=reason, as_at=on) as entry:
        found = movable(by, risk, version, "return", on)
        asked(reason, "return")
        link = _link(found)
        entry.about("risk", found.pk, str(found))
        _take_down(link, on, reason)


def bring_back(*, by: Actor, risk: UUID, version: int, on: date, reason: str) -> None:
    """End an escalation: by the register that the risk came from or by the one that took it. `risk` is the
    one that was escalated.
    """
    with recording(by=by, verb=MOVES["bring back"].done, reason=reason, as_at=on) as entry:
        found = find_risk(by, risk)
        link = Link.objects.filter(source=found, kind=ESCALATED, until_on=None).select_related(
            "target__register"
        )
        above = link.first()
        _may_end(by, found, queries.where(above.target.register) if above else None)
        check_seen(found, version)
        obey(may_move("bring back", standing_of(found), on))
        not_ahead("on", on, found.register)
        asked(reason, "bring back")
        if above is None:
            raise Refused(f"{found} is not escalated.")
        _check_still_there(above.target, on)
        if on < above.from_on:
            raise Invalid("on", f"{found} was escalated later than that; say a later day.")
        entry.about("risk", found.pk, str(found))
        _take_down(above, on, reason)


# --- Beneath the changes ------------------------------------------------------------------------------------


def _link(found: Risk) -> Link:
    """The escalation that a waiting risk came by."""
    link = Link.objects.filter(target=found, kind=ESCALATED, until_on=None).select_related("source").first()
    if link is None:
        raise Refused(f"{found} did not come from another register.")
    return link


def _below(found: Risk) -> list[Risk]:
    """The risks that this one came from, down to the first."""
    way: list[Risk] = []
    while link := Link.objects.filter(target=way[-1] if way else found, kind=ESCALATED).first():
        way.append(link.source)
    return way


def _may_end(by: Actor, found: Risk, above: Where | None) -> None:
    refusal = may(by, "change risks", queries.where(found.register))
    if refusal and (above is None or may(by, "change risks", above)):
        raise Refused(refusal.sentence)


def _check_still_there(target: Risk, on: date) -> None:
    """One escalated further is brought back from there first; and none before it stood as it does."""
    if target.state == "escalated":
        raise Refused(f"{target} was escalated further; bring it back from there first.")
    stands = standing_of(target)
    if on < stands.since:
        since = f"{target} is {stands.state} in {target.register} since {written(stands.since)}"
        raise Invalid("on", f"{since}; say that day or a later one.")


def _take_down(link: Link, on: date, reason: str) -> None:
    """End the link: the risk is open where it came from, and gone above."""
    end_span(link, what="The escalation", on=on, reason=reason)
    come_into(link.target, "closed", on, reason)
    come_into(link.source, "open", on, reason)

"""What can be talked about, and who may see it: the one place where a comment or a file finds its subject.

It stands in the highest app whose records can be talked about. A kind that is not here can be seen by nobody.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

from django.db.models import QuerySet

from watchkeep.apps.register.models import Event, Register, Risk
from watchkeep.apps.register.queries import WHOLE_BODY, visible_risks, where, wheres
from watchkeep.apps.reviews.models import Meeting, Review
from watchkeep.apps.reviews.queries.boards import board_subject, visible_boards
from watchkeep.apps.reviews.queries.cycles import visible_reviews
from watchkeep.apps.treatment.models import Check, Commitment, Control
from watchkeep.apps.treatment.queries import visible_commitments, visible_controls
from watchkeep.apps.treatment.queries.held import owner_of
from watchkeep.domain.discussion import Subject
from watchkeep.domain.errors import Missing
from watchkeep.domain.people import Actor, Where
from watchkeep.domain.review import FOLLOWERS
from watchkeep.domain.risk_state import SEES_DRAFTS

NOTHING = "There is no such page."


def see(viewer: Actor, kind: str, id: str) -> Subject:
    """The record of that kind and id, if the viewer may see it; in every other case the same `Missing`."""
    find = FINDERS.get(kind)
    try:
        named = UUID(str(id))
    except ValueError:
        named = None
    found = find(viewer, named) if find and named else None
    if found is None:
        raise Missing(NOTHING)
    return found


def _risk(viewer: Actor, id: UUID) -> Subject | None:
    found = visible_risks(viewer).filter(pk=id).select_related("register").first()
    if found is None:
        return None
    subject = _in_register("risk", found, found.register)
    if found.state != "draft":
        return subject
    owner = owner_of(found)
    return replace(subject, readers=SEES_DRAFTS, posts=frozenset({str(owner)} if owner else ()))


def _review(viewer: Actor, id: UUID) -> Subject | None:
    rows = visible_reviews(viewer).filter(pk=id)
    found = rows.select_related("risk", "cycle__register").first()
    if found is None:
        return None
    subject = _in_register("review", found, found.cycle.register)
    return replace(subject, readers=FOLLOWERS) if found.cycle.state == "open" else subject


def _control(viewer: Actor, id: UUID) -> Subject | None:
    found = visible_controls(viewer).filter(pk=id).first()
    return _across("control", found, Risk.objects.filter(control_uses__control_id=id))


def _check(viewer: Actor, id: UUID) -> Subject | None:
    """The evidence of a check is seen by who sees its control."""
    found = Check.objects.select_related("control").filter(pk=id, control__body_id=viewer.body).first()
    control = _control(viewer, found.control_id) if found else None
    return (
        replace(control, kind="check", id=str(id), label=f"{found} of {control.label}") if control else None
    )


def _commitment(viewer: Actor, id: UUID) -> Subject | None:
    found = visible_commitments(viewer).filter(pk=id).first()
    return _across("commitment", found, Risk.objects.filter(commitment_uses__commitment_id=id))


def _event(viewer: Actor, id: UUID) -> Subject | None:
    found = Event.objects.filter(pk=id, body_id=viewer.body).first()
    about = Risk.objects.filter(events__event_id=id)
    if about.exists() and not about.filter(pk__in=visible_risks(viewer).order_by().values("pk")).exists():
        return None
    return _across("event", found, about)


def _board(viewer: Actor, id: UUID) -> Subject | None:
    found = visible_boards(viewer).filter(pk=id).first()
    return board_subject("board", found.pk, str(found), found) if found else None


def _meeting(viewer: Actor, id: UUID) -> Subject | None:
    rows = Meeting.objects.filter(pk=id, board__in=visible_boards(viewer))
    found = rows.select_related("board").first()
    return board_subject("meeting", found.pk, str(found), found.board) if found else None


def _in_register(kind: str, found: Risk | Review, register: Register) -> Subject:
    return Subject(kind, str(found.pk), str(found), (where(register),), register.pk)


def _across(kind: str, found: Control | Commitment | Event | None, risks: QuerySet[Risk]) -> Subject | None:
    """What bears on risks of several registers stands in each of them, and in the whole body."""
    if found is None:
        return None
    registers = Register.objects.filter(pk__in=risks.values("register"))
    places: tuple[Where, ...] = (WHOLE_BODY, *wheres(registers).values())
    return Subject(kind, str(found.pk), str(found), places)


FINDERS: dict[str, Callable[[Actor, UUID], Subject | None]] = {
    "risk": _risk,
    "review": _review,
    "control": _control,
    "check": _check,
    "commitment": _commitment,
    "event": _event,
    "board": _board,
    "meeting": _meeting,
}

"""What can be talked about, and who may see it: the one place where a comment or a file finds its subject.

It stands in the highest app whose records can be talked about. A kind that is not here can be seen by nobody.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

from django.db.models import QuerySet

from watchkeep.apps.register.models import Event, Register, Risk
from watchkeep.apps.register.queries import WHOLE_BODY, visible, visible_risks, where, wheres
from watchkeep.apps.reviews.models import Meeting, Review
from watchkeep.apps.reviews.queries.boards import board_subject, visible_boards
from watchkeep.apps.treatment.models import Check, Commitment, Control
from watchkeep.domain.discussion import Subject
from watchkeep.domain.errors import Missing
from watchkeep.domain.people import Actor, Where

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
    return _in_register("risk", found, found.register) if found else None


def _review(viewer: Actor, id: UUID) -> Subject | None:
    rows = Review.objects.filter(pk=id, cycle__register__in=visible(viewer))
    found = rows.select_related("risk", "cycle__register").first()
    return _in_register("review", found, found.cycle.register) if found else None


def _control(viewer: Actor, id: UUID) -> Subject | None:
    found = Control.objects.filter(pk=id, body_id=viewer.body).first()
    return _across("control", viewer, found, Risk.objects.filter(control_uses__control_id=id))


def _check(viewer: Actor, id: UUID) -> Subject | None:
    """The evidence of a check is seen by who sees its control."""
    found = Check.objects.select_related("control").filter(pk=id, control__body_id=viewer.body).first()
    control = _control(viewer, found.control_id) if found else None
    return (
        replace(control, kind="check", id=str(id), label=f"{found} of {control.label}") if control else None
    )


def _commitment(viewer: Actor, id: UUID) -> Subject | None:
    found = Commitment.objects.filter(pk=id, body_id=viewer.body).first()
    return _across("commitment", viewer, found, Risk.objects.filter(commitment_uses__commitment_id=id))


def _event(viewer: Actor, id: UUID) -> Subject | None:
    found = Event.objects.filter(pk=id, body_id=viewer.body).first()
    return _across("event", viewer, found, Risk.objects.filter(events__event_id=id))


def _board(viewer: Actor, id: UUID) -> Subject | None:
    found = visible_boards(viewer).filter(pk=id).first()
    return board_subject("board", found.pk, str(found), found) if found else None


def _meeting(viewer: Actor, id: UUID) -> Subject | None:
    rows = Meeting.objects.filter(pk=id, board__in=visible_boards(viewer))
    found = rows.select_related("board").first()
    return board_subject("meeting", found.pk, str(found), found.board) if found else None


def _in_register(kind: str, found: Risk | Review, register: Register) -> Subject:
    return Subject(kind, str(found.pk), str(found), (where(register),), register.pk)


def _across(
    kind: str, viewer: Actor, found: Control | Commitment | Event | None, risks: QuerySet[Risk]
) -> Subject | None:
    """What bears on risks of several registers is seen from each of them; what bears on none, by the whole
    body. A role for the whole body sees it always.
    """
    if found is None:
        return None
    registers = Register.objects.filter(pk__in=risks.values("register"))
    places: tuple[Where, ...] = (WHOLE_BODY, *wheres(registers).values())
    if not viewer.role and not registers.filter(pk__in=visible(viewer)).exists():
        return None
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

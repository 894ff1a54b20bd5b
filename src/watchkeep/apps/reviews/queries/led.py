"""What a post leads: what somebody must give to another post before this one can go."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from django.utils import timezone

from watchkeep.apps.history.standing import holding, standing
from watchkeep.apps.register.models import Risk, RiskVersion
from watchkeep.apps.register.queries import visible_risks
from watchkeep.apps.reviews.models import Seat
from watchkeep.apps.reviews.queries.boards import visible_boards
from watchkeep.apps.treatment.models import Control, ControlVersion
from watchkeep.apps.treatment.queries import commitments_of_post, visible_commitments, visible_controls
from watchkeep.domain.clock import PRESENT
from watchkeep.domain.people import Actor

Kind = Literal["risk", "control", "promise", "seat"]
OVER = ("closed", "merged")


@dataclass(frozen=True, slots=True)
class LedRow:
    """One thing that a post answers for, or a board that it sits on."""

    kind: Kind
    label: str
    key: str  # what the thing is called in addresses
    register: str = ""  # of a risk


@dataclass(frozen=True, slots=True)
class Led:
    """What a post leads today, by kind and name; `hidden` counts what the viewer may not see."""

    rows: tuple[LedRow, ...]
    hidden: int

    def of(self, kind: Kind) -> tuple[LedRow, ...]:
        """What it leads of a kind."""
        return tuple(each for each in self.rows if each.kind == kind)


def led_by(viewer: Actor, post: UUID) -> Led:
    """The open risks, the controls in force and the open promises that the post answers for, and its
    seats, in eight statements.
    """
    found = [*_risks(viewer, post), *_controls(viewer, post), *_promises(viewer, post), *_seats(viewer, post)]
    shown = [row for row, seen in found if seen]
    return Led(tuple(shown), len(found) - len(shown))


Found = Iterator[tuple[LedRow, bool]]


def _risks(viewer: Actor, post: UUID) -> Found:
    among = Risk.objects.filter(register__body_id=viewer.body).exclude(state__in=OVER)
    owned = standing(RiskVersion.objects.all(), "risk", among, PRESENT).filter(owner_post=post)
    risks = [each.risk for each in owned.select_related("risk__register").order_by("risk__key", "pk")]
    mine = visible_risks(viewer).filter(pk__in=[each.pk for each in risks])
    seen = _seen(mine.values_list("pk", flat=True))
    for each in risks:
        yield LedRow("risk", str(each), each.key, each.register.slug), each.pk in seen


def _controls(viewer: Actor, post: UUID) -> Found:
    among = Control.objects.filter(body_id=viewer.body)
    owned = standing(ControlVersion.objects.all(), "control", among, PRESENT).filter(owner_post=post)
    versions = list(owned.exclude(state="stood down").select_related("control").order_by("name", "pk"))
    mine = visible_controls(viewer).filter(pk__in=[each.control_id for each in versions])
    seen = _seen(mine.values_list("pk", flat=True))
    for each in versions:
        reference = each.control.reference
        yield LedRow("control", f"{reference} {each.name}", reference), each.control_id in seen


def _promises(viewer: Actor, post: UUID) -> Found:
    rows = commitments_of_post(post, timezone.localdate())
    mine = visible_commitments(viewer).filter(pk__in=[each.id for each in rows])
    seen = _seen(mine.values_list("pk", flat=True))
    for each in rows:
        yield LedRow("promise", each.label, each.reference), each.id in seen


def _seats(viewer: Actor, post: UUID) -> Found:
    held = holding(Seat.objects.filter(post=post), PRESENT, timezone.localdate())
    seats = list(held.select_related("board").order_by("board__name"))
    mine = visible_boards(viewer).filter(pk__in=[each.board_id for each in seats])
    seen = _seen(mine.values_list("pk", flat=True))
    for each in seats:
        yield LedRow("seat", f"{each.board.name}, {each.role}", each.board.slug), each.board_id in seen


def _seen(ids: Iterable[UUID]) -> frozenset[UUID]:
    return frozenset(ids)

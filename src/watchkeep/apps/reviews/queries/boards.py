"""Boards, who sits on them and who may see them."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from watchkeep.apps.history.standing import holding
from watchkeep.apps.people.models import Unit
from watchkeep.apps.register.queries import WHOLE_BODY
from watchkeep.apps.reviews.models import Board, Seat
from watchkeep.domain.board import Secretariat
from watchkeep.domain.clock import PRESENT, Clock
from watchkeep.domain.discussion import Subject
from watchkeep.domain.people import Actor, Where, must


def visible_boards(viewer: Actor) -> QuerySet[Board]:
    """The boards that the viewer may see: all of the body by a role for the whole of it, else those of the
    units of their grants, and those on which a post of theirs sits today.
    """
    must(viewer, "read")
    found = Board.objects.filter(body_id=viewer.body)
    if viewer.role:
        return found
    granted = {each.unit for each in viewer.grants if each.unit}
    units = [unit for unit, chain in _chains(viewer.body).items() if granted & set(chain)]
    seats = _seats(Seat.objects.filter(post__in=[UUID(each) for each in viewer.posts]))
    return found.filter(Q(unit__in=units) | Q(pk__in=seats.values("board")))


def secretariat_of(board: Board) -> Secretariat:
    """Where a board stands and who keeps its minutes today, for domain/board.py to judge by."""
    posts = _seats(Seat.objects.filter(board=board, role="secretary")).values_list("post_id", flat=True)
    return Secretariat(place_of(board), frozenset(map(str, posts)), board.stood_down_on)


def place_of(board: Board) -> Where:
    """A board of a unit stands there, and in every unit above it; without one, it is the whole body’s."""
    if board.unit_id is None:
        return WHOLE_BODY
    return Where(units=_chains(str(board.body_id))[board.unit_id])


def board_subject(kind: str, id: UUID, label: str, board: Board) -> Subject:
    """A board, or a meeting of it, as something that can be talked about by all who may see the board."""
    posts = _seats(Seat.objects.filter(board=board)).values_list("post_id", flat=True)
    return Subject(kind, str(id), label, (place_of(board),), posts=frozenset(map(str, posts)))


# --- Beneath the queries ------------------------------------------------------------------------------------


def _seats(rows: QuerySet[Seat], clock: Clock = PRESENT) -> QuerySet[Seat]:
    return holding(rows, clock, timezone.localdate())


def _chains(body: str) -> dict[UUID, tuple[str, ...]]:
    """Each unit of a body with all that it stands in, itself first, in one statement."""
    parents = dict(Unit.objects.filter(body_id=body).values_list("pk", "parent_id"))
    chains: dict[UUID, tuple[str, ...]] = {}
    for unit in parents:
        chain: list[UUID] = []
        above: UUID | None = unit
        while above is not None and above not in chain:
            chain.append(above)
            above = parents.get(above)
        chains[unit] = tuple(map(str, chain))
    return chains

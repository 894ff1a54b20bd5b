"""Boards: who may see them, who sits on them, and how they keep their cadence."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from watchkeep.apps.history.standing import holding
from watchkeep.apps.people.models import Unit
from watchkeep.apps.people.queries.units import place
from watchkeep.apps.reviews.models import Board, Meeting, Seat
from watchkeep.apps.reviews.queries.meeting_days import MeetingRow, known_meetings
from watchkeep.domain.board import SEATS, Cadence, Met, Rhythm, Secretariat, may_run, rhythm
from watchkeep.domain.clock import PRESENT, Clock
from watchkeep.domain.discussion import Subject
from watchkeep.domain.errors import Missing
from watchkeep.domain.people import Actor, Refusal, Where, must


@dataclass(frozen=True, slots=True)
class SeatRow:
    """A post on a board, from a day on."""

    id: UUID
    post: UUID
    title: str
    role: str
    from_on: date


@dataclass(frozen=True, slots=True)
class BoardRow:
    """A board with its seats, its meetings (the oldest first) and how it keeps its cadence."""

    id: UUID
    slug: str
    name: str
    terms: str
    unit: str
    cadence: Cadence
    opened_on: date | None
    stood_down_on: date | None
    version: int
    seats: tuple[SeatRow, ...]
    meetings: tuple[MeetingRow, ...]
    rhythm: Rhythm
    refusal: Refusal | None  # why the viewer may not run it

    @property
    def chair(self) -> str:
        """The post in the chair, if there is one."""
        return next((each.title for each in self.seats if each.role == "chair"), "")

    @property
    def next_meeting(self) -> MeetingRow | None:
        """The planned meeting that comes next, or has passed and is not minuted yet."""
        return next((each for each in self.meetings if each.state == "planned"), None)


def boards(viewer: Actor, clock: Clock = PRESENT) -> tuple[BoardRow, ...]:
    """Every board that the viewer may see: those that meet, then those that stood down, by name."""
    rows = _rows(viewer, visible_boards(viewer), clock)
    return tuple(sorted(rows, key=lambda each: (each.stood_down_on is not None, each.name.casefold())))


def board(viewer: Actor, which: str | UUID, clock: Clock = PRESENT) -> BoardRow:
    """One board, by its name in addresses or its id."""
    chosen = Q(pk=which) if isinstance(which, UUID) else Q(slug=which)
    found = _rows(viewer, visible_boards(viewer).filter(chosen), clock)
    if not found:
        raise Missing("There is no such board.")
    return found[0]


# --- For the changes of this app, and for what is talked about ----------------------------------------------


def visible_boards(viewer: Actor) -> QuerySet[Board]:
    """The boards that the viewer may see: all of the body by a role for the whole of it, else those of the
    units of their grants, and those on which a post of theirs sits today.
    """
    must(viewer, "read")
    found = Board.objects.filter(body_id=viewer.body)
    if viewer.role:
        return found
    granted = {each.unit for each in viewer.grants if each.unit}
    units = [unit for unit, chain in chains(viewer.body).items() if granted & set(chain)]
    seats = _seats(Seat.objects.filter(post__in=[UUID(each) for each in viewer.posts]))
    return found.filter(Q(unit__in=units) | Q(pk__in=seats.values("board")))


def secretariat_of(board: Board) -> Secretariat:
    """Where a board stands and who keeps its minutes today, for domain/board.py to judge by."""
    posts = _seats(Seat.objects.filter(board=board, role="secretary")).values_list("post_id", flat=True)
    return Secretariat(place(board.unit_id), frozenset(map(str, posts)), board.stood_down_on)


def board_subject(kind: str, id: UUID, label: str, board: Board) -> Subject:
    """A board, or a meeting of it, as something that can be talked about by all who may see the board."""
    posts = _seats(Seat.objects.filter(board=board)).values_list("post_id", flat=True)
    return Subject(kind, str(id), label, (place(board.unit_id),), posts=frozenset(map(str, posts)))


def chains(body: str) -> dict[UUID, tuple[str, ...]]:
    """Each unit of a body with all that it stands in, itself first, in one statement."""
    parents = dict(Unit.objects.filter(body_id=body).values_list("pk", "parent_id"))
    found: dict[UUID, tuple[str, ...]] = {}
    for unit in parents:
        chain: list[UUID] = []
        above: UUID | None = unit
        while above is not None and above not in chain:
            chain.append(above)
            above = parents.get(above)
        found[unit] = tuple(map(str, chain))
    return found


# --- Beneath the queries ------------------------------------------------------------------------------------


def _rows(viewer: Actor, found: QuerySet[Board], clock: Clock) -> list[BoardRow]:
    """Boards with all that hangs on them, in four statements however many there are, and one more of the
    past.
    """
    rows = [each for each in found.select_related("unit") if _stood(each, clock)]
    places = chains(viewer.body) if any(each.unit_id for each in rows) else {}
    seats: defaultdict[UUID, list[Seat]] = defaultdict(list)
    for seat in _seats(Seat.objects.filter(board__in=rows), clock).select_related("post"):
        seats[seat.board_id].append(seat)
    every = {each.pk: each for each in Meeting.objects.filter(board__in=rows).order_by("on", "pk")}
    meetings: defaultdict[UUID, list[MeetingRow]] = defaultdict(list)
    for meeting in known_meetings(every.values(), clock):
        meetings[every[meeting.id].board_id].append(meeting)
    today = clock.day or timezone.localdate()
    return [_row(viewer, each, places, seats[each.pk], tuple(meetings[each.pk]), today) for each in rows]


def _row(
    viewer: Actor,
    each: Board,
    places: dict[UUID, tuple[str, ...]],
    seats: list[Seat],
    meetings: tuple[MeetingRow, ...],
    today: date,
) -> BoardRow:
    cadence = Cadence(each.every_months, each.every_weeks)
    stands = Where(units=places[each.unit_id]) if each.unit_id else place(None)
    keeping = frozenset(str(seat.post_id) for seat in seats if seat.role == "secretary")
    down = each.stood_down_on if each.stood_down_on and each.stood_down_on <= today else None
    met = [Met(meeting.on, meeting.state) for meeting in meetings]
    return BoardRow(
        id=each.pk,
        slug=each.slug,
        name=each.name,
        terms=each.terms,
        unit=each.unit.name if each.unit else "",
        cadence=cadence,
        opened_on=each.opened_on,
        stood_down_on=down,
        version=each.version,
        seats=tuple(sorted(map(_seat_row, seats), key=lambda seat: (SEATS_IN_ORDER[seat.role], seat.title))),
        meetings=meetings,
        rhythm=rhythm(Cadence() if down else cadence, met, opened_on=each.opened_on, today=today),
        refusal=may_run(viewer, Secretariat(stands, keeping, down)),
    )


SEATS_IN_ORDER: dict[str, int] = {role: order for order, role in enumerate(SEATS)}


def _seat_row(seat: Seat) -> SeatRow:
    return SeatRow(seat.pk, seat.post_id, seat.post.title, seat.role, seat.from_on)


def _seats(rows: QuerySet[Seat], clock: Clock = PRESENT) -> QuerySet[Seat]:
    return holding(rows, clock, timezone.localdate())


def _stood(board: Board, clock: Clock) -> bool:
    return clock.day is None or board.opened_on is None or board.opened_on <= clock.day

"""What can be done to a board: open it, say anew what it is for, seat posts on it, stand it down."""

from __future__ import annotations

import re
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from watchkeep.apps.history.changes import check_version, recording
from watchkeep.apps.history.spans import end_span
from watchkeep.apps.history.standing import not_over
from watchkeep.apps.people.models import Post, Unit
from watchkeep.apps.people.queries.units import place
from watchkeep.apps.reviews.models import Board, Seat
from watchkeep.apps.reviews.queries.boards import secretariat_of, visible_boards
from watchkeep.domain.board import SEATS, Cadence, may_run
from watchkeep.domain.clashing import clashes_of
from watchkeep.domain.errors import Invalid, Missing, Refused
from watchkeep.domain.finding import written
from watchkeep.domain.naming import in_words, named
from watchkeep.domain.people import Actor, Refusal, must

AT_NEED = Cadence()
LABELS = (("name", "Name"), ("terms", "What it is for"), ("every_months", "Months"), ("every_weeks", "Weeks"))


def open_board(
    *,
    by: Actor,
    name: str,
    terms: str = "",
    cadence: Cadence = AT_NEED,
    unit: UUID | None = None,
    opened_on: date | None = None,
) -> UUID:
    """Open a board of the body, or of one unit; its id. Its cadence counts from `opened_on`."""
    with recording(by=by, verb="open a board", as_at=opened_on) as entry:
        found_unit = _unit(by, unit)
        must(by, "run boards", place(unit))
        board = Board(
            body_id=UUID(by.body),
            unit=found_unit,
            slug=_free_slug(by, name),
            name=_free_name(by, name),
            terms=in_words(terms),
            every_months=cadence.months,
            every_weeks=cadence.weeks,
            opened_on=opened_on,
        )
        entry.about("board", board.pk, board.name)
        board.save()
        return board.pk


def amend_board(
    *, by: Actor, board: UUID, version: int, name: str, terms: str, cadence: Cadence, reason: str = ""
) -> None:
    """Say anew what a board is called, what it is for and how often it meets."""
    with recording(by=by, verb="amend a board", reason=reason) as entry:
        found = board_of(by, board)
        refuse(may_run(by, secretariat_of(found)))
        yours = _told(named(name), in_words(terms), cadence)
        theirs = _told(found.name, found.terms, Cadence(found.every_months, found.every_weeks))
        check_version(found, version, clashes_of(LABELS, yours, theirs))
        if yours == theirs:
            return
        entry.about("board", found.pk, found.name)
        entry.facts["fields"] = [
            {"field": label, "before": theirs[key], "after": yours[key]}
            for key, label in LABELS
            if yours[key] != theirs[key]
        ]
        found.name = found.name if named(name) == found.name else _free_name(by, name)
        found.terms = in_words(terms)
        found.every_months, found.every_weeks = cadence.months, cadence.weeks
        found.version += 1
        found.save()


def stand_down_board(*, by: Actor, board: UUID, version: int, on: date, reason: str) -> None:
    """Stand a board down from a day, saying why. What it asked and decided stays."""
    with recording(by=by, verb="stand a board down", reason=in_words(reason), as_at=on) as entry:
        found = board_of(by, board)
        refuse(may_run(by, secretariat_of(found)))
        check_version(found, version)
        if not in_words(reason):
            raise Invalid("reason", "Say why the board stands down.")
        later = found.meetings.filter(state="planned", on__gte=on).order_by("on").first()
        if later is not None:
            raise Refused(
                f"{found.name} still has a meeting planned for {written(later.on)}: cancel it first."
            )
        entry.about("board", found.pk, found.name)
        found.stood_down_on = on
        found.version += 1
        found.save()


def seat(*, by: Actor, board: UUID, post: UUID, role: str, from_on: date) -> UUID:
    """Seat a post on a board from a day. A board has one chair at a time; a post has one seat."""
    with recording(by=by, verb="seat a post", as_at=from_on) as entry:
        found = board_of(by, board)
        refuse(may_run(by, secretariat_of(found)))
        if role not in SEATS:
            raise Invalid("role", f"A seat is one of {', '.join(SEATS)}.")
        sitting = Post.objects.filter(pk=post, body_id=by.body).first()
        if sitting is None:
            raise Missing("There is no such post.")
        open_seats = not_over(Seat.objects.filter(board=found), from_on)
        if open_seats.filter(post=sitting).exists():
            raise Invalid("post", f"{sitting.title} sits on {found.name} already.")
        chair = open_seats.filter(role="chair").select_related("post").first()
        if role == "chair" and chair is not None:
            until = f" until {written(chair.until_on)}" if chair.until_on else ""
            raise Invalid("role", f"{chair.post.title} is in the chair{until}: end that seat first.")
        made = Seat(board=found, post=sitting, role=role, from_on=from_on, from_known_at=timezone.now())
        entry.about("board", found.pk, found.name)
        entry.facts["fields"] = [{"field": role.capitalize(), "before": "", "after": sitting.title}]
        made.save()
        return made.pk


def end_seat(*, by: Actor, seat: UUID, on: date, reason: str = "") -> None:
    """End a seat from a day; that the post sat there stays."""
    with recording(by=by, verb="end a seat", reason=in_words(reason), as_at=on) as entry:
        rows = Seat.objects.filter(pk=seat, board__in=visible_boards(by)).select_related("board", "post")
        found = rows.first()
        if found is None:
            raise Missing("There is no such seat.")
        refuse(may_run(by, secretariat_of(found.board)))
        entry.about("board", found.board.pk, found.board.name)
        entry.facts["fields"] = [{"field": found.role.capitalize(), "before": found.post.title, "after": ""}]
        others = Q(post=found.post) | Q(role="chair") if found.role == "chair" else Q(post=found.post)
        beside = Seat.objects.filter(others, board=found.board)
        end_span(found, what=f"The seat of {found.post.title}", on=on, reason=reason, beside=beside)


# --- Beneath the changes, and those of meetings -------------------------------------------------------------


def refuse(refusal: Refusal | None) -> None:
    """Raise the reason, where there is one."""
    if refusal:
        raise Refused(refusal.sentence)


def board_of(by: Actor, board: UUID) -> Board:
    """A board that `by` may see."""
    found = visible_boards(by).filter(pk=board).first()
    if found is None:
        raise Missing("There is no such board.")
    return found


def _unit(by: Actor, unit: UUID | None) -> Unit | None:
    found = Unit.objects.filter(pk=unit, body_id=by.body).first() if unit else None
    if unit and found is None:
        raise Missing("There is no such unit.")
    return found


def _told(name: str, terms: str, cadence: Cadence) -> dict[str, str]:
    months, weeks = cadence.months or "", cadence.weeks or ""
    return {"name": name, "terms": terms, "every_months": str(months), "every_weeks": str(weeks)}


def _free_name(by: Actor, name: str) -> str:
    wanted = named(name)[:300]
    if not wanted:
        raise Invalid("name", "A board needs a name.")
    if Board.objects.filter(body_id=by.body, name=wanted).exists():
        raise Invalid("name", f"There is already a board called “{wanted}”.")
    return wanted


def _free_slug(by: Actor, name: str) -> str:
    base = re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")[:60] or "board"
    taken = set(Board.objects.filter(body_id=by.body).values_list("slug", flat=True))
    number, free = 1, base
    while free in taken:
        number += 1
        free = f"{base}-{number}"
    return free

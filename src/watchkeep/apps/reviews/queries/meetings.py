"""One meeting with its agenda and minutes; where a risk was talked about; what boards decided."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from watchkeep.apps.history.standing import told
from watchkeep.apps.register.queries import visible_risks
from watchkeep.apps.reviews.models import AgendaItem, BoardDecision, Meeting, Minute
from watchkeep.apps.reviews.queries.agendas import RiskBrief, briefs
from watchkeep.apps.reviews.queries.boards import (
    BoardRow,
    board,
    secretariat_of,
    visible_boards,
)
from watchkeep.apps.reviews.queries.meeting_days import MeetingRow, known_meetings
from watchkeep.apps.treatment.queries import visible_commitments
from watchkeep.domain.board import may_hold, may_minute, may_plan
from watchkeep.domain.clock import PRESENT, Clock
from watchkeep.domain.errors import Missing
from watchkeep.domain.people import Actor, Refusal


@dataclass(frozen=True, slots=True)
class MinuteRow:
    """What was asked and answered; `number` above 1 says that it was minuted anew."""

    challenge: str
    answer: str
    by: str
    known_at: datetime
    number: int


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """What was decided, where and on what; `before` are the words that it supersedes, the oldest first."""

    id: UUID
    text: str
    by: str
    known_at: datetime
    on: date
    board: str
    board_slug: str
    title: str  # of the item
    risk: str
    risk_key: str
    register: str
    commitment: str
    commitment_reference: str
    before: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One item of an agenda. One about a risk that the viewer may not see says only that it is there."""

    id: UUID
    version: int
    number: int  # as people count
    title: str
    purpose: str
    hidden: bool
    risk: RiskBrief | None
    minute: MinuteRow | None
    decisions: tuple[DecisionRow, ...]


@dataclass(frozen=True, slots=True)
class MeetingPage:
    """A meeting, its agenda, and why the viewer may not do what its buttons do."""

    board: BoardRow
    meeting: MeetingRow
    items: tuple[ItemRow, ...]
    plan_refusal: Refusal | None
    hold_refusal: Refusal | None
    minute_refusal: Refusal | None


@dataclass(frozen=True, slots=True)
class Discussed:
    """A meeting that had a risk before it, or will have."""

    board: str
    board_slug: str
    on: date
    state: str
    title: str
    purpose: str
    minute: MinuteRow | None
    decisions: tuple[DecisionRow, ...]


def meeting(viewer: Actor, slug: str, on: date, clock: Clock = PRESENT) -> MeetingPage:
    """The board’s meeting of that day. A fixed number of statements, however long its agenda."""
    row = board(viewer, slug, clock)
    days = [each for each in row.meetings if each.on == on]
    found = min(days, key=lambda each: each.state == "cancelled", default=None)
    if found is None:
        raise Missing("There is no such meeting.")
    stored = Meeting.objects.select_related("board").get(pk=found.id)
    keeping, today = secretariat_of(stored.board), timezone.localdate()
    at = {"on": found.on, "today": today}
    return MeetingPage(
        board=row,
        meeting=found,
        items=_items(viewer, found, clock),
        plan_refusal=may_plan(viewer, keeping, found.state),
        hold_refusal=may_hold(viewer, keeping, found.state, **at),
        minute_refusal=may_minute(viewer, keeping, found.state, **at),
    )


def discussed(viewer: Actor, risk: UUID, clock: Clock = PRESENT) -> tuple[Discussed, ...]:
    """Where a risk was, or will be, before a board, the latest first, and what was decided on it."""
    seen = visible_risks(viewer)
    if not seen.filter(pk=risk).exists():
        raise Missing("There is no such risk.")
    about = Q(risk=risk) | Q(decisions__risk=risk)
    readable = Q(risk=None) | Q(risk__in=seen)
    rows = AgendaItem.objects.filter(about, readable, meeting__board__in=visible_boards(viewer)).distinct()
    items = list(_on_the_agenda(rows, clock).select_related("meeting__board"))
    meetings = {each.id: each for each in known_meetings({each.meeting for each in items}, clock)}
    minutes, decisions = _minutes(items, clock), _decisions(viewer, items, clock)
    found = [
        Discussed(
            board=each.meeting.board.name,
            board_slug=each.meeting.board.slug,
            on=meetings[each.meeting_id].on,
            state=meetings[each.meeting_id].state,
            title=each.title,
            purpose=each.purpose,
            minute=minutes.get(each.pk),
            decisions=tuple(decision for decision, of in decisions[each.pk] if of == risk),
        )
        for each in items
        if each.meeting_id in meetings
    ]
    return tuple(sorted(found, key=lambda each: each.on, reverse=True))


def decisions(viewer: Actor, slug: str = "", clock: Clock = PRESENT) -> tuple[DecisionRow, ...]:
    """What one board, or all that the viewer may see, decided, the latest first."""
    rows = AgendaItem.objects.filter(meeting__board__in=visible_boards(viewer))
    rows = rows.filter(meeting__board__slug=slug) if slug else rows
    found = _decisions(viewer, list(rows.filter(decisions__isnull=False).distinct()), clock)
    told_of = [each for row in found.values() for each, _ in row]
    return tuple(sorted(told_of, key=lambda each: (each.on, each.known_at), reverse=True))


# --- Beneath the queries ------------------------------------------------------------------------------------


def _items(viewer: Actor, found: MeetingRow, clock: Clock) -> tuple[ItemRow, ...]:
    rows = AgendaItem.objects.filter(meeting=found.id)
    items = list(_on_the_agenda(rows, clock).order_by("position", "pk"))
    # What a meeting had before it is what stood on its day; one that is still to come has the present.
    then = Clock(found.on, clock.known_at) if found.state == "held" else clock
    risks = briefs(viewer, AgendaItem.objects.filter(pk__in=[each.pk for each in items]), then)
    minutes, decided = _minutes(items, clock), _decisions(viewer, items, clock)
    return tuple(
        _item(each, number, risks.get(each.pk), minutes.get(each.pk), [row for row, _ in decided[each.pk]])
        for number, each in enumerate(items, 1)
    )


def _item(
    each: AgendaItem,
    number: int,
    risk: RiskBrief | None,
    minute: MinuteRow | None,
    decided: Sequence[DecisionRow],
) -> ItemRow:
    hidden = each.risk_id is not None and risk is None
    return ItemRow(
        id=each.pk,
        version=each.version,
        number=number,
        title="" if hidden else each.title,
        purpose=each.purpose,
        hidden=hidden,
        risk=risk,
        minute=None if hidden else minute,
        decisions=() if hidden else tuple(decided),
    )


def _on_the_agenda(rows: QuerySet[AgendaItem], clock: Clock) -> QuerySet[AgendaItem]:
    """The items that stood on their agenda by the clock; what had met by then had its whole agenda."""
    if clock.day is not None:
        rows = rows.filter(Q(meeting__on__lte=clock.day) | Q(put_on_known_at__date__lte=clock.day))
        rows = rows.exclude(taken_off_on__lte=clock.day)
    if clock.known_at is not None:
        rows = rows.filter(Q(put_on_known_at=None) | Q(put_on_known_at__lte=clock.known_at))
        return rows.filter(Q(taken_off_on=None) | Q(taken_off_known_at__gt=clock.known_at))
    return rows if clock.day is not None else rows.filter(taken_off_on=None)


def _minutes(items: Iterable[AgendaItem], clock: Clock) -> dict[UUID, MinuteRow]:
    rows = told(Minute.objects.filter(item__in=[each.pk for each in items]), clock).order_by("number")
    return {
        each.item_id: MinuteRow(each.challenge, each.answer, each.by, each.known_at, each.number)
        for each in rows
    }


def _decisions(
    viewer: Actor, items: Iterable[AgendaItem], clock: Clock
) -> defaultdict[UUID, list[tuple[DecisionRow, UUID | None]]]:
    """What was decided on each item, in the words that stand, with the risk it is about.

    A decision on a risk that the viewer may not see, or on an item about one, is not shown; nor is a promise
    that they may not see.
    """
    seen = visible_risks(viewer)
    rows = BoardDecision.objects.filter(
        Q(risk=None) | Q(risk__in=seen),
        Q(item__risk=None) | Q(item__risk__in=seen),
        item__in=[each.pk for each in items],
    )
    promise = visible_commitments(viewer).filter(pk=OuterRef("commitment"))
    known = told(rows, clock).annotate(promise_seen=Exists(promise))
    related = ("item__meeting__board", "risk__register", "commitment")
    every = list(known.select_related(*related).order_by("known_at", "pk"))
    meetings = known_meetings({each.item.meeting for each in every}, clock)
    days = {each.id: each.on for each in meetings}
    after = {each.supersedes_id for each in every}
    by_id = {each.pk: each for each in every}
    found: defaultdict[UUID, list[tuple[DecisionRow, UUID | None]]] = defaultdict(list)
    for each in every:
        if each.pk not in after:
            row = _decision(each, days.get(each.item.meeting_id, each.effective_on))
            found[each.item_id].append((replace(row, before=_before(each, by_id)), each.risk_id))
    return found


def _before(each: BoardDecision, by_id: Mapping[UUID, BoardDecision]) -> tuple[str, ...]:
    words: list[str] = []
    earlier = by_id.get(each.supersedes_id) if each.supersedes_id else None
    while earlier is not None:
        words.append(earlier.text)
        earlier = by_id.get(earlier.supersedes_id) if earlier.supersedes_id else None
    return tuple(reversed(words))


def _decision(each: BoardDecision, on: date) -> DecisionRow:
    meeting = each.item.meeting
    promised = each.commitment if each.__dict__["promise_seen"] else None
    return DecisionRow(
        id=each.pk,
        text=each.text,
        by=each.by,
        known_at=each.known_at,
        on=on,
        board=meeting.board.name,
        board_slug=meeting.board.slug,
        title=each.item.title,
        risk=str(each.risk) if each.risk else "",
        risk_key=each.risk.key if each.risk else "",
        register=each.risk.register.slug if each.risk else "",
        commitment=promised.title if promised else "",
        commitment_reference=promised.reference if promised else "",
    )

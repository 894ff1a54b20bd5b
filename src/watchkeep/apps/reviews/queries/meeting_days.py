"""Meetings as the two clocks let them be known: on which day, in which state, with which note."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from watchkeep.apps.reviews.models import EarlierMeeting, Meeting
from watchkeep.domain.board import MeetingState
from watchkeep.domain.clock import PRESENT, Clock


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """A meeting, as the clock lets it be known."""

    id: UUID
    on: date
    state: MeetingState
    note: str
    version: int


@dataclass(frozen=True, slots=True)
class _Said:
    """What was said of a meeting from a moment on; from ever, where nobody recorded when."""

    on: date
    state: MeetingState
    note: str
    known_at: datetime | None


def known_meetings(meetings: Iterable[Meeting], clock: Clock = PRESENT) -> tuple[MeetingRow, ...]:
    """The meetings that the clock lets be known, each on the day and in the state that it had then, in the
    order of these days. One statement of the past, none of the present.
    """
    every = list(meetings)
    earlier: defaultdict[UUID, list[EarlierMeeting]] = defaultdict(list)
    if clock.past:
        for each in EarlierMeeting.objects.filter(meeting__in=every).order_by("superseded_at", "pk"):
            earlier[each.meeting_id].append(each)
    found = [(each, _then(_sayings(each, earlier[each.pk]), clock)) for each in every]
    rows = [MeetingRow(each.pk, it.on, it.state, it.note, each.version) for each, it in found if it]
    return tuple(sorted(rows, key=lambda row: row.on))


def _sayings(meeting: Meeting, earlier: Sequence[EarlierMeeting]) -> list[_Said]:
    """All that was said of a meeting, the first first."""
    found, known_at = [], meeting.planned_known_at
    for each in earlier:
        found.append(_Said(each.on, _state(each.state), each.note, known_at))
        known_at = each.superseded_at
    state, told = _state(meeting.state), meeting.cancelled_known_at or meeting.held_known_at
    if told and (known_at is None or told > known_at):
        # Of a meeting that was held or cancelled before its earlier words were kept, the words are not known.
        found.append(_Said(meeting.on, "planned", "", known_at))
        known_at = told
    return [*found, _Said(meeting.on, state, meeting.note, known_at)]


def _then(said: Sequence[_Said], clock: Clock) -> _Said | None:
    """What the clock lets be known of a meeting; nothing where it was not planned yet.

    A meeting whose day had come by the clock's was what is known of it. One whose day had not come was then
    what Watchkeep had been told of it by that day.
    """
    if clock.known_at is not None:
        said = [each for each in said if each.known_at is None or each.known_at <= clock.known_at]
    day = clock.day
    if said and day is not None and said[-1].on > day:
        said = [each for each in said if each.known_at is None or timezone.localdate(each.known_at) <= day]
    return said[-1] if said else None


def _state(stored: str) -> MeetingState:
    return "held" if stored == "held" else "cancelled" if stored == "cancelled" else "planned"

"""Meetings in time: what was known of a meeting's day, state and note is answered as it was known then."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from django.utils import timezone

from cast import Staffed
from watchkeep.apps.history import queries as history
from watchkeep.apps.reviews import changes, queries
from watchkeep.apps.reviews.models import Meeting
from watchkeep.domain.clock import Clock
from watchkeep.domain.people import Actor

pytestmark = pytest.mark.django_db

MARCH, JUNE = date(2026, 3, 10), date(2026, 6, 9)
AHEAD, LATER = date(2091, 3, 9), date(2091, 6, 9)


@pytest.fixture
def board(staffed: Staffed) -> UUID:
    return changes.open_board(by=staffed.secretary, name="Harbour Board")


def told(viewer: Actor, clock: Clock) -> list[tuple[date, str, str]]:
    """Each meeting of the board by the clock: its day, its state and its note."""
    row = queries.board(viewer, "harbour-board", clock)
    return [(each.on, each.state, each.note) for each in row.meetings]


def then(moment: datetime) -> Clock:
    return Clock(known_at=moment)


def version(meeting: UUID) -> int:
    return Meeting.objects.get(pk=meeting).version


def test_a_meeting_that_moved_is_on_its_first_day_for_who_asks_what_was_known_then(
    staffed: Staffed, board: UUID
) -> None:
    by = staffed.secretary
    before = timezone.now()
    meeting = changes.plan_meeting(by=by, board=board, on=AHEAD, note="In the lamp room.")
    first = timezone.now()
    changes.move_meeting(by=by, meeting=meeting, version=1, on=LATER)
    second = timezone.now()
    changes.move_meeting(by=by, meeting=meeting, version=2, on=MARCH)
    third = timezone.now()
    changes.hold_meeting(by=by, meeting=meeting, version=3, note="Held on the mole.")
    assert told(staffed.auditor, then(before)) == []
    assert told(staffed.auditor, then(first)) == [(AHEAD, "planned", "In the lamp room.")]
    assert told(staffed.auditor, then(second)) == [(LATER, "planned", "In the lamp room.")]
    assert told(staffed.auditor, then(third)) == [(MARCH, "planned", "In the lamp room.")]
    assert told(staffed.auditor, Clock()) == [(MARCH, "held", "Held on the mole.")]
    assert queries.meeting(staffed.auditor, "harbour-board", AHEAD, then(first)).meeting.state == "planned"
    assert history.verify(staffed.auditor).holds


def test_as_at_a_day_before_the_meeting_is_what_was_told_by_then_and_after_it_what_came_of_it(
    staffed: Staffed, board: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    by, now = staffed.secretary, timezone.now()
    day = now.date()

    def a_week_ago(weeks: int) -> None:
        monkeypatch.setattr(timezone, "now", lambda: now - timedelta(weeks=weeks))

    a_week_ago(6)
    meeting = changes.plan_meeting(by=by, board=board, on=day - timedelta(weeks=1))
    a_week_ago(4)
    changes.move_meeting(by=by, meeting=meeting, version=1, on=day - timedelta(weeks=2))
    a_week_ago(0)
    changes.hold_meeting(by=by, meeting=meeting, version=2)
    held_on = day - timedelta(weeks=2)
    assert told(by, Clock(day - timedelta(weeks=7))) == []
    assert told(by, Clock(day - timedelta(weeks=5))) == [(day - timedelta(weeks=1), "planned", "")]
    assert told(by, Clock(day - timedelta(weeks=3))) == [(held_on, "planned", "")]
    assert told(by, Clock(held_on)) == [(held_on, "held", "")]
    assert told(by, Clock(held_on, now - timedelta(days=1))) == [(held_on, "planned", "")]


def test_a_cancelled_meeting_keeps_the_note_that_it_had(staffed: Staffed, board: UUID) -> None:
    by = staffed.secretary
    meeting = changes.plan_meeting(by=by, board=board, on=AHEAD, note="In the lamp room.")
    first = timezone.now()
    changes.cancel_meeting(by=by, meeting=meeting, version=1, reason="A storm.")
    assert told(by, then(first)) == [(AHEAD, "planned", "In the lamp room.")]
    assert told(by, Clock()) == [(AHEAD, "cancelled", "In the lamp room.\nCancelled: A storm.")]


def test_what_was_decided_is_shown_at_the_day_that_its_meeting_had(staffed: Staffed, board: UUID) -> None:
    by = staffed.secretary
    meeting = changes.plan_meeting(by=by, board=board, on=MARCH)
    item = changes.put_on_agenda(by=by, meeting=meeting, version=1, purpose="decide", title="Oil")
    changes.minute_decision(by=by, item=item, text="Buy oil.")
    first = timezone.now()
    changes.move_meeting(
        by=by, meeting=meeting, version=version(meeting), on=JUNE, reason="A slip of the pen."
    )
    (before,) = queries.decisions(by, "harbour-board", then(first))
    (after,) = queries.decisions(by, "harbour-board")
    assert (before.on, after.on) == (MARCH, JUNE)
    ((shown,),) = (each.decisions for each in queries.meeting(by, "harbour-board", MARCH, then(first)).items)
    assert shown.text == "Buy oil."

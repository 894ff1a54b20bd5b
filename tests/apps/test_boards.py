"""Boards: what is planned, asked and decided is kept, stands on the risk, and is never rewritten."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cast import APPOINTED, PASSWORD, Staffed, a_risk, accepted, said
from once import made_once
from watchkeep.apps.history import queries as ledger
from watchkeep.apps.people import changes as people
from watchkeep.apps.people.queries import actor_of
from watchkeep.apps.register import changes as registers
from watchkeep.apps.register.models import Register, Risk
from watchkeep.apps.reviews import changes, queries
from watchkeep.apps.reviews.models import AgendaItem, BoardDecision, Meeting, Minute
from watchkeep.apps.treatment.models import Commitment
from watchkeep.domain.board import Cadence
from watchkeep.domain.clock import Clock
from watchkeep.domain.commitment import Promise
from watchkeep.domain.errors import Invalid, Missing, Refused, Stale
from watchkeep.domain.people import Actor

pytestmark = pytest.mark.django_db

MARCH, JUNE, AHEAD = date(2026, 3, 10), date(2026, 6, 9), date(2091, 3, 9)


@pytest.fixture
@made_once
def force(staffed: Staffed) -> Staffed:
    accepted(staffed)
    return staffed


def risk(key: str = "LH1") -> UUID:
    return Risk.objects.get(key=key).pk


def a_board(force: Staffed, name: str = "Harbour Board", **more: Any) -> UUID:
    return changes.open_board(by=force.secretary, name=name, **more)


def a_meeting(force: Staffed, board: UUID, on: date, *keys: str, held: bool = False) -> UUID:
    """A meeting with these risks on its agenda, to be challenged."""
    by = force.secretary
    meeting = changes.plan_meeting(by=by, board=board, on=on)
    for number, key in enumerate(keys, 1):
        changes.put_on_agenda(by=by, meeting=meeting, version=number, risk=risk(key), purpose="challenge")
    if held:
        changes.hold_meeting(by=by, meeting=meeting, version=len(keys) + 1)
    return meeting


def item(meeting: UUID, key: str = "LH1") -> AgendaItem:
    return AgendaItem.objects.get(meeting=meeting, risk__key=key)


def page(viewer: Actor, on: date, clock: Clock | None = None) -> queries.MeetingPage:
    return queries.meeting(viewer, "harbour-board", on, clock or Clock())


# --- Boards and seats ---------------------------------------------------------------------------------------


def test_a_board_says_who_sits_on_it_and_when_it_meets(force: Staffed) -> None:
    board = a_board(force, cadence=Cadence(months=3), terms="Challenges.", opened_on=date(2026, 1, 1))
    by = force.secretary
    changes.seat(by=by, board=board, post=force.secretary_post, role="secretary", from_on=APPOINTED)
    changes.seat(by=by, board=board, post=force.chair_post, role="chair", from_on=APPOINTED)
    a_meeting(force, board, MARCH, held=True)
    (row,) = queries.boards(force.reader)
    assert (row.slug, row.chair, row.cadence.sentence) == ("harbour-board", "Chair of the Board", "quarterly")
    assert [each.role for each in row.seats] == ["chair", "secretary"]
    assert (row.rhythm.held, row.rhythm.overdue_since) == (1, date(2026, 6, 30))


def test_a_board_has_one_chair_and_a_post_one_seat(force: Staffed) -> None:
    board, by = a_board(force), force.secretary
    first = changes.seat(by=by, board=board, post=force.chair_post, role="chair", from_on=APPOINTED)
    with pytest.raises(Invalid, match="in the chair"):
        changes.seat(by=by, board=board, post=force.owner_post, role="chair", from_on=APPOINTED)
    with pytest.raises(Invalid, match="already"):
        changes.seat(by=by, board=board, post=force.chair_post, role="member", from_on=APPOINTED)
    changes.end_seat(by=by, seat=first, on=timezone.localdate())
    changes.seat(by=by, board=board, post=force.owner_post, role="chair", from_on=timezone.localdate())
    assert queries.board(force.reader, board).chair == "Head of Harbour"
    yesterday = Clock(as_at=timezone.localdate() - timedelta(days=1))
    assert queries.board(force.reader, board, yesterday).chair == "Chair of the Board"


def test_two_who_amend_one_board_lose_nothing(force: Staffed) -> None:
    board, by = a_board(force, terms="Challenges."), force.secretary
    changes.amend_board(by=by, board=board, version=1, name="Harbour Board", terms="Asks.", cadence=Cadence())
    with pytest.raises(Stale) as lost:
        changes.amend_board(
            by=by, board=board, version=1, name="Harbour Board", terms="Decides.", cadence=Cadence()
        )
    (clash,) = lost.value.clashes
    assert (clash.name, clash.yours, clash.theirs) == ("terms", "Decides.", "Asks.")


def test_a_board_stands_down_only_without_a_meeting_ahead_and_stays_to_be_read(force: Staffed) -> None:
    board, by, today = a_board(force), force.secretary, timezone.localdate()
    meeting = a_meeting(force, board, AHEAD)
    with pytest.raises(Refused, match="cancel it first"):
        changes.stand_down_board(by=by, board=board, version=1, on=today, reason="Its work is done.")
    changes.cancel_meeting(by=by, meeting=meeting, version=1, reason="The board stands down.")
    changes.stand_down_board(by=by, board=board, version=1, on=today, reason="Its work is done.")
    (row,) = queries.boards(force.reader)
    assert row.stood_down_on == today
    with pytest.raises(Refused, match="meets no more"):
        changes.plan_meeting(by=by, board=board, on=AHEAD)


# --- Agendas ------------------------------------------------------------------------------------------------


def test_an_agenda_is_ordered_by_hand_and_an_item_taken_off_stays_on_record(force: Staffed) -> None:
    meeting = a_meeting(force, a_board(force), AHEAD, "LH1", "LH2", "LH3")
    by = force.secretary
    changes.move_item(by=by, item=item(meeting, "LH3").pk, version=4, up=True)
    changes.move_item(by=by, item=item(meeting, "LH1").pk, version=5, up=True)  # the first stays the first
    changes.take_off_agenda(by=by, item=item(meeting, "LH2").pk, version=5)
    shown = page(force.reader, AHEAD).items
    assert [each.risk.key for each in shown if each.risk] == ["LH1", "LH3"]
    assert AgendaItem.objects.count() == 3


def test_a_risk_stands_on_an_agenda_once_and_an_item_without_one_needs_a_title(force: Staffed) -> None:
    meeting, by = a_meeting(force, a_board(force), AHEAD, "LH1"), force.secretary
    with pytest.raises(Invalid, match="already"):
        changes.put_on_agenda(by=by, meeting=meeting, version=2, risk=risk(), purpose="note")
    with pytest.raises(Invalid, match="Name what"):
        changes.put_on_agenda(by=by, meeting=meeting, version=2, purpose="note")
    with pytest.raises(Stale):
        changes.put_on_agenda(by=by, meeting=meeting, version=1, risk=risk("LH2"), purpose="note")


def test_the_pack_says_what_moved_since_the_risk_was_last_before_this_board(force: Staffed) -> None:
    board = a_board(force)
    by = force.secretary
    a_meeting(force, board, JUNE, "LH1", held=True)
    a_meeting(force, board, AHEAD, "LH1", "LH2")
    first, second = page(by, AHEAD).items
    assert first.risk is not None
    assert second.risk is not None
    assert (first.risk.last_here, second.risk.last_here) == (JUNE, None)
    assert (first.risk.band.name, first.risk.band.rank, first.risk.band.of) == ("High", 2, 2)
    assert first.risk.owner == "Harbour master"


def test_a_change_after_the_last_meeting_is_in_the_pack_with_what_it_was(force: Staffed) -> None:
    register = Register.objects.get().pk
    new = a_risk("LH7")
    made = registers.open_risk(
        by=force.administrator, register=register, value=new, effective_on=date(2026, 1, 5), position=9
    )
    board = a_board(force)
    a_meeting(force, board, MARCH, "LH7", held=True)
    version = Risk.objects.get(pk=made).version
    registers.amend_risk(
        by=force.administrator,
        risk=made,
        version=version,
        value=new.model_copy(update={"owner": said("Pilot")}),
        effective_on=date(2026, 4, 1),
    )
    a_meeting(force, board, JUNE, "LH7")
    (now,) = page(force.secretary, JUNE).items
    assert now.risk is not None
    assert [(each.label, each.before, each.after) for each in now.risk.moved] == [
        ("Risk owner", "Harbour master", "Pilot")
    ]
    (then,) = page(force.secretary, MARCH).items
    assert then.risk is not None
    assert (then.risk.owner, then.risk.moved) == ("Harbour master", ())  # a held meeting had its own day


def test_worsened_risks_are_proposed_and_never_added_by_themselves(force: Staffed) -> None:
    worse = a_risk("LH1").model_copy(update={"trends": a_risk("LH1").trends[:1]})
    found = Risk.objects.get(key="LH1")
    by, on = force.administrator, date(2031, 4, 1)
    registers.amend_risk(by=by, risk=found.pk, version=found.version, value=worse, effective_on=on)
    board = queries.board(force.secretary, a_board(force))
    meeting = a_meeting(force, board.id, AHEAD)
    (proposed,) = queries.proposals(force.secretary, board, [])
    assert (proposed.key, proposed.reasons) == ("LH1", ("Worsened in its last quarter",))
    assert not AgendaItem.objects.filter(meeting=meeting).exists()
    assert queries.proposals(force.secretary, board, [proposed.id]) == ()


# --- Holding and minuting -----------------------------------------------------------------------------------


def test_a_meeting_of_a_later_day_is_neither_held_nor_minuted(force: Staffed) -> None:
    meeting = a_meeting(force, a_board(force), AHEAD, "LH1")
    with pytest.raises(Refused, match="from that day on"):
        changes.hold_meeting(by=force.secretary, meeting=meeting, version=2)
    with pytest.raises(Refused, match="nothing has been decided"):
        changes.minute_decision(by=force.secretary, item=item(meeting).pk, text="Buy oil.")


def test_minutes_stand_on_the_risk_in_its_history_and_at_the_meeting(force: Staffed) -> None:
    meeting = a_meeting(force, a_board(force), MARCH, "LH1", held=True)
    by, on = force.secretary, item(meeting)
    changes.minute_challenge(by=by, item=on.pk, version=on.version, challenge="Who counts?", answer="Nobody.")
    changes.minute_decision(by=by, item=on.pk, text="Count the oil twice.")
    (row,) = queries.discussed(force.reader, risk())
    assert (row.board, row.on, row.state) == ("Harbour Board", MARCH, "held")
    assert row.minute is not None
    assert (row.minute.challenge, row.minute.answer) == ("Who counts?", "Nobody.")
    assert [each.text for each in row.decisions] == ["Count the oil twice."]
    verbs = [each.verb for each in ledger.entries(force.reader, subject=("risk", str(risk()))).rows[:2]]
    assert verbs == ["minute a decision", "minute a challenge"]
    assert page(force.reader, MARCH).items[0].decisions == row.decisions


def test_a_minute_set_right_leaves_the_first_words_to_be_read(force: Staffed) -> None:
    meeting = a_meeting(force, a_board(force), MARCH, "LH1", held=True)
    by, on = force.secretary, item(meeting).pk
    changes.minute_challenge(by=by, item=on, version=1, challenge="Who counts?")
    changes.minute_challenge(by=by, item=on, version=2, challenge="Who counts the oil?", answer="The pilot.")
    first = changes.minute_decision(by=by, item=on, text="Count it twice.")
    with pytest.raises(Invalid, match="Say why"):
        changes.correct_decision(by=by, decision=first, text="Count it daily.", reason="")
    changes.correct_decision(by=by, decision=first, text="Count it daily.", reason="Misheard.")
    with pytest.raises(Refused, match="corrected already"):
        changes.correct_decision(by=by, decision=first, text="Never.", reason="Misheard.")
    (shown,) = page(force.reader, MARCH).items
    assert shown.minute is not None
    assert (shown.minute.challenge, shown.minute.number) == ("Who counts the oil?", 2)
    (decision,) = shown.decisions
    assert (decision.text, decision.before) == ("Count it daily.", ("Count it twice.",))
    assert [Minute.objects.count(), BoardDecision.objects.count()] == [2, 2]
    assert ledger.verify(force.administrator).holds


def test_a_correction_is_seen_as_is_now_known_and_not_as_was_known_then(force: Staffed) -> None:
    meeting = a_meeting(force, a_board(force), MARCH, "LH1", held=True)
    by, on = force.secretary, item(meeting).pk
    first = changes.minute_decision(by=by, item=on, text="Count it twice.")
    then = timezone.now()
    changes.correct_decision(by=by, decision=first, text="Count it daily.", reason="Misheard.")
    for clock, text in (
        (Clock(as_at=MARCH), "Count it daily."),
        (Clock(as_at=MARCH, known_at=then), "Count it twice."),
    ):
        if clock.known_at is None:
            (decision,) = queries.decisions(force.reader, clock=clock)
        else:
            (decision,) = queries.decisions(force.reader, clock=Clock(known_at=then))
        assert decision.text == text


def test_two_who_minute_one_item_lose_nothing(force: Staffed) -> None:
    meeting = a_meeting(force, a_board(force), MARCH, "LH1", held=True)
    by, on = force.secretary, item(meeting).pk
    changes.minute_challenge(by=by, item=on, version=1, challenge="Who counts?")
    with pytest.raises(Stale) as lost:
        changes.minute_challenge(by=by, item=on, version=1, challenge="What for?")
    (clash,) = lost.value.clashes
    assert (clash.yours, clash.theirs) == ("What for?", "Who counts?")


def test_a_decision_gives_somebody_something_to_do_as_it_is_minuted(force: Staffed) -> None:
    meeting = a_meeting(force, a_board(force), MARCH, "LH1", held=True)
    to_do = Promise(title="Count the oil twice a week", owner_post=force.action_post, due_on=date(2026, 9, 1))
    changes.minute_decision(by=force.secretary, item=item(meeting).pk, text="Count it twice.", to_do=to_do)
    (decision,) = queries.decisions(force.reader)
    assert (decision.commitment_reference, decision.commitment) == ("P1", "Count the oil twice a week")
    made = Commitment.objects.get()
    assert made.uses.get().risk_id == risk()
    assert made.versions.get().source == "Harbour Board, 10 March 2026"


def test_a_decision_sent_twice_is_minuted_once(force: Staffed) -> None:
    meeting = a_meeting(force, a_board(force), MARCH, "LH1", held=True)
    sent = {"by": force.secretary, "item": item(meeting).pk, "text": "Count it twice."}
    assert changes.minute_decision(**sent) == changes.minute_decision(**sent)


def test_a_meeting_that_moved_or_was_cancelled_shows_it(force: Staffed) -> None:
    board, by = a_board(force), force.secretary
    a_meeting(force, board, MARCH, held=True)
    meeting = a_meeting(force, board, AHEAD)
    with pytest.raises(Invalid, match="already"):
        changes.move_meeting(by=by, meeting=meeting, version=1, on=MARCH)
    changes.move_meeting(by=by, meeting=meeting, version=1, on=JUNE)
    assert queries.board(force.reader, board).rhythm.missed == (JUNE,)
    changes.cancel_meeting(by=by, meeting=meeting, version=2, reason="A storm.")
    row = queries.board(force.reader, board)
    assert (row.rhythm.held, row.rhythm.scheduled, row.rhythm.cancelled) == (1, 2, 1)
    changes.plan_meeting(by=by, board=board, on=JUNE)  # the day is free again
    assert Meeting.objects.filter(on=JUNE).count() == 2


# --- Who may, and who sees ----------------------------------------------------------------------------------


def test_nobody_but_who_runs_the_board_writes_its_agenda_or_minutes(force: Staffed) -> None:
    board = a_board(force)
    meeting = a_meeting(force, board, MARCH, "LH1")
    on = item(meeting).pk
    for by in (force.owner, force.board_member, force.auditor, force.reader, force.action_owner):
        for attempt in (
            lambda by=by: changes.plan_meeting(by=by, board=board, on=JUNE),
            lambda by=by: changes.put_on_agenda(
                by=by, meeting=meeting, version=2, risk=risk("LH2"), purpose="note"
            ),
            lambda by=by: changes.hold_meeting(by=by, meeting=meeting, version=2),
            lambda by=by: changes.minute_challenge(by=by, item=on, version=1, challenge="Why?"),
            lambda by=by: changes.minute_decision(by=by, item=on, text="Yes."),
            lambda by=by: changes.seat(
                by=by, board=board, post=force.owner_post, role="chair", from_on=APPOINTED
            ),
        ):
            with pytest.raises(Refused):
                attempt()
    assert Meeting.objects.get().state == "planned"


def test_the_holder_of_the_secretarys_seat_runs_that_board_and_no_other(force: Staffed) -> None:
    board, other = a_board(force), a_board(force, "Lamp Board")
    changes.seat(by=force.secretary, board=board, post=force.action_post, role="secretary", from_on=APPOINTED)
    changes.plan_meeting(by=force.action_owner, board=board, on=AHEAD)
    with pytest.raises(Refused):
        changes.plan_meeting(by=force.action_owner, board=other, on=AHEAD)


def test_a_boards_meeting_and_item_of_another_body_are_not_there(force: Staffed) -> None:
    board = a_board(force)
    meeting = a_meeting(force, board, MARCH, "LH1")
    on = item(meeting).pk
    by = force.stranger
    for attempt in (
        lambda: changes.plan_meeting(by=by, board=board, on=AHEAD),
        lambda: changes.hold_meeting(by=by, meeting=meeting, version=2),
        lambda: changes.minute_decision(by=by, item=on, text="Yes."),
        lambda: queries.board(by, "harbour-board"),
        lambda: queries.discussed(by, risk()),
    ):
        with pytest.raises(Missing):
            attempt()
    assert queries.boards(by) == ()
    assert queries.decisions(by) == ()
    mine = changes.open_board(by=by, name="Moss Board")
    with pytest.raises(Missing):
        changes.seat(by=by, board=mine, post=force.owner_post, role="chair", from_on=APPOINTED)
    theirs = changes.plan_meeting(by=by, board=mine, on=MARCH)
    with pytest.raises(Missing):
        changes.put_on_agenda(by=by, meeting=theirs, version=1, risk=risk(), purpose="note")
    with pytest.raises(Missing):
        changes.put_on_agenda(by=by, meeting=theirs, version=1, risk=uuid4(), purpose="note")


def test_who_sees_the_board_and_not_the_risk_is_told_only_that_an_item_is_there(force: Staffed) -> None:
    board = a_board(force)
    meeting = a_meeting(force, board, MARCH, "LH1", held=True)
    changes.minute_decision(by=force.secretary, item=item(meeting).pk, text="Count it twice.")
    person = people.add_person(
        by=force.administrator, name="Una Part", email="una@calder.test", role=None, password=PASSWORD
    )
    lamps = registers.open_register(by=force.administrator, name="Lamp register")
    people.grant_role(
        by=force.administrator, person=person.pk, role="reader", register=lamps, from_on=APPOINTED
    )
    assert queries.boards(actor_of(person.pk)) == ()  # the whole body's board is not a register's
    post = people.open_post(by=force.administrator, title="Lamp Clerk")
    people.appoint(by=force.administrator, post=post, person=person.pk, from_on=APPOINTED)
    changes.seat(by=force.secretary, board=board, post=post, role="in attendance", from_on=APPOINTED)
    una = actor_of(person.pk)
    (shown,) = page(una, MARCH).items
    assert (shown.hidden, shown.title, shown.risk, shown.decisions) == (True, "", None, ())
    assert queries.decisions(una) == ()
    with pytest.raises(Missing):
        queries.discussed(una, risk())


# --- Time and cost ------------------------------------------------------------------------------------------


def test_a_past_day_shows_the_board_as_it_was_known_then(force: Staffed) -> None:
    board = a_board(force)
    a_meeting(force, board, MARCH, "LH1", held=True)
    before = timezone.now()
    a_meeting(force, board, AHEAD, "LH1")
    assert len(queries.board(force.reader, board).meetings) == 2
    assert len(queries.board(force.reader, board, Clock(known_at=before)).meetings) == 1
    in_april = queries.board(force.reader, board, Clock(as_at=date(2026, 4, 1)))
    assert [each.on for each in in_april.meetings] == [MARCH]
    assert queries.board(force.reader, board, Clock(as_at=date(2026, 1, 1))).rhythm.held == 0


def test_pages_of_boards_cost_the_same_however_much_there_is(force: Staffed) -> None:
    by = force.secretary

    def cost() -> list[int]:
        counts = []
        for ask in (
            lambda: queries.boards(force.reader),
            lambda: page(by, AHEAD),
            lambda: queries.discussed(force.reader, risk()),
            lambda: queries.decisions(force.reader),
            lambda: queries.proposals(by, queries.boards(by)[0], []),
        ):
            with CaptureQueriesContext(
                connection,
            ) as told:
                ask()
            counts.append(len(told))
        return counts

    board = a_board(force)
    first = a_meeting(force, board, MARCH, "LH1", held=True)
    changes.minute_decision(by=by, item=item(first).pk, text="Count it twice.")
    a_meeting(force, board, AHEAD, "LH1")
    small = cost()
    for number in range(3):
        a_board(force, f"Board {number}")
        on = a_meeting(force, board, JUNE + timedelta(days=number), "LH1", "LH2", held=True)
        changes.minute_decision(by=by, item=item(on).pk, text=f"Count it {number} times.")
    meeting = Meeting.objects.get(on=AHEAD)
    for number, key in enumerate(("LH2", "LH3")):
        changes.put_on_agenda(
            by=by, meeting=meeting.pk, version=meeting.version + number, risk=risk(key), purpose="note"
        )
    assert cost() == small


def test_a_chair_whose_seat_ends_on_a_day_to_come_still_sits(force: Staffed) -> None:
    by, board = force.secretary, a_board(force)
    ahead = timezone.localdate() + timedelta(days=30)
    first = changes.seat(by=by, board=board, post=force.chair_post, role="chair", from_on=APPOINTED)
    changes.end_seat(by=by, seat=first, on=ahead)
    with pytest.raises(Invalid, match="in the chair until"):
        changes.seat(by=by, board=board, post=force.owner_post, role="chair", from_on=timezone.localdate())
    changes.seat(by=by, board=board, post=force.owner_post, role="chair", from_on=ahead)

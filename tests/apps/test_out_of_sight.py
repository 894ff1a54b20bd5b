"""What one may not see is not found beside what one may: an open review's discussion, another body's units,
a promise, a control or a board of others.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

import pytest

from cast import Staffed, a_paper, a_staffed_force, accepted, said
from once import made_once
from watchkeep.apps.discussion import changes as talk
from watchkeep.apps.people import changes as people
from watchkeep.apps.people.queries.units import place
from watchkeep.apps.register import changes as registers
from watchkeep.apps.register.models import Register, Risk
from watchkeep.apps.reviews import changes as reviews
from watchkeep.apps.reviews.changes import cycles
from watchkeep.apps.reviews.models import BoardDecision, Review
from watchkeep.apps.reviews.queries import meetings
from watchkeep.apps.reviews.queries.hiding import hidden_subjects
from watchkeep.apps.reviews.subjects import see
from watchkeep.apps.search.queries import search
from watchkeep.apps.treatment import changes as treatment
from watchkeep.apps.treatment.queries import lines_of
from watchkeep.domain.commitment import Promise
from watchkeep.domain.control import ControlValue
from watchkeep.domain.discussion import may_read
from watchkeep.domain.errors import Invalid, Missing
from watchkeep.domain.people import Actor, Grant

pytestmark = pytest.mark.django_db

MARCH, JUNE = date(2026, 3, 31), date(2026, 6, 30)


@pytest.fixture
@made_once
def staff() -> Staffed:
    made = a_staffed_force()
    accepted(made, a_paper(day=MARCH, period=said("2025/26 Q4")))
    return made


def lamp() -> Risk:
    return Risk.objects.get(key="LH1")


# --- An open review -----------------------------------------------------------------------------------------


@pytest.fixture
def review(staff: Staffed) -> Review:
    """Of the harbour's next quarter, with something said on it."""
    register = Register.objects.get().pk
    cycle = cycles.open_cycle(by=staff.risk_manager, register=register, period="2026/27 Q1", opened_on=JUNE)
    made = Review.objects.get(cycle=cycle, risk=lamp())
    talk.comment(by=staff.owner, subject=see(staff.owner, "review", str(made.pk)), text="Seals at the slip.")
    return made


def test_what_is_said_in_an_open_review_is_there_for_who_follows_it_alone(
    staff: Staffed, review: Review
) -> None:
    register = str(review.cycle.register_id)
    scoped = replace(staff.reader, role=None, grants=(Grant("reader", register=register),))
    for by in (staff.reader, staff.action_owner, scoped):
        with pytest.raises(Missing):
            see(by, "review", str(review.pk))
        assert not search(by, "seals").hits
        assert not may_read(by, see(staff.owner, "review", str(review.pk)))
    signing = replace(scoped, grants=(Grant("board member", register=register),))
    for by in (staff.owner, staff.board_member, staff.auditor, signing):
        assert see(by, "review", str(review.pk)).id == str(review.pk)
        assert search(by, "seals").hits


# --- Another body's units -----------------------------------------------------------------------------------


def test_another_bodys_unit_and_none_at_all_get_one_answer(staff: Staffed) -> None:
    foreign = people.open_unit(by=staff.stranger, name="Lantern Works")
    of_unit = replace(
        staff.administrator, kind="command", role=None, grants=(Grant("administrator", unit=str(staff.unit)),)
    )
    ways: dict[str, Callable[[Actor, UUID], object]] = {
        "open a post": lambda by, unit: people.open_post(by=by, title="Watch", unit=unit),
        "open a unit": lambda by, unit: people.open_unit(by=by, name="Watch", parent=unit),
        "move a post": lambda by, unit: people.move_post(by=by, post=staff.owner_post, version=1, unit=unit),
        "move a unit": lambda by, unit: people.move_unit(
            by=by, unit=staff.lower_unit, version=1, parent=unit
        ),
        "open a register": lambda by, unit: registers.open_register(by=by, name="Watch", unit=unit),
        "open a board": lambda by, unit: reviews.open_board(by=by, name="Watch", unit=unit),
    }
    for by in (of_unit, staff.administrator):
        for way, ask in ways.items():
            answers = []
            for unit in (foreign, uuid4()):
                with pytest.raises((Missing, Invalid)) as answer:
                    ask(by, unit)
                answers.append((answer.type, answer.value.sentence))
            assert answers[0] == answers[1], way


def test_a_unit_that_is_not_there_is_no_place(staff: Staffed) -> None:
    with pytest.raises(Missing):
        place(uuid4())


# --- A promise, a control, a board of others ----------------------------------------------------------------


def of_the_unit(staff: Staffed) -> Actor:
    """A secretary of one unit, who sees nothing of the harbour's register."""
    return replace(
        staff.secretary,
        role=None,
        posts=frozenset(),
        grants=(Grant("board secretary", unit=str(staff.unit)),),
    )


def test_a_board_minutes_no_promise_that_its_secretary_may_not_see(staff: Staffed) -> None:
    hidden = treatment.promise(
        by=staff.risk_manager, kind="action", value=Promise(title="Mend the slip"), risk=lamp().pk
    )
    board = reviews.open_board(by=staff.secretary, name="Harbour Board", unit=staff.unit)
    meeting = reviews.plan_meeting(by=staff.secretary, board=board, on=date(2026, 3, 10))
    item = reviews.put_on_agenda(
        by=staff.secretary, meeting=meeting, version=1, purpose="challenge", title="Slip"
    )
    with pytest.raises(Missing):
        reviews.minute_decision(by=of_the_unit(staff), item=item, text="Buy oil.", commitment=hidden)
    assert not BoardDecision.objects.exists()
    reviews.minute_decision(by=staff.secretary, item=item, text="Buy oil.", commitment=hidden)
    (seen,) = meetings.decisions(staff.secretary)
    (unseen,) = meetings.decisions(of_the_unit(staff))
    assert (seen.commitment, seen.commitment_reference) == ("Mend the slip", "P1")
    assert (unseen.text, unseen.commitment, unseen.commitment_reference) == ("Buy oil.", "", "")


def test_a_promise_becomes_no_control_that_its_owner_may_not_see(staff: Staffed) -> None:
    by = staff.action_owner
    control = treatment.add_control(
        by=staff.risk_manager, value=ControlValue(name="Lamp"), effective_on=MARCH
    )
    own = treatment.promise(
        by=staff.risk_manager,
        kind="action",
        value=Promise(title="Oil", owner_post=staff.action_post),
        on=MARCH,
    )
    for named in (control, uuid4()):
        with pytest.raises(Missing, match="no such control"):
            treatment.report_done(
                by=by, commitment=own, version=1, on=JUNE, becomes_control=treatment.Becomes(control=named)
            )


def test_a_line_becomes_a_meeting_of_no_board_that_is_not_in_sight(staff: Staffed) -> None:
    board = reviews.open_board(by=staff.secretary, name="Harbour Board")
    line = lines_of(staff.risk_manager, lamp().pk).lines[0].text
    said_so = treatment.Sorting(line, "meeting", board=board)
    with pytest.raises(Missing, match="no such board"):
        treatment.sort_line(by=staff.risk_manager, risk=lamp().pk, sorting=said_so)
    treatment.sort_line(by=staff.risk_manager, risk=lamp().pk, sorting=said_so, boards=[board])
    assert lines_of(staff.risk_manager, lamp().pk).lines[0].answer


def test_what_one_answers_for_is_not_hidden_from_ones_history_though_its_risk_is(staff: Staffed) -> None:
    by, post = staff.risk_manager, staff.action_post
    mine = treatment.add_control(by=by, value=ControlValue(name="Oil"), effective_on=MARCH, owner_post=post)
    other = treatment.add_control(by=by, value=ControlValue(name="Lamp"), effective_on=MARCH)
    for control in (mine, other):
        treatment.apply_control(by=by, control=control, risk=lamp().pk, from_on=MARCH)
    kept = treatment.promise(by=by, kind="action", value=Promise(title="Buy oil", owner_post=post), on=MARCH)
    away = treatment.promise(by=by, kind="action", value=Promise(title="Buy lamps"), on=MARCH)
    grants = (Grant("control and action owner", unit=str(staff.lower_unit)),)
    hidden = hidden_subjects(replace(staff.action_owner, role=None, grants=grants))
    assert hidden["control"] == {str(other)}
    assert hidden["commitment"] == {str(away)}
    assert str(kept) not in hidden["commitment"]

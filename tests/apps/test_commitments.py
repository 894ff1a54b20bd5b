"""Promises as records: every slip is kept, who may do what, and both clocks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone

from cast import JUNE, MARCH, Staffed, a_paper, a_staffed_force, accepted
from once import made_once
from watchkeep.apps.history import queries as history
from watchkeep.apps.register import changes as register
from watchkeep.apps.register.models import Risk
from watchkeep.apps.treatment import changes, queries
from watchkeep.domain.clock import Clock
from watchkeep.domain.commitment import Promise
from watchkeep.domain.errors import Invalid, Missing, Refused, Stale

TODAY = timezone.localdate()
DAY = timedelta(days=1)
PAST = date(2025, 3, 31)


@pytest.fixture
@made_once
def staff(db: None) -> Staffed:
    force = a_staffed_force()
    accepted(force, a_paper(day=PAST))
    return force


def risk(key: str = "LH1") -> UUID:
    return Risk.objects.get(key=key).pk


def promised(staff: Staffed, title: str = "Replace the lamp", **said: Any) -> UUID:
    given: dict[str, Any] = {"owner_post": staff.action_post, "due_on": date(2025, 6, 30)} | said
    kind, on = given.pop("kind", "action"), given.pop("on", PAST)
    return changes.promise(
        by=staff.risk_manager, kind=kind, value=Promise(title, **given), on=on, risk=risk(), part="ii"
    )


def row(staff: Staffed, which: UUID, clock: Clock = Clock()) -> queries.CommitmentRow:  # noqa: B008 (frozen)
    return queries.commitment(staff.auditor, which, clock).row


def test_a_promise_gets_the_next_reference_and_stands_under_its_risk(staff: Staffed) -> None:
    first, second = promised(staff), promised(staff, "Clean the lamp")
    (one, two) = sorted(queries.commitments_of(staff.auditor, risk()), key=lambda each: each.reference)
    assert (one.reference, two.reference) == ("P1", "P2")
    assert (one.id, two.id) == (first, second)
    assert (one.owner, one.bears_on[0].part) == ("Oil Officer", "ii")
    told = history.entries(staff.auditor, subject=("commitment", str(first))).rows
    assert [each.verb for each in told] == ["make a promise"]


def test_a_promise_set_right_for_an_earlier_day_keeps_that_days_other_words(staff: Staffed) -> None:
    which, april, may = promised(staff), date(2025, 4, 30), date(2025, 5, 31)
    before = row(staff, which).value
    changes.amend_promise(
        by=staff.risk_manager, commitment=which, version=1, value=replace(before, title="Two lamps"), on=may
    )
    now = row(staff, which).value
    then = timezone.now()
    version = changes.amend_promise(
        by=staff.risk_manager, commitment=which, version=2, value=replace(now, source="The board"), on=april
    )
    assert version == 4, "one of April, one of May"
    assert [row(staff, which, Clock(day)).value.title for day in (april, may)] == [
        "Replace the lamp",
        "Two lamps",
    ]
    assert [row(staff, which, Clock(day)).value.source for day in (PAST, april, may)] == [
        "",
        "The board",
        "The board",
    ]
    assert row(staff, which, Clock(may, then)).value.source == ""


def test_a_day_that_moved_earlier_than_the_last_word_stands_and_is_one_slip(staff: Staffed) -> None:
    which, april, may = promised(staff), date(2025, 4, 30), date(2025, 5, 31)
    titled = replace(row(staff, which).value, title="Two lamps")
    changes.amend_promise(by=staff.risk_manager, commitment=which, version=1, value=titled, on=may)
    changes.slip(
        by=staff.risk_manager,
        commitment=which,
        version=2,
        due_on=date(2025, 8, 31),
        reason="No glass",
        on=april,
    )
    stands = row(staff, which)
    assert (stands.title, stands.due_on) == ("Two lamps", date(2025, 8, 31))
    assert [(each.on, each.days, each.reason) for each in stands.slips] == [(april, 62, "No glass")]


def test_a_later_day_without_a_reason_is_refused_and_an_earlier_one_is_not(staff: Staffed) -> None:
    which = promised(staff)
    for due_on in (date(2025, 7, 1), None):
        with pytest.raises(Invalid, match="say why") as refused:
            changes.slip(by=staff.action_owner, commitment=which, version=1, due_on=due_on, on=PAST)
        assert refused.value.field == "reason"
    assert (
        changes.slip(by=staff.action_owner, commitment=which, version=1, due_on=date(2025, 6, 1), on=PAST)
        == 2
    )
    assert row(staff, which).slips == ()


def test_every_slip_is_kept_with_its_reason_and_who_gave_it(staff: Staffed) -> None:
    which = promised(staff)
    for version, (due_on, reason, on) in enumerate(
        [
            (date(2025, 8, 1), "No lamp to be had", date(2025, 6, 20)),
            (date(2025, 7, 20), "", date(2025, 7, 1)),
            (date(2025, 9, 30), "Cracked in transport", date(2025, 7, 25)),
        ],
        1,
    ):
        changes.slip(
            by=staff.action_owner, commitment=which, version=version, due_on=due_on, reason=reason, on=on
        )
    found = row(staff, which)
    assert [(each.from_day, each.to_day, each.reason) for each in found.slips] == [
        (date(2025, 6, 30), date(2025, 8, 1), "No lamp to be had"),
        (date(2025, 7, 20), date(2025, 9, 30), "Cracked in transport"),
    ]
    assert found.slips[1].by == "Olav Wick"
    assert found.slips[1].after_the_day
    assert (found.original_due, found.slipped) == (date(2025, 6, 30), 92)


def test_the_past_shows_the_day_that_stood_then(staff: Staffed) -> None:
    which = promised(staff)
    changes.slip(
        by=staff.action_owner, commitment=which, version=1, due_on=date(2025, 9, 30), reason="Late",
        on=date(2025, 6, 20),
    )  # fmt: skip
    then = row(staff, which, Clock(as_at=date(2025, 6, 1)))
    assert (then.due_on, then.slips, then.spoken) == (date(2025, 6, 30), (), "Due in 29 days")
    assert row(staff, which, Clock(as_at=date(2025, 6, 30))).due_on == date(2025, 9, 30)
    before_all = Clock(known_at=timezone.now() - timedelta(days=3))
    assert queries.commitments(staff.auditor, before_all) == ()


def test_the_owner_answers_and_may_neither_drop_it_nor_say_what_done_means(staff: Staffed) -> None:
    which = promised(staff, definition_of_done="It shines")
    easier = Promise("Replace the lamp", "A lamp was ordered", staff.action_post, due_on=date(2025, 6, 30))
    with pytest.raises(Refused, match="change controls"):
        changes.amend_promise(by=staff.action_owner, commitment=which, version=1, value=easier)
    with pytest.raises(Refused, match="change controls"):
        changes.drop(by=staff.action_owner, commitment=which, version=1, on=TODAY, reason="Tired")
    changes.report_done(by=staff.action_owner, commitment=which, version=1, on=date(2025, 7, 4), note="Lit")
    assert row(staff, which).spoken == "Done 4 days late"


def test_who_holds_no_post_of_it_may_not_answer(staff: Staffed) -> None:
    which = promised(staff)
    for by in (staff.other_owner, staff.board_member, staff.auditor, staff.reader):
        with pytest.raises(Refused):
            changes.slip(by=by, commitment=which, version=1, due_on=date(2026, 1, 1), reason="x")
    with pytest.raises(Missing):
        changes.slip(by=staff.stranger, commitment=which, version=1, due_on=date(2026, 1, 1), reason="x")


def test_the_loser_of_a_race_is_told_what_differs(staff: Staffed) -> None:
    which = promised(staff)
    changes.slip(
        by=staff.action_owner, commitment=which, version=1, due_on=date(2025, 8, 1), reason="a", on=PAST
    )
    with pytest.raises(Stale) as lost:
        changes.slip(by=staff.risk_manager, commitment=which, version=1, due_on=date(2025, 9, 1), reason="b")
    assert [(each.name, each.yours, each.theirs) for each in lost.value.clashes] == [
        ("due", "2025-09-01", "2025-08-01")
    ]


def test_what_was_done_before_a_slip_was_told_is_done(staff: Staffed) -> None:
    which = promised(staff)
    changes.slip(
        by=staff.action_owner, commitment=which, version=1, due_on=date(2025, 9, 1), reason="a",
        on=date(2025, 6, 25),
    )  # fmt: skip
    changes.report_done(by=staff.action_owner, commitment=which, version=2, on=date(2025, 6, 20))
    assert row(staff, which).standing.state == "done"
    assert row(staff, which, Clock(as_at=date(2025, 6, 25))).standing.state == "done"
    assert len(row(staff, which).slips) == 1


def test_done_without_effect_is_said_by_somebody_else(staff: Staffed) -> None:
    which = promised(staff, expected_effect="Oil lasts a day longer", expected_by=date(2025, 9, 30))
    judge: dict[str, Any] = {"seen": "no", "note": "The log says no", "on": date(2025, 10, 9)}
    with pytest.raises(Refused, match="not done yet"):
        changes.say_effect(by=staff.risk_manager, commitment=which, version=1, **judge)
    changes.report_done(by=staff.action_owner, commitment=which, version=1, on=date(2025, 6, 1))
    assert row(staff, which).standing.effect_late is not None
    with pytest.raises(Refused, match="their own promise"):
        changes.say_effect(by=staff.action_owner, commitment=which, version=2, **judge)
    changes.say_effect(by=staff.risk_manager, commitment=which, version=2, **judge)
    found = row(staff, which)
    assert (found.standing.state, found.effect_note) == ("delivered without effect", "The log says no")
    assert row(staff, which, Clock(as_at=date(2025, 7, 1))).standing.state == "done"


def test_an_action_that_is_done_becomes_a_control_of_the_same_risk(staff: Staffed) -> None:
    which = promised(staff)
    changes.report_done(
        by=staff.risk_manager, commitment=which, version=1, on=date(2025, 6, 1),
        becomes_control=changes.Becomes(),
    )  # fmt: skip
    ((use, control),) = queries.controls_of(staff.auditor, risk())
    assert (control.name, control.owner, use.part) == ("Replace the lamp", "Oil Officer", "ii")
    assert row(staff, which).control == control.id


def test_a_circle_of_waiting_is_refused_however_long(staff: Staffed) -> None:
    first, second, third = (promised(staff, name) for name in ("Buy", "Fit", "Light"))
    changes.depend_on(by=staff.risk_manager, commitment=second, needs=first)
    changes.depend_on(by=staff.risk_manager, commitment=third, needs=second)
    for needs in (third, first):
        with pytest.raises(Refused, match=r"wait"):
            changes.depend_on(by=staff.risk_manager, commitment=first, needs=needs)
    assert row(staff, first).waiting == {second, third}
    changes.report_done(by=staff.risk_manager, commitment=third, version=1, on=date(2025, 6, 1))
    assert row(staff, first).waiting == {second}


def test_what_was_ended_wrongly_is_taken_up_again_and_both_stay(staff: Staffed) -> None:
    which = promised(staff)
    changes.report_done(by=staff.action_owner, commitment=which, version=1, on=date(2025, 6, 1))
    with pytest.raises(Refused, match="done already"):
        changes.report_done(by=staff.action_owner, commitment=which, version=2, on=date(2025, 6, 2))
    changes.take_up_again(
        by=staff.risk_manager, commitment=which, version=2, on=date(2025, 6, 9), reason="It broke"
    )
    assert row(staff, which).standing.state == "overdue"
    assert row(staff, which, Clock(as_at=date(2025, 6, 5))).standing.state == "done"


def test_an_owner_of_the_risk_keeps_its_promises(staff: Staffed) -> None:
    with pytest.raises(Refused):
        changes.promise(by=staff.owner, kind="action", value=Promise("Oil"), risk=risk())
    found = Risk.objects.get(key="LH1")
    register.set_owner(
        by=staff.risk_manager, risk=found.pk, version=found.version, post=staff.owner_post, on=TODAY
    )
    which = changes.promise(by=staff.owner, kind="action", value=Promise("Oil"), risk=risk())
    changes.drop(by=staff.owner, commitment=which, version=1, on=TODAY, reason="No need")
    assert row(staff, which).standing.state == "dropped"


def test_tomorrow_is_not_reported(staff: Staffed) -> None:
    which = promised(staff)
    with pytest.raises(Invalid, match="has not come yet"):
        changes.report_done(by=staff.action_owner, commitment=which, version=1, on=TODAY + DAY)


def test_a_promise_of_a_post_is_told_without_a_viewer(staff: Staffed) -> None:
    which, other = promised(staff), promised(staff, "Paint", owner_post=staff.other_post)
    assert [each.id for each in queries.commitments_of_post(staff.action_post, JUNE)] == [which]
    assert [each.id for each in queries.commitments_of_post(staff.other_post, MARCH)] == [other]


@pytest.mark.parametrize("many", [3, 30])
def test_the_list_takes_as_many_statements_for_thirty_as_for_three(
    staff: Staffed, many: int, django_assert_num_queries: Any
) -> None:
    made = [promised(staff, f"Lamp {number}") for number in range(many)]
    changes.depend_on(by=staff.risk_manager, commitment=made[0], needs=made[1])
    with django_assert_num_queries(4):
        assert len(queries.commitments(staff.auditor)) == many


def test_the_history_still_verifies(staff: Staffed) -> None:
    which = promised(staff)
    changes.slip(
        by=staff.action_owner, commitment=which, version=1, due_on=date(2026, 1, 1), reason="x", on=PAST
    )
    changes.drop(by=staff.risk_manager, commitment=which, version=2, on=TODAY, reason="No more lamps")
    assert history.verify(staff.auditor).holds


def test_a_new_day_is_not_past_when_it_is_given_nor_beyond_the_calendar(
    staff: Staffed,
) -> None:
    which = promised(staff)
    for due_on, told in ((TODAY - DAY, "is past; give a day from"), (date(2101, 1, 1), "from 1900 to 2100")):
        with pytest.raises(Invalid, match=told) as refused:
            changes.slip(by=staff.action_owner, commitment=which, version=1, due_on=due_on, reason="x")
        assert refused.value.field == "due"
    assert changes.slip(by=staff.action_owner, commitment=which, version=1, due_on=TODAY, reason="x") == 2

"""Controls, what they serve and their checks: what changed, what was recorded, each refusal, both clocks."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

import cast
from cast import APPOINTED, PASSWORD, Staffed, accepted
from once import made_once
from watchkeep.apps.history import queries as history
from watchkeep.apps.history.models import Entry
from watchkeep.apps.people import changes as people
from watchkeep.apps.people.queries import viewer_of
from watchkeep.apps.register.changes import open_register, set_owner
from watchkeep.apps.register.models import Register, Risk
from watchkeep.apps.treatment import changes, queries
from watchkeep.apps.treatment.models import ControlUse
from watchkeep.domain.check import Check, Sample
from watchkeep.domain.clock import Clock
from watchkeep.domain.concentration import Lead
from watchkeep.domain.control import ControlValue
from watchkeep.domain.errors import Invalid, Missing, Refused, Stale
from watchkeep.domain.people import Actor

pytestmark = pytest.mark.django_db

JANUARY, MARCH, MAY = date(2026, 1, 15), date(2026, 3, 15), date(2026, 5, 15)


@pytest.fixture
@made_once
def harbour(staffed: Staffed) -> Staffed:
    """The staffed force with three risks, LH1 to LH3."""
    accepted(staffed)
    return staffed


def risk(reference: str = "LH1") -> UUID:
    return Risk.objects.get(reference=reference).pk


def a_control(force: Staffed, by: Actor | None = None, on: date = JANUARY, **more: Any) -> UUID:
    value = ControlValue(**{"name": "Oil count", "kind": "detective", "frequency": "Weekly"} | more)
    return changes.add_control(
        by=by or force.risk_manager, value=value, effective_on=on, owner_post=force.action_post
    )


def a_check(kind: Any = "assessment", line: int = 2, on: date = MARCH, **more: Any) -> Check:
    said: dict[str, Any] = {"by": "Risk Manager", "design": "effective", "operation": "effective"}
    return Check(kind=kind, line=line, on=on, **(said | more))


def apply(force: Staffed, control: UUID, reference: str = "LH1", **more: Any) -> UUID:
    given: dict[str, Any] = {"from_on": JANUARY} | more
    return changes.apply_control(by=force.risk_manager, control=control, risk=risk(reference), **given)


def amend(force: Staffed, control: UUID, version: int, by: Actor | None = None, **more: Any) -> int:
    given: dict[str, Any] = {
        "value": ControlValue("Oil count, twice"),
        "effective_on": MARCH,
        "owner_post": force.action_post,
    } | more
    return changes.amend_control(by=by or force.risk_manager, control=control, version=version, **given)


# --- Adding and amending ------------------------------------------------------------------------------------


def test_a_control_gets_the_bodys_next_reference_and_stands_with_its_owner(harbour: Staffed) -> None:
    a_control(harbour)
    a_control(harbour, name="Spare lamp")
    first, second = queries.controls(harbour.risk_manager)
    assert (first.reference, first.owner, first.state, first.since) == (
        "C1",
        "Oil Officer",
        "in force",
        JANUARY,
    )
    assert (second.reference, second.name) == ("C2", "Spare lamp")
    told = history.entries(harbour.administrator, ("control", str(first.id))).rows
    assert [each.verb for each in told] == ["add a control"]


def test_references_are_the_bodys_own(harbour: Staffed) -> None:
    a_control(harbour)
    changes.add_control(by=harbour.stranger, value=ControlValue("Theirs"), effective_on=JANUARY)
    assert [each.reference for each in queries.controls(harbour.stranger)] == ["C1"]


def test_a_post_of_another_body_owns_nothing_here(harbour: Staffed) -> None:
    with pytest.raises(Invalid):
        changes.add_control(
            by=harbour.stranger, value=ControlValue("x"), effective_on=JANUARY, owner_post=harbour.action_post
        )


def test_amending_writes_a_version_and_says_what_was_before(harbour: Staffed) -> None:
    control = a_control(harbour)
    assert amend(harbour, control, 1, reason="The tank is bigger") == 2
    assert queries.control(harbour.risk_manager, "C1").row.name == "Oil count, twice"
    assert queries.control(harbour.risk_manager, "C1", Clock(as_at=JANUARY)).row.name == "Oil count"
    entry = history.entries(harbour.administrator, ("control", str(control))).rows[0]
    assert {"field": "Name", "before": "Oil count", "after": "Oil count, twice"} in entry.facts["fields"]
    assert entry.reason == "The tank is bigger"


def test_saying_again_what_stands_leaves_no_entry(harbour: Staffed) -> None:
    control = a_control(harbour)
    before = Entry.objects.count()
    same = ControlValue("Oil count", kind="detective", frequency="Weekly")
    assert amend(harbour, control, 1, value=same) == 1
    assert Entry.objects.count() == before


def test_the_loser_of_a_race_sees_both_and_nothing_is_lost(harbour: Staffed) -> None:
    control = a_control(harbour)
    amend(harbour, control, 1)
    with pytest.raises(Stale) as stale:
        amend(harbour, control, 1, value=ControlValue("Oil weighed", kind="detective"))
    name = next(each for each in stale.value.clashes if each.name == "name")
    assert (name.yours, name.theirs) == ("Oil weighed", "Oil count, twice")
    assert stale.value.version == 2


def test_a_back_dated_amendment_is_in_as_now_known_and_not_in_as_known_then(harbour: Staffed) -> None:
    control = a_control(harbour)
    amend(harbour, control, 1, value=ControlValue("Oil count in May"), effective_on=MAY)
    then = timezone.now()
    amend(harbour, control, 2, value=ControlValue("Oil count in March"), effective_on=MARCH)
    viewer, april = harbour.auditor, date(2026, 4, 1)
    assert queries.control(viewer, "C1", Clock(april)).row.name == "Oil count in March"
    assert queries.control(viewer, "C1", Clock(april, then)).row.name == "Oil count"
    assert queries.control(viewer, "C1").row.name == "Oil count in May"


def test_a_control_set_right_for_an_earlier_day_keeps_that_days_other_words(harbour: Staffed) -> None:
    control, april = a_control(harbour), date(2026, 4, 1)
    amend(harbour, control, 1, value=ControlValue("Oil count in May", kind="detective"), effective_on=MAY)
    looked = ControlValue("Oil count in May", kind="corrective")
    then = timezone.now()
    assert amend(harbour, control, 2, value=looked, effective_on=MARCH) == 4, "one of March, one of May"

    def told(clock: Clock) -> tuple[str, str, str]:
        row = queries.control(harbour.auditor, "C1", clock).row
        return row.name, row.kind, row.frequency

    assert told(Clock(april)) == ("Oil count", "corrective", "Weekly")
    assert told(Clock()) == ("Oil count in May", "corrective", ""), "the kind was not said anew since"
    assert told(Clock(MAY, then)) == ("Oil count in May", "detective", "")


def test_before_it_was_known_there_was_no_such_control(harbour: Staffed) -> None:
    before = timezone.now()
    a_control(harbour)
    assert queries.controls(harbour.auditor, Clock(known_at=before)) == ()
    assert queries.controls(harbour.auditor, Clock(as_at=date(2026, 1, 1))) == ()
    with pytest.raises(Missing):
        queries.control(harbour.auditor, "C1", Clock(known_at=before))


def test_its_owner_amends_a_control_and_cannot_pass_it_on(harbour: Staffed) -> None:
    control = a_control(harbour)
    assert amend(harbour, control, 1, by=harbour.action_owner) == 2
    with pytest.raises(Refused):
        amend(harbour, control, 2, by=harbour.action_owner, owner_post=harbour.other_post)
    assert amend(harbour, control, 2, owner_post=harbour.other_post) == 3
    with pytest.raises((Refused, Missing)):
        amend(harbour, control, 3, by=harbour.action_owner, value=ControlValue("Mine again"))


@pytest.mark.parametrize("who", ["reader", "board_member", "secretary", "auditor", "other_owner"])
def test_nobody_else_adds_amends_or_stands_down(harbour: Staffed, who: str) -> None:
    control, by = a_control(harbour), getattr(harbour, who)
    apply(harbour, control)
    before = Entry.objects.count()
    for attempt in (
        lambda: a_control(harbour, by),
        lambda: amend(harbour, control, 1, by=by),
        lambda: changes.stand_down(by=by, control=control, version=1, on=MAY, reason="x"),
        lambda: changes.apply_control(by=by, control=control, risk=risk("LH2"), from_on=MAY),
    ):
        with pytest.raises(Refused):
            attempt()
    assert Entry.objects.count() == before


def test_another_body_has_no_such_control(harbour: Staffed) -> None:
    control = a_control(harbour)
    check = changes.record_check(by=harbour.risk_manager, control=control, value=a_check())
    by = harbour.stranger
    for attempt in (
        lambda: queries.control(by, control),
        lambda: queries.check(by, check),
        lambda: amend(harbour, control, 1, by=by, owner_post=None),
        lambda: changes.record_check(by=by, control=control, value=a_check()),
        lambda: changes.correct_check(by=by, check=check, version=1, value=a_check(), reason="x"),
        lambda: changes.stand_down(by=by, control=control, version=1, on=MAY, reason="x"),
        lambda: changes.apply_control(by=by, control=control, risk=risk(), from_on=MAY),
    ):
        with pytest.raises(Missing):
            attempt()


def test_what_has_not_come_yet_is_not_recorded(harbour: Staffed) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    control = a_control(harbour)
    for attempt in (
        lambda: a_control(harbour, on=tomorrow),
        lambda: amend(harbour, control, 1, effective_on=tomorrow),
        lambda: apply(harbour, control, from_on=tomorrow),
        lambda: changes.stand_down(
            by=harbour.risk_manager, control=control, version=1, on=tomorrow, reason="x"
        ),
        lambda: changes.record_check(by=harbour.risk_manager, control=control, value=a_check(on=tomorrow)),
    ):
        with pytest.raises(Invalid, match="has not come yet"):
            attempt()


# --- Standing down ------------------------------------------------------------------------------------------


def test_a_stand_down_shows_on_every_risk_that_the_control_served_and_may_be_undone(harbour: Staffed) -> None:
    control = a_control(harbour)
    apply(harbour, control, "LH1")
    apply(harbour, control, "LH2", side="consequence")
    by = harbour.action_owner
    changes.stand_down(by=by, control=control, version=1, on=MARCH, reason="The tank is gone")
    for reference in ("LH1", "LH2"):
        ((_, row),) = queries.controls_of(harbour.reader, risk(reference))
        assert (row.state, row.reason, row.since) == ("stood down", "The tank is gone", MARCH)
        ((_, before),) = queries.controls_of(harbour.reader, risk(reference), Clock(as_at=JANUARY))
        assert before.in_force
    with pytest.raises(Refused, match="stood down already"):
        changes.stand_down(by=by, control=control, version=2, on=MARCH, reason="Again")
    changes.stand_up(by=by, control=control, version=2, on=MAY, reason="A new tank")
    assert queries.control(by, "C1").row.in_force
    assert [each.state for each in queries.control(by, "C1").versions] == [
        "in force",
        "stood down",
        "in force",
    ]


def test_a_stand_down_says_why_and_comes_after_what_was_said_last(harbour: Staffed) -> None:
    control = a_control(harbour)
    amend(harbour, control, 1, effective_on=MAY)
    for problem, on, reason in ((Invalid, MAY, " "), (Invalid, MARCH, "The tank is gone")):
        with pytest.raises(problem):
            changes.stand_down(by=harbour.risk_manager, control=control, version=2, on=on, reason=reason)


def test_a_planned_control_comes_into_force(harbour: Staffed) -> None:
    by = harbour.risk_manager
    control = changes.add_control(by=by, value=ControlValue("Alarm"), effective_on=JANUARY, state="planned")
    assert not queries.control(by, control).row.in_force
    changes.stand_up(by=by, control=control, version=1, on=MARCH)
    assert queries.control(by, control).row.in_force


# --- What it serves -----------------------------------------------------------------------------------------


def test_a_control_serves_a_part_of_a_risk_on_a_side_and_the_risks_history_says_so(harbour: Staffed) -> None:
    control = a_control(harbour)
    apply(harbour, control, part="ii", side="cause")
    ((use, row),) = queries.controls_of(harbour.reader, risk())
    assert (use.part, use.side, row.reference) == ("ii", "cause", "C1")
    told = history.entries(harbour.administrator, ("risk", str(risk()))).rows[0]
    assert (told.verb, told.facts["control"]["label"]) == ("apply a control", "C1 Oil count")


def test_a_use_names_a_part_that_there_is_and_stands_once(harbour: Staffed) -> None:
    control = a_control(harbour)
    apply(harbour, control, part="i")
    with pytest.raises(Invalid, match="its parts are: i, ii"):
        apply(harbour, control, part="vii")
    with pytest.raises(Invalid):
        apply(harbour, control, side="event")
    with pytest.raises(Refused, match="already"):
        apply(harbour, control, part="i")
    apply(harbour, control, part="ii")
    assert len(queries.control(harbour.reader, "C1").row.risks) == 1
    assert len(queries.control(harbour.reader, "C1").row.uses) == 2


def test_an_ended_use_is_over_from_its_day_and_stays_on_record(harbour: Staffed) -> None:
    control = a_control(harbour)
    use = apply(harbour, control)
    then = timezone.now()
    changes.end_use(by=harbour.risk_manager, use=use, on=MARCH, reason="The lamps are electric")
    assert queries.controls_of(harbour.auditor, risk()) == ()
    assert len(queries.controls_of(harbour.auditor, risk(), Clock(as_at=MARCH - timedelta(days=1)))) == 1
    assert queries.controls_of(harbour.auditor, risk(), Clock(as_at=MAY)) == ()
    assert len(queries.controls_of(harbour.auditor, risk(), Clock(MAY, then))) == 1
    (ended,) = queries.control(harbour.auditor, "C1").ended
    assert ended.until_reason == "The lamps are electric"
    for reason, on in (("x", MAY), ("", MAY)):
        with pytest.raises((Refused, Invalid)):
            changes.end_use(by=harbour.risk_manager, use=use, on=on, reason=reason)
    apply(harbour, control, from_on=MAY)
    assert len(queries.controls_of(harbour.auditor, risk())) == 1


def test_nothing_is_put_to_a_control_that_was_stood_down(harbour: Staffed) -> None:
    control = a_control(harbour)
    changes.stand_down(by=harbour.risk_manager, control=control, version=1, on=MARCH, reason="Gone")
    with pytest.raises(Refused, match="put it in force"):
        apply(harbour, control)


def test_a_use_that_there_is_not_cannot_be_ended(harbour: Staffed) -> None:
    with pytest.raises(Missing):
        changes.end_use(by=harbour.risk_manager, use=uuid4(), on=MAY, reason="x")


# --- Checks -------------------------------------------------------------------------------------------------


def test_a_check_is_kept_with_who_checked_and_who_wrote_it_down(harbour: Staffed) -> None:
    control = a_control(harbour, tolerated=10)
    value = a_check("assurance", 3, by="Head of Audit", sample=Sample(200, 2), note="All tanks.")
    made = changes.record_check(by=harbour.risk_manager, control=control, value=value)
    (row,) = queries.control(harbour.auditor, "C1").checks
    assert (row.id, row.check.by, row.recorded_by) == (made, "Head of Audit", "Runa Quay")
    assert row.check.sample == Sample(200, 2)
    assert queries.control(harbour.auditor, "C1", Clock(as_at=MARCH)).row.effectiveness.holds


def test_an_owner_attests_and_cannot_assure(harbour: Staffed) -> None:
    control, by = a_control(harbour), harbour.action_owner
    changes.record_check(by=by, control=control, value=a_check("attestation", 1, by="Oil Officer"))
    with pytest.raises(Refused, match="has to come from somebody else"):
        changes.record_check(by=by, control=control, value=a_check("assurance", 3, by="Head of Audit"))
    assert len(queries.control(by, "C1").checks) == 1


def test_who_answers_for_a_risk_does_not_assure_what_holds_it_back(harbour: Staffed) -> None:
    control = a_control(harbour)
    apply(harbour, control)
    version = Risk.objects.get(reference="LH1").version
    set_owner(by=harbour.risk_manager, risk=risk(), version=version, post=harbour.owner_post, on=cast.MARCH)
    with pytest.raises(Refused, match="not independent"):
        changes.record_check(by=harbour.owner, control=control, value=a_check("assurance", 2, by="Me"))
    changes.record_check(by=harbour.owner, control=control, value=a_check(by="Head of Harbour"))


def test_a_correction_stands_beside_what_it_corrects_on_both_clocks(harbour: Staffed) -> None:
    control, by = a_control(harbour), harbour.risk_manager
    wrong = changes.record_check(by=by, control=control, value=a_check(operation="not effective"))
    then = timezone.now()
    right = changes.correct_check(
        by=by, check=wrong, version=1, value=a_check(on=MAY), reason="The day and the word were mixed up"
    )
    (row,) = queries.control(by, "C1").checks
    assert (row.id, row.version) == (right, 2)
    assert row.before is not None
    assert row.before.operation == "not effective"
    assert queries.control(by, "C1", Clock(as_at=date(2026, 4, 1))).row.effectiveness.whole == "not tested"
    known_then = queries.control(by, "C1", Clock(date(2026, 4, 1), then))
    assert known_then.row.effectiveness.operation.answer == "not effective"
    assert [each.version for each in known_then.checks] == [1]
    page, found = queries.check(by, wrong)
    assert (page.row.reference, found.id) == ("C1", right)


def test_two_who_correct_the_same_check_lose_nothing(harbour: Staffed) -> None:
    control, by = a_control(harbour), harbour.risk_manager
    check = changes.record_check(by=by, control=control, value=a_check())
    changes.correct_check(by=by, check=check, version=1, value=a_check(note="First"), reason="x")
    with pytest.raises(Stale) as stale:
        changes.correct_check(by=by, check=check, version=1, value=a_check(note="Second"), reason="x")
    (clash,) = stale.value.clashes
    assert (clash.name, clash.yours, clash.theirs) == ("note", "Second", "First")
    changes.correct_check(
        by=by, check=check, version=stale.value.version, value=a_check(note="Both"), reason="x"
    )
    assert queries.control(by, "C1").checks[0].check.note == "Both"


def test_an_owner_cannot_turn_an_audit_into_their_own_word(harbour: Staffed) -> None:
    control = a_control(harbour)
    audit = changes.record_check(
        by=harbour.risk_manager,
        control=control,
        value=a_check("assurance", 3, by="Head of Audit", operation="not effective"),
    )
    mine = a_check("attestation", 1, by="Oil Officer")
    with pytest.raises(Refused):
        changes.correct_check(by=harbour.action_owner, check=audit, version=1, value=mine, reason="It works")


def test_a_check_that_its_own_sample_speaks_against_says_why(harbour: Staffed) -> None:
    control = a_control(harbour, tolerated=5)
    with pytest.raises(Invalid, match="beyond that"):
        changes.record_check(by=harbour.risk_manager, control=control, value=a_check(sample=Sample(20, 10)))


# --- Who sees it --------------------------------------------------------------------------------------------


def test_a_control_is_seen_by_who_sees_a_risk_that_it_serves_its_owner_and_who_keeps_controls(
    harbour: Staffed,
) -> None:
    control = a_control(harbour)
    seen = {
        who: bool(queries.controls(getattr(harbour, who)))
        for who in ("risk_manager", "auditor", "action_owner", "reader", "other_owner", "stranger")
    }
    assert seen == {
        "risk_manager": True,
        "auditor": True,
        "action_owner": True,
        "reader": False,
        "other_owner": False,
        "stranger": False,
    }
    apply(harbour, control)
    assert queries.controls(harbour.reader)
    assert not queries.controls(harbour.stranger)


def test_a_role_in_one_register_shows_only_what_serves_it(harbour: Staffed) -> None:
    control = a_control(harbour)
    apply(harbour, control)
    elsewhere = open_register(by=harbour.administrator, name="Quay register")
    granted = people.add_person(
        by=harbour.administrator, name="Una Part", email="una@calder.test", role=None, password=PASSWORD
    )
    people.grant_role(
        by=harbour.administrator, person=granted.pk, role="reader", register=elsewhere, from_on=APPOINTED
    )
    viewer = viewer_of(type(granted).objects.get(pk=granted.pk))
    assert queries.controls(viewer) == ()
    assert queries.controls_of(viewer, risk()) == ()
    assert queries.concentration(viewer).posts == ()
    with pytest.raises(Missing):
        queries.control(viewer, "C1")
    people.grant_role(
        by=harbour.administrator,
        person=granted.pk,
        role="reader",
        register=Register.objects.get(slug="harbour-risk-register").pk,
        from_on=APPOINTED,
    )
    assert queries.controls(viewer_of(type(granted).objects.get(pk=granted.pk)))


# --- Concentration and cost ---------------------------------------------------------------------------------


def test_a_control_under_two_risks_and_a_post_that_leads_three_things_are_concentrated(
    harbour: Staffed,
) -> None:
    shared, lone, gone = a_control(harbour), a_control(harbour, name="Lone"), a_control(harbour, name="Gone")
    for reference in ("LH1", "LH2"):
        apply(harbour, shared, reference)
        apply(harbour, gone, reference)
    apply(harbour, lone, "LH1", part="i")
    apply(harbour, lone, "LH1", part="ii")
    changes.stand_down(by=harbour.risk_manager, control=gone, version=1, on=MARCH, reason="Gone")
    found = queries.concentration(harbour.reader)
    assert [each.reference for each in found.shared] == ["C1"]
    assert found.posts == ()  # two controls in force
    chairs = (Lead(str(harbour.action_post), "Oil Officer", "structure", "Oil Board"),)
    (busy,) = queries.concentration(harbour.reader, structures=chairs).posts
    assert [each.label for each in busy.leads] == ["C1 Oil count", "C2 Lone", "Oil Board"]
    then = queries.concentration(harbour.reader, Clock(as_at=JANUARY))
    assert len(then.shared) == 2
    assert len(then.posts[0].leads) == 3


def many(force: Staffed, number: int) -> None:
    for position in range(number):
        control = a_control(force, name=f"Control {position}")
        for reference in ("LH1", "LH2", "LH3"):
            apply(force, control, reference)
        for on in (JANUARY, MARCH, MAY):
            changes.record_check(by=force.risk_manager, control=control, value=a_check(on=on))


QUESTIONS: dict[str, Any] = {
    "controls": lambda viewer: queries.controls(viewer),
    "controls as at": lambda viewer: queries.controls(viewer, Clock(as_at=MARCH)),
    "controls of a risk": lambda viewer: queries.controls_of(viewer, risk()),
    "one control": lambda viewer: queries.control(viewer, "C1"),
    "concentration": lambda viewer: queries.concentration(viewer),
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_each_question_takes_the_same_few_statements_however_much_there_is(
    harbour: Staffed, question: str, django_assert_max_num_queries: Any
) -> None:
    counts = []
    for number in (1, 6):
        many(harbour, number)
        with django_assert_max_num_queries(14) as asked:
            QUESTIONS[question](harbour.reader)
        counts.append(len(asked.captured_queries))
    assert counts[0] == counts[1]


def test_after_all_of_it_the_history_verifies(harbour: Staffed) -> None:
    many(harbour, 1)
    control = queries.control(harbour.risk_manager, "C1").row.id
    amend(harbour, control, 1)
    use = ControlUse.objects.order_by("pk")[0].pk
    changes.end_use(by=harbour.risk_manager, use=use, on=MAY, reason="x")
    changes.stand_down(by=harbour.risk_manager, control=control, version=2, on=MAY, reason="Gone")
    assert history.verify(harbour.administrator).holds


def test_a_control_serves_a_risk_once_at_a_time_whichever_day_is_told_first(harbour: Staffed) -> None:
    control = a_control(harbour)
    apply(harbour, control, from_on=MAY)
    with pytest.raises(Refused, match="already, from 15 May 2026 on"):
        apply(harbour, control, from_on=MARCH)
    assert ControlUse.objects.count() == 1

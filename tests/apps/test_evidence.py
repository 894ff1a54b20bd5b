"""What sentences rest on, as records: bound, judged, looked at again, taken off; flagged when it moves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from cast import APPOINTED, Staffed, a_paper, a_risk, accepted, digest
from once import made_once
from watchkeep.apps.evidence import changes, queries
from watchkeep.apps.evidence.changes import OnDocument, OnReading, OnRecord
from watchkeep.apps.evidence.models import Binding
from watchkeep.apps.history import queries as history
from watchkeep.apps.register import changes as register
from watchkeep.apps.register import queries as registers
from watchkeep.apps.register.changes import Belongs
from watchkeep.apps.register.models import Risk
from watchkeep.apps.treatment import changes as treatment
from watchkeep.domain import document
from watchkeep.domain.check import Check
from watchkeep.domain.clock import PRESENT, Clock
from watchkeep.domain.commitment import Promise
from watchkeep.domain.control import ControlValue
from watchkeep.domain.document import Item
from watchkeep.domain.errors import Invalid, Missing, Refused, Stale
from watchkeep.domain.people import Actor
from watchkeep.domain.statement import Placed

TODAY = timezone.localdate()
DAY = timedelta(days=1)
BETTER = "The lamps have improved."
COUNTED = "Of all lamps 12% were out."
GOOD = Check("assessment", 2, TODAY - 30 * DAY, "Auditor", "effective", "effective")


@pytest.fixture
@made_once
def staff(staffed: Staffed) -> Staffed:
    """LH1 says two things that need a basis, is owned by the Head of Harbour, and has a control."""
    said = a_risk(
        "LH1",
        controls=(Item(state="recorded", text=f"{BETTER} {COUNTED}", part="ii"),),
        extra=(),
    )
    accepted(staffed, a_paper(said, a_risk("LH2"), day=APPOINTED))
    owned(staffed, "LH1", staffed.owner_post)
    return staffed


def owned(staff: Staffed, key: str, post: UUID) -> None:
    found = Risk.objects.get(key=key)
    register.amend_risk(
        by=staff.risk_manager,
        risk=found.pk,
        version=found.version,
        value=registers.value_of(found),
        effective_on=TODAY - 60 * DAY,
        belongs=Belongs(owner_post=post),
    )


def risk(key: str = "LH1") -> UUID:
    return Risk.objects.get(key=key).pk


def control(staff: Staffed) -> UUID:
    made = treatment.add_control(
        by=staff.risk_manager, value=ControlValue("Lamp round"), effective_on=APPOINTED
    )
    treatment.apply_control(by=staff.risk_manager, control=made, risk=risk(), from_on=APPOINTED)
    return made


def checked(staff: Staffed, value: Check = GOOD) -> OnRecord:
    made = treatment.record_check(by=staff.risk_manager, control=control(staff), value=value)
    return OnRecord("check", made)


def promised(staff: Staffed, due_on: date = TODAY + 30 * DAY) -> OnRecord:
    made = treatment.promise(
        by=staff.risk_manager,
        kind="action",
        value=Promise("Buy lamps", due_on=due_on),
        risk=risk(),
        on=APPOINTED,
    )
    return OnRecord("commitment", made)


def happened(staff: Staffed) -> OnRecord:
    made = register.record_event(
        by=staff.risk_manager, risks=[risk()], kind="incident", title="A lamp fell", on=TODAY - 9 * DAY
    )
    return OnRecord("event", made)


def reading(**more: Any) -> OnReading:
    return OnReading(**({"says": "12%", "source": "The lamp log", "on": TODAY - 9 * DAY} | more))


def bind(by: Actor, rests: Any, text: str = COUNTED, **more: Any) -> UUID:
    return changes.bind(by=by, risk=risk(), field="controls", text=text, rests=rests, **more)


def judge(by: Actor, post: UUID, text: str = BETTER, **more: Any) -> UUID:
    return changes.judge(by=by, risk=risk(), field="controls", text=text, post=post, **more)


def sentence(staff: Staffed, text: str = COUNTED, clock: Clock = PRESENT) -> Placed:
    page = registers.risk(staff.auditor, "harbour-risk-register", "LH1", clock)
    rows = queries.placed_in(staff.auditor, page.register.id, [page.value], clock)["LH1"]
    return next(each for each in rows if each.sentence.text == text)


# --- What it can rest on ------------------------------------------------------------------------------------


def test_a_sentence_rests_on_a_record_a_file_or_a_reading_and_says_what_that_said(staff: Staffed) -> None:
    for version, (rests, says) in enumerate(
        [
            (checked(staff), "design effective, operation effective"),
            (promised(staff), f"due on {(TODAY + 30 * DAY).day} {TODAY + 30 * DAY:%B %Y}"),
            (happened(staff), ""),
            (
                OnDocument(digest("first paper"), TODAY, "page 2", "Twelve of a hundred"),
                "Twelve of a hundred",
            ),
            (reading(), "12%"),
        ]
    ):
        made = bind(staff.owner, rests, version=version)
        assert Binding.objects.get(pk=made).says == says
    found = sentence(staff)
    assert found.standing == "bound"
    assert [(each.kind, each.label) for each in found.statement.rests_on] == [
        ("check", "C1 Lamp round: assessment, line 2"),
        ("commitment", "P1 Buy lamps"),
        ("event", "Incident: A lamp fell"),
        ("document", "paper.txt, page 2"),
        ("observation", "The lamp log"),
    ]


def test_only_what_belongs_to_the_risk_is_there_to_rest_on(staff: Staffed) -> None:
    other = treatment.add_control(
        by=staff.risk_manager, value=ControlValue("Far off"), effective_on=APPOINTED
    )
    check = treatment.record_check(by=staff.risk_manager, control=other, value=GOOD)
    for rests in (
        OnRecord("check", check),
        OnRecord("commitment", uuid4()),
        OnRecord("event", uuid4()),
        OnDocument(digest("another paper"), TODAY),
    ):
        with pytest.raises(Missing):
            bind(staff.owner, rests)
    assert not Binding.objects.exists()


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"says": " "}, "says"),
        ({"source": ""}, "source"),
        ({"on": TODAY + DAY}, "read_on"),
        ({"on": TODAY - 200 * DAY}, "holds_until"),  # it no longer counts
    ],
)
def test_a_reading_says_what_where_and_when_and_still_counts(
    staff: Staffed, said: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        bind(staff.owner, reading(**said))
    assert refused.value.field == field


def test_words_that_the_risk_does_not_say_cannot_be_bound(staff: Staffed) -> None:
    for field, text in (("controls", "It rains."), ("description", COUNTED), ("name", "Lighthouse rota LH1")):
        with pytest.raises(Invalid):
            changes.bind(by=staff.owner, risk=risk(), field=field, text=text, rests=reading())


# --- Who may ------------------------------------------------------------------------------------------------


def test_who_may_change_the_risk_or_answers_for_it_binds_and_nobody_else(staff: Staffed) -> None:
    bind(staff.deputy, reading())
    bind(staff.risk_manager, reading(says="13%"), version=1)
    for other in (staff.other_owner, staff.action_owner, staff.auditor, staff.reader):
        with pytest.raises(Refused):
            bind(other, reading(), version=2)
    with pytest.raises(Missing):
        bind(staff.stranger, reading(), version=2)


def test_a_judgement_is_given_through_no_post_but_ones_own(staff: Staffed) -> None:
    judge(staff.owner, staff.owner_post)
    found = sentence(staff, BETTER).statement
    assert (found.standing, found.judged_by, found.judged_on) == ("judged", "Head of Harbour", TODAY)
    for by, post in (
        (staff.owner, staff.other_post),
        (staff.risk_manager, staff.owner_post),
        (staff.administrator, staff.chair_post),
    ):
        with pytest.raises(Refused, match="Only who holds the post"):
            judge(by, post, version=1)
    with pytest.raises(Refused):
        changes.renew(by=staff.risk_manager, statement=held(BETTER), version=1, text=BETTER)


def held(text: str) -> UUID:
    return Binding.objects.filter(text=text, until_on=None)[0].statement_id


def test_who_looked_at_another_version_is_told_and_nothing_is_written(staff: Staffed) -> None:
    first = bind(staff.owner, reading())
    for attempt in (
        lambda: bind(staff.owner, reading(says="13%")),
        lambda: judge(staff.owner, staff.owner_post, COUNTED, version=2),
        lambda: changes.unbind(by=staff.owner, binding=first, version=2, reason="Wrong"),
        lambda: changes.renew(by=staff.owner, statement=held(COUNTED), version=2, text=COUNTED),
    ):
        with pytest.raises(Stale):
            attempt()
    assert Binding.objects.count() == 1


# --- When what it rests on changes --------------------------------------------------------------------------


def test_a_corrected_check_flags_the_sentence_until_somebody_looked_again(staff: Staffed) -> None:
    rests = checked(staff)
    bind(staff.owner, rests)
    before = timezone.now()
    treatment.correct_check(
        by=staff.risk_manager,
        check=rests.record,
        version=1,
        value=replace(GOOD, operation="not effective"),
        reason="The wrong lamps",
    )
    found = sentence(staff)
    assert (found.standing, "was corrected" in found.because) == ("moved", True)
    assert sentence(staff, clock=Clock(known_at=before)).standing == "bound"
    changes.renew(by=staff.owner, statement=held(COUNTED), version=1, text=COUNTED)
    assert sentence(staff).standing == "bound"
    assert [each.says for each in sentence(staff).grounds] == ["design effective, operation not effective"]


def test_a_control_that_was_stood_down_holds_no_sentence_up(staff: Staffed) -> None:
    rests = checked(staff)
    bind(staff.owner, rests)
    which = Binding.objects.get().check_found.control  # type: ignore[union-attr]
    treatment.stand_down(by=staff.risk_manager, control=which.pk, version=1, on=TODAY, reason="Sold")
    assert "C1 was stood down" in sentence(staff).because
    assert sentence(staff, clock=Clock(TODAY - DAY, None)).standing == "unbound", "it was bound only today"
    with pytest.raises(Refused, match="stood down"):
        changes.renew(by=staff.owner, statement=held(COUNTED), version=1, text=COUNTED)


def test_a_promise_that_slips_or_is_dropped_flags_the_sentence(staff: Staffed) -> None:
    rests = promised(staff)
    bind(staff.owner, rests)
    late = TODAY + 90 * DAY
    treatment.slip(by=staff.risk_manager, commitment=rests.record, version=1, due_on=late, reason="No glass")
    assert "slipped to" in sentence(staff).because
    changes.renew(by=staff.owner, statement=held(COUNTED), version=1, text=COUNTED)
    assert sentence(staff).standing == "bound"
    treatment.drop(by=staff.risk_manager, commitment=rests.record, version=2, on=TODAY, reason="No money")
    assert sentence(staff).because == "P1 was dropped."


def test_a_promise_that_is_not_kept_flags_the_sentence_from_the_day_after_its_own(staff: Staffed) -> None:
    rests = promised(staff, due_on=TODAY + 3 * DAY)
    bind(staff.owner, rests)
    assert sentence(staff, clock=Clock(TODAY + 3 * DAY)).standing == "bound"
    assert sentence(staff, clock=Clock(TODAY + 4 * DAY)).standing == "moved"


def test_an_event_told_otherwise_flags_the_sentence(staff: Staffed) -> None:
    rests = happened(staff)
    bind(staff.owner, rests)
    register.correct_event(
        by=staff.risk_manager,
        event=rests.record,
        kind="incident",
        title="Two lamps fell",
        on=TODAY - 8 * DAY,
        reason="A second was found",
    )
    assert "now told as “Two lamps fell”" in sentence(staff).because
    changes.renew(by=staff.owner, statement=held(COUNTED), version=1, text=COUNTED)
    assert [each.label for each in sentence(staff).grounds] == ["Incident: Two lamps fell"]


def test_a_judgement_grows_old_and_is_renewed_by_who_holds_the_post(staff: Staffed) -> None:
    on = TODAY - 240 * DAY
    with pytest.raises(Invalid):
        judge(staff.owner, staff.owner_post, on=on, holds_until=on - DAY)
    judge(staff.owner, staff.owner_post, on=on)
    assert sentence(staff, BETTER).standing == "expired"
    assert [each.placed.sentence.text for each in queries.shaken(staff.deputy)] == [BETTER]
    assert queries.shaken(staff.other_owner) == queries.shaken(staff.risk_manager) == ()
    changes.renew(by=staff.deputy, statement=held(BETTER), version=1, text=BETTER)
    assert (sentence(staff, BETTER).standing, queries.shaken(staff.owner)) == ("judged", ())


def test_an_old_reading_is_followed_by_a_new_one_and_never_renewed(staff: Staffed) -> None:
    long_ago = TODAY - 150 * DAY
    first = bind(staff.owner, reading(on=long_ago), on=long_ago)
    assert sentence(staff).standing == "expired"
    with pytest.raises(Refused, match="no longer counts"):
        changes.renew(by=staff.owner, statement=held(COUNTED), version=1, text=COUNTED)
    bind(staff.owner, reading(), version=1)
    assert sentence(staff).standing == "bound"
    with pytest.raises(Invalid) as refused:
        changes.unbind(by=staff.owner, binding=first, version=2, reason=" ")
    assert refused.value.field == "reason"
    changes.unbind(by=staff.owner, binding=first, version=2, reason="A newer one stands")
    assert [each.says for each in sentence(staff).grounds] == ["12%"]


def test_a_sentence_that_was_reworded_moved_and_one_that_is_gone_stays_in_the_history(staff: Staffed) -> None:
    bind(staff.owner, reading())
    reword(staff, "Of all lamps 15% were out.")
    assert COUNTED in sentence(staff, "Of all lamps 15% were out.").because
    with pytest.raises(Invalid):
        changes.renew(by=staff.owner, statement=held(COUNTED), version=1, text=COUNTED)
    changes.renew(by=staff.owner, statement=held(COUNTED), version=1, text="Of all lamps 15% were out.")
    assert sentence(staff, "Of all lamps 15% were out.").standing == "bound"
    reword(staff, "Nobody counts lamps.")
    page = registers.risk(staff.auditor, "harbour-risk-register", "LH1")
    rows = queries.placed_in(staff.auditor, page.register.id, [page.value])["LH1"]
    assert [each.sentence.text for each in rows] == [BETTER]
    told = history.entries(staff.auditor, subject=("risk", str(page.id))).rows
    assert [each.verb for each in told if "statement" in each.facts] == [
        "renew a statement",
        "bind a statement",
    ]


def reword(staff: Staffed, text: str) -> None:
    found = Risk.objects.get(key="LH1")
    value = registers.value_of(found)
    lines = (Item(state="recorded", text=f"{BETTER} {text}", part="ii"),)
    register.amend_risk(
        by=staff.risk_manager,
        risk=found.pk,
        version=found.version,
        value=value.model_copy(update={"controls": lines}),
        effective_on=TODAY,
    )


# --- A risk that took another over --------------------------------------------------------------------------


def test_a_sentence_keeps_its_basis_where_its_words_stand_on(staff: Staffed) -> None:
    bind(staff.owner, reading())
    judge(staff.owner, staff.owner_post)
    other = Risk.objects.get(key="LH2")
    lines = (Item(state="recorded", text=f"{BETTER} Of all lamps 14% were out.", part="ii"),)
    register.amend_risk(
        by=staff.risk_manager,
        risk=other.pk,
        version=other.version,
        value=registers.value_of(other).model_copy(update={"controls": lines}),
        effective_on=TODAY,
    )
    assert {each.standing for each in on(staff, "LH2")} == {"unbound"}
    merged = Risk.objects.get(key="LH1")
    register.merge_risk(
        by=staff.risk_manager,
        risk=merged.pk,
        version=merged.version,
        into=other.pk,
        on=TODAY,
        reason="One lamp, one risk",
    )
    same, otherwise = on(staff, "LH2")
    assert (same.sentence.text, same.standing) == (BETTER, "judged")
    assert otherwise.standing == "moved"
    assert otherwise.because.startswith(f"The sentence read “{COUNTED}” in LH1")
    assert {each.standing for each in on(staff, "LH2", Clock(as_at=TODAY - DAY))} <= {"unbound"}
    changes.bind(
        by=staff.risk_manager,
        risk=other.pk,
        field="controls",
        text=otherwise.sentence.text,
        rests=reading(says="14%"),
        version=1,
    )
    assert [each.standing for each in on(staff, "LH2")] == ["judged", "bound"]


def test_a_risk_that_was_escalated_takes_what_its_words_rest_on_with_it(staff: Staffed) -> None:
    bind(staff.owner, reading())
    below = Risk.objects.get(key="LH1")
    there = register.escalate(
        by=staff.risk_manager,
        risk=below.pk,
        version=below.version,
        to_register=register.open_register(by=staff.administrator, name="Corporate risks"),
        on=TODAY,
        reason="The whole coast is dark",
    )
    waiting = Risk.objects.get(pk=there)
    register.accept_escalation(
        by=staff.risk_manager, risk=there, version=waiting.version, reference="C1", on=TODAY
    )
    found = {each.sentence.text: each.standing for each in on(staff, "C1", slug="corporate-risks")}
    assert found == {BETTER: "unbound", COUNTED: "bound"}
    assert [each.standing for each in on(staff, "LH1")] == ["unbound", "bound"]


def on(
    staff: Staffed, key: str, clock: Clock = PRESENT, *, slug: str = "harbour-risk-register"
) -> tuple[Placed, ...]:
    page = registers.risk(staff.auditor, slug, key, clock)
    return queries.placed_in(staff.auditor, page.register.id, [page.value], clock)[key]


# --- Both clocks, and the cost ------------------------------------------------------------------------------


def test_what_a_sentence_rested_on_is_known_by_both_clocks(staff: Staffed) -> None:
    before = timezone.now()
    made = bind(staff.owner, reading(on=TODAY - 20 * DAY), on=TODAY - 10 * DAY)
    assert sentence(staff, clock=Clock(TODAY - 11 * DAY)).standing == "unbound"
    assert sentence(staff, clock=Clock(TODAY - 10 * DAY)).standing == "bound"
    assert sentence(staff, clock=Clock(known_at=before)).standing == "unbound"
    between = timezone.now()
    changes.unbind(by=staff.owner, binding=made, version=1, reason="Misread")
    assert sentence(staff).standing == "unbound"
    assert sentence(staff, clock=Clock(known_at=between)).standing == "bound"


def test_the_statements_of_a_register_are_read_in_as_many_statements_however_many_there_are(
    staff: Staffed, django_assert_max_num_queries: Any
) -> None:
    page = registers.register(staff.auditor, "harbour-risk-register")
    values: tuple[document.Risk, ...] = registers.document(staff.auditor, page.id).risks
    for version, rests in enumerate((checked(staff), promised(staff), happened(staff), reading())):
        with django_assert_max_num_queries(8):
            queries.statements_of(staff.auditor, page.id, values)
        bind(staff.owner, rests, version=version)
    judge(staff.owner, staff.owner_post)
    with django_assert_max_num_queries(8):
        found = queries.statements_of(staff.auditor, page.id, values)
    assert [(each.text, each.standing) for each in found["LH1"]] == [(BETTER, "judged"), (COUNTED, "bound")]

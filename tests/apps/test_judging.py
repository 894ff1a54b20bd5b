"""A judgement is added and never overwritten; links and events say what bears on a risk, and what changed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from cast import Staffed, a_paper, a_risk, a_staffed_force, accepted
from once import made_once
from watchkeep.apps.register import changes, queries
from watchkeep.apps.register.models import Risk
from watchkeep.domain.clock import Clock
from watchkeep.domain.document import Field
from watchkeep.domain.errors import Invalid, Missing, Refused
from watchkeep.domain.matrix import Graded, Step

pytestmark = pytest.mark.django_db
HARBOUR = "harbour-risk-register"
APRIL, MAY, JUNE, JULY = date(2026, 4, 30), date(2026, 5, 31), date(2026, 6, 30), date(2026, 7, 31)


@pytest.fixture
@made_once
def force() -> Staffed:
    """With the harbour's register of three risks, the first of them the Head of Harbour's."""
    made = a_staffed_force()
    accepted(made, a_paper(day=APRIL))
    changes.set_owner(by=made.risk_manager, risk=risk().pk, version=1, post=made.owner_post, on=APRIL)
    return made


def risk(key: str = "LH1") -> Risk:
    return Risk.objects.get(key=key)


def judge(force: Staffed, **said: Any) -> int:
    found = risk()
    given: dict[str, Any] = {"stage": "residual", "rating": "Low", "on": MAY, "rationale": "The May count"}
    return changes.assess(by=force.risk_manager, risk=found.pk, version=found.version, **(given | said))


def test_what_was_judged_before_stays(force: Staffed) -> None:
    judge(force, rationale="The lamps are new", basis="The May count")
    judge(force, rating="High", on=JUNE, rationale="The lamps broke")
    rows = queries.assessments(force.auditor, risk().pk)
    of_whole = [(each.rating, each.stands) for each in rows if each.stage == "residual"]
    assert of_whole == [("High", True), ("Low", False), ("High", False)]
    assert (rows[1].rationale, rows[1].basis) == ("The lamps are new", "The May count")
    then = queries.assessments(force.auditor, risk().pk, Clock(MAY))
    assert then[0].rating == "Low"


def test_saying_the_same_on_a_later_day_is_a_judgement_too(force: Staffed) -> None:
    judge(force)
    assert judge(force, on=JUNE) == risk().version
    assert [each.on for each in queries.assessments(force.auditor, risk().pk)][:2] == [JUNE, MAY]


def test_the_holder_of_the_post_judges_as_the_post(force: Staffed) -> None:
    for who in (force.owner, force.deputy):
        found = risk()
        changes.assess(
            by=who,
            risk=found.pk,
            version=found.version,
            stage="residual",
            rating="Low",
            rationale=who.name,
            on=MAY,
        )
        assert queries.assessments(force.auditor, found.pk)[0].by == "Head of Harbour"


def test_who_does_not_answer_for_a_risk_does_not_judge_it(force: Staffed) -> None:
    for who in (force.other_owner, force.auditor, force.reader):
        found = risk()
        with pytest.raises(Refused):
            changes.assess(
                by=who, risk=found.pk, version=found.version, stage="residual", rating="Low", on=MAY
            )


def test_on_a_scale_with_a_matrix_two_levels_make_the_rating(force: Staffed) -> None:
    scale = Graded(
        bands=(Step("Low"), Step("High")),
        likelihood=(Step("Rare"), Step("Often")),
        impact=(Step("Slight"), Step("Grave")),
        matrix=((1, 1), (1, 2)),
    )
    family = changes.set_scale(by=force.administrator, name="Own scale", scale=scale, effective_on=APRIL)
    register = risk().register
    changes.use_scale(by=force.administrator, register=register.pk, version=register.version, family=family)
    judge(force, rating="", likelihood="often", impact="Grave")
    made = queries.assessments(force.auditor, risk().pk)[0]
    assert (made.likelihood, made.rating) == ("Often", "High")
    with pytest.raises(Invalid, match="make High on this scale"):
        judge(force, likelihood="Often", impact="Grave", rating="Low")
    with pytest.raises(Invalid, match="no band called"):
        judge(force, rating="Middling")


def test_an_assessment_that_says_nothing_is_refused(force: Staffed) -> None:
    with pytest.raises(Invalid, match="Give a likelihood"):
        judge(force, rating=" ")
    with pytest.raises(Invalid, match="no part iii"):
        judge(force, part="iii")


@pytest.mark.parametrize("rationale", ["", " \n"])
def test_a_rating_is_not_given_anew_without_saying_why(force: Staffed, rationale: str) -> None:
    with pytest.raises(Invalid, match="Say why this rating") as refusal:
        judge(force, rationale=rationale)
    assert refusal.value.field == "rationale"


def test_a_papers_rating_without_a_reason_is_accepted_and_its_reason_not_recorded(force: Staffed) -> None:
    rows = queries.assessments(force.auditor, risk("LH2").pk)
    assert [(each.rating, each.rationale) for each in rows if each.stage == "residual"] == [("High", "")]


def test_the_whole_follows_its_worst_part_where_that_is_the_rule(force: Staffed) -> None:
    found = risk("LH2")
    rule = a_risk("LH2", assessments=(), whole_rule=Field(state="recorded", text="worst part"))
    changes.amend_risk(by=force.risk_manager, risk=found.pk, version=1, value=rule, effective_on=APRIL)
    for part, rating in (("i", "Low"), ("ii", "High")):
        found = risk("LH2")
        changes.assess(
            by=force.risk_manager,
            risk=found.pk,
            version=found.version,
            stage="residual",
            part=part,
            rating=rating,
            rationale=f"The lamps of part {part}",
            on=MAY,
        )
    shown = queries.risk(force.auditor, HARBOUR, "LH2").value
    whole = shown.assessment("residual")
    assert whole is not None
    assert whole.rating.text == "High"
    assert whole.basis.text == "By the rule for the whole: worst part, which is ii."


def test_what_a_person_stated_of_the_whole_is_not_overwritten_by_the_rule(force: Staffed) -> None:
    found = risk()
    stated = queries.value_of(found).model_copy(
        update={"whole_rule": Field(state="recorded", text="worst part")}
    )
    changes.amend_risk(
        by=force.risk_manager, risk=found.pk, version=found.version, value=stated, effective_on=APRIL
    )
    judge(force, part="i", rating="Low")
    whole = queries.value_of(risk()).assessment("residual")
    assert whole is not None
    assert whole.rating.text == "High"


def test_choosing_a_post_writes_its_title(force: Staffed) -> None:
    shown = queries.risk(force.auditor, HARBOUR, "LH1")
    assert (shown.value.owner.text, shown.owner_post) == ("Head of Harbour", force.owner_post)


# --- Links --------------------------------------------------------------------------------------------------


def test_a_link_reads_from_both_sides(force: Staffed) -> None:
    changes.link_risks(
        by=force.owner,
        source=risk("LH1").pk,
        target=risk("LH2").pk,
        kind="causes",
        from_on=APRIL,
        note="Oil",
    )
    here, there = (queries.links(force.reader, risk(key).pk).rows[0] for key in ("LH1", "LH2"))
    assert (here.words, here.other_key, here.note) == ("causes", "LH2", "Oil")
    assert (there.words, there.other_key, there.outward) == ("is caused by", "LH1", False)


def test_a_circle_of_causes_is_allowed_and_shown(force: Staffed) -> None:
    for source, target in (("LH1", "LH2"), ("LH2", "LH3"), ("LH3", "LH1")):
        changes.link_risks(
            by=force.risk_manager,
            source=risk(source).pk,
            target=risk(target).pk,
            kind="causes",
            from_on=APRIL,
        )
    found = queries.links(force.reader, risk("LH2").pk)
    assert found.circle == (str(risk("LH2")), str(risk("LH3")), str(risk("LH1")))


def test_a_link_says_when_its_other_side_changed_since_it_was_looked_at(force: Staffed) -> None:
    link = changes.link_risks(
        by=force.risk_manager, source=risk("LH2").pk, target=risk().pk, kind="depends on", from_on=APRIL
    )
    assert queries.links(force.reader, risk("LH2").pk).rows[0].changed == ""
    judge(force, on=JUNE)
    assert "changed on 30 June 2026" in queries.links(force.reader, risk("LH2").pk).rows[0].changed
    changes.look_at_link(by=force.risk_manager, link=link)
    assert queries.links(force.reader, risk("LH2").pk).rows[0].changed == ""


def test_a_link_that_ended_held_until_then(force: Staffed) -> None:
    link = changes.link_risks(
        by=force.risk_manager, source=risk("LH2").pk, target=risk().pk, kind="aggravates", from_on=APRIL
    )
    changes.end_link(by=force.risk_manager, link=link, until_on=JUNE, reason="The mole was moved.")
    assert queries.links(force.reader, risk().pk).rows == ()
    assert len(queries.links(force.reader, risk().pk, Clock(MAY)).rows) == 1
    with pytest.raises(Refused, match="ended on 30 June 2026"):
        changes.end_link(by=force.risk_manager, link=link, until_on=JULY, reason="Again.")


@pytest.mark.parametrize("kind", ["escalated to", "resembles"])
def test_a_link_is_of_a_known_kind_and_no_escalation(force: Staffed, kind: str) -> None:
    with pytest.raises(Refused, match="one of these ways"):
        changes.link_risks(
            by=force.risk_manager, source=risk().pk, target=risk("LH2").pk, kind=kind, from_on=MAY
        )


def test_a_link_of_another_body_is_missing(force: Staffed) -> None:
    link = changes.link_risks(
        by=force.risk_manager, source=risk("LH2").pk, target=risk().pk, kind="shares", from_on=APRIL
    )
    with pytest.raises(Missing, match="no such link"):
        changes.look_at_link(by=force.stranger, link=link)


# --- Events -------------------------------------------------------------------------------------------------


def test_an_event_that_was_set_right_shows_what_was_told_before(force: Staffed) -> None:
    event = changes.record_event(
        by=force.action_owner, risks=[risk().pk], kind="request", title="More oil", on=MAY
    )
    changes.correct_event(
        by=force.risk_manager,
        event=event,
        kind="request",
        title="More oil",
        outcome="Refused",
        on=MAY,
        reason="It was answered.",
    )
    rows = queries.events(force.reader, risk().pk)
    assert [(each.title, each.outcome) for each in rows] == [("More oil", "Refused")]
    assert [each.outcome for each in rows[0].before] == [""]
    with pytest.raises(Refused, match="already"):
        changes.correct_event(
            by=force.risk_manager, event=event, kind="request", title="x", on=MAY, reason="Once more."
        )


def test_an_event_is_not_recorded_before_it_happens_nor_by_who_only_reads(force: Staffed) -> None:
    given: dict[str, Any] = {"risks": [risk().pk], "kind": "incident", "title": "Collision"}
    with pytest.raises(Invalid, match="has not come yet"):
        changes.record_event(by=force.risk_manager, on=timezone.localdate() + timedelta(days=1), **given)
    with pytest.raises(Refused):
        changes.record_event(by=force.reader, on=MAY, **given)
    with pytest.raises(Invalid, match="one of these"):
        changes.record_event(by=force.risk_manager, on=MAY, **(given | {"kind": "gossip"}))


@pytest.mark.parametrize("count", [1, 6])
def test_what_bears_on_a_risk_costs_the_same_however_much_it_is(
    force: Staffed, count: int, django_assert_num_queries: Any
) -> None:
    kinds = ["causes", "aggravates", "depends on", "shares", "duplicates", "causes"]
    for number in range(count):
        target = risk("LH3" if number == 5 else "LH2").pk
        changes.link_risks(
            by=force.risk_manager, source=risk().pk, target=target, kind=kinds[number], from_on=APRIL
        )
        changes.record_event(
            by=force.risk_manager, risks=[risk().pk], kind="lesson", title=f"Lesson {number}", on=MAY
        )
    pk = risk().pk
    with django_assert_num_queries(6):
        assert len(queries.links(force.reader, pk).rows) == count
    with django_assert_num_queries(3):
        assert len(queries.events(force.reader, pk)) == count
    with django_assert_num_queries(1):
        queries.assessments(force.reader, pk)

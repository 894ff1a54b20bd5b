"""A quarter's review: asked, updated, challenged, answered, signed off by somebody else, rolled forward."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cast import JUNE, MARCH, Staffed, a_paper, a_risk, accepted, said
from once import made_once
from watchkeep.apps.history import queries as history
from watchkeep.apps.people import changes as people
from watchkeep.apps.people.models import Holding, Person
from watchkeep.apps.people.queries import viewer_of
from watchkeep.apps.publication import queries as publication
from watchkeep.apps.register import changes as register
from watchkeep.apps.register import queries as registers
from watchkeep.apps.register.models import Register, Risk
from watchkeep.apps.reviews.changes import cycles, steps
from watchkeep.apps.reviews.models import Cycle, Review, ReviewStep
from watchkeep.apps.reviews.queries import cycles as questions
from watchkeep.apps.reviews.queries import reviewing
from watchkeep.apps.reviews.queries.facts import facts_of
from watchkeep.domain.clock import Clock
from watchkeep.domain.document import PartedField
from watchkeep.domain.errors import Invalid, Missing, Refused, Stale
from watchkeep.domain.people import Actor, Grant

pytestmark = pytest.mark.django_db
SLUG = "harbour-risk-register"
JULY = date(2031, 7, 10)
Q1 = "2031/32 Q1"


@dataclass
class Quarter:
    """The staffed force with its register accepted, and the review of the next quarter open."""

    force: Staffed
    cycle: UUID

    def review(self, key: str = "LH1") -> Review:
        return Review.objects.select_related("risk").get(cycle_id=self.cycle, risk__key=key)

    def told(self, step: Callable[..., None], by: Actor, key: str = "LH1", **more: Any) -> None:
        """Take a step having looked at everything as it stands."""
        found = self.review(key)
        if step in (steps.update_review, steps.confirm_review, steps.sign_review):
            more.setdefault("risk_version", found.risk.version)
        step(by=by, review=found.pk, version=found.version, on=more.pop("on", JULY), **more)

    def state(self, key: str = "LH1") -> str:
        return self.review(key).state


def owned(force: Staffed, key: str, post: UUID) -> None:
    risk = Risk.objects.get(key=key)
    register.set_owner(by=force.risk_manager, risk=risk.pk, version=risk.version, post=post, on=MARCH)


def an_open_quarter(force: Staffed) -> Quarter:
    accepted(force, a_paper(period=a_risk("x").name.model_copy(update={"text": "2030/31 Q4"})))
    for key in ("LH1", "LH2"):
        owned(force, key, force.owner_post)
    cycle = cycles.open_cycle(
        by=force.risk_manager, register=Register.objects.get(slug=SLUG).pk, period=Q1, opened_on=JUNE
    )
    return Quarter(force, cycle)


@pytest.fixture
@made_once
def quarter(staffed: Staffed) -> Quarter:
    return an_open_quarter(staffed)


def test_opening_asks_each_owner_post_and_leaves_a_risk_without_one_to_nobody(quarter: Quarter) -> None:
    assert {each.risk.key: each.post_id for each in Review.objects.all()} == {
        "LH1": quarter.force.owner_post,
        "LH2": quarter.force.owner_post,
        "LH3": None,
    }
    cycle = Cycle.objects.get()
    assert (cycle.period, cycle.ends_on, cycle.update_by) == (Q1, JUNE, date(2031, 7, 14))


def review_date(force: Staffed, key: str = "LH1") -> Any:
    value = publication.document_for(force.administrator, SLUG).risk(key)
    assert value is not None
    return value.review_date


def test_who_signs_off_says_when_the_risk_is_looked_at_next_and_the_paper_says_it(quarter: Quarter) -> None:
    force, autumn = quarter.force, date(2031, 9, 30)
    quarter.told(steps.confirm_review, force.owner)
    quarter.told(steps.sign_review, force.board_member, next_review=autumn)
    assert (review_date(force).text, review_date(force).on) == ("30 September 2031", autumn)
    assert "Bo Bench" in review_date(force).reason
    told = history.entries(force.administrator, subject=("risk", str(quarter.review().risk_id))).rows[0]
    assert (told.verb, told.who) == ("sign a review", "Bo Bench")
    assert facts_of([quarter.review()])[quarter.review().pk].state == "signed"


def test_a_sign_off_with_a_date_is_no_hand_in_the_update_that_comes_after_it(quarter: Quarter) -> None:
    force = quarter.force
    for day in (date(2031, 9, 30), date(2031, 12, 31)):
        quarter.told(steps.update_review, force.owner, words={"impact": f"Ships wait until {day}"})
        quarter.told(steps.sign_review, force.board_member, next_review=day)
    assert quarter.state() == "signed"
    assert review_date(force).on == date(2031, 12, 31)


def test_a_review_date_within_the_quarter_that_was_reviewed_is_refused(quarter: Quarter) -> None:
    quarter.told(steps.confirm_review, quarter.force.owner)
    with pytest.raises(Invalid, match="is after 2031/32 Q1, which ended on 30 June 2031") as problem:
        quarter.told(steps.sign_review, quarter.force.board_member, next_review=JUNE)
    assert problem.value.field == "next_review"
    assert quarter.state() == "updated"
    assert review_date(quarter.force).on is None


def test_a_whole_quarter(quarter: Quarter) -> None:
    force = quarter.force
    quarter.told(steps.update_review, force.owner, words={"description": "Too few keepers and lamps"})
    quarter.told(steps.challenge_review, force.board_member, text="How many lamps?")
    quarter.told(steps.answer_challenge, force.owner, text="Three, of five.")
    quarter.told(steps.sign_review, force.board_member)
    assert quarter.state() == "signed"
    kinds = ReviewStep.objects.filter(review=quarter.review()).values_list("kind", flat=True)
    assert list(kinds.order_by("number")) == ["ask", "update", "challenge", "answer", "sign"]
    others = {quarter.review(key).pk: "no keeper was at hand" for key in ("LH2", "LH3")}
    cycles.roll_forward(by=force.risk_manager, cycle=quarter.cycle, version=1, carried=others, on=JULY)
    page = registers.risk(force.reader, SLUG, "LH1")
    mark = page.value.trends[-1]
    assert (mark.period, mark.movement, mark.derived) == (Q1, "steady", "steady")
    assert mark.basis == "High in 2030/31 Q4 and in 2031/32 Q1, looked at in its review."
    assert quarter.state("LH2") == "carried over"
    document = registers.document(force.reader, SLUG)
    assert (document.period.text, document.as_at.on) == (Q1, JUNE)
    assert list(document.periods()) == ["2030/31 Q2", "2030/31 Q3", "2030/31 Q4", Q1]
    assert history.verify(force.administrator).holds


# --- Nobody signs their own update --------------------------------------------------------------------------


def signing(quarter: Quarter, by: Actor, key: str = "LH1") -> str:
    """The reason why they may not sign, or nothing once they have."""
    try:
        quarter.told(steps.sign_review, by, key)
    except Refused as refusal:
        return refusal.sentence
    return ""


def again(force: Staffed, who: str) -> Actor:
    """The person as they stand now, with their roles and posts of today."""
    return viewer_of(Person.objects.get(pk=force.people[who].pk))


def with_role(force: Staffed, who: str, role: str) -> Actor:
    people.change_role(by=force.administrator, person=force.people[who].pk, role=role)  # type: ignore[arg-type]
    return again(force, who)


def test_a_risk_manager_does_not_sign_what_they_updated_themselves(quarter: Quarter) -> None:
    quarter.told(steps.update_review, quarter.force.risk_manager, words={"description": "New words"})
    assert "You updated LH1" in signing(quarter, quarter.force.risk_manager)
    assert signing(quarter, quarter.force.board_member) == ""


def test_the_holder_does_not_sign_what_their_deputy_updated_nor_the_other_way_round(
    quarter: Quarter,
) -> None:
    force = quarter.force
    quarter.told(steps.confirm_review, force.deputy)
    assert "Dag Pier confirmed" in signing(quarter, with_role(force, "owner", "board member"))
    quarter.told(steps.confirm_review, force.owner, "LH2")
    assert "Oda Strand confirmed" in signing(quarter, with_role(force, "deputy", "board member"), "LH2")


def test_leaving_the_post_and_changing_the_role_does_not_make_an_update_somebody_elses(
    quarter: Quarter,
) -> None:
    force = quarter.force
    quarter.told(steps.confirm_review, force.owner)
    quarter.told(steps.confirm_review, force.deputy, "LH2")
    held = Holding.objects.get(post=force.owner_post, deputy=False)
    people.end_holding(by=force.administrator, holding=held.pk, on=timezone.localdate(), reason="moved on")
    left = with_role(force, "owner", "board member")
    assert str(force.owner_post) not in left.posts
    assert "You confirmed LH1" in signing(quarter, left)
    assert "which you held or deputised for then" in signing(quarter, left, "LH2")
    assert signing(quarter, again(force, "board_member"), "LH2") == ""


def test_who_changed_the_risk_past_the_review_does_not_sign_it(quarter: Quarter) -> None:
    force = quarter.force
    risk = Risk.objects.get(key="LH1")
    register.correct_risk(
        by=force.risk_manager,
        risk=risk.pk,
        version=risk.version,
        path="impact",
        text="Ships run aground",
        effective_on=JUNE,
    )
    quarter.told(steps.confirm_review, force.owner)
    assert "You changed LH1" in signing(quarter, force.risk_manager)
    assert signing(quarter, force.board_member) == ""


def test_a_change_after_the_sign_off_undoes_it_and_holds_the_quarter_open(quarter: Quarter) -> None:
    force = quarter.force
    quarter.told(steps.confirm_review, force.owner)
    quarter.told(steps.sign_review, force.board_member)
    risk = Risk.objects.get(key="LH1")
    register.correct_risk(
        by=force.risk_manager,
        risk=risk.pk,
        version=risk.version,
        path="impact",
        text="Ships run aground",
        effective_on=JUNE,
    )
    page = questions.cycle(force.auditor, SLUG, Q1)
    assert {each.key: each.state for each in page.reviews}["LH1"] == "asked again"
    others = {quarter.review(key).pk: "no keeper" for key in ("LH2", "LH3")}
    with pytest.raises(Refused, match="LH1"):
        cycles.roll_forward(by=force.risk_manager, cycle=quarter.cycle, version=1, carried=others, on=JULY)
    assert "was changed since its owner spoke" in signing(quarter, force.board_member)
    quarter.told(steps.confirm_review, force.owner)
    assert "You changed LH1" in signing(quarter, force.risk_manager)
    assert signing(quarter, force.board_member) == ""


def test_what_was_looked_at_is_what_is_signed(quarter: Quarter) -> None:
    quarter.told(steps.confirm_review, quarter.force.owner)
    looked = quarter.review().risk.version
    risk = Risk.objects.get(key="LH1")
    register.correct_risk(
        by=quarter.force.owner,
        risk=risk.pk,
        version=looked,
        path="impact",
        text="Ships run aground",
        effective_on=JUNE,
    )
    with pytest.raises(Stale) as lost:
        quarter.told(steps.sign_review, quarter.force.board_member, risk_version=looked)
    assert (lost.value.version, lost.value.field) == (looked + 1, "risk_version")
    assert quarter.state() == "updated"


# --- Refusals -----------------------------------------------------------------------------------------------


def test_a_quarter_is_reviewed_once_and_by_whom_it_concerns(quarter: Quarter) -> None:
    force, where = quarter.force, Register.objects.get(slug=SLUG).pk
    with pytest.raises(Refused, match="was opened already"):
        cycles.open_cycle(by=force.risk_manager, register=where, period=Q1, opened_on=JUNE)
    with pytest.raises(Refused, match="roll it forward first"):
        cycles.open_cycle(
            by=force.risk_manager, register=where, period="2031/32 Q2", opened_on=date(2031, 9, 30)
        )
    with pytest.raises(Refused, match="run the review"):
        cycles.open_cycle(by=force.owner, register=where, period=Q1, opened_on=JUNE)
    with pytest.raises(Missing):
        cycles.open_cycle(by=force.stranger, register=where, period=Q1, opened_on=JUNE)


def test_a_stranger_finds_nothing_and_an_auditor_changes_nothing(quarter: Quarter) -> None:
    force = quarter.force
    with pytest.raises(Missing):
        questions.cycle(force.stranger, SLUG, Q1)
    with pytest.raises(Missing):
        quarter.told(steps.confirm_review, force.stranger)
    for step, words in (
        (steps.confirm_review, {}),
        (steps.update_review, {"words": {"description": "Mine"}}),
        (steps.challenge_review, {"text": "Why?"}),
        (steps.sign_review, {}),
        (steps.override_trend, {"movement": "steady", "reason": "so"}),
    ):
        with pytest.raises(Refused):
            quarter.told(step, force.auditor, **words)
    assert reviewing.review(force.auditor, SLUG, Q1, "LH1").row.state == "asked"


def test_an_owner_of_another_post_is_told_whom_the_risk_is_asked_of(quarter: Quarter) -> None:
    with pytest.raises(Refused, match="Head of Harbour"):
        quarter.told(steps.confirm_review, quarter.force.other_owner)


def test_words_are_asked_for_where_a_step_needs_them(quarter: Quarter) -> None:
    quarter.told(steps.confirm_review, quarter.force.owner)
    with pytest.raises(Invalid):
        quarter.told(steps.challenge_review, quarter.force.board_member, text="  ")
    with pytest.raises(Invalid):
        quarter.told(steps.override_trend, quarter.force.owner, movement="steady", reason=" ")


def test_a_risk_closed_meanwhile_is_asked_nothing_and_its_review_is_withdrawn(quarter: Quarter) -> None:
    force, risk = quarter.force, Risk.objects.get(key="LH1")
    register.close_risk(
        by=force.risk_manager, risk=risk.pk, version=risk.version, closed_on=JUNE, reason="lit by day"
    )
    with pytest.raises(Refused, match="is closed"):
        quarter.told(steps.confirm_review, force.owner)
    others = {quarter.review(key).pk: "no keeper" for key in ("LH2", "LH3")}
    cycles.roll_forward(by=force.risk_manager, cycle=quarter.cycle, version=1, carried=others, on=JULY)
    assert quarter.state() == "withdrawn"
    assert history.verify(force.administrator).holds


def test_the_loser_of_two_updates_is_told_and_loses_no_word(quarter: Quarter) -> None:
    force, before = quarter.force, quarter.review()
    quarter.told(steps.update_review, force.owner, words={"description": "The owner's"})
    now = quarter.review()
    with pytest.raises(Stale) as lost:
        steps.update_review(
            by=force.deputy,
            review=now.pk,
            version=now.version,
            risk_version=before.risk.version,
            words={"description": "The deputy's"},
            on=JULY,
        )
    assert [
        (each.name, each.yours, each.theirs) for each in lost.value.clashes if each.name == "description"
    ] == [("description", "The deputy's", "The owner's")]
    assert lost.value.field == "risk_version"


# --- The trend ----------------------------------------------------------------------------------------------


def test_a_graver_rating_makes_the_trend_worsening_and_a_person_may_say_otherwise_beside_it(
    quarter: Quarter,
) -> None:
    force = quarter.force
    worse = steps.Rating(rating="High", rationale="Two keepers left.")
    low = steps.Rating(rating="Low", rationale="Both lamps are new.")
    quarter.told(steps.update_review, force.owner, words={}, rating=low)
    quarter.told(
        steps.override_trend, force.owner, movement="steady", reason="The lamps are not lit before October."
    )
    quarter.told(steps.update_review, force.risk_manager, "LH2", words={}, rating=worse)
    for key in ("LH1", "LH2"):
        quarter.told(steps.sign_review, force.board_member, key)
    cycles.roll_forward(
        by=force.risk_manager,
        cycle=quarter.cycle,
        version=1,
        carried={quarter.review("LH3").pk: "nobody's"},
        on=JULY,
    )
    mark = registers.risk(force.reader, SLUG, "LH1").value.trends[-1]
    assert (mark.movement, mark.derived) == ("steady", "improving")
    assert (mark.overridden_by, mark.override_reason) == (
        "Oda Strand",
        "The lamps are not lit before October.",
    )
    assert mark.basis == "From High in 2030/31 Q4 to Low in 2031/32 Q1, judged on 30 June 2031."
    left = registers.risk(force.reader, SLUG, "LH3").value.trends[-1]
    assert (left.state, left.derived, left.movement) == ("not recorded", None, None)
    assert left.basis == "High stands from before; nobody judged it in 2031/32 Q1."


def test_the_quarters_mark_is_seen_as_at_its_end_and_not_before(quarter: Quarter) -> None:
    force = quarter.force
    quarter.told(steps.confirm_review, force.owner)
    quarter.told(steps.sign_review, force.board_member)
    others = {quarter.review(key).pk: "no keeper" for key in ("LH2", "LH3")}
    cycles.roll_forward(by=force.risk_manager, cycle=quarter.cycle, version=1, carried=others, on=JULY)

    def periods(day: date) -> list[str]:
        page = registers.risk(force.reader, SLUG, "LH1", Clock(as_at=day))
        return [each.period for each in page.value.trends]

    assert Q1 in periods(JUNE)
    assert Q1 not in periods(MARCH)
    assert reviewing.review(force.auditor, SLUG, Q1, "LH1", Clock(as_at=JUNE)).row.state == "asked"
    assert reviewing.review(force.auditor, SLUG, Q1, "LH1").row.state == "signed"


def test_the_next_quarter_asks_what_was_carried_over_and_opens_only_when_asked(quarter: Quarter) -> None:
    force = quarter.force
    every = {quarter.review(key).pk: "no keeper was at hand" for key in ("LH1", "LH2", "LH3")}
    cycles.roll_forward(by=force.risk_manager, cycle=quarter.cycle, version=1, carried=every, on=JULY)
    assert Cycle.objects.count() == 1
    (opening,) = questions.openings(force.risk_manager)
    assert opening.period == "2031/32 Q2"
    where = Register.objects.get(slug=SLUG).pk
    cycles.open_cycle(by=force.risk_manager, register=where, period="2031/32 Q2", opened_on=date(2031, 9, 30))
    page = reviewing.review(force.owner, SLUG, "2031/32 Q2", "LH1")
    assert page.since == Q1
    assert [each.sentence for each in page.asks if each.kind == "carried over"] == [
        "Runa Quay carried it over from 2031/32 Q1: “no keeper was at hand”"
    ]


# --- What the pages cost ------------------------------------------------------------------------------------


def test_the_page_of_a_quarter_costs_the_same_for_three_risks_and_for_twelve(staffed: Staffed) -> None:
    told = []
    for number, size in enumerate((3, 12)):
        risks = [a_risk(f"R{number}{each}", name=said(f"Risk {number} {each}")) for each in range(size)]
        name = said(f"Register {number}")
        accepted(staffed, a_paper(*risks, words=f"paper {number}", name=name, doubts=()), f"paper {number}")
        where = Register.objects.get(name=f"Register {number}")
        cycles.open_cycle(by=staffed.risk_manager, register=where.pk, period=Q1, opened_on=JUNE)
        with CaptureQueriesContext(connection) as caught:
            page = questions.cycle(staffed.auditor, where.slug, Q1)
        assert len(page.reviews) == size
        told.append(len(caught))
    assert told[0] == told[1]
    assert told[0] < 60


# --- A risk whose words are written in the register below ---------------------------------------------------

SUMMER, LATER = date(2026, 6, 30), date(2026, 7, 11)


@dataclass
class Above:
    """The review of a risk that the register above took, whose words are still the harbour's."""

    force: Staffed
    cycle: UUID

    @property
    def review(self) -> Review:
        return Review.objects.select_related("risk", "cycle").get(cycle_id=self.cycle)

    def page(self) -> reviewing.ReviewPage:
        found = self.review
        return reviewing.review(
            self.force.risk_manager, found.cycle.register_id, found.cycle.period, found.risk.key
        )

    def reword(self, by: Actor, words: str = "No lamp is lit at all") -> None:
        below = Risk.objects.get(key="LH1")
        value = registers.value_of(below, registers.version_as_at(below.pk))
        said_now = value.model_copy(update={"description": a_parted(words)})
        register.amend_risk(by=by, risk=below.pk, version=below.version, value=said_now, effective_on=SUMMER)

    def confirm(self) -> None:
        steps.confirm_review(
            by=self.force.risk_manager,
            review=self.review.pk,
            version=self.review.version,
            risk_version=self.page().risk_version,
            on=SUMMER,
        )

    def sign(self, by: Actor, looked: int | None = None) -> None:
        steps.sign_review(
            by=by,
            review=self.review.pk,
            version=self.review.version,
            risk_version=self.page().risk_version if looked is None else looked,
            on=LATER,
        )


def a_parted(text: str) -> PartedField:
    return PartedField(state="recorded", text=text)


@pytest.fixture
@made_once
def above(staffed: Staffed) -> Above:
    accepted(staffed, a_paper(day=date(2026, 3, 31), period=said("2025/26 Q4")))
    corporate = register.open_register(by=staffed.administrator, name="Corporate risks")
    below = Risk.objects.get(key="LH1")
    there = register.escalate(
        by=staffed.risk_manager,
        risk=below.pk,
        version=below.version,
        to_register=corporate,
        on=date(2026, 5, 1),
        reason="The whole coast is dark",
    )
    register.accept_escalation(
        by=staffed.risk_manager,
        risk=there,
        version=Risk.objects.get(pk=there).version,
        reference="C1",
        on=date(2026, 5, 2),
    )
    opened = cycles.open_cycle(
        by=staffed.risk_manager, register=corporate, period="2026/27 Q1", opened_on=date(2026, 6, 30)
    )
    return Above(staffed, opened)


def test_who_wrote_the_words_below_does_not_sign_them_off_above(above: Above) -> None:
    harbour = str(Register.objects.get(slug=SLUG).pk)
    member = replace(above.force.board_member, grants=(Grant("risk manager", register=harbour),))
    above.confirm()
    above.reword(member)
    with pytest.raises(Refused, match="somebody else signs it off"):
        above.sign(member)
    assert above.page().row.state == "updated"


def test_words_that_were_changed_below_after_they_were_looked_at_are_not_signed_off(above: Above) -> None:
    above.confirm()
    looked = above.page().risk_version
    above.reword(above.force.risk_manager)
    with pytest.raises(Stale) as lost:
        above.sign(above.force.board_member, looked)
    assert (lost.value.version, lost.value.field) == (above.page().risk_version, "risk_version")
    above.sign(above.force.board_member)
    assert above.page().row.state == "signed"


def test_words_that_change_below_after_the_sign_off_are_to_be_signed_off_again(above: Above) -> None:
    above.confirm()
    above.sign(above.force.board_member)
    assert above.page().row.state == "signed"
    above.reword(above.force.risk_manager)
    assert above.page().row.state == "updated"


def test_the_review_above_asks_for_no_words_that_are_said_below(above: Above) -> None:
    page = above.page()
    assert (page.above, page.boxes) == (True, ())
    below = Risk.objects.get(key="LH1")
    assert below.state == "escalated"


def test_another_rating_below_leaves_a_sign_off_above_as_it_is(above: Above) -> None:
    above.confirm()
    above.sign(above.force.board_member)
    below = Risk.objects.get(key="LH1")
    register.assess(
        by=above.force.risk_manager,
        risk=below.pk,
        version=below.version,
        stage="residual",
        rating="Medium",
        rationale="Two lamps were mended",
        basis="",
        on=SUMMER,
    )
    assert above.page().row.state == "signed"

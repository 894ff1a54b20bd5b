"""What happens after a quarter's end is the next quarter's: it neither reopens a review nor takes it back.
What is said of the quarter itself after its owner spoke goes back to the owner.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cast import Staffed, a_paper, a_risk, accepted, said
from once import made_once
from watchkeep.apps.history import queries as history
from watchkeep.apps.register import changes as register
from watchkeep.apps.register import queries as registers
from watchkeep.apps.register.models import Register, Risk, RiskVersion
from watchkeep.apps.reviews.changes import cycles, steps
from watchkeep.apps.reviews.models import Review
from watchkeep.apps.reviews.queries import cycles as questions
from watchkeep.apps.reviews.queries import reviewing
from watchkeep.domain.clock import Clock
from watchkeep.domain.errors import Refused, Stale
from watchkeep.domain.people import Actor
from watchkeep.domain.period import containing

pytestmark = pytest.mark.django_db
SLUG = "harbour-risk-register"
# The pages know today's date, so the quarter under review is the one that ended last.
QUARTER = containing(timezone.localdate()).previous()
BEFORE = QUARTER.previous()
END = QUARTER.ends
WITHIN = END - timedelta(days=20)
LATER = END + timedelta(days=1)


@dataclass
class Ended:
    """The review of a quarter that has ended: LH1 and LH2 are the Head of Harbour's."""

    force: Staffed
    cycle: UUID

    def review(self, key: str = "LH1") -> Review:
        return Review.objects.select_related("risk").get(cycle_id=self.cycle, risk__key=key)

    def page(self, key: str = "LH1", by: Actor | None = None) -> reviewing.ReviewPage:
        return reviewing.review(by or self.force.risk_manager, SLUG, QUARTER.label, key)

    def state(self, key: str = "LH1") -> str:
        return self.page(key).row.state

    def told(self, step: Callable[..., None], by: Actor, key: str = "LH1", **more: Any) -> None:
        """Take a step having looked at everything as it stands."""
        page = self.page(key)
        if step in (steps.update_review, steps.confirm_review, steps.sign_review):
            more.setdefault("risk_version", page.risk_version)
        step(by=by, review=page.row.id, version=page.row.version, on=timezone.localdate(), **more)

    def signed(self, key: str = "LH1") -> None:
        self.told(steps.confirm_review, self.force.owner, key)
        self.told(steps.sign_review, self.force.board_member, key)

    def say(self, on: date, text: str, by: Actor | None = None, path: str = "impact") -> None:
        """Somebody says something of LH1 past its review."""
        risk = Risk.objects.get(key="LH1")
        register.correct_risk(
            by=by or self.force.risk_manager,
            risk=risk.pk,
            version=risk.version,
            path=path,
            text=text,
            effective_on=on,
        )

    def close(self, on: date) -> None:
        risk = Risk.objects.get(key="LH1")
        register.close_risk(
            by=self.force.risk_manager, risk=risk.pk, version=risk.version, closed_on=on, reason="lit by day"
        )

    def roll(self, *carried: str) -> None:
        reasons = {self.review(key).pk: "no keeper" for key in carried}
        today = timezone.localdate()
        cycles.roll_forward(
            by=self.force.risk_manager, cycle=self.cycle, version=1, carried=reasons, on=today
        )


@pytest.fixture
@made_once
def ended(staffed: Staffed) -> Ended:
    risks = [a_risk(key, trends=()) for key in ("LH1", "LH2", "LH3")]
    accepted(staffed, a_paper(*risks, day=BEFORE.ends, period=said(BEFORE.label), doubts=()))
    for key in ("LH1", "LH2"):
        risk = Risk.objects.get(key=key)
        register.set_owner(
            by=staffed.risk_manager,
            risk=risk.pk,
            version=risk.version,
            post=staffed.owner_post,
            on=BEFORE.ends,
        )
    where = Register.objects.get(slug=SLUG).pk
    cycle = cycles.open_cycle(by=staffed.risk_manager, register=where, period=QUARTER.label, opened_on=LATER)
    return Ended(staffed, cycle)


# --- A risk that is closed ----------------------------------------------------------------------------------


def test_a_closing_after_the_quarter_leaves_its_sign_off_and_its_trend(ended: Ended) -> None:
    ended.signed()
    ended.close(LATER)
    assert ended.state() == "signed"
    page = questions.cycle(ended.force.auditor, SLUG, QUARTER.label)
    assert page.finding.startswith("One of three risks is signed off")
    ended.roll("LH2", "LH3")
    assert (ended.review().state, ended.state()) == ("signed", "signed")
    mark = registers.risk(ended.force.reader, SLUG, "LH1", Clock(as_at=END)).value.trends[-1]
    assert (mark.period, mark.movement) == (QUARTER.label, "steady")
    assert Risk.objects.get(key="LH1").state == "closed"
    assert history.verify(ended.force.administrator).holds


def test_a_risk_closed_after_the_quarter_is_still_updated_and_signed_as_at_its_end(ended: Ended) -> None:
    ended.close(LATER)
    assert ended.state() == "asked"
    ended.told(steps.update_review, ended.force.owner, words={"description": "Too few lamps"})
    ended.told(steps.sign_review, ended.force.board_member)
    newest = RiskVersion.objects.filter(risk__key="LH1").order_by("-number").first()
    assert newest is not None
    assert (newest.description, newest.effective_on) == ("Too few lamps", END)
    assert ended.state() == "signed"


@pytest.mark.parametrize("on", [WITHIN, END])
def test_a_closing_within_the_quarter_withdraws_the_review(ended: Ended, on: date) -> None:
    ended.signed()
    ended.close(on)
    assert ended.state() == "withdrawn"
    ended.roll("LH2", "LH3")
    assert ended.review().state == "withdrawn"


def test_a_merging_withdraws_only_within_the_quarter(ended: Ended) -> None:
    ended.signed()
    one, other = (Risk.objects.get(key=key) for key in ("LH1", "LH2"))
    register.merge_risk(
        by=ended.force.risk_manager, risk=one.pk, version=one.version, into=other.pk, on=LATER, reason="one"
    )
    assert ended.state() == "signed"


# --- A change after the quarter -----------------------------------------------------------------------------


def test_a_change_after_the_quarter_is_the_next_ones(ended: Ended) -> None:
    ended.signed()
    ended.say(LATER, "Ships run aground")
    page = ended.page()
    assert page.row.state == "signed"
    assert page.changes == ()
    assert "aground" not in str(page.boxes)
    assert [each.kind for each in page.steps] == ["ask", "confirm", "sign"]
    ended.roll("LH2", "LH3")


def test_a_rating_after_the_quarter_is_not_asked_about(ended: Ended) -> None:
    risk = Risk.objects.get(key="LH1")
    register.assess(
        by=ended.force.risk_manager,
        risk=risk.pk,
        version=risk.version,
        stage="residual",
        rating="Low",
        rationale="New lamps",
        on=LATER,
    )
    page = ended.page()
    assert page.rated_now is not None
    assert page.rated_now.band == "High"
    assert page.trend.verdict != "improving"


def test_a_change_after_the_quarter_stops_nobody_who_looked_at_the_quarter(ended: Ended) -> None:
    looked = ended.page().risk_version
    ended.say(LATER, "Ships run aground")
    ended.told(steps.confirm_review, ended.force.owner, risk_version=looked)
    ended.say(LATER, "Ships run aground twice")
    ended.told(steps.sign_review, ended.force.board_member, risk_version=looked)
    assert ended.state() == "signed"


def test_an_update_speaks_of_the_quarters_last_day_even_where_later_words_stand(ended: Ended) -> None:
    ended.say(LATER, "Ships run aground")
    looked = ended.page()
    assert looked.speaks_of == END
    ended.told(steps.update_review, ended.force.owner, words={"description": "Too few lamps"})
    then = registers.risk(ended.force.reader, SLUG, "LH1", Clock(as_at=END)).value
    now = registers.risk(ended.force.reader, SLUG, "LH1").value
    assert then.description.text == now.description.text == "Too few lamps"
    assert then.impact.text != "Ships run aground"
    assert now.impact.text == "Ships run aground"


def test_a_change_said_of_the_quarter_afterwards_reopens_it(ended: Ended) -> None:
    ended.signed()
    ended.say(WITHIN, "Ships run aground")
    assert ended.state() == "asked again"
    with pytest.raises(Refused, match="LH1"):
        ended.roll("LH2", "LH3")


def test_an_earlier_word_that_later_ones_of_the_quarter_hide_reopens_nothing(ended: Ended) -> None:
    ended.say(END, "Ships run aground")
    ended.signed()
    ended.say(WITHIN, "Ships sink")
    then = registers.risk(ended.force.reader, SLUG, "LH1", Clock(as_at=END)).value
    assert then.impact.text == "Ships run aground"
    assert ended.state() == "signed"


def test_what_was_looked_at_of_the_quarter_is_what_is_signed(ended: Ended) -> None:
    ended.told(steps.confirm_review, ended.force.owner)
    looked = ended.page().risk_version
    ended.say(WITHIN, "Ships run aground", ended.force.owner)
    with pytest.raises(Stale):
        ended.told(steps.sign_review, ended.force.board_member, risk_version=looked)


def test_a_closing_and_reopening_never_lets_an_unseen_word_be_signed(ended: Ended) -> None:
    """A closing counts as a version of the risk, and is none of its words."""
    ended.close(LATER)
    risk = Risk.objects.get(key="LH1")
    register.reopen_risk(
        by=ended.force.risk_manager, risk=risk.pk, version=risk.version, on=LATER, reason="dark again"
    )
    ended.told(steps.confirm_review, ended.force.owner)
    looked = ended.page().risk_version
    ended.say(WITHIN, "Ships run aground", ended.force.owner)
    with pytest.raises(Stale):
        ended.told(steps.sign_review, ended.force.board_member, risk_version=looked)


# --- A change of the quarter after its owner spoke ----------------------------------------------------------


def test_what_somebody_else_changes_after_the_confirmation_is_asked_of_the_owner_again(ended: Ended) -> None:
    ended.told(steps.confirm_review, ended.force.owner)
    ended.say(WITHIN, "Ships run aground")
    page = ended.page(by=ended.force.owner)
    assert page.row.state == "asked again"
    assert page.row.of_viewer
    assert page.row.awaited is not None
    assert page.row.awaited.of_owner
    assert [(each.kind, each.by) for each in page.steps] == [
        ("ask", "Runa Quay"),
        ("confirm", "Oda Strand"),
        ("change", "Runa Quay"),
    ]
    assert "impact" in page.steps[-1].text.lower()
    assert [each.overtaken for each in page.steps] == [False, True, False]
    assert "Runa Quay" in next(each.sentence for each in page.asks if each.kind == "changed")
    assert page.finding.startswith("One thing")
    with pytest.raises(Refused, match="was changed"):
        ended.told(steps.sign_review, ended.force.board_member)
    ended.told(steps.confirm_review, ended.force.owner)
    assert ended.state() == "updated"
    assert not [each for each in ended.page().asks if each.kind == "changed"]
    ended.told(steps.sign_review, ended.force.board_member)
    assert ended.state() == "signed"


def test_the_owners_own_change_after_their_confirmation_goes_on_to_be_signed(ended: Ended) -> None:
    ended.told(steps.confirm_review, ended.force.owner)
    ended.say(WITHIN, "Ships run aground", ended.force.deputy)
    page = ended.page()
    assert page.row.state == "updated"
    assert [each.kind for each in page.steps] == ["ask", "confirm", "change"]
    ended.told(steps.sign_review, ended.force.board_member)
    assert ended.state() == "signed"


def test_a_sign_off_that_counts_no_longer_says_why(ended: Ended) -> None:
    ended.signed()
    assert ended.page().reopened == ""
    ended.say(WITHIN, "Ships run aground", ended.force.owner)
    page = ended.page()
    assert page.row.state == "updated"
    assert "The sign-off by Bo Bench" in page.reopened
    assert "no longer counts: Oda Strand changed" in page.reopened
    assert [each.kind for each in page.steps] == ["ask", "confirm", "sign", "change"]
    ended.told(steps.sign_review, ended.force.board_member)
    assert ended.page().reopened == ""


def test_a_challenge_waits_for_its_answer_and_only_then_the_owner_is_asked_again(ended: Ended) -> None:
    ended.told(steps.confirm_review, ended.force.owner)
    ended.told(steps.challenge_review, ended.force.board_member, text="Why?")
    ended.say(WITHIN, "Ships run aground")
    assert ended.state() == "challenged"
    ended.told(steps.answer_challenge, ended.force.owner, text="So.")
    assert ended.state() == "asked again"


def test_the_page_of_a_review_costs_the_same_after_one_change_and_after_four(ended: Ended) -> None:
    ended.told(steps.confirm_review, ended.force.owner)
    told = []
    for texts in (("one",), ("two", "three", "four")):
        for text in texts:
            ended.say(WITHIN, text)
        with CaptureQueriesContext(connection) as caught:
            ended.page()
        told.append(len(caught))
    assert told[0] == told[1]

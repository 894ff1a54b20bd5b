"""A quarter's review: asked, updated, challenged, answered, signed off by somebody else, rolled forward."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from cast import JUNE, MARCH, Staffed, a_paper, a_risk, a_staffed_force, accepted
from watchkeep.apps.history import queries as history
from watchkeep.apps.people import queries as people
from watchkeep.apps.people.models import Person
from watchkeep.apps.register import changes as register
from watchkeep.apps.register import queries as registers
from watchkeep.apps.register.models import Register, Risk
from watchkeep.apps.reviews.changes import cycles, steps
from watchkeep.apps.reviews.models import Cycle, Review, ReviewStep
from watchkeep.domain.clock import Clock
from watchkeep.domain.errors import Invalid, Missing, Refused, Stale
from watchkeep.domain.people import Actor

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

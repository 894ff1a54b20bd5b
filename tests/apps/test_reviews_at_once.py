"""Two people in one review at one moment: no pair of them leaves a sign-off of what was not looked at."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from apps.test_reviews import JULY, Q1, SLUG, Quarter, an_open_quarter
from cast import JUNE, a_staffed_force
from watchkeep.apps.history import queries as history
from watchkeep.apps.register import changes as register
from watchkeep.apps.reviews.changes import cycles, steps
from watchkeep.apps.reviews.models import Cycle, ReviewStep
from watchkeep.apps.reviews.queries import cycles as questions
from watchkeep.domain.errors import Refused, Stale
from watchkeep.domain.people import Actor

ROUNDS = 4


@pytest.fixture
def quarter(transactional_db: None) -> Quarter:
    """The open quarter, committed, so that other connections see it."""
    return an_open_quarter(a_staffed_force())


def at_once(*changes: Callable[[], object]) -> list[str]:
    """Start them together; how each ended."""
    start = Barrier(len(changes))

    def run(change: Callable[[], object]) -> str:
        try:
            start.wait()
            change()
        except Stale:
            return "stale"
        except Refused:
            return "refused"
        finally:
            connections.close_all()
        return "done"

    with ThreadPoolExecutor(len(changes)) as workers:
        return list(workers.map(run, changes))


def edit(quarter: Quarter, by: Actor, words: str) -> Callable[[], object]:
    """Somebody changes the risk past the review, having looked at it as it stands now."""
    risk = quarter.review().risk
    return lambda: register.correct_risk(
        by=by, risk=risk.pk, version=risk.version, path="impact", text=words, effective_on=JUNE
    )


def sign(quarter: Quarter, by: Actor) -> Callable[[], object]:
    """Somebody signs off what stands now."""
    found = quarter.review()
    return lambda: steps.sign_review(
        by=by, review=found.pk, version=found.version, risk_version=found.risk.version, on=JULY
    )


def update(quarter: Quarter, by: Actor, words: str) -> Callable[[], object]:
    """Somebody updates the risk in the review, having looked at it as it stands now."""
    found = quarter.review()
    return lambda: steps.update_review(
        by=by,
        review=found.pk,
        version=found.version,
        risk_version=found.risk.version,
        words={"impact": words},
        on=JULY,
    )


def effective(quarter: Quarter) -> str:
    page = questions.cycle(quarter.force.auditor, SLUG, Q1)
    return next(each.state for each in page.reviews if each.key == "LH1")


def check(quarter: Quarter) -> None:
    """A review that counts as signed off was signed at the risk's present version, by somebody else."""
    last = ReviewStep.objects.filter(review=quarter.review(), kind="sign").order_by("-number").first()
    if effective(quarter) == "signed":
        assert last is not None
        assert last.risk_version == quarter.review().risk.version
    wrote = ReviewStep.objects.filter(review=quarter.review(), kind__in=["update", "confirm"])
    assert last is None or last.by_id not in set(wrote.values_list("by_id", flat=True))
    assert history.verify(quarter.force.auditor).faults == ()


@pytest.mark.parametrize("kind", [edit, update], ids=["an edit of the risk", "an update in the review"])
def test_a_change_and_a_sign_off_at_once_never_sign_what_was_not_looked_at(
    quarter: Quarter, kind: Callable[[Quarter, Actor, str], Callable[[], object]]
) -> None:
    force = quarter.force
    for turn in range(ROUNDS):
        quarter.told(steps.confirm_review, force.owner)
        ends = at_once(kind(quarter, force.risk_manager, f"Words {turn}"), sign(quarter, force.board_member))
        assert ends in (["done", "done"], ["done", "stale"], ["done", "refused"], ["stale", "done"])
        left = "asked again" if kind is edit else "updated"
        assert effective(quarter) == ("signed" if ends == ["stale", "done"] else left)
        check(quarter)


def test_who_edits_and_signs_at_once_has_not_signed_their_own_words(quarter: Quarter) -> None:
    manager = quarter.force.risk_manager
    for turn in range(ROUNDS):
        quarter.told(steps.confirm_review, quarter.force.owner)
        ends = at_once(edit(quarter, manager, f"Words {turn}"), sign(quarter, manager))
        assert ends[0] == "done"
        assert effective(quarter) == "asked again"
        check(quarter)


def test_two_sign_at_once_and_one_sign_off_stands(quarter: Quarter) -> None:
    force = quarter.force
    quarter.told(steps.confirm_review, force.owner)
    ends = at_once(sign(quarter, force.board_member), sign(quarter, force.risk_manager))
    assert sorted(ends) == ["done", "refused"]
    assert ReviewStep.objects.filter(kind="sign").count() == 1
    check(quarter)


def test_a_quarter_is_not_rolled_forward_over_an_edit_of_the_same_moment(quarter: Quarter) -> None:
    force = quarter.force
    quarter.told(steps.confirm_review, force.owner)
    quarter.told(steps.sign_review, force.board_member)
    others = {quarter.review(key).pk: "no keeper" for key in ("LH2", "LH3")}

    def roll() -> None:
        cycles.roll_forward(by=force.risk_manager, cycle=quarter.cycle, version=1, carried=others, on=JULY)

    ends = at_once(edit(quarter, force.administrator, "In passing"), roll)
    closed = Cycle.objects.get().state == "rolled forward"
    # The roll forward writes the risk, so the edit that comes second has looked at an older version.
    assert ends == (["stale", "done"] if closed else ["done", "refused"])
    if not closed:
        check(quarter)

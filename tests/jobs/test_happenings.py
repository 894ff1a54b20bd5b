"""What of the history is whose to read: by role, by scope, and as long as a quarter is under review."""

from __future__ import annotations

from datetime import date

import pytest

from cast import JUNE, Staffed, a_risk, accepted
from once import made_once
from watchkeep.apps.indicators import changes as indicators
from watchkeep.apps.people import changes as people
from watchkeep.apps.people.models import Person
from watchkeep.apps.people.queries import viewer_of
from watchkeep.apps.publication import changes as publication
from watchkeep.apps.register import changes as registers
from watchkeep.apps.register.models import Register, Risk
from watchkeep.apps.reviews.changes import cycles, steps
from watchkeep.apps.reviews.models import Cycle, Review
from watchkeep.domain.indicator import Definition, Reading
from watchkeep.domain.people import Actor
from watchkeep.jobs.happenings import entries

CHALLENGE, NOTE, WHY = "Why is the oil so low?", "Two keepers left in May.", "The rota tells another story."
MAY = date(2026, 5, 1)
ON = date(2031, 7, 10)


@pytest.fixture
@made_once
def reviewed(staffed: Staffed) -> Staffed:
    """LH1 was updated with a note, given another trend and challenged; its quarter is open."""
    accepted(staffed)
    register = Register.objects.get()
    cycles.open_cycle(by=staffed.risk_manager, register=register.pk, period="2031/32 Q1", opened_on=JUNE)
    found = Review.objects.get(risk__key="LH1")
    by = staffed.risk_manager
    steps.confirm_review(
        by=by,
        review=found.pk,
        version=found.version,
        risk_version=found.risk.version,
        note=NOTE,
        on=ON,
    )
    found.refresh_from_db()
    steps.override_trend(
        by=by, review=found.pk, version=found.version, movement="worsening", reason=WHY, on=ON
    )
    found.refresh_from_db()
    steps.challenge_review(
        by=staffed.board_member, review=found.pk, version=found.version, text=CHALLENGE, on=ON
    )
    return staffed


def words(viewer: Actor, subject: tuple[str, str] | None = None) -> str:
    """Every word of the history that this viewer is shown."""
    return "\n".join(
        f"{each.verb} {each.subject} {each.reason} {each.facts}" for each in entries(viewer, subject).rows
    )


@pytest.mark.parametrize("who", ["reader", "action_owner"])
def test_who_may_not_follow_a_review_reads_none_of_its_words(reviewed: Staffed, who: str) -> None:
    viewer, risk = getattr(reviewed, who), ("risk", str(Risk.objects.get(key="LH1").pk))
    for told in (words(viewer), words(viewer, risk)):
        assert "challenge a review LH1" in told
        for said in (CHALLENGE, NOTE, WHY):
            assert said not in told


@pytest.mark.parametrize("who", ["owner", "board_member", "secretary", "auditor", "risk_manager"])
def test_who_may_follow_a_review_reads_its_words(reviewed: Staffed, who: str) -> None:
    told = words(getattr(reviewed, who))
    for said in (CHALLENGE, NOTE, WHY):
        assert said in told


def test_once_the_quarter_is_rolled_forward_its_words_are_everybodys(reviewed: Staffed) -> None:
    cycle = Cycle.objects.get()
    carried = {each.pk: "No time." for each in Review.objects.all()}
    cycles.roll_forward(
        by=reviewed.risk_manager, cycle=cycle.pk, version=cycle.version, carried=carried, on=ON
    )
    assert CHALLENGE in words(reviewed.reader)


def test_a_draft_is_named_to_none_but_those_who_may_see_it(reviewed: Staffed) -> None:
    register = Register.objects.get().pk
    registers.draft_risk(by=reviewed.risk_manager, register=register, value=a_risk("LH8"), effective_on=ON)
    for who, sees in (("reader", False), ("board_member", False), ("auditor", True), ("risk_manager", True)):
        assert ("draft a risk" in words(getattr(reviewed, who))) is sees, who


def test_an_edition_is_told_of_once_it_is_published(reviewed: Staffed) -> None:
    register = Register.objects.get().pk
    edition = publication.freeze(by=reviewed.risk_manager, register=register, audience="committee")
    assert "freeze an edition" not in words(reviewed.reader)
    assert "freeze an edition" in words(reviewed.auditor)
    publication.attach_file(
        by=reviewed.risk_manager, edition=edition, kind="html", sha256="0" * 64, size=1, name="paper.html"
    )
    publication.publish(by=reviewed.risk_manager, edition=edition)
    assert "freeze an edition" in words(reviewed.reader)


def test_what_was_corrected_in_a_draft_of_a_paper_is_for_who_may_read_in_it(reviewed: Staffed) -> None:
    papers = [each for each in entries(reviewed.reader).rows if each.subject_kind == "import"]
    assert papers
    assert all(not each.facts and not each.reason for each in papers)


def test_a_register_beyond_a_viewers_roles_is_not_in_their_history(reviewed: Staffed) -> None:
    by = reviewed.administrator
    own = registers.open_register(by=by, name="East Mole risks", unit=reviewed.lower_unit)
    registers.open_risk(by=by, register=own, value=a_risk("EM1", name=a_risk("EM1").name), effective_on=MAY)
    person = people.add_person(by=by, name="Una Mole", email="una@calder.test", role=None)
    people.grant_role(by=by, person=person.pk, role="reader", unit=reviewed.unit, from_on=date(2024, 4, 1))
    told = words(viewer_of(Person.objects.get(pk=person.pk)))
    assert "EM1" in told
    for other in ("LH1", "Harbour risk register", "open a review cycle"):
        assert other not in told


def test_the_history_costs_a_reader_as_much_whatever_is_kept_from_them(reviewed: Staffed) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            entries(reviewed.reader)
        return len(asked)

    register = Register.objects.get().pk
    registers.draft_risk(by=reviewed.risk_manager, register=register, value=a_risk("D1"), effective_on=ON)
    before = cost()
    for name in ("D2", "D3"):
        registers.draft_risk(by=reviewed.risk_manager, register=register, value=a_risk(name), effective_on=ON)
    assert cost() == before


def test_indicators_beyond_a_viewers_roles_are_not_in_their_history(reviewed: Staffed) -> None:
    by = reviewed.administrator
    own = registers.open_register(by=by, name="East Mole risks", unit=reviewed.lower_unit)
    value = a_risk("EM1", name=a_risk("EM1").name)
    risk = registers.open_risk(by=by, register=own, value=value, effective_on=MAY)
    other = Risk.objects.get(key="LH1").pk
    made = {}
    for name, which in (("Boats seen", risk), ("Lamps dark", other), ("Gulls", None)):
        definition = Definition(name, "n", "down", "month", from_on=MAY)
        made[name] = indicators.open_indicator(by=by, definition=definition)
        if which:
            indicators.attach(by=by, indicator=made[name], risk=which, side="cause", from_on=MAY, reason=WHY)
    readings = {each: [Reading(MAY, 4.0)] for each in made.values()}
    indicators.observe_many(by=by, readings=readings, source="The log of lamps")
    person = people.add_person(by=by, name="Una Mole", email="una@calder.test", role=None)
    people.grant_role(by=by, person=person.pk, role="reader", unit=reviewed.unit, from_on=date(2024, 4, 1))
    told = words(viewer_of(Person.objects.get(pk=person.pk)))
    assert "Boats seen" in told
    assert "Gulls" in told
    for kept in ("Lamps dark", "readings of 3", "The log of lamps"):
        assert kept not in told
        assert kept in words(reviewed.risk_manager)

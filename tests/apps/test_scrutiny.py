"""A finding is answered by who may change its risk, and stays answered until its words change."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from cast import Staffed, a_paper, a_risk, accepted
from once import made_once
from watchkeep.apps.history import queries as history
from watchkeep.apps.history.models import Entry
from watchkeep.apps.people.queries import actor_for
from watchkeep.apps.register import changes as register
from watchkeep.apps.register import queries as registers
from watchkeep.apps.register.models import Register, Risk
from watchkeep.apps.scrutiny import changes, queries
from watchkeep.domain.answering import Finding
from watchkeep.domain.clock import Clock
from watchkeep.domain.document import Item
from watchkeep.domain.errors import Invalid, Missing, Refused, Stale
from watchkeep.domain.people import Actor

pytestmark = pytest.mark.django_db
SLUG = "harbour-risk-register"
CLAIM = "The new rota is having a positive impact."
MARCH_2025 = date(2025, 3, 31)
WHY = "The keepers count it from May on."


def claiming(reference: str, *claims: str) -> Any:
    controls = tuple(Item(state="recorded", text=each) for each in claims or (CLAIM,))
    return a_risk(reference, controls=controls)


@pytest.fixture
@made_once
def harbour(staffed: Staffed) -> Staffed:
    """A register of two risks, each of which claims something that nobody measures; LH1 has an owner."""
    accepted(staffed, a_paper(claiming("LH1"), claiming("LH2"), day=MARCH_2025))
    own(staffed)
    return staffed


def own(staffed: Staffed) -> None:
    """The Head of Harbour answers for LH1."""
    found = the_risk()
    value = registers.value_of(found)
    register.amend_risk(
        by=staffed.risk_manager,
        risk=found.pk,
        version=found.version,
        value=value,
        effective_on=MARCH_2025,
        belongs=register.Belongs(owner_post=staffed.owner_post),
    )


def the_risk(key: str = "LH1") -> Risk:
    return Risk.objects.get(key=key)


def the_register() -> Any:
    return Register.objects.get().pk


def claims(viewer: Actor, key: str = "LH1", **more: Any) -> list[Finding]:
    found = queries.scrutiny(viewer, SLUG, **more).of(key)
    return [each for each in found if each.found.code == "CLAIM-01"]


def answer(by: Actor, finding: Finding, **more: Any) -> Any:
    said: dict[str, Any] = {"answer": "accepted", "reason": WHY, "number": finding.number}
    return changes.answer_finding(by=by, register=the_register(), key=finding.found.key, **(said | more))


def reword(by: Actor, text: str) -> None:
    """LH1's claim in other words."""
    found = the_risk()
    value = registers.value_of(found).model_copy(update={"controls": (Item(state="recorded", text=text),)})
    register.amend_risk(
        by=by, risk=found.pk, version=found.version, value=value, effective_on=date(2025, 4, 1)
    )


def test_a_finding_is_answered_in_the_history_of_its_risk_and_no_other_is(harbour: Staffed) -> None:
    (finding,) = claims(harbour.auditor)
    answer(harbour.risk_manager, finding)
    (answered,) = claims(harbour.auditor)
    assert answered.answer is not None
    assert (answered.answer.answer, answered.answer.reason) == ("accepted", WHY)
    assert answered.answer.by == "Runa Quay"
    (other,) = claims(harbour.auditor, "LH2")
    assert other.open
    last = Entry.objects.order_by("-pk")[0]
    assert (last.verb, last.subject_kind, last.subject_id, last.reason) == (
        "answer a finding", "risk", str(the_risk().pk), WHY,
    )  # fmt: skip
    assert history.verify(harbour.auditor).holds


def test_other_words_are_open_again_and_the_same_words_come_back_answered(harbour: Staffed) -> None:
    answer(harbour.owner, claims(harbour.owner)[0])
    reword(harbour.owner, "The new rota is having a very positive impact.")
    (changed,) = claims(harbour.owner)
    assert changed.open
    assert changed.before is not None
    assert changed.before.text == CLAIM
    reword(harbour.owner, CLAIM)
    assert not claims(harbour.owner)[0].open


def test_an_answer_is_taken_back_and_stays_on_record(harbour: Staffed) -> None:
    by = harbour.risk_manager
    answer(by, claims(by)[0])
    given = claims(by)[0]
    changes.take_back_answer(by=by, register=the_register(), key=given.found.key, number=given.number)
    (finding,) = claims(by)
    assert finding.open
    assert finding.number == 2
    assert [each.given.answer for each in queries.answers(by)] == [None, "accepted"]
    with pytest.raises(Invalid, match="Nothing is answered"):
        changes.take_back_answer(by=by, register=the_register(), key=finding.found.key, number=2)
    answer(by, finding, answer="wrong")
    assert claims(by)[0].answer is not None


def test_who_may_not_change_the_risk_does_not_answer_for_its_words(harbour: Staffed) -> None:
    (finding,) = claims(harbour.auditor)
    system = actor_for(kind="system", id="lint", name="Watchkeep", body="Calder Vale Police")
    for by in (harbour.other_owner, harbour.auditor, harbour.reader, harbour.board_member, system):
        with pytest.raises(Refused):
            answer(by, finding)
    with pytest.raises(Missing):
        answer(harbour.stranger, finding)
    answer(harbour.deputy, finding)
    assert not claims(harbour.auditor)[0].open


def test_an_answer_needs_a_reason_an_answer_and_the_finding_that_was_looked_at(harbour: Staffed) -> None:
    (finding,) = claims(harbour.owner)
    with pytest.raises(Invalid, match="Say why"):
        answer(harbour.owner, finding, reason=" \u3164 ")
    with pytest.raises(Invalid, match="whether the words stand"):
        answer(harbour.owner, finding, answer="open")
    answer(harbour.owner, finding)
    with pytest.raises(Stale) as problem:
        answer(harbour.risk_manager, finding, answer="wrong", reason="No.")
    assert {each.name: each.theirs for each in problem.value.clashes} == {
        "answer": "It stands as it is written",
        "reason": WHY,
    }
    reword(harbour.owner, "The new rota is having a very positive impact.")
    with pytest.raises(Missing, match="words have changed"):
        answer(harbour.owner, finding, number=1)


def test_nobody_answers_in_the_past_and_the_past_has_no_answer_yet(harbour: Staffed) -> None:
    answer(harbour.owner, claims(harbour.owner)[0])
    then = Clock(as_at=date(2025, 6, 30))
    assert claims(harbour.owner, clock=then)[0].open
    assert queries.scrutiny(harbour.owner, SLUG, then).as_at == date(2025, 6, 30)
    assert queries.answers(harbour.owner, clock=then) == ()


def test_what_is_found_costs_as_many_statements_for_many_findings_as_for_one(
    harbour: Staffed, django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(60) as counted:
        queries.scrutiny(harbour.auditor, SLUG)
    more = [claiming(f"LH{number}", CLAIM, "It has improved matters.") for number in range(1, 9)]
    accepted(harbour, a_paper(*more, day=date(2025, 6, 30), words="second paper"), "second paper")
    for key in ("LH2", "LH3", "LH4"):
        answer(harbour.risk_manager, claims(harbour.risk_manager, key)[0])
    with django_assert_num_queries(len(counted)):
        found = queries.scrutiny(harbour.auditor, SLUG)
    assert sum(each.found.code == "CLAIM-01" for each in found.findings) == 16
    assert sum(not each.open for each in found.findings) == 3


def test_the_command_judges_the_register_as_the_site_does_and_counts_what_is_open(harbour: Staffed) -> None:
    from typer import Typer
    from typer.testing import CliRunner

    from watchkeep.cli.lint import lint

    app = Typer()
    app.command()(lint)

    def told(*words: str, code: int) -> str:
        said = ("register:", "--rule", "CLAIM", "--body", "Calder Vale Police", *words)
        result = CliRunner().invoke(app, said)
        assert result.exit_code == code, result.output
        return result.output

    assert "2 warnings" in told(code=1)
    for key in ("LH1", "LH2"):
        answer(harbour.risk_manager, claims(harbour.risk_manager, key)[0])
    assert WHY in told("--format", "json", code=0)
    reword(harbour.owner, "The new rota is having a very positive impact.")
    assert "1 warning" in told(code=1)

"""A draft is there for who writes it, who sees everything and who answers for it; for nobody else, by any way
to it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from cast import Staffed, a_paper, a_staffed_force, accepted, said
from once import made_once
from watchkeep.apps.discussion import changes as talk
from watchkeep.apps.discussion import queries as talks
from watchkeep.apps.register import changes, queries
from watchkeep.apps.register.models import Register, Risk
from watchkeep.apps.reviews.queries import meetings
from watchkeep.apps.reviews.subjects import see
from watchkeep.apps.search.queries import search
from watchkeep.apps.treatment import changes as treatment
from watchkeep.apps.treatment import queries as treated
from watchkeep.domain import document
from watchkeep.domain.clock import Clock
from watchkeep.domain.commitment import Promise
from watchkeep.domain.control import ControlValue
from watchkeep.domain.errors import Missing
from watchkeep.domain.people import Actor, Grant

pytestmark = pytest.mark.django_db

APRIL = date(2026, 4, 30)
SLUG = "harbour-risk-register"


@dataclass(frozen=True)
class Drafted:
    """A draft of the Head of Harbour with something of every kind on it."""

    staff: Staffed
    risk: Risk
    register: UUID
    comment: UUID
    control: UUID
    promise: UUID


@pytest.fixture
@made_once
def drafted() -> Drafted:
    staff = a_staffed_force()
    by = staff.risk_manager
    accepted(staff, a_paper(day=APRIL))
    register = Register.objects.get().pk
    value = document.Risk(
        key="x", name=said("Puffin flood"), description=document.PartedField(state="recorded", text="Nests.")
    )
    risk = changes.draft_risk(by=by, register=register, value=value, effective_on=APRIL)
    changes.set_owner(by=by, risk=risk, version=1, post=staff.owner_post, on=APRIL)
    comment = talk.comment(by=by, subject=see(by, "risk", str(risk)), text="Guillemots too.")
    control = treatment.add_control(by=by, value=ControlValue(name="Cormorant net"), effective_on=APRIL)
    treatment.apply_control(by=by, control=control, risk=risk, from_on=APRIL)
    promise = treatment.promise(
        by=by, kind="action", value=Promise(title="Gannet watch"), risk=risk, on=APRIL
    )
    changes.record_event(by=by, risks=[risk], kind="incident", title="Razorbill landing", on=APRIL)
    return Drafted(staff, Risk.objects.get(pk=risk), register, comment, control, promise)


def missing(ask: Callable[[], object]) -> bool:
    try:
        ask()
    except Missing:
        return True
    return False


WAYS: dict[str, Callable[[Actor, Drafted], Any]] = {
    "its page": lambda by, it: not missing(lambda: queries.risk(by, SLUG, it.risk.key)),
    "the registers that have it": lambda by, it: queries.registers_with(by, it.risk.key),
    "the drafts": lambda by, it: queries.drafts(by, it.register),
    "beside the table": lambda by, it: it.risk.key in queries.beside(by, it.register),
    "where it came from": lambda by, it: it.risk.pk in {each.pk for each in queries.visible_risks(by)},
    "its events": lambda by, it: queries.events(by, it.risk.pk),
    "its controls": lambda by, it: treated.controls_of(by, it.risk.pk),
    "its promises": lambda by, it: treated.commitments_of(by, it.risk.pk),
    "the promises": lambda by, it: treated.visible_commitments(by).filter(pk=it.promise),
    "the controls": lambda by, it: treated.visible_controls(by).filter(pk=it.control),
    "its lines": lambda by, it: not missing(lambda: treated.lines_of(by, it.risk.pk)),
    "its meetings": lambda by, it: not missing(lambda: meetings.discussed(by, it.risk.pk)),
    "what is said of it": lambda by, it: not missing(lambda: see(by, "risk", str(it.risk.pk))),
    "a comment by its id": lambda by, it: not missing(lambda: talks.subject_of_comment(by, it.comment, see)),
    "what is said of its control": lambda by, it: not missing(lambda: see(by, "control", str(it.control))),
    "what is said of its promise": lambda by, it: not missing(lambda: see(by, "commitment", str(it.promise))),
    "a search for its words": lambda by, it: search(by, "puffin").hits,
    "a search for what is said of it": lambda by, it: search(by, "guillemots").hits,
    "a search for its control": lambda by, it: search(by, "cormorant").hits,
    "a search for its promise": lambda by, it: search(by, "gannet").hits,
    "a search for its event": lambda by, it: search(by, "razorbill").hits,
}


def readers(it: Drafted) -> dict[str, Actor]:
    """Everybody for whom the draft is not there."""
    staff = it.staff
    other = changes.open_register(by=staff.administrator, name="Lighthouse register")
    scoped = replace(staff.reader, role=None)
    own = Grant("reader", register=str(it.register))
    return {
        "reader": staff.reader,
        "owner of another post": staff.other_owner,
        "board member": staff.board_member,
        "reader of its register": replace(scoped, grants=(own,)),
        "reader of it who writes elsewhere": replace(
            scoped, grants=(own, Grant("risk manager", register=str(other)))
        ),
    }


def test_a_draft_is_found_by_no_way_by_who_may_not_see_it(drafted: Drafted) -> None:
    found = [
        (who, way)
        for who, by in readers(drafted).items()
        for way, ask in WAYS.items()
        if bool(ask(by, drafted))
    ]
    assert not found


@pytest.mark.parametrize("who", ["risk_manager", "auditor", "secretary"])
def test_a_draft_is_found_by_every_way_by_who_writes_it_or_sees_everything(
    drafted: Drafted, who: str
) -> None:
    by = getattr(drafted.staff, who)
    assert [way for way, ask in WAYS.items() if not bool(ask(by, drafted))] == []


@pytest.mark.parametrize("who", ["risk_manager", "auditor", "owner", "reader"])
def test_a_draft_is_no_difference_between_two_days_of_the_register(drafted: Drafted, who: str) -> None:
    by = getattr(drafted.staff, who)
    compared = queries.compare(by, SLUG, Clock(APRIL.replace(day=1)))
    assert drafted.risk.pk not in [each.id for each in compared.risks]


def test_a_draft_is_there_for_its_post_and_for_a_writer_of_its_register_alone(drafted: Drafted) -> None:
    staff = drafted.staff
    writes = (Grant("reader", unit=str(staff.unit)), Grant("risk manager", register=str(drafted.register)))
    for by in (staff.owner, staff.deputy, replace(staff.reader, role=None, grants=writes)):
        assert queries.risk(by, SLUG, drafted.risk.key).id == drafted.risk.pk
        assert search(by, "puffin").hits


def test_nobody_else_is_asked_about_a_draft_that_somebody_was_shown(drafted: Drafted) -> None:
    shown = see(drafted.staff.owner, "risk", str(drafted.risk.pk))
    with pytest.raises(Missing):
        talks.discussion(drafted.staff.other_owner, shown)
    assert talks.discussion(drafted.staff.deputy, shown).comments


@pytest.mark.parametrize("role", ["reader", "other_owner"])
def test_the_draft_rule_costs_no_statement(
    drafted: Drafted, role: str, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(1):
        list(queries.visible_risks(getattr(drafted.staff, role)))

"""A viewer sees the registers that their roles reach, and nothing tells them of the others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from cast import MARCH, Force, a_force, a_paper, a_risk, accepted, digest
from watchkeep.apps.history.changes import recording
from watchkeep.apps.intake import queries as intake
from watchkeep.apps.people.models import Unit
from watchkeep.apps.publication import changes as publication
from watchkeep.apps.publication import queries as papers
from watchkeep.apps.register import changes, queries
from watchkeep.apps.register.models import Register
from watchkeep.domain.errors import Missing, Refused
from watchkeep.domain.people import Actor, Grant, Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def force() -> Force:
    """With two registers: the harbour's, of the pilots below Operations, and one that stands in no unit."""
    made = a_force()
    accepted(made)
    with recording(by=made.administrator, verb="open a unit"):
        operations = Unit(body_id=UUID(made.administrator.body), name="Operations")
        operations.save()
        pilots = Unit(body_id=operations.body_id, name="Pilots", parent=operations)
        pilots.save()
        harbour = Register.objects.get()
        harbour.unit = pilots
        harbour.save()
    changes.open_register(by=made.administrator, name="Lighthouse register")
    return made


def granted(force: Force, role: Role, **to: str) -> Actor:
    """Somebody without a role for the whole body."""
    return replace(force.reader, role=None, grants=(Grant(role, **to),))


def unit(name: str) -> str:
    return str(Unit.objects.get(name=name).pk)


def of(name: str) -> str:
    return str(Register.objects.get(name=name).pk)


def seen(viewer: Actor) -> set[str]:
    return {each.name for each in queries.visible(viewer)}


HARBOUR, LIGHTHOUSE = "Harbour risk register", "Lighthouse register"


def test_a_role_for_the_whole_body_sees_every_register(force: Force) -> None:
    assert seen(force.reader) == {HARBOUR, LIGHTHOUSE}


def test_a_grant_for_a_unit_reaches_all_below_it_and_no_register_without_a_unit(force: Force) -> None:
    assert seen(granted(force, "reader", unit=unit("Operations"))) == {HARBOUR}
    assert seen(granted(force, "reader", unit=unit("Pilots"))) == {HARBOUR}


def test_a_grant_for_a_register_reaches_that_register(force: Force) -> None:
    assert seen(granted(force, "reader", register=of(LIGHTHOUSE))) == {LIGHTHOUSE}


def test_a_role_in_another_body_reaches_nothing_here(force: Force) -> None:
    stranger = a_force("Mossgate Constabulary").reader
    assert seen(replace(stranger, role=None, grants=(Grant("reader", unit=unit("Operations")),))) == set()
    assert seen(replace(stranger, role=None, grants=(Grant("reader", register=of(HARBOUR)),))) == set()


def test_a_person_without_any_role_is_refused(force: Force) -> None:
    with pytest.raises(Refused, match="without a role"):
        queries.visible(replace(force.reader, role=None))


def test_what_stands_in_a_register_out_of_reach_is_missing(force: Force) -> None:
    publication.freeze(by=force.administrator, register=UUID(of(HARBOUR)), audience="committee")
    viewer = granted(force, "risk manager", register=of(LIGHTHOUSE))
    edition = papers.editions(force.administrator)[0].id
    ask: list[Callable[[], Any]] = [
        lambda: queries.risk(viewer, "harbour-risk-register", "LH1"),
        lambda: intake.import_page(viewer, 1),
        lambda: intake.file_page(viewer, digest("first paper")),
        lambda: papers.edition(viewer, edition),
        lambda: publication.publish(by=viewer, edition=edition),
        lambda: changes.open_risk(
            by=viewer, register=UUID(of(HARBOUR)), value=a_risk("LH9"), effective_on=MARCH, position=9
        ),
    ]
    for each in ask:
        with pytest.raises(Missing):
            each()
    assert (papers.editions(viewer), intake.imports(viewer)) == ((), ())


def test_a_role_in_one_register_changes_nothing_in_another(force: Force) -> None:
    viewer = replace(
        granted(force, "risk manager", register=of(LIGHTHOUSE)),
        role="reader",
    )
    open_in = {"by": viewer, "value": a_risk("LH9"), "effective_on": date(2026, 3, 31), "position": 9}
    assert changes.open_risk(register=UUID(of(LIGHTHOUSE)), **open_in)  # type: ignore[arg-type]
    with pytest.raises(Refused, match="here; Ivo Marsh is a reader here"):
        changes.open_risk(register=UUID(of(HARBOUR)), **open_in)  # type: ignore[arg-type]


def test_a_paper_of_no_register_yet_is_brought_in_by_a_role_for_the_whole_body(force: Force) -> None:
    viewer = granted(force, "risk manager", register=of(HARBOUR))
    with pytest.raises(Refused, match="bring in papers for the whole body"):
        accepted(replace(force, administrator=viewer), a_paper(words="second"), "second")


@pytest.mark.parametrize("count", [1, 9])
def test_a_scope_costs_the_same_however_many_registers_there_are(
    force: Force, count: int, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        changes.open_register(by=force.administrator, name=f"Register {number}")
    with django_assert_num_queries(1):
        list(queries.visible(force.reader))
    granted_one = granted(force, "reader", unit=unit("Operations"))
    with django_assert_num_queries(2):
        list(queries.visible(granted_one))

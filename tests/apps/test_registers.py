"""Registers as a whole: opened, named, given to a unit, and who may do that."""

from __future__ import annotations

import pytest
from django.utils import timezone

from cast import Staffed, accepted
from watchkeep.apps.people import changes as people
from watchkeep.apps.people.queries import actor_of
from watchkeep.apps.register import changes, queries
from watchkeep.domain.errors import Invalid, Missing, Refused, Stale


def test_a_register_belongs_to_a_unit_and_is_of_a_kind(staffed: Staffed) -> None:
    register = changes.open_register(
        by=staffed.administrator, name="Lamp works", kind="programme", unit=staffed.unit
    )
    row = queries.kept_register(staffed.administrator, register)
    assert (row.name, row.kind, row.unit_name) == ("Lamp works", "programme", "Harbour Command")


def test_a_role_in_a_unit_reaches_its_registers_and_no_other(staffed: Staffed) -> None:
    theirs = changes.open_register(by=staffed.administrator, name="East Mole", unit=staffed.lower_unit)
    other = changes.open_register(by=staffed.administrator, name="The whole body")
    person = people.add_person(by=staffed.administrator, name="Una Unit", email="una@calder.test", role=None)
    people.grant_role(
        by=staffed.administrator,
        person=person.pk,
        role="administrator",
        unit=staffed.unit,
        from_on=timezone.localdate(),
    )
    una = actor_of(person.pk)
    assert [each.name for each in queries.kept_registers(una)] == ["East Mole"]
    changes.amend_register(
        by=una, register=theirs, version=1, name="East Mole", kind="department", unit=staffed.lower_unit
    )
    with pytest.raises(Missing):
        changes.amend_register(by=una, register=other, version=1, name="Mine", kind="corporate", unit=None)
    with pytest.raises(Refused):  # out of her unit: she looks after no register there
        changes.amend_register(
            by=una, register=theirs, version=2, name="East Mole", kind="department", unit=None
        )


def test_a_register_that_is_renamed_keeps_its_address(staffed: Staffed) -> None:
    accepted(staffed)
    row = queries.kept_registers(staffed.administrator)[0]
    changes.amend_register(
        by=staffed.administrator,
        register=row.id,
        version=row.version,
        name="Coast register",
        kind=row.kind,
        unit=None,
    )
    assert queries.register(staffed.reader, row.slug).name == "Coast register"


def test_the_second_of_two_who_rename_a_register_is_told(staffed: Staffed) -> None:
    register = changes.open_register(by=staffed.administrator, name="Lamps")
    for name in ("Lanterns", "Lights"):
        words = {"register": register, "version": 1, "name": name, "kind": "corporate", "unit": None}
        if name == "Lights":
            with pytest.raises(Stale) as told:
                changes.amend_register(by=staffed.administrator, **words)  # type: ignore[arg-type]  # of these shapes
            assert [(each.yours, each.theirs) for each in told.value.clashes] == [("Lights", "Lanterns")]
        else:
            changes.amend_register(by=staffed.administrator, **words)  # type: ignore[arg-type]  # of these shapes


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"name": "  "}, "name"),
        ({"name": "Lamps"}, "name"),
        ({"kind": "gigantic"}, "kind"),
    ],
)
def test_what_a_register_cannot_be_is_refused(staffed: Staffed, said: dict[str, str], field: str) -> None:
    changes.open_register(by=staffed.administrator, name="Lamps")
    with pytest.raises(Invalid) as refused:
        changes.open_register(by=staffed.administrator, **{"name": "Oil", **said})
    assert refused.value.field == field


def test_who_looks_after_no_register_opens_none(staffed: Staffed) -> None:
    for actor in (staffed.risk_manager, staffed.owner, staffed.auditor, staffed.reader):
        with pytest.raises(Refused):
            changes.open_register(by=actor, name="Mine")

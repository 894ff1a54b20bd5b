"""What a viewer's roles let them see: the one place where a scope becomes SQL."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q, QuerySet

from watchkeep.apps.people.models import Unit
from watchkeep.apps.register.models import Register, Risk
from watchkeep.domain.people import Actor, Where, must


def visible(viewer: Actor) -> QuerySet[Register]:
    """The registers that the viewer may read: all of the body by a role for the whole of it, else those of
    their grants, by the register itself or by a unit that it stands in. One without a unit is in none.
    """
    must(viewer, "read")
    found = Register.objects.filter(body_id=viewer.body)
    if viewer.role:
        return found
    named = [each.register for each in viewer.grants if each.register]
    units = {each.unit for each in viewer.grants if each.unit}
    chosen = Q(pk__in=named)
    if units:
        chosen |= Q(unit__in=_with_all_below(viewer.body, units))
    return found.filter(chosen)


def visible_risks(viewer: Actor) -> QuerySet[Risk]:
    """Every risk of the registers that the viewer may read."""
    return Risk.objects.filter(register__in=visible(viewer))


def where(register: Register) -> Where:
    """The register as a place where something is to be done, with the units that it stands in."""
    if register.unit_id is None:
        return Where(register=str(register.pk))
    parents = _parents(str(register.body_id))
    units: list[str] = []
    unit: UUID | None = register.unit_id
    while unit is not None and str(unit) not in units:
        units.append(str(unit))
        unit = parents.get(unit)
    return Where(register=str(register.pk), units=tuple(units))


def _parents(body: str) -> dict[UUID, UUID | None]:
    return dict(Unit.objects.filter(body_id=body).values_list("pk", "parent_id"))


def _with_all_below(body: str, tops: Collection[str]) -> set[UUID]:
    """These units and every unit below them, in one statement."""
    parents = _parents(body)
    found = {each for each in parents if str(each) in tops}
    while below := {each for each, parent in parents.items() if parent in found and each not in found}:
        found |= below
    return found

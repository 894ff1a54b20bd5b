"""The tree of units."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q

from watchkeep.apps.people.models import Unit
from watchkeep.domain.errors import Missing
from watchkeep.domain.people import THROUGHOUT, Actor, Where, must


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit at its place in the tree; `depth` is 0 at the top, `posts` counts those that stand in it."""

    id: UUID
    name: str
    parent: UUID | None
    parent_name: str
    depth: int
    posts: int
    closed_on: date | None
    version: int


def units(viewer: Actor) -> tuple[UnitRow, ...]:
    """Every unit of the viewer's body, each followed by those below it."""
    must(viewer, "read")
    counted = Count("posts", filter=Q(posts__abolished_on=None))
    found = list(Unit.objects.filter(body_id=viewer.body).annotate(standing=counted).order_by("name"))
    below: dict[UUID | None, list[Unit]] = {}
    for each in found:
        below.setdefault(each.parent_id, []).append(each)
    names = {each.pk: each.name for each in found}
    rows: list[UnitRow] = []

    def descend(parent: UUID | None, depth: int) -> None:
        for each in below.get(parent, ()):
            standing = int(each.__dict__["standing"])
            above = names[parent] if parent else ""
            rows.append(
                UnitRow(each.pk, each.name, parent, above, depth, standing, each.closed_on, each.version)
            )
            descend(each.pk, depth + 1)

    descend(None, 0)
    return tuple(rows)


def unit(viewer: Actor, id: UUID) -> UnitRow:
    """One unit of the viewer's body."""
    found = next((each for each in units(viewer) if each.id == id), None)
    if found is None:
        raise Missing("There is no such unit.")
    return found


def unit_named(viewer: Actor, name: str) -> UnitRow:
    """The unit of this name."""
    found = next((each for each in units(viewer) if each.name == name.strip()), None)
    if found is None:
        raise Missing(f"There is no unit called “{name.strip()}”.")
    return found


def chain(unit_id: UUID | str) -> tuple[str, ...]:
    """The unit and every unit that it stands in, the nearest first."""
    body = Unit.objects.filter(pk=unit_id).values("body_id")
    parents = dict(Unit.objects.filter(body_id__in=body).values_list("pk", "parent_id"))
    found: list[str] = []
    here: UUID | None = next((each for each in parents if str(each) == str(unit_id)), None)
    while here is not None and str(here) not in found:
        found.append(str(here))
        here = parents.get(here)
    return tuple(found)


def place(unit_id: UUID | None) -> Where:
    """A unit as a place where something is to be done; without one, the whole body. One that is not there is
    no place: without its units it would be anywhere.
    """
    if unit_id is None:
        return THROUGHOUT
    units = chain(unit_id)
    if not units:
        raise Missing("There is no such unit.")
    return Where(units=units)

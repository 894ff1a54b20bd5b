"""What can be done about the units of a body."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from watchkeep.apps.history.changes import check_version, recording
from watchkeep.apps.people.changes.places import locked_unit, must_look_after, place_of
from watchkeep.apps.people.models import Unit
from watchkeep.apps.people.queries.units import chain
from watchkeep.domain.clashing import clashes_of
from watchkeep.domain.errors import Invalid, Refused
from watchkeep.domain.naming import in_words, named
from watchkeep.domain.people import Actor

LABELS = (("name", "Name"), ("parent", "Part of"))


def open_unit(*, by: Actor, name: str, parent: UUID | None = None) -> UUID:
    """Open a unit, at the top of the body or below another one; its id."""
    with recording(by=by, verb="open a unit") as entry:
        must_look_after(by, place_of(by, parent))
        unit = Unit(body_id=UUID(by.body), parent=_parent(by, parent), name=_free_name(by, name))
        entry.about("unit", unit.pk, unit.name)
        unit.save()
    return unit.pk


def rename_unit(*, by: Actor, unit: UUID, version: int, name: str) -> None:
    """Call a unit something else."""
    with recording(by=by, verb="rename a unit") as entry:
        found, where = locked_unit(by, unit)
        must_look_after(by, where)
        said = clashes_of(LABELS[:1], {"name": named(name)}, {"name": found.name})
        check_version(found, version, said)
        if found.name == named(name):
            return
        found.name = _free_name(by, name)
        _write(found)
        entry.about("unit", found.pk, found.name)


def move_unit(*, by: Actor, unit: UUID, version: int, parent: UUID | None) -> None:
    """Put a unit below another one, with all that is below it, or at the top. Whoever moves it must look
    after people at both places: roles given in the new one reach what is moved there.
    """
    with recording(by=by, verb="move a unit") as entry:
        found, where = locked_unit(by, unit)
        must_look_after(by, where)
        must_look_after(by, place_of(by, parent))
        above = _parent(by, parent)
        yours, theirs = above.name if above else "", found.parent.name if found.parent else ""
        check_version(found, version, clashes_of(LABELS[1:], {"parent": yours}, {"parent": theirs}))
        if above and str(found.pk) in chain(above.pk):
            raise Invalid("parent", f"{above.name} is part of {found.name}; it cannot be the other way too.")
        if found.parent_id == parent:
            return
        found.parent = above
        _write(found)
        entry.about("unit", found.pk, found.name)


def close_unit(*, by: Actor, unit: UUID, version: int, closed_on: date, reason: str) -> None:
    """Close a unit that nothing stands in any more; what was said of it stays."""
    with recording(by=by, verb="close a unit", reason=reason, as_at=closed_on) as entry:
        found, where = locked_unit(by, unit)
        must_look_after(by, where)
        check_version(found, version)
        if found.closed_on:
            raise Refused(f"{found.name} is closed already.")
        if not in_words(reason):
            raise Invalid("reason", "Say why the unit is closed.")
        standing = [
            *found.children.filter(closed_on=None).order_by("name").values_list("name", flat=True),
            *found.posts.filter(abolished_on=None).order_by("title").values_list("title", flat=True),
        ]
        if standing:
            raise Refused(
                f"{found.name} still holds {', '.join(standing)}: move or end what stands in it first."
            )
        found.closed_on = closed_on
        _write(found)
        entry.about("unit", found.pk, found.name)


def _write(unit: Unit) -> None:
    unit.version += 1
    unit.save()


def _free_name(by: Actor, name: str) -> str:
    wanted = named(name)
    if not wanted:
        raise Invalid("name", "A unit needs a name.")
    if Unit.objects.filter(body_id=by.body, name=wanted).exists():
        raise Invalid("name", f"There is already a unit called “{wanted}”.")
    return wanted


def _parent(by: Actor, parent: UUID | None) -> Unit | None:
    if parent is None:
        return None
    found, _ = locked_unit(by, parent)
    if found.closed_on:
        raise Invalid("parent", f"{found.name} is closed; nothing is opened in it.")
    return found

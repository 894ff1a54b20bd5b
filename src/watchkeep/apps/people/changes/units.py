"""What can be done about the units of a body."""

from __future__ import annotations

from uuid import UUID

from watchkeep.apps.history.changes import recording
from watchkeep.apps.people.models import Unit
from watchkeep.domain.errors import Invalid, Missing
from watchkeep.domain.people import Actor, must


def open_unit(*, by: Actor, name: str, parent: UUID | None = None) -> UUID:
    """Open a unit, at the top of the body or below another one; its id."""
    with recording(by=by, verb="open a unit") as entry:
        must(by, "look after people")
        if not name.strip():
            raise Invalid("name", "A unit needs a name.")
        if Unit.objects.filter(body_id=by.body, name=name.strip()).exists():
            raise Invalid("name", f"There is already a unit called “{name.strip()}”.")
        if parent and not Unit.objects.filter(pk=parent, body_id=by.body).exists():
            raise Missing("There is no such unit.")
        unit = Unit(body_id=UUID(by.body), parent_id=parent, name=name.strip())
        entry.about("unit", unit.pk, unit.name)
        unit.save()
    return unit.pk

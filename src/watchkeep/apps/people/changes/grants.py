"""What can be done about roles that hold in a part of the body."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.utils import timezone

from watchkeep.apps.history.changes import recording
from watchkeep.apps.people.models import Person, RoleGrant, Unit
from watchkeep.domain.errors import Invalid, Missing
from watchkeep.domain.people import Actor, Role, must


def grant_role(
    *,
    by: Actor,
    person: UUID,
    role: Role,
    unit: UUID | None = None,
    register: UUID | None = None,
    from_on: date,
) -> UUID:
    """Give a person a role in one unit and all below it, or in one register; the id of the grant."""
    with recording(by=by, verb="grant a role") as entry:
        must(by, "look after people")
        if (unit is None) == (register is None):
            raise Invalid("unit", "Say in which unit, or in which register; not both.")
        who = Person.objects.filter(pk=person, body_id=by.body).first()
        if who is None:
            raise Missing("There is no such person.")
        if unit and not Unit.objects.filter(pk=unit, body_id=by.body).exists():
            raise Missing("There is no such unit.")
        entry.about("person", who.pk, who.name)
        grant = RoleGrant(
            person=who,
            role=role,
            unit_id=unit,
            register=register,
            from_on=from_on,
            from_known_at=timezone.now(),
        )
        grant.save()
    return grant.pk

"""What can be done about roles that hold in a part of the body."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from watchkeep.apps.history.changes import recording
from watchkeep.apps.history.spans import end_span
from watchkeep.apps.people.changes.places import locked_person, locked_unit, must_look_after
from watchkeep.apps.people.models import RoleGrant
from watchkeep.apps.people.queries.units import place
from watchkeep.domain.errors import Invalid, Missing, Refused
from watchkeep.domain.people import THROUGHOUT, Actor, Role, Where, may_give, role_named


def grant_role(
    *,
    by: Actor,
    person: UUID,
    role: Role,
    unit: UUID | None = None,
    register: UUID | None = None,
    from_on: date,
    until_on: date | None = None,
) -> UUID:
    """Give a person a role in one unit and all below it, or in one register; the id of the grant.

    Registers rest on people and are not known here: whoever asks has found the register among those of the
    body. A grant for one that is not there opens nothing.
    """
    with recording(by=by, verb="grant a role", as_at=from_on) as entry:
        if (unit is None) == (register is None):
            raise Invalid("unit", "Say in which unit, or in which register; not both.")
        who = locked_person(by, person)
        if not who.is_active:
            raise Refused(f"{who.name} is stopped; let them sign in again first.")
        where = locked_unit(by, unit)[1] if unit else THROUGHOUT
        must_look_after(by, where)
        if refusal := may_give(by, role, str(who.pk), where):
            raise Refused(refusal.sentence)
        if until_on is not None and until_on <= from_on:
            raise Invalid("until_on", "The last day must come after the first.")
        _not_twice(who.pk, role, unit, register, from_on)
        entry.about("person", who.pk, who.name)
        now = timezone.now()
        grant = RoleGrant(person=who, role=role, unit_id=unit, register=register)
        grant.from_on, grant.from_known_at = from_on, now
        grant.until_on, grant.until_known_at = until_on, now if until_on else None
        grant.save()
    return grant.pk


def end_grant(*, by: Actor, grant: UUID, on: date, reason: str = "") -> None:
    """Say from which day on a person no longer has a role in a part of the body."""
    with recording(by=by, verb="end a role", reason=reason, as_at=on) as entry:
        found = RoleGrant.objects.filter(pk=grant, person__body_id=by.body).first()
        if found is None:
            raise Missing("There is no such role.")
        who = locked_person(by, found.person_id)
        where: Where = place(found.unit_id)
        must_look_after(by, where)
        if refusal := may_give(by, role_named(found.role), str(who.pk), where):
            raise Refused(refusal.sentence)
        entry.about("person", who.pk, who.name)
        same = _same(who.pk, found.role, found.unit_id, found.register)
        end_span(found, what="That role", on=on, reason=reason, beside=same)


def _not_twice(person: UUID, role: Role, unit: UUID | None, register: UUID | None, from_on: date) -> None:
    same = _same(person, role, unit, register)
    if any(each.until_on is None or each.until_on > from_on for each in same):
        raise Invalid("role", "They have that role there already.")


def _same(person: UUID, role: str, unit: UUID | None, register: UUID | None) -> QuerySet[RoleGrant]:
    return RoleGrant.objects.filter(person=person, role=role, unit=unit, register=register)

"""Who there is: everybody who may, or once could, sign in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.utils import timezone

from watchkeep.apps.history.standing import ends, holding
from watchkeep.apps.people.models import Person, RoleGrant
from watchkeep.domain.clock import PRESENT, Clock
from watchkeep.domain.errors import Missing
from watchkeep.domain.people import Actor, Role, may, must, role_named


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person, for a list; `role` holds for the whole body. `email` is for those who look after people, and
    for the person themselves.
    """

    id: UUID
    name: str
    email: str
    role: Role | None
    active: bool
    may_sign_in: bool  # once they have a password
    version: int


@dataclass(frozen=True, slots=True)
class GrantRow:
    """A role that a person has in a unit and all below it, or in a register (`unit_name` is then empty)."""

    id: UUID
    person: UUID
    role: Role
    unit: UUID | None
    unit_name: str
    register: UUID | None
    from_on: date
    until_on: date | None


def people(viewer: Actor) -> tuple[PersonRow, ...]:
    """Everybody who may, or once could, sign in for the viewer's body."""
    must(viewer, "read")
    rows = Person.objects.filter(body_id=viewer.body).order_by("name", "email")
    return tuple(_row(viewer, each) for each in rows)


def person_with_email(viewer: Actor, email: str) -> PersonRow:
    """The person who signs in with this address."""
    must(viewer, "look after people")
    found = Person.objects.filter(body_id=viewer.body, email=email.strip().lower()).first()
    if found is None:
        raise Missing(f"Nobody signs in as {email}.")
    return _row(viewer, found)


def person(viewer: Actor, id: UUID) -> PersonRow:
    """One person of the viewer's body."""
    must(viewer, "read")
    found = Person.objects.filter(body_id=viewer.body, pk=id).first()
    if found is None:
        raise Missing("There is no such person.")
    return _row(viewer, found)


def has_second_factor(viewer: Actor, id: UUID) -> bool:
    """Whether a person of the viewer's body is asked for more than a password."""
    must(viewer, "look after people")
    codes = Authenticator.Type.RECOVERY_CODES
    found = Authenticator.objects.filter(user=id, user__body_id=viewer.body).exclude(type=codes)
    return bool(found.exists())


def grants(viewer: Actor, person: UUID | None = None, clock: Clock = PRESENT) -> tuple[GrantRow, ...]:
    """The roles that people have (or one has) in parts of the body on the clock's day."""
    must(viewer, "read")
    found = RoleGrant.objects.filter(person__body_id=viewer.body)
    if person:
        found = found.filter(person=person)
    rows = holding(found, clock, timezone.localdate()).select_related("unit").order_by("from_on", "pk")
    until = ends(rows, clock.known_at)
    return tuple(_grant(each, until[each.pk].on) for each in rows)


def grant_of(viewer: Actor, id: UUID) -> GrantRow:
    """One role of one person in a part of the body, whenever it held."""
    must(viewer, "read")
    found = RoleGrant.objects.select_related("unit").filter(pk=id, person__body_id=viewer.body).first()
    if found is None:
        raise Missing("There is no such role.")
    return _grant(found, found.until_on)


def _grant(each: RoleGrant, until_on: date | None) -> GrantRow:
    return GrantRow(
        id=each.pk,
        person=each.person_id,
        role=role_named(each.role),
        unit=each.unit_id,
        unit_name=each.unit.name if each.unit else "",
        register=each.register,
        from_on=each.from_on,
        until_on=until_on,
    )


def _row(viewer: Actor, person: Person) -> PersonRow:
    shown = viewer.id == str(person.pk) or may(viewer, "look after people") is None
    return PersonRow(
        id=person.pk,
        name=person.name,
        email=person.email if shown else "",
        role=role_named(person.role) if person.role else None,
        active=person.is_active,
        may_sign_in=person.has_usable_password(),
        version=person.version,
    )

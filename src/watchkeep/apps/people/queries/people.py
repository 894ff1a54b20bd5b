"""Who there is: everybody who may, or once could, sign in."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from watchkeep.apps.people.models import Person
from watchkeep.domain.errors import Missing
from watchkeep.domain.people import Actor, Role, must, role_named


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person, for a list; `role` holds for the whole body."""

    id: UUID
    name: str
    email: str
    role: Role | None
    active: bool


def people(viewer: Actor) -> tuple[PersonRow, ...]:
    """Everybody who may, or once could, sign in for the viewer's body."""
    must(viewer, "read")
    rows = Person.objects.filter(body_id=viewer.body).order_by("name", "email")
    return tuple(_row(each) for each in rows)


def person_with_email(viewer: Actor, email: str) -> PersonRow:
    """The person who signs in with this address."""
    found = Person.objects.filter(body_id=viewer.body, email=email.strip().lower()).first()
    if found is None:
        raise Missing(f"Nobody signs in as {email}.")
    return _row(found)


def _row(person: Person) -> PersonRow:
    role = role_named(person.role) if person.role else None
    return PersonRow(person.pk, person.name, person.email, role, person.is_active)

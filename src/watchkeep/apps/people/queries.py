"""Who is asking, and who there is."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

from watchkeep.apps.people.models import Body, Person
from watchkeep.domain.errors import Missing, Refused
from watchkeep.domain.people import Actor, Kind, Role, must, role_named


@dataclass(frozen=True, slots=True)
class BodyFacts:
    """A body, for a page."""

    id: UUID
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person, for a list."""

    id: UUID
    name: str
    email: str
    role: Role
    active: bool


def viewer_of(user: AbstractBaseUser | AnonymousUser) -> Actor:
    """The signed-in person as the actor that changes and queries take; refuses who is not signed in."""
    if not isinstance(user, Person) or not user.is_active:
        raise Refused("Sign in first.")
    return user.as_actor()


def body_of(viewer: Actor) -> BodyFacts:
    """The viewer's own body."""
    found = Body.objects.filter(pk=viewer.body).first()
    if found is None:
        raise Missing("There is no such body.")
    return BodyFacts(found.pk, found.name, found.kind)


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


def actor_for(*, kind: Kind, id: str, name: str, body: str | None = None) -> Actor:
    """An actor that is not a signed-in person: the command line, or a part of Watchkeep at work.

    `body` names the body it acts for; without it there must be exactly one.
    """
    bodies = list(Body.objects.filter(name=body) if body else Body.objects.all()[:2])
    if len(bodies) != 1:
        raise Missing(
            f"There is no body called “{body}”."
            if body
            else "There is no body yet; open one with `watchkeep person add --body NAME`."
            if not bodies
            else "There are several bodies; say which with --body NAME."
        )
    return Actor(kind=kind, id=id, name=name, role="administrator", body=str(bodies[0].pk))


def all_bodies() -> tuple[BodyFacts, ...]:
    """Every body here, for the operator's commands."""
    return tuple(BodyFacts(each.pk, each.name, each.kind) for each in Body.objects.order_by("name"))


def _row(person: Person) -> PersonRow:
    return PersonRow(person.pk, person.name, person.email, role_named(person.role), person.is_active)

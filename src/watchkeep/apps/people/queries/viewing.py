"""Who is asking: a signed-in person, the command line or a part of Watchkeep, as an actor."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from watchkeep.apps.history.standing import holding
from watchkeep.apps.people.models import Body, Holding, Person, RoleGrant
from watchkeep.domain.clock import PRESENT, Clock
from watchkeep.domain.errors import Missing, Refused
from watchkeep.domain.people import Actor, Grant, Kind, role_named


@dataclass(frozen=True, slots=True)
class BodyFacts:
    """A body, for a page."""

    id: UUID
    name: str
    kind: str
    year_starts_month: int
    version: int


def viewer_of(user: AbstractBaseUser | AnonymousUser) -> Actor:
    """The signed-in person as the actor that changes and queries take; refuses who is not signed in.

    Two statements, once for each request: the answer stays on the request's own user.
    """
    if not isinstance(user, Person) or not user.is_active:
        raise Refused("Sign in first.")
    known: Actor | None = user.__dict__.get("_as_viewer")
    if known is None:
        known = actors([user])[0]
        user.__dict__["_as_viewer"] = known
    return known


def look_back(user: AbstractBaseUser | AnonymousUser) -> None:
    """For the rest of this request, let the signed-in person only look: another day than today is shown."""
    user.__dict__["_as_viewer"] = replace(viewer_of(user), looks_back=True)


def actor_of(person: UUID | str) -> Actor:
    """A person who may sign in, as the actor that they are today: for what is done in their name by a job."""
    found = Person.objects.filter(pk=person, is_active=True).first()
    if found is None:
        raise Missing("There is no such person.")
    return actors([found])[0]


def actor_by_password(email: str, password: str) -> Actor:
    """Whoever proves at a command line that they are this person, as the actor that they are today.

    Who is asked for more than a password signs in on the page instead. A wrong address and a wrong password
    have one answer.
    """
    found = Person.objects.filter(email=email.strip().lower(), is_active=True).first()
    if found is None or not found.check_password(password):
        raise Refused("That address and that password do not belong together.")
    if Authenticator.objects.filter(user=found).exists():
        raise Refused(f"{found.name} is asked for a code as well; that is done on the page, not here.")
    return actors([found])[0]


def actors(persons: Iterable[Person], on: date | None = None) -> tuple[Actor, ...]:
    """These people as actors, with the roles and the posts that they have on a day (without one, today)."""
    asked = list(persons)
    clock, today = Clock(as_at=on) if on else PRESENT, timezone.localdate()
    among = [each.pk for each in asked]
    grants: dict[UUID, list[Grant]] = {}
    for grant in holding(RoleGrant.objects.filter(person__in=among), clock, today).order_by("pk"):
        register = str(grant.register) if grant.register else ""
        told = Grant(role_named(grant.role), str(grant.unit_id) if grant.unit_id else "", register)
        grants.setdefault(grant.person_id, []).append(told)
    posts: dict[UUID, set[str]] = {}
    held = holding(Holding.objects.filter(person__in=among), clock, today)
    for person, post in held.values_list("person_id", "post_id"):
        posts.setdefault(person, set()).add(str(post))
    return tuple(
        Actor(
            kind="person",
            id=str(each.pk),
            name=each.name,
            role=role_named(each.role) if each.role else None,
            body=str(each.body_id),
            grants=tuple(grants.get(each.pk, ())),
            posts=frozenset(posts.get(each.pk, ())),
        )
        for each in asked
    )


def body_of(viewer: Actor) -> BodyFacts:
    """The viewer's own body."""
    found = Body.objects.filter(pk=viewer.body).first()
    if found is None:
        raise Missing("There is no such body.")
    return _facts(found)


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
    return tuple(_facts(each) for each in Body.objects.order_by("name"))


def _facts(body: Body) -> BodyFacts:
    return BodyFacts(body.pk, body.name, body.kind, body.year_starts_month, body.version)

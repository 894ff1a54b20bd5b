"""Where in the body something is to be done: what every change of people, units and posts asks first."""

from __future__ import annotations

from uuid import UUID

from watchkeep.apps.people.models import Body, Person, Post, Unit
from watchkeep.apps.people.queries.units import place
from watchkeep.apps.people.queries.viewing import actors
from watchkeep.domain.errors import Missing, Refused
from watchkeep.domain.people import THROUGHOUT, Actor, Where, must


def must_look_after(by: Actor, where: Where = THROUGHOUT) -> None:
    """Refuse whoever may not look after people there, or may no longer: two administrators could stop each
    other at once, and the second must find that they are out.
    """
    must(by, "look after people", where)
    if by.kind == "person":
        found = Person.objects.filter(pk=by.id, is_active=True).first()
        if found is None:
            raise Refused(f"{by.name} no longer signs in here.")
        must(actors([found])[0], "look after people", where)


def locked_body(by: Actor) -> Body:
    """The actor's own body."""
    found = Body.objects.select_for_update().filter(pk=by.body).first()
    if found is None:
        raise Missing("There is no such body.")
    return found


def locked_person(by: Actor, person: UUID) -> Person:
    """A person of the actor's body."""
    found = Person.objects.select_for_update().filter(pk=person, body_id=by.body).first()
    if found is None:
        raise Missing("There is no such person.")
    return found


def locked_unit(by: Actor, unit: UUID) -> tuple[Unit, Where]:
    """A unit of the actor's body, and itself as a place."""
    found = Unit.objects.select_for_update().filter(pk=unit, body_id=by.body).first()
    if found is None:
        raise Missing("There is no such unit.")
    return found, place(unit)


def place_of(by: Actor, unit: UUID | None) -> Where:
    """A unit of the actor's body as a place, found before anything is asked of it: another body's unit and
    none at all get one answer. Without one, the whole body.
    """
    return locked_unit(by, unit)[1] if unit else THROUGHOUT


def locked_post(by: Actor, post: UUID) -> tuple[Post, Where]:
    """A post of the actor's body, and the place where it stands."""
    # Of the post alone: PostgreSQL locks nothing that may be absent, as a post's unit may.
    found = Post.objects.select_for_update().filter(pk=post, body_id=by.body).first()
    if found is None:
        raise Missing("There is no such post.")
    return found, place(found.unit_id)

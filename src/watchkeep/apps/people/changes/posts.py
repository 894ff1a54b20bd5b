"""What can be done about posts, and about who holds them."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.utils import timezone

from watchkeep.apps.history.changes import recording
from watchkeep.apps.people.models import Holding, Person, Post, Unit
from watchkeep.domain.errors import Invalid, Missing
from watchkeep.domain.people import Actor, must


def open_post(*, by: Actor, title: str, unit: UUID | None = None) -> UUID:
    """Open a post, in a unit or for the body as a whole; its id. Nobody holds it yet."""
    with recording(by=by, verb="open a post") as entry:
        must(by, "look after people")
        if not title.strip():
            raise Invalid("title", "A post needs a title.")
        if Post.objects.filter(body_id=by.body, title=title.strip()).exists():
            raise Invalid("title", f"There is already a post called “{title.strip()}”.")
        if unit and not Unit.objects.filter(pk=unit, body_id=by.body).exists():
            raise Missing("There is no such unit.")
        post = Post(body_id=UUID(by.body), unit_id=unit, title=title.strip())
        entry.about("post", post.pk, post.title)
        post.save()
    return post.pk


def appoint(*, by: Actor, post: UUID, person: UUID, from_on: date, deputy: bool = False) -> UUID:
    """Let a person hold a post from a day, or deputise for its holder; the id of the holding."""
    with recording(by=by, verb="appoint") as entry:
        must(by, "look after people")
        place = Post.objects.select_for_update().filter(pk=post, body_id=by.body).first()
        who = Person.objects.filter(pk=person, body_id=by.body).first()
        if place is None or who is None:
            raise Missing("There is no such post." if place is None else "There is no such person.")
        entry.about("post", place.pk, place.title)
        held = Holding(post=place, person=who, deputy=deputy, from_on=from_on, from_known_at=timezone.now())
        held.save()
    return held.pk

"""What can be done about posts, and about who holds them."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

from django.db.models import Q
from django.utils import timezone

from watchkeep.apps.history.changes import check_version, recording
from watchkeep.apps.history.spans import end_span
from watchkeep.apps.people.changes.places import (
    locked_person,
    locked_post,
    locked_unit,
    must_look_after,
    place_of,
)
from watchkeep.apps.people.models import Holding, Post, Unit
from watchkeep.domain.clashing import clashes_of
from watchkeep.domain.errors import Invalid, Missing, Refused
from watchkeep.domain.naming import in_words, named
from watchkeep.domain.people import Actor
from watchkeep.domain.post import Held, may_appoint, succeeded


def open_post(*, by: Actor, title: str, unit: UUID | None = None) -> UUID:
    """Open a post, in a unit or for the body as a whole; its id. Nobody holds it yet."""
    with recording(by=by, verb="open a post") as entry:
        must_look_after(by, place_of(by, unit))
        post = Post(body_id=UUID(by.body), unit=_unit(by, unit), title=_free_title(by, title))
        entry.about("post", post.pk, post.title)
        post.save()
    return post.pk


def rename_post(*, by: Actor, post: UUID, version: int, title: str) -> None:
    """Give a post another title; whoever holds it goes on, and so does all that it answers for."""
    with recording(by=by, verb="rename a post") as entry:
        found, where = locked_post(by, post)
        must_look_after(by, where)
        said = clashes_of((("title", "Title"),), {"title": named(title)}, {"title": found.title})
        check_version(found, version, said)
        if found.title == named(title):
            return
        found.title = _free_title(by, title)
        _write(found)
        entry.about("post", found.pk, found.title)


def move_post(*, by: Actor, post: UUID, version: int, unit: UUID | None) -> None:
    """Put a post in another unit. Whoever moves it must look after people at both places."""
    with recording(by=by, verb="move a post") as entry:
        found, where = locked_post(by, post)
        must_look_after(by, where)
        must_look_after(by, place_of(by, unit))
        into = _unit(by, unit)
        yours, theirs = into.name if into else "", found.unit.name if found.unit else ""
        check_version(found, version, clashes_of((("unit", "Unit"),), {"unit": yours}, {"unit": theirs}))
        if found.unit_id == unit:
            return
        found.unit = into
        _write(found)
        entry.about("post", found.pk, found.title)


def abolish_post(*, by: Actor, post: UUID, version: int, on: date, reason: str) -> None:
    """Abolish a post from a day. Nobody holds it from then on; what it answered for still names it, until
    somebody gives that to another post.
    """
    with recording(by=by, verb="abolish a post", reason=reason, as_at=on) as entry:
        found, where = locked_post(by, post)
        must_look_after(by, where)
        check_version(found, version)
        if found.abolished_on:
            raise Refused(f"{found.title} is abolished already.")
        if not in_words(reason):
            raise Invalid("reason", "Say why the post is abolished.")
        entry.about("post", found.pk, found.title)
        found.abolished_on = on
        _write(found)
        for each in found.holdings.select_related("person").order_by("pk"):
            if each.until_on is None or each.until_on > max(on, timezone.localdate()):
                end_span(each, what=each.person.name, on=max(on, each.from_on), reason=reason)


def appoint(
    *,
    by: Actor,
    post: UUID,
    person: UUID,
    from_on: date,
    deputy: bool = False,
    until_on: date | None = None,
    sharing: bool = False,
) -> UUID:
    """Let a person hold a post from a day, or deputise for its holder; the id of the holding.

    Whoever held the post until then is succeeded on that day, unless they go on `sharing` it.
    """
    with recording(by=by, verb="appoint", as_at=from_on) as entry:
        found, where = locked_post(by, post)
        must_look_after(by, where)
        who = locked_person(by, person)
        if found.abolished_on:
            raise Refused(f"{found.title} is abolished; nobody is appointed to it.")
        if not who.is_active:
            raise Refused(f"{who.name} is stopped; let them sign in again first.")
        held = {str(each.pk): each for each in found.holdings.select_related("person").order_by("pk")}
        known = tuple(_told(each) for each in held.values())
        new = Held(str(uuid4()), str(who.pk), who.name, deputy, from_on, until_on)
        if refusal := may_appoint(new, known, timezone.localdate(), sharing=sharing):
            raise Invalid("from_on", refusal.sentence)
        entry.about("post", found.pk, found.title)
        entry.facts["appointed"] = {"person": who.name, "deputy": deputy}
        for each in succeeded(new, known, sharing=sharing):
            end_span(held[each.id], what=each.name, on=from_on, reason=f"Succeeded by {who.name}.")
        now = timezone.now()
        made = Holding(
            pk=UUID(new.id), post=found, person=who, deputy=deputy, from_on=from_on, from_known_at=now
        )
        made.until_on, made.until_known_at = until_on, now if until_on else None
        made.save(force_insert=True)
    return made.pk


def end_holding(*, by: Actor, holding: UUID, on: date, reason: str = "") -> None:
    """Say from which day on a person no longer holds a post, or no longer deputises. The post stays."""
    with recording(by=by, verb="end a holding", reason=reason, as_at=on) as entry:
        found = Holding.objects.select_related("person").filter(pk=holding, post__body_id=by.body).first()
        if found is None:
            raise Missing("There is no such holding.")
        post, where = locked_post(by, found.post_id)
        must_look_after(by, where)
        entry.about("post", post.pk, post.title)
        entry.facts["ended"] = {"person": found.person.name, "deputy": found.deputy}
        of_theirs = Q(person=found.person_id, deputy=found.deputy)
        others = post.holdings.filter(of_theirs if found.deputy else of_theirs | Q(deputy=False))
        end_span(found, what=found.person.name, on=on, reason=reason, beside=others)


def _told(each: Holding) -> Held:
    person = each.person
    return Held(str(each.pk), str(person.pk), person.name, each.deputy, each.from_on, each.until_on)


def _write(post: Post) -> None:
    post.version += 1
    post.save()


def _free_title(by: Actor, title: str) -> str:
    wanted = named(title)
    if not wanted:
        raise Invalid("title", "A post needs a title.")
    if Post.objects.filter(body_id=by.body, title=wanted).exists():
        raise Invalid("title", f"There is already a post called “{wanted}”.")
    return wanted


def _unit(by: Actor, unit: UUID | None) -> Unit | None:
    if unit is None:
        return None
    found, _ = locked_unit(by, unit)
    if found.closed_on:
        raise Invalid("unit", f"{found.name} is closed; no post is opened in it.")
    return found

"""Who may approve an edition for the public, as a second person: by the ledger, and the posts of its day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from watchkeep.apps.history.models import Entry
from watchkeep.apps.history.queries import head
from watchkeep.apps.people.models import Holding, Person
from watchkeep.apps.people.queries.viewing import actors
from watchkeep.apps.publication.models import Edition
from watchkeep.apps.publication.queries.papers import EditionRow, audience_of, row_of, stored, visible
from watchkeep.apps.register.queries import where, wheres
from watchkeep.domain.edition_state import (
    RAISING,
    Author,
    Raising,
    may_approve,
    may_move,
    needs_a_second,
    state_named,
)
from watchkeep.domain.people import Actor, Refusal, Where, may


def approving(viewer: Actor, which: UUID) -> Refusal | None:
    """Why the viewer may not approve an edition, where they may not."""
    found = stored(viewer, which)
    if refusal := may_move(str(found), audience_of(found.audience), state_named(found.state), "approved"):
        return refusal
    return seconding(viewer, found)


def seconding(viewer: Actor, found: Edition) -> Refusal | None:
    """Why the viewer is no second person for an edition, where they are not."""
    author = authors(viewer, [found])[found.pk]
    return may_approve(viewer, where(found.register), author, raisings(viewer, [viewer]))


def awaiting(viewer: Actor) -> tuple[EditionRow, ...]:
    """The editions for the public that the viewer could approve now."""
    if may(viewer, "publish papers"):
        return ()
    waiting = visible(viewer).filter(state="frozen", audience="public").defer("document", "matter")
    rows = list(waiting.select_related("register").prefetch_related("files").order_by("frozen_on", "number"))
    if not rows:
        return ()
    by, raised = authors(viewer, rows), raisings(viewer, [viewer])
    places = wheres({each.register for each in rows})
    return tuple(
        row_of(each)
        for each in rows
        if may_approve(viewer, places[each.register_id], by[each.pk], raised) is None
    )


def approvers(viewer: Actor, which: UUID) -> tuple[str, ...]:
    """The names of those who may approve an edition, as a second person."""
    found = stored(viewer, which)
    return tuple(
        each.name for each in _able(viewer, where(found.register), authors(viewer, [found])[found.pk])
    )


def needing_a_second(by: Actor, place: Where, name: str) -> Refusal | None:
    """Why `by` freezes nothing for the public there now: nobody could approve it."""
    last = head(by)
    author = Author(by.kind, by.id, by.name, by.posts, after=last.sequence if last else 0)
    return None if _able(by, place, author) else needs_a_second(name)


def authors(viewer: Actor, editions: Iterable[Edition]) -> dict[UUID, Author]:
    """Who froze each of some editions, and who then answered for the same posts. Two statements."""
    asked = list(editions)
    moments = dict(
        Entry.objects.filter(
            body=viewer.body,
            subject_kind="edition",
            subject_id__in=[str(each.pk) for each in asked],
            verb="freeze an edition",
        ).values_list("subject_id", "at")
    )
    posts = {each.pk: frozenset(each.frozen_posts.split()) for each in asked}
    held = _holdings(frozenset().union(*posts.values()), viewer.body)
    found = {}
    for each in asked:
        kind, _, id = each.frozen_by.partition(" ")
        moment = moments.get(str(each.pk))
        beside = frozenset(
            str(one.person_id) for one in held if str(one.post_id) in posts[each.pk] and _held(one, moment)
        )
        found[each.pk] = Author(kind, id, each.frozen_by_name, posts[each.pk], beside, each.head_sequence)
    return found


def raisings(viewer: Actor, people: Iterable[Actor]) -> tuple[Raising, ...]:
    """What the ledger has of how these people got their rights and their ways in. One statement."""
    given = Entry.objects.filter(
        body=viewer.body,
        subject_kind="person",
        subject_id__in=[each.id for each in people],
        verb__in=RAISING,
    )
    told = given.order_by("sequence").values_list("sequence", "verb", "subject_id", "who_kind", "who_id")
    return tuple(Raising(*each) for each in told)


def _able(viewer: Actor, place: Where, author: Author) -> list[Actor]:
    people = actors(Person.objects.filter(body_id=viewer.body, is_active=True).order_by("name"))
    able = [each for each in people if may_approve(each, place, author) is None]
    raised = raisings(viewer, able)
    return [each for each in able if may_approve(each, place, author, raised) is None]


def _holdings(posts: frozenset[str], body: str) -> list[Holding]:
    if not posts:
        return []
    return list(Holding.objects.filter(post__in=sorted(posts), post__body_id=body).order_by("pk"))


def _held(holding: Holding, moment: datetime | None) -> bool:
    """Whether somebody answered for the post at a moment, as was known then. An end that was learned later
    ended nothing then; where the moment is not known, whoever ever held it.
    """
    if moment is None:
        return True
    day = timezone.localdate(moment)
    if holding.from_on > day or holding.from_known_at > moment:
        return False
    learned_later = holding.until_known_at is not None and holding.until_known_at > moment
    return holding.until_on is None or holding.until_on > day or learned_later

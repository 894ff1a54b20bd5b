"""Posts, and who held them on a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from watchkeep.apps.history.standing import End, ends, holding
from watchkeep.apps.people.models import Holding, Post
from watchkeep.domain.clock import PRESENT, Clock
from watchkeep.domain.errors import Missing
from watchkeep.domain.people import Actor, must


@dataclass(frozen=True, slots=True)
class HolderRow:
    """A person's time in a post: as its holder, or (`deputy`) for its holder."""

    id: UUID
    post: UUID
    title: str
    person: UUID
    name: str
    deputy: bool
    from_on: date
    until_on: date | None
    until_reason: str


@dataclass(frozen=True, slots=True)
class PostRow:
    """A post with those who hold it and those who deputise on the day that is asked about."""

    id: UUID
    title: str
    unit: UUID | None
    unit_name: str
    abolished_on: date | None
    version: int
    holders: tuple[HolderRow, ...]
    deputies: tuple[HolderRow, ...]


def posts(viewer: Actor, clock: Clock = PRESENT) -> tuple[PostRow, ...]:
    """Every post of the viewer's body, by title, those that are abolished too."""
    must(viewer, "read")
    return _rows(Post.objects.filter(body_id=viewer.body), clock)


def post(viewer: Actor, id: UUID, clock: Clock = PRESENT) -> PostRow:
    """One post of the viewer's body."""
    must(viewer, "read")
    found = _rows(Post.objects.filter(body_id=viewer.body, pk=id), clock)
    if not found:
        raise Missing("There is no such post.")
    return found[0]


def post_titled(viewer: Actor, title: str) -> PostRow:
    """The post of this title."""
    must(viewer, "read")
    found = _rows(Post.objects.filter(body_id=viewer.body, title=title.strip()), PRESENT)
    if not found:
        raise Missing(f"There is no post called “{title.strip()}”.")
    return found[0]


def holders(viewer: Actor, post: UUID, clock: Clock = PRESENT) -> tuple[HolderRow, ...]:
    """Who holds the post on the clock's day, then who deputises."""
    must(viewer, "read")
    of_it = Holding.objects.filter(post=post, post__body_id=viewer.body)
    return _holders(of_it, clock)


def holdings(
    viewer: Actor, *, post: UUID | None = None, person: UUID | None = None, known_at: datetime | None = None
) -> tuple[HolderRow, ...]:
    """Every time that anybody had in the post (or the person in any), the latest first: its history.

    Told only what was known at a moment, each has the end that was known of it then, if any.
    """
    must(viewer, "read")
    found = Holding.objects.filter(post__body_id=viewer.body)
    if post:
        found = found.filter(post=post)
    if person:
        found = found.filter(person=person)
    if known_at:
        found = found.filter(from_known_at__lte=known_at)
    rows = found.select_related("person", "post").order_by("-from_on", "person__name", "pk")
    return _holder_rows(rows, known_at)


def holding_of(viewer: Actor, id: UUID) -> HolderRow:
    """One person's time in one post."""
    must(viewer, "read")
    found = Holding.objects.select_related("person", "post").filter(pk=id, post__body_id=viewer.body).first()
    if found is None:
        raise Missing("There is no such holding.")
    return _holder_rows([found], None)[0]


def _rows(found: QuerySet[Post], clock: Clock) -> tuple[PostRow, ...]:
    rows = list(found.select_related("unit").order_by("title"))
    by_post: dict[UUID, list[HolderRow]] = {}
    for each in _holders(Holding.objects.filter(post__in=found), clock):
        by_post.setdefault(each.post, []).append(each)
    return tuple(
        PostRow(
            id=each.pk,
            title=each.title,
            unit=each.unit_id,
            unit_name=each.unit.name if each.unit else "",
            abolished_on=each.abolished_on,
            version=each.version,
            holders=tuple(one for one in by_post.get(each.pk, ()) if not one.deputy),
            deputies=tuple(one for one in by_post.get(each.pk, ()) if one.deputy),
        )
        for each in rows
    )


def _holders(among: QuerySet[Holding], clock: Clock) -> tuple[HolderRow, ...]:
    held = holding(among, clock, timezone.localdate()).select_related("person", "post")
    return _holder_rows(held.order_by("deputy", "person__name", "pk"), clock.known_at)


def _holder_rows(rows: Iterable[Holding], known_at: datetime | None) -> tuple[HolderRow, ...]:
    """Each with the end that was known of it at a moment, or is now."""
    found = list(rows)
    until = ends(found, known_at)
    return tuple(_holder(each, until[each.pk]) for each in found)


def _holder(each: Holding, until: End) -> HolderRow:
    return HolderRow(
        id=each.pk,
        post=each.post_id,
        title=each.post.title,
        person=each.person_id,
        name=each.person.name,
        deputy=each.deputy,
        from_on=each.from_on,
        until_on=until.on,
        until_reason=until.reason,
    )

"""What a person was told, what waits to be sent, and what a link answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.utils import timezone

from watchkeep.apps.history import queries as history
from watchkeep.apps.notices.changes import Subject
from watchkeep.apps.notices.models import Follower, Notice, Wishes
from watchkeep.domain.people import Actor, must

PAGE = 50


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """One thing that the viewer was told, or will be."""

    id: UUID
    kind: str
    sentence: str
    about: Subject
    due_on: date | None
    made_at: datetime
    state: str
    sent_at: datetime | None
    failure: str


@dataclass(frozen=True, slots=True)
class WishesRow:
    """How a person wants to be told."""

    by_mail: bool = True
    quiet_from: time | None = None
    quiet_until: time | None = None
    version: int = 0  # until something is said of it


def my_notices(viewer: Actor) -> tuple[NoticeRow, ...]:
    """The last things that the viewer was told, the newest first."""
    must(viewer, "read")
    rows = Notice.objects.filter(body_id=viewer.body, person_id=viewer.id).order_by("-made_at", "pk")[:PAGE]
    return tuple(
        NoticeRow(
            each.pk,
            each.kind,
            each.sentence,
            Subject(each.subject_kind, each.subject_id, each.subject_label),
            each.due_on,
            each.made_at,
            each.state,
            each.sent_at,
            each.failure,
        )
        for each in rows
    )


def my_wishes(viewer: Actor) -> WishesRow:
    """How the viewer wants to be told."""
    found = Wishes.objects.filter(person_id=viewer.id).first()
    if found is None:
        return WishesRow()
    return WishesRow(found.by_mail, found.quiet_from, found.quiet_until, found.version)


def any_waiting(by: Actor) -> bool:
    """Whether anything of the body waits to be sent: asked without taking the write lock."""
    return Notice.objects.filter(body_id=by.body, state="waiting").exists()


# --- How far the worker has come: working memory, not a record ------------------------------------------


def anything_new(by: Actor, now: datetime) -> int | None:
    """The length of the body's history, if it went on or the day changed since the worker last looked."""
    head = history.head(by)
    if head is None or looked_until(by, now) == head.sequence:
        return None
    return head.sequence


def looked_until(by: Actor, now: datetime) -> int | None:
    """How long the history was when the worker last looked at all of it on this day; none before it has."""
    found = Follower.objects.filter(name=_day_of(now), body=by.body).first()
    return None if found is None else found.sequence


def remember(by: Actor, now: datetime, sequence: int) -> None:
    """The worker has looked, today, at everything that the history held at that length."""
    Follower.objects.filter(body=by.body, name__startswith="notices ").exclude(name=_day_of(now)).delete()
    Follower.objects.update_or_create(name=_day_of(now), body=by.body, defaults={"sequence": sequence})


def _day_of(now: datetime) -> str:
    return f"notices {timezone.localtime(now).date()}"

"""Feeds: opened and stopped by who keeps indicators; each pull is told."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal, get_args
from uuid import UUID

from django.db.models import Max
from django.utils import timezone

from watchkeep.apps.history.changes import recording
from watchkeep.apps.indicators.models import Feed, FeedRun
from watchkeep.domain.errors import Invalid, Missing, Refused
from watchkeep.domain.indicator.keeping import may_keep, may_record
from watchkeep.domain.naming import named
from watchkeep.domain.people import Actor, obey

Kind = Literal["csv", "json", "sql"]
Every = Literal["hour", "day", "week"]
Outcome = Literal["taken", "unchanged", "waiting", "failed"]
# The only variables of its environment that a feed may name: no other secret of the machine is sent anywhere.
SECRETS: Final = re.compile(r"WATCHKEEP_FEED_SECRET_[A-Z0-9_]{1,60}")
LONGEST: Final = 4000


@dataclass(frozen=True, slots=True)
class FeedValue:
    """What is said of a feed. `secret` names an environment variable: what is sent with a request for a file,
    or the address of the database with its password.
    """

    name: str
    kind: Kind
    mapping: str
    every: Every = "day"
    address: str = ""
    items: str = ""
    statement: str = ""
    secret: str = ""
    indicator: str = ""


@dataclass(frozen=True, slots=True)
class Came:
    """What a pull came to."""

    outcome: Outcome
    sentence: str
    took: int = 0  # milliseconds
    sha256: str = ""
    rows: int = 0
    bad: int = 0
    added: int = 0
    corrected: int = 0
    load: UUID | None = None


def open_feed(*, by: Actor, value: FeedValue, from_at: datetime | None = None) -> UUID:
    """Have readings pulled from a day on, by the hour, the day or the week."""
    with recording(by=by, verb="open a feed") as entry:
        obey(may_keep(by))
        obey(may_record(by))
        _must_be_whole(value)
        last = Feed.objects.filter(body_id=by.body).aggregate(Max("number"))["number__max"] or 0
        feed = Feed(
            body_id=UUID(by.body),
            number=last + 1,
            from_at=from_at or timezone.now(),
            **{name: getattr(value, name) for name in FeedValue.__slots__},
        )
        feed.name = named(value.name)
        entry.about("feed", feed.pk, feed.name)
        feed.save()
    return feed.pk


def stop_feed(*, by: Actor, feed: UUID, reason: str) -> None:
    """Pull no more; what came stays."""
    with recording(by=by, verb="stop a feed", reason=reason) as entry:
        obey(may_keep(by))
        found = Feed.objects.select_for_update().filter(pk=feed, body_id=by.body).first()
        if found is None:
            raise Missing("There is no such feed.")
        if found.stopped_at:
            raise Refused(f"{found.name} is stopped already.")
        entry.about("feed", found.pk, found.name)
        found.stopped_at = timezone.now()
        found.version += 1
        found.save()


def record_run(*, by: Actor, feed: UUID, due_at: datetime, started_at: datetime, came: Came) -> None:
    """Tell what a pull came to."""
    with recording(by=by, verb="pull a feed") as entry:
        obey(may_record(by))
        found = Feed.objects.filter(pk=feed, body_id=by.body).first()
        if found is None:
            raise Missing("There is no such feed.")
        entry.about("feed", found.pk, found.name)
        FeedRun(
            feed=found,
            due_at=due_at,
            started_at=started_at,
            load_id=came.load,
            **{name: getattr(came, name) for name in Came.__slots__ if name != "load"},
        ).save()


def _must_be_whole(value: FeedValue) -> None:
    if not named(value.name) or len(value.name) > 200:
        raise Invalid("name", "Say in up to 200 signs what the feed is called.")
    if value.kind not in get_args(Kind) or value.every not in get_args(Every):
        raise Invalid("kind", "A feed is csv, json or sql, and comes every hour, day or week.")
    if value.kind == "sql" and not (value.statement.strip() and value.secret):
        raise Invalid(
            "statement", "A feed from a database needs its SELECT and the secret that has its address."
        )
    if value.kind != "sql" and not value.address.strip():
        raise Invalid("address", "Say the address that the file is fetched from.")
    if max(len(value.address), len(value.statement)) > LONGEST:
        raise Invalid("address", f"An address or a SELECT has up to {LONGEST} signs.")
    if value.secret and not SECRETS.fullmatch(value.secret):
        raise Invalid(
            "secret", "A secret is the name of an environment variable that begins WATCHKEEP_FEED_SECRET_."
        )

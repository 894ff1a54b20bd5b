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
from watchkeep.domain.indicator.feeding import may_send_secrets, must_be_an_address
from watchkeep.domain.indicator.keeping import may_keep, may_record
from watchkeep.domain.naming import in_words, named
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
        must_be_whole(value)
        if value.secret:
            obey(may_send_secrets(by))
        last = Feed.objects.filter(body_id=by.body).aggregate(Max("number"))["number__max"] or 0
        feed = Feed(
            body_id=UUID(by.body),
            number=last + 1,
            from_at=from_at or timezone.now(),
            **{name: getattr(value, name) for name in FeedValue.__slots__},
        )
        feed.name, feed.address = named(value.name), value.address.strip()
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
        if not in_words(reason):
            raise Invalid("reason", "Say why it is pulled no more.")
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
            by=by.name,
            **{name: getattr(came, name) for name in Came.__slots__ if name != "load"},
        ).save()


def must_be_whole(value: FeedValue) -> None:
    """Refuse a feed that says too little, or holds what should be a secret."""
    if not named(value.name) or len(value.name) > 200:
        raise Invalid("name", "Say in up to 200 signs what the feed is called.")
    if value.kind not in get_args(Kind):
        raise Invalid("kind", f"A feed is csv, json or sql, not “{value.kind[:40]}”.")
    if value.every not in get_args(Every):
        raise Invalid("every", f"A feed comes every hour, day or week, not every “{value.every[:40]}”.")
    for field in ("address", "statement", "mapping"):
        if len(getattr(value, field)) > LONGEST:
            raise Invalid(field, f"It has up to {LONGEST:,} signs.")
    if value.secret and not SECRETS.fullmatch(value.secret):
        raise Invalid(
            "secret", "A secret is the name of an environment variable that begins WATCHKEEP_FEED_SECRET_."
        )
    if value.kind == "sql":
        _must_be_a_question(value)
    elif not value.address.strip():
        raise Invalid("address", "Say the address that the file is fetched from.")
    else:
        must_be_an_address(value.address, value.secret)


def _must_be_a_question(value: FeedValue) -> None:
    if not value.statement.strip():
        raise Invalid("statement", "A feed from a database needs its SELECT.")
    if not value.secret:
        raise Invalid("secret", "Name the variable that has the address of the database.")
    if value.address.strip():
        raise Invalid("address", "A feed from a database has no address here: the secret holds it.")

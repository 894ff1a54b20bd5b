"""Pulls what is due: fetched or asked for, taken where every row is good, kept waiting where one is not.

A pull that failed is told and tried again at its next time. Each pull speaks as Watchkeep for its body.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import time
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from watchkeep.apps.indicators.changes import feeds as changes
from watchkeep.apps.indicators.changes import loads, observe_many
from watchkeep.apps.indicators.changes.feeds import SECRETS, Came
from watchkeep.apps.indicators.queries import feeds as queries
from watchkeep.apps.indicators.queries import loads as files
from watchkeep.apps.indicators.queries.feeds import FeedRow
from watchkeep.apps.indicators.queries.known import known
from watchkeep.apps.people.queries import all_bodies
from watchkeep.domain.errors import Invalid, Refused, WatchkeepError
from watchkeep.domain.people import Actor
from watchkeep.formats.readings import (
    Grid,
    Mapping,
    grid_of,
    grid_of_objects,
    grid_of_rows,
    read_back,
    suggested,
    written,
)
from watchkeep.gateways.feeds import Reach, ask, fetch
from watchkeep.gateways.storage import FileStore
from watchkeep.jobs.loading import NO_MAPPING, sort

TOLD = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Pulled:
    """What came, before anybody looks at it: as a grid, and as the bytes that are kept of it."""

    grid: Grid
    data: bytes
    name: str


def pull_all_due(store: FileStore, reach: Reach, *, now: datetime | None = None) -> int:
    """Pull every feed that is due, of every body; how many that were."""
    at, done = now or timezone.now(), 0
    for body in all_bodies():
        by = Actor(kind="system", id="feeds", name="Watchkeep", role="administrator", body=str(body.id))
        for feed in queries.feeds(by):
            due = feed.due_at(at)
            if due is not None:
                pull(by, feed, store, reach, due_at=due)
                done += 1
    return done


def pull(by: Actor, feed: FeedRow, store: FileStore, reach: Reach, *, due_at: datetime) -> Came:
    """Pull one feed now, and tell what came of it."""
    started, clock = timezone.now(), time.monotonic()
    try:
        came = _taken(by, feed, _pulled(feed, reach), store)
    except WatchkeepError as problem:
        came = Came("failed", problem.sentence)
    except Exception as problem:  # noqa: BLE001 (whatever it was is told; the other feeds are still to be pulled)
        TOLD.exception("The feed “%s” could not be pulled.", feed.name)
        came = Came("failed", f"It failed through a fault of Watchkeep ({type(problem).__name__}).")
    took = int((time.monotonic() - clock) * 1000)
    said = {name: getattr(came, name) for name in Came.__slots__} | {"took": took}
    told = Came(**said)
    changes.record_run(by=by, feed=feed.id, due_at=due_at, started_at=started, came=told)
    return told


def _pulled(feed: FeedRow, reach: Reach) -> Pulled:
    secret = _secret(feed.secret)
    if feed.kind == "sql":
        asked = ask(secret, feed.statement)
        data = json.dumps([dict(zip(asked.columns, row, strict=True)) for row in asked.rows]).encode()
        return Pulled(grid_of_rows(asked.columns, asked.rows, feed.name), data, f"{feed.name}.json")
    fetched = fetch(feed.address, reach, authorization=secret)
    name = f"{feed.name}.{feed.kind}"
    if feed.kind == "json":
        return Pulled(grid_of_objects(fetched.data, name, items=feed.items), fetched.data, name)
    return Pulled(grid_of(fetched.data, name), fetched.data, name)


def _secret(name: str) -> str:
    if not name:
        return ""
    if not SECRETS.fullmatch(name) or not os.environ.get(name):
        raise Refused(f"The environment variable {name} is not set where the worker runs.")
    return os.environ[name]


def _taken(by: Actor, feed: FeedRow, pulled: Pulled, store: FileStore) -> Came:
    there = known(by)
    mapping = _mapping(feed, pulled.grid, frozenset(there))
    found = sort(by, pulled.grid, mapping, there, indicator=feed.indicator)
    digest = hashlib.sha256(pulled.data).hexdigest()
    if found.bad:
        if _same(by, feed, digest):
            return Came("waiting", "The same file as last time, which still waits.", sha256=digest)
        file = loads.File(
            pulled.name,
            store.put(pulled.data),
            len(pulled.data),
            items=feed.items,
            indicator=feed.indicator,
        )
        load = loads.bring_load(by=by, file=file, mapping=written(mapping), feed=feed.id)
        said = f"{len(found.bad)} rows are refused; the {found.good} good ones wait. {found.bad[0].sentence}"
        return Came("waiting", said, sha256=digest, rows=found.good, bad=len(found.bad), load=load)
    if not found.good:
        raise Invalid("file", "No row that came is a reading.")
    store.put(pulled.data)
    # The source itself is what is right: where it says otherwise than before, that is a correction.
    taken = observe_many(by=by, readings=found.ready, source=feed.name, correct=True)
    said = f"{taken.added} new, {taken.corrected} corrected, {taken.unchanged} as they were."
    outcome: changes.Outcome = "taken" if taken.added or taken.corrected else "unchanged"
    return Came(
        outcome,
        said,
        sha256=digest,
        rows=found.good,
        added=taken.added,
        corrected=taken.corrected,
    )


def _same(by: Actor, feed: FeedRow, digest: str) -> bool:
    return any(each.sha256 == digest and each.feed == feed.name for each in files.loads(by, waiting=True))


def _mapping(feed: FeedRow, grid: Grid, references: frozenset[str]) -> Mapping:
    """What was said when the feed was opened; where nothing was, what the headings propose."""
    if feed.mapping != NO_MAPPING:
        return read_back(feed.mapping)
    proposed = suggested(grid, references=references).mapping
    if proposed is None:
        raise Invalid("mapping", "No column that came holds days, months or quarters.")
    return proposed

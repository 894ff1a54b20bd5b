"""Pulls what is due: fetched or asked for, taken where every row is good, kept waiting where one is not.

A pull that failed is told and tried again at its next time. Each pull speaks as Watchkeep for its body.
"""

from __future__ import annotations

import hashlib
import logging
import time
from datetime import datetime

from django.utils import timezone

from watchkeep.apps.indicators.changes import feeds as changes
from watchkeep.apps.indicators.changes import loads, observe_many
from watchkeep.apps.indicators.changes.feeds import Came
from watchkeep.apps.indicators.queries import feeds as queries
from watchkeep.apps.indicators.queries import loads as files
from watchkeep.apps.indicators.queries.feeds import FeedRow
from watchkeep.apps.indicators.queries.known import known
from watchkeep.apps.people.queries import all_bodies
from watchkeep.domain.errors import Invalid, Refused, WatchkeepError
from watchkeep.domain.indicator.keeping import may_keep, may_record
from watchkeep.domain.people import Actor, obey
from watchkeep.formats.readings import written
from watchkeep.gateways.feeds import Reach
from watchkeep.gateways.storage import FileStore
from watchkeep.jobs.loading import sort
from watchkeep.jobs.pulling import Pulled, mapping_of, pulled

TOLD = logging.getLogger(__name__)


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


def pull_now(by: Actor, feed: FeedRow, store: FileStore, reach: Reach) -> Came:
    """Pull one feed because somebody asks for it, in their name."""
    obey(may_keep(by))
    obey(may_record(by))
    if feed.stopped_at:
        raise Refused(f"{feed.name} is stopped: it is pulled no more.")
    return pull(by, feed, store, reach, due_at=timezone.now())


def pull(by: Actor, feed: FeedRow, store: FileStore, reach: Reach, *, due_at: datetime) -> Came:
    """Pull one feed now, and tell what came of it."""
    started, clock = timezone.now(), time.monotonic()
    try:
        came = _taken(by, feed, pulled(feed, reach), store)
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


def _taken(by: Actor, feed: FeedRow, came: Pulled, store: FileStore) -> Came:
    there = known(by)
    mapping = mapping_of(feed, came.grid, frozenset(there))
    found = sort(by, came.grid, mapping, there, indicator=feed.indicator)
    digest = hashlib.sha256(came.data).hexdigest()
    if found.bad:
        if _same(by, feed, digest):
            return Came("waiting", "The same file as last time, which still waits.", sha256=digest)
        file = loads.File(
            came.name,
            store.put(came.data),
            len(came.data),
            items=feed.items,
            indicator=feed.indicator,
        )
        load = loads.bring_load(by=by, file=file, mapping=written(mapping), feed=feed.id)
        refused = "1 row is refused" if len(found.bad) == 1 else f"{len(found.bad)} rows are refused"
        waits = "no row is good" if not found.good else f"good rows that wait: {found.good}"
        said = f"{refused}; {waits}. {found.bad[0].sentence}"
        return Came("waiting", said, sha256=digest, rows=found.good, bad=len(found.bad), load=load)
    if not found.good:
        raise Invalid("file", "No row that came is a reading.")
    store.put(came.data)
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

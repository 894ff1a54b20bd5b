"""Feeds, when each is next due, and what its pulls came to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Window
from django.db.models.functions import RowNumber

from watchkeep.apps.indicators.models import Feed, FeedRun
from watchkeep.domain.errors import Missing
from watchkeep.domain.people import Actor, must

EVERY: Final = {"hour": timedelta(hours=1), "day": timedelta(days=1), "week": timedelta(weeks=1)}
SHOWN: Final = 20


@dataclass(frozen=True, slots=True)
class RunRow:
    """One pull."""

    started_at: datetime
    due_at: datetime
    took: int
    outcome: str
    sentence: str
    rows: int
    bad: int
    added: int
    corrected: int
    by: str
    load: int | None  # the number of the file that waits


@dataclass(frozen=True, slots=True)
class FeedRow:
    """A feed as it stands; `secret` is the name of a variable and never what it holds."""

    id: UUID
    number: int
    name: str
    kind: str
    address: str
    items: str
    statement: str
    secret: str
    indicator: str
    mapping: str
    every: str
    from_at: datetime
    stopped_at: datetime | None
    runs: tuple[RunRow, ...]

    def due_at(self, now: datetime) -> datetime | None:
        """The latest of its times that has come and was not pulled yet. Times that were slept through are not
        made up for: one pull brings what all of them would have.
        """
        if self.stopped_at or now < self.from_at:
            return None
        latest = self.from_at + (now - self.from_at) // EVERY[self.every] * EVERY[self.every]
        return None if self.runs and self.runs[0].due_at >= latest else latest

    def next_at(self, now: datetime) -> datetime | None:
        """When it is pulled next: at once where a time has come, else at the time that comes."""
        if self.stopped_at:
            return None
        if now < self.from_at:
            return self.from_at
        return (
            self.due_at(now)
            or self.from_at + ((now - self.from_at) // EVERY[self.every] + 1) * EVERY[self.every]
        )

    def late(self, now: datetime) -> bool:
        """Whether nothing good came of it for two of its times."""
        if self.stopped_at:
            return False
        good = [each.started_at for each in self.runs if each.outcome != "failed"]
        return now - max([self.from_at, *good]) > 2 * EVERY[self.every]


def feeds(viewer: Actor) -> tuple[FeedRow, ...]:
    """Every feed of the body with its last pulls, in two statements."""
    must(viewer, "keep indicators")
    found = list(Feed.objects.filter(body_id=viewer.body).order_by("number"))
    runs: dict[UUID, list[RunRow]] = {}
    place = Window(RowNumber(), partition_by="feed", order_by="-started_at")
    last = FeedRun.objects.filter(feed__in=found).annotate(place=place).filter(place__lte=SHOWN)
    for run in last.select_related("load").order_by("-started_at"):
        runs.setdefault(run.feed_id, []).append(_run(run))
    return tuple(_row(each, tuple(runs.get(each.pk, ()))) for each in found)


def feed(viewer: Actor, number: int) -> FeedRow:
    """One feed by its number."""
    for each in feeds(viewer):
        if each.number == number:
            return each
    raise Missing(f"There is no feed {number}.")


def _run(run: FeedRun) -> RunRow:
    return RunRow(
        run.started_at,
        run.due_at,
        run.took,
        run.outcome,
        run.sentence,
        run.rows,
        run.bad,
        run.added,
        run.corrected,
        run.by,
        run.load.number if run.load else None,
    )


def _row(found: Feed, runs: tuple[RunRow, ...]) -> FeedRow:
    same = [name for name in FeedRow.__slots__ if name not in ("id", "runs")]
    return FeedRow(id=found.pk, runs=runs, **{name: getattr(found, name) for name in same})

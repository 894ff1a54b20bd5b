"""The table of what happened around risks."""

from __future__ import annotations

from typing import Final

from watchkeep.apps.register import queries
from watchkeep.apps.register.queries import EventRow
from watchkeep.domain.clock import PRESENT, Clock
from watchkeep.domain.people import Actor
from watchkeep.jobs.tables import Table, iso, listed

HEADING: Final = ("On", "Kind", "What happened", "More of it", "What came of it", "Risks", "Recorded by")


def table(viewer: Actor, clock: Clock = PRESENT, register: str = "") -> Table:
    """Everything that happened, as it is now told, the latest first."""
    rows = tuple(map(cells, queries.every_event(viewer, register, clock)))
    return Table("events", "Events", HEADING, rows)


def cells(row: EventRow) -> tuple[str, ...]:
    """An event, to take away."""
    return iso(row.on), row.kind, row.title, row.text, row.outcome, listed(row.also), row.by

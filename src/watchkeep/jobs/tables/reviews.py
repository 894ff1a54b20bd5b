"""The table of reviews: each risk in each quarter's review, and how far it came."""

from __future__ import annotations

from typing import Final

from watchkeep.apps.reviews.queries import cycles
from watchkeep.apps.reviews.queries.cycles import CycleRow, ReviewRow
from watchkeep.domain.clock import PRESENT, Clock
from watchkeep.domain.people import Actor
from watchkeep.jobs.tables import Table, iso, listed

HEADING: Final = (
    "Register", "Quarter", "Opened on", "Rolled forward on", "Risk", "State", "Asked of", "Held by",
    "Late (days)",
)  # fmt: skip


def table(viewer: Actor, clock: Clock = PRESENT, register: str = "") -> Table:
    """Every review of every quarter, the latest quarter first. Statements grow with the quarters."""
    rows = tuple(
        cells(each, row)
        for each in cycles.cycles(viewer, clock)
        if register in ("", each.register_slug)
        for row in sorted(
            cycles.cycle(viewer, each.register, each.period, clock).reviews, key=lambda row: row.key
        )
    )
    return Table("reviews", "Reviews", HEADING, rows)


def cells(quarter: CycleRow, row: ReviewRow) -> tuple[str, ...]:
    """One review, to take away."""
    return (
        quarter.register_name, quarter.period, iso(quarter.opened_on), iso(quarter.closed_on), row.label,
        row.says, row.post, listed(row.holders), str(row.late) if row.late else "",
    )  # fmt: skip

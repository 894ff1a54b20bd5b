"""All the tables of an export, in the order in which its workbook has them."""

from __future__ import annotations

from watchkeep.domain.clock import Clock
from watchkeep.domain.people import Actor
from watchkeep.jobs.tables import (
    Table,
    appetite,
    checks,
    comments,
    controls,
    decisions,
    events,
    findings,
    indicators,
    links,
    posts,
    promises,
    reviews,
    risks,
    rules,
    statements,
)

TABLES = (
    risks.table,
    appetite.table,
    appetite.stated,
    controls.table,
    checks.table,
    promises.table,
    indicators.table,
    indicators.lines,
    reviews.table,
    decisions.table,
    events.table,
    links.table,
    statements.table,
    rules.table,
    findings.table,
    comments.table,
    posts.table,
)


def every_table(viewer: Actor, clock: Clock, register: str) -> tuple[Table, ...]:
    """Each table of the whole body, or of what concerns one register."""
    return tuple(make(viewer, clock, register) for make in TABLES)

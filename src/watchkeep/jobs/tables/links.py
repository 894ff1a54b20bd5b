"""The table of links: how one risk bears on another."""

from __future__ import annotations

from typing import Final

from watchkeep.apps.register import queries
from watchkeep.apps.register.queries import PairRow
from watchkeep.domain.clock import PRESENT, Clock
from watchkeep.domain.people import Actor
from watchkeep.jobs.tables import Table, iso

HEADING: Final = ("Risk", "Register", "Bears on it how", "Other risk", "Its register", "Note", "From")


def table(viewer: Actor, clock: Clock = PRESENT, register: str = "") -> Table:
    """Every link that holds, or those with an end in one register."""
    found = queries.every_link(viewer, clock)
    rows = tuple(cells(each) for each in found if register in ("", each.source_slug, each.target_slug))
    return Table("links", "Links between risks", HEADING, rows)


def cells(row: PairRow) -> tuple[str, ...]:
    """A link as a sentence across its cells, to take away."""
    return row.source, row.source_register, row.kind, row.target, row.target_register, row.note, iso(row.on)

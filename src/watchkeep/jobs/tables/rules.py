"""The table of who may read what: a row for each rule that holds."""

from __future__ import annotations

from typing import Final

from watchkeep.apps.publication.queries import MarkingRow, markings
from watchkeep.domain.clock import PRESENT, Clock
from watchkeep.domain.people import Actor
from watchkeep.jobs.tables import Table, iso

HEADING: Final = (
    "Risk", "Register", "Field", "What", "Who may read it", "Ground", "Harm", "Who answers for the rule",
    "Look again on", "Due", "Since", "Said by",
)  # fmt: skip


def table(viewer: Actor, clock: Clock = PRESENT, register: str = "") -> Table:
    """Every rule that holds, of the risks of every register or of one."""
    rows = (each for each in markings(viewer, clock) if register in ("", each.register))
    return Table("rules", "Who may read what", HEADING, tuple(map(cells, rows)))


def cells(row: MarkingRow) -> tuple[str, ...]:
    """A rule, to take away."""
    return (
        row.risk_label,
        row.register_name,
        row.field,
        row.label,
        row.readers,
        row.exemption,
        row.harm,
        row.reviewer,
        iso(row.look_again_on),
        "yes" if row.due else "no",
        iso(row.from_on),
        row.by,
    )

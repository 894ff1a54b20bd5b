"""The table of what boards decided."""

from __future__ import annotations

from typing import Final

from watchkeep.apps.reviews import queries
from watchkeep.apps.reviews.queries import DecisionRow
from watchkeep.domain.clock import PRESENT, Clock
from watchkeep.domain.people import Actor
from watchkeep.jobs.tables import Table

HEADING: Final = (
    "Board", "Met on", "Item", "Risk", "Decision", "Promise", "What is promised", "Minuted by",
)  # fmt: skip


def table(viewer: Actor, clock: Clock = PRESENT, register: str = "", *, board: str = "") -> Table:
    """What every board decided, or one; of everything, or of the risks of one register."""
    found = queries.decisions(viewer, board, clock)
    rows = tuple(cells(each) for each in found if register in ("", each.register))
    return Table("decisions", "Decisions of boards", HEADING, rows)


def cells(row: DecisionRow) -> tuple[str, ...]:
    """A decision, to take away."""
    return (
        row.board,
        row.on.isoformat(),
        row.title,
        row.risk,
        row.text,
        row.commitment_reference,
        row.commitment,
        row.by,
    )

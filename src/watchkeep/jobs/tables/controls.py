"""The table of controls."""

from __future__ import annotations

from typing import Final

from watchkeep.apps.treatment import queries
from watchkeep.apps.treatment.queries import ControlRow
from watchkeep.domain.clock import PRESENT, Clock
from watchkeep.domain.finding import written
from watchkeep.domain.people import Actor
from watchkeep.jobs.tables import Table, listed

HEADING: Final = (
    "Reference",
    "Control",
    "State",
    "Kind",
    "How often",
    "Control owner",
    "Serves",
    "Risks",
    "Design",
    "Operation",
    "Last checked",
    "Checks",
    "Tolerated failures of 100 cases",
)


def table(viewer: Actor, clock: Clock = PRESENT, register: str = "") -> Table:
    """Every control, or those that serve a risk of one register."""
    return Table("controls", "Controls", HEADING, tuple(map(cells, shown(viewer, clock, register))))


def shown(viewer: Actor, clock: Clock, register: str) -> tuple[ControlRow, ...]:
    """The controls themselves."""
    found = queries.controls(viewer, clock)
    return tuple(each for each in found if not register or any(use.register == register for use in each.uses))


def cells(row: ControlRow) -> tuple[str, ...]:
    """A control to take away, under `HEADING`; an empty cell is what is not recorded."""
    return (
        row.reference,
        row.name,
        row.state,
        row.kind,
        row.frequency,
        row.owner,
        listed(each.risk_label for each in row.risks),
        str(len(row.risks)),
        row.effectiveness.design.answer,
        row.effectiveness.operation.answer,
        written(row.effectiveness.checked_on) if row.effectiveness.checked_on else "",
        row.effectiveness.freshness or "never checked",
        "" if row.tolerated is None else str(row.tolerated),
    )

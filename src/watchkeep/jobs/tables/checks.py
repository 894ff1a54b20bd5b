"""The table of checks: what somebody found of a control on a day."""

from __future__ import annotations

from typing import Final

from watchkeep.domain.check import Check
from watchkeep.domain.clock import PRESENT, Clock
from watchkeep.domain.people import Actor
from watchkeep.jobs.tables import Table, controls, iso

HEADING: Final = (
    "Control", "Name", "Checked on", "Kind", "Line of defence", "Checked by", "Design", "Operation",
    "Cases looked at", "Failed", "Note",
)  # fmt: skip


def table(viewer: Actor, clock: Clock = PRESENT, register: str = "") -> Table:
    """Every check that stands, of every control that is shown; one that was corrected gave way."""
    shown = controls.shown(viewer, clock, register)
    rows = tuple((each.reference, each.name, *cells(check)) for each in shown for check in each.checks)
    return Table("checks", "Checks", HEADING, rows)


def cells(check: Check) -> tuple[str, ...]:
    """A check without its control."""
    sample = (str(check.sample.size), str(check.sample.failures)) if check.sample else ("", "")
    return (
        iso(check.on), check.kind, str(check.line), check.by, check.design, check.operation, *sample,
        check.note,
    )  # fmt: skip

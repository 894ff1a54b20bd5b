"""The table of promises."""

from __future__ import annotations

from datetime import date
from typing import Final

from watchkeep.apps.treatment import queries
from watchkeep.apps.treatment.queries import CommitmentRow
from watchkeep.domain.clock import PRESENT, Clock
from watchkeep.domain.finding import written
from watchkeep.domain.people import Actor
from watchkeep.jobs.tables import Table, listed

HEADING: Final = (
    "Reference", "Kind", "Name", "State", "Due", "First due", "Slipped (days)", "Slips", "Reasons", "Owner",
    "Risks", "Done when", "Expected effect", "Effect expected by", "Effect seen", "Wait for it", "Outcome",
    "What happens if not", "Asked or agreed by",
)  # fmt: skip


def table(viewer: Actor, clock: Clock = PRESENT, register: str = "") -> Table:
    """Every promise, or those that bear on a risk of one register."""
    found = queries.commitments(viewer, clock)
    rows = [each for each in found if not register or any(use.register == register for use in each.bears_on)]
    return Table("promises", "Promises", HEADING, tuple(map(cells, rows)))


def cells(row: CommitmentRow) -> tuple[str, ...]:
    """One promise, to take away."""
    value = row.value
    seen = {"yes": "yes", "no": "no"}.get(row.facts.effect_seen or "", "")
    return (
        row.reference, row.kind, row.title, row.spoken, _day(row.due_on), _day(row.original_due),
        "" if row.slipped is None else str(row.slipped), str(len(row.slips)),
        listed(each.reason for each in row.slips if each.reason), row.owner,
        listed(use.risk_label for use in row.risks), value.definition_of_done, value.expected_effect,
        _day(value.expected_by), seen, str(len(row.waiting)), row.outcome_note, value.if_not, value.source,
    )  # fmt: skip


def _day(on: date | None) -> str:
    return written(on) if on else ""

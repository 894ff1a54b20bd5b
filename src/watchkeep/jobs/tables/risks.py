"""The table of risks: every one that a register ever had, with the state that it stands in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from watchkeep.apps.register import queries
from watchkeep.apps.register.queries import RegisterRow
from watchkeep.domain.clock import PRESENT, Clock
from watchkeep.domain.document import Risk
from watchkeep.domain.people import Actor
from watchkeep.jobs.tables import Table, iso

HEADING: Final = (
    "Register", "Reference", "Name", "State", "Since", "Reason", "Rating", "Owner", "Category", "Objective",
    "Said as at",
)  # fmt: skip


def table(viewer: Actor, clock: Clock = PRESENT, register: str = "") -> Table:
    """Every risk, drafts and those that left their register too."""
    rows = tuple(
        row
        for each in queries.registers(viewer, clock)
        if register in ("", each.slug)
        for row in _rows(viewer, each, clock)
    )
    return Table("risks", "Risks", HEADING, rows)


def _rows(viewer: Actor, register: RegisterRow, clock: Clock) -> Iterator[tuple[str, ...]]:
    among = queries.visible_risks(viewer).filter(register_id=register.id)
    states = queries.stood(among, clock, viewer.body)
    document = queries.document(viewer, register.slug, clock, closed_too=True)
    values = {risk.key: risk for risk in document.risks}
    for key, each in sorted(queries.beside(viewer, register.id, clock).items()):
        state, value = states[each.id], values.get(key)
        yield (
            register.name,
            # A draft has a key of its own, and no reference before it is opened.
            key if value else "",
            (value.name.text or "") if value else each.label,
            state.state, iso(state.since), state.reason, rating(value), each.owner, each.category,
            each.objective, iso(each.said_on),
        )  # fmt: skip


def rating(value: Risk | None) -> str:
    """Where it stands today: its band, or its score where it has no band."""
    standing = value.standing if value else None
    return (standing.rating.text or standing.score.text or "") if standing else ""

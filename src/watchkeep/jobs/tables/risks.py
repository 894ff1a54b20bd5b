"""The table of risks: every one that a register ever had, with the state that it stands in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

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


@dataclass(frozen=True, slots=True)
class RiskLine:
    """A risk in a line; texts that nobody recorded are empty."""

    id: UUID
    slug: str  # of its register
    register: str
    reference: str  # none of a draft: it has a key of its own before it is opened
    name: str
    state: str
    since: date | None
    reason: str
    rating: str
    owner: str
    category: str
    objective: str
    said_on: date


def table(viewer: Actor, clock: Clock = PRESENT, register: str = "") -> Table:
    """Every risk, drafts and those that left their register too."""
    rows = tuple(
        (
            each.register, each.reference, each.name, each.state, iso(each.since), each.reason, each.rating,
            each.owner, each.category, each.objective, iso(each.said_on),
        )
        for each in lines(viewer, clock, register)
    )  # fmt: skip
    return Table("risks", "Risks", HEADING, rows)


def lines(viewer: Actor, clock: Clock = PRESENT, register: str = "") -> Iterator[RiskLine]:
    """Every risk that the viewer may see, register by register."""
    for each in queries.registers(viewer, clock):
        if register in ("", each.slug):
            yield from _lines(viewer, each, clock)


def _lines(viewer: Actor, register: RegisterRow, clock: Clock) -> Iterator[RiskLine]:
    among = queries.visible_risks(viewer).filter(register_id=register.id)
    states = queries.stood(among, clock, viewer.body)
    document = queries.document(viewer, register.slug, clock, closed_too=True)
    values = {risk.key: risk for risk in document.risks}
    for key, each in sorted(queries.beside(viewer, register.id, clock).items()):
        state, value = states[each.id], values.get(key)
        yield RiskLine(
            each.id,
            register.slug,
            register.name,
            key if value else "",
            (value.name.text or "") if value else each.label,
            state.state,
            state.since,
            state.reason,
            rating(value),
            each.owner,
            each.category,
            each.objective,
            each.said_on,
        )


def rating(value: Risk | None) -> str:
    """Where it stands today: its band, or its score where it has no band."""
    standing = value.standing if value else None
    return (standing.rating.text or standing.score.text or "") if standing else ""

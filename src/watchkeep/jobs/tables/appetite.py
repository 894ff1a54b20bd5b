"""The tables of appetite: where each risk stands against it, and what is stated of each category."""

from __future__ import annotations

from typing import Final

from watchkeep.apps.register import queries
from watchkeep.apps.register.queries import CategoryRow
from watchkeep.domain.appetite import Stands
from watchkeep.domain.clock import PRESENT, Clock
from watchkeep.domain.people import Actor
from watchkeep.jobs.tables import Table, iso

HEADING: Final = ("Register", "Risk", "Category", "Stands", "Since", "Why it cannot be said")
STATED: Final = (
    "Category", "Description", "Appetite", "Tolerance", "Scale", "In words", "Approved by", "Approved on",
    "Stands from", "Retired on",
)  # fmt: skip


def table(viewer: Actor, clock: Clock = PRESENT, register: str = "") -> Table:
    """Where each open risk stands."""
    rows: list[tuple[str, ...]] = []
    for each in queries.registers(viewer, clock):
        if register not in ("", each.slug):
            continue
        said = queries.stands(viewer, each.id, clock)
        here = {risk.key for risk in queries.document(viewer, each.slug, clock).risks}
        rows += [
            (each.name, risk.label, risk.category, *cells(said.get(risk.id)))
            for key, risk in sorted(queries.beside(viewer, each.id, clock).items())
            if key in here
        ]
    return Table("appetite", "Where risks stand against appetite", HEADING, tuple(rows))


def cells(stands: Stands | None) -> tuple[str, ...]:
    """Where a risk stands; nothing where that was not asked."""
    return (stands.verdict, iso(stands.since), stands.reason) if stands else ("", "", "")


def stated(viewer: Actor, clock: Clock = PRESENT, register: str = "") -> Table:
    """Each category of the body with the appetite that stands on the clock's day."""
    rows = tuple(map(_stated, queries.categories(viewer, clock)))
    return Table("categories", "Categories and their appetite", STATED, rows)


def _stated(each: CategoryRow) -> tuple[str, ...]:
    said = each.standing
    if said is None:
        return (each.name, each.description, *[""] * 7, iso(each.retired_on))
    return (
        each.name, each.description, said.appetite, said.tolerance,
        f"{said.scale_name}, version {said.scale_number}", said.statement, said.approved_by,
        iso(said.approved_on), iso(said.effective_on), iso(each.retired_on),
    )  # fmt: skip

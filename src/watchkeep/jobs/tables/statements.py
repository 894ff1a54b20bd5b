"""The table of what sentences rest on: a row for each basis, and one for each sentence that has none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from watchkeep.apps.evidence.queries import placed_in
from watchkeep.apps.register import queries as registers
from watchkeep.domain.clock import PRESENT, Clock
from watchkeep.domain.document import Risk
from watchkeep.domain.fields import label_of
from watchkeep.domain.people import Actor
from watchkeep.domain.statement import SHELVES, Ground, Placed
from watchkeep.jobs.tables import Table, iso

HEADING: Final = (
    "Risk", "Register", "Where", "Sentence", "Claims an improvement", "How it stands", "Why look again",
    "Rests on", "Which", "Of", "What it said", "Counts until", "Basis",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SentenceRow:
    """A sentence of a risk as it stands in a register."""

    risk: Risk
    register: str
    placed: Placed

    @property
    def label(self) -> str:
        """The risk, by its reference and name."""
        return " ".join(filter(None, [self.risk.reference.text or self.risk.key, self.risk.name.text]))


def table(viewer: Actor, clock: Clock = PRESENT, register: str = "") -> Table:
    """Every sentence that needs a basis or has one, in every register or in one."""
    rows = tuple(line for row in sentences(viewer, clock, register) for line in cells(row))
    return Table("statements", "What sentences rest on", HEADING, rows)


def sentences(viewer: Actor, clock: Clock = PRESENT, register: str = "") -> Iterator[SentenceRow]:
    """The sentences of the risks that stand in each register, in the paper's order."""
    for each in registers.registers(viewer, clock):
        if register not in ("", each.slug):
            continue
        document = registers.document(viewer, each.id, clock)
        placed = placed_in(viewer, each.id, document.risks, clock)
        for risk in document.risks:
            yield from (SentenceRow(risk, each.name, row) for row in placed[risk.key])


def cells(row: SentenceRow) -> Iterator[tuple[str, ...]]:
    """A sentence with each thing that it rests on, to take away."""
    placed = row.placed
    said = (
        row.label,
        row.register,
        label_of(placed.sentence.path),
        " ".join(placed.sentence.text.split()),
        "yes" if placed.sentence.claims else "no",
        placed.standing,
        placed.because,
    )
    for ground in placed.grounds or (None,):
        yield said + _basis(ground)


def _basis(ground: Ground | None) -> tuple[str, ...]:
    if ground is None:
        return ("",) * 6
    return (
        SHELVES[ground.kind].name,
        ground.named,
        iso(ground.on),
        ground.says,
        iso(ground.holds_until),
        ground.id,
    )

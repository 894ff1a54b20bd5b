"""The assurance map laid out: the controls under the gap that they have, the widest gap first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from watchkeep.apps.treatment.queries import ControlRow
from watchkeep.domain.assurance import GAPS
from watchkeep.web.components.controls import MapCell, cell
from watchkeep.web.controls.rows import Row, shown

COVERED = "Somebody independent has tested it, and that still counts"


@dataclass(frozen=True, slots=True)
class Mapped:
    """A control and what each line of defence last found."""

    row: Row
    cells: tuple[MapCell, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """The controls that share a gap; `name` is its anchor on the page."""

    name: str
    sentence: str
    rows: tuple[Mapped, ...]
    grave: bool = True


def mapped(controls: Iterable[ControlRow]) -> tuple[Gap, ...]:
    """Every control once, under its gap; those without one stand last."""
    every = tuple(controls)
    groups = []
    for gap, sentence in (*GAPS.items(), ("", COVERED)):
        rows = shown(each for each in every if each.cover.gap == gap)
        if rows:
            name = gap.replace(" ", "-") or "covered"
            groups.append(Gap(name, sentence, tuple(_mapped(each) for each in rows), bool(gap)))
    return tuple(groups)


def _mapped(row: Row) -> Mapped:
    return Mapped(row, tuple(cell(each) for each in row.control.cover.cells))

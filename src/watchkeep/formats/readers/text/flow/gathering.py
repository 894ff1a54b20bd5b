"""The texts of each cell in order, with how they came there."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from watchkeep.formats.readers.text.flow.ranks import first_rank
from watchkeep.formats.readers.text.flow.units import Strand, Unit
from watchkeep.formats.readers.text.lines import Fragment

# What a text keeps of the confidence of its placing.
WOVEN, WOVEN_AT_LEAST = 0.8, 0.5  # where columns were taken apart
GATHERED = 0.4  # where texts that nothing ties together were joined


@dataclass(slots=True)
class Placed:
    """The text of one cell in its right order, with how it came there."""

    fragments: list[Fragment]
    confidence: float
    reason: str


def cells_of(units: list[Unit], count: int) -> tuple[dict[tuple[int, int], Placed], list[Fragment]]:
    """The cells by (risk, column), and the text that found no place."""
    gathered: dict[tuple[int, int], list[tuple[Unit, Strand]]] = defaultdict(list)
    homeless: list[Fragment] = []
    for unit in units:
        for strand in unit.strands:
            for column in strand.cells:
                if unit.risk is None:
                    homeless.extend(strand.cells[column])
                else:
                    gathered[(unit.risk, column)].append((unit, strand))
    return {key: _joined(key[1], found) for key, found in gathered.items()}, homeless


def _joined(column: int, found: list[tuple[Unit, Strand]]) -> Placed:
    """The texts of one cell in order: by their parts where they have them, else as they come in the file."""
    ordered = sorted(
        enumerate(found),
        key=lambda each: (
            first_rank(each[1][1].cells[column]) or 99 if _parted(found, column) else 0,
            each[0],
        ),
    )
    fragments = [fragment for _, (_, strand) in ordered for fragment in strand.cells[column]]
    confidence = min(unit.confidence * _woven_confidence(strand) for unit, strand in found)
    reasons = list(dict.fromkeys(unit.reason for unit, _ in found))
    if any(strand.woven for _, strand in found):
        reasons.append("taken apart from columns that were put out line by line into one another")
    if len(found) > 1:
        reasons.append("joined from places apart in the file")
        if not _parted(found, column) and not any(strand.opens_page for _, strand in found[1:]):
            confidence *= GATHERED
    return Placed(fragments, round(confidence, 2), "; ".join(reasons))


def _parted(found: list[tuple[Unit, Strand]], column: int) -> bool:
    return all(first_rank(strand.cells[column]) for _, strand in found)


def _woven_confidence(strand: Strand) -> float:
    return 1.0 if not strand.woven else min(WOVEN, WOVEN_AT_LEAST + 0.15 * strand.margin)

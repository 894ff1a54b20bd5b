"""Rows that tell how to fill a register in, and are no risks: instructions, placeholders."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from watchkeep.formats.cells import Cell
from watchkeep.formats.readers.assembling.rows import Gathered, Record, Segment, loose_row
from watchkeep.formats.readers.assembling.text import one_line

INSTRUCTION = re.compile(
    r"^(?:e\.?g\b|for example|say\b|list\b|describe\b|enter\b|insert\b|state\b|name\b|number\b|unique\b|"
    r"give\b|use\b|add\b|select\b|choose\b|who\b|what\b|how\b|when\b|which\b|see\b|brief\b|short\b|an? \w+|"
    r"dd[/-]mm|"
    r"\d\s?[-–to]+\s?\d{1,2}$|h\s?/\s?m\s?/\s?l|high\s?/\s?med|low\s?/\s?med|red,? (?:or )?amber|"
    r"open\s?/\s?closed)",
    re.IGNORECASE,
)
PLACEHOLDER = re.compile(r"^(?:\[[^\]]*\]|<[^>]*>|\{+[^}]*\}+)$")
FEWEST = 3


def without_guidance(segment: Segment, gathered: Gathered) -> Segment:
    """The segment without such rows; their texts are kept, with the reason."""
    reference = segment.column("reference")
    kept: list[Record] = []
    for number, record in enumerate(segment.records):
        said = [
            one_line(cell.text) for column, cell in record.cells.items() if cell.text and column != reference
        ]
        if said and all(PLACEHOLDER.match(text) for text in said):
            gathered.unassigned.extend(loose_row(record.cells.values(), "a row of placeholders"))
        elif number == 0 and _instructs(segment.records, reference, said):
            gathered.header.extend(loose_row(record.cells.values(), "how to fill the columns in"))
        else:
            kept.append(record)
    return replace(segment, records=kept)


def _instructs(records: Sequence[Record], reference: int | None, said: Sequence[str]) -> bool:
    """Whether the first row has words where all others have numbers, and most of it reads as instructions."""
    if reference is None or len(records) < FEWEST:
        return False
    first, *others = (one_line(record.cells.get(reference, Cell()).text) for record in records)
    if re.search(r"\d", first) or not all(re.search(r"\d", other) for other in others if other):
        return False
    return sum(1 for text in said if INSTRUCTION.match(text)) * 2 > len(said)

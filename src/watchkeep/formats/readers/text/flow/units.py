"""What stands in one row, or follows on from left to right without a break, joined into units."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from watchkeep.formats.readers.text.flow.events import ValueRow
from watchkeep.formats.readers.text.flow.ranks import first_rank, last_rank
from watchkeep.formats.readers.text.lines import Fragment


@dataclass(slots=True)
class Strand:
    """What one event of the stream gave: the text of some columns (numbered over all headings), or a row of
    values.
    """

    cells: dict[int, list[Fragment]]
    reference: str | None = None
    values: ValueRow | None = None
    opens_page: bool = False
    margin: float = 9.0
    woven: bool = False  # taken from a block in which columns were interleaved
    lone_reference: bool = False  # a reference with nothing beside it

    @property
    def first(self) -> int:
        """Its leftmost column; -1 where a reference stands alone."""
        return min(self.cells, default=-1)

    @property
    def last(self) -> int:
        """Its rightmost column."""
        return max(self.cells, default=-1)


@dataclass(slots=True)
class Unit:
    """Strands that belong to one risk together."""

    strands: list[Strand]
    risk: int | None = None
    reason: str = ""
    confidence: float = 1.0
    near: list[int] = field(default_factory=list)  # units that stand beside it and may be the same risk's

    @property
    def columns(self) -> set[int]:
        """The columns it has text for."""
        return {column for strand in self.strands for column in strand.cells}

    def lines(self, column: int) -> list[Fragment]:
        """Its text in one column."""
        return [fragment for strand in self.strands for fragment in strand.cells.get(column, [])]

    @property
    def words(self) -> str:
        """All of its text."""
        return " ".join(
            fragment.text for strand in self.strands for lines in strand.cells.values() for fragment in lines
        )


def units_of(strands: Sequence[Strand], prose: Sequence[int]) -> list[Unit]:
    """Join what follows on from left to right; note the looser neighbourhoods."""
    units: list[Unit] = []
    for index, strand in enumerate(strands):
        before = strands[index - 1] if index else None
        after = strands[index + 1] if index + 1 < len(strands) else None
        unit = units[-1] if units else None
        if unit is not None and before is not None and _continues_parts(unit, strand):
            unit.strands.append(strand)
            continue
        if unit is None or before is None or not _may_follow(unit, before, strand):
            units.append(Unit([strand]))
        elif _follows_closely(strands, index, prose, after):
            unit.strands.append(strand)
        else:
            units.append(Unit([strand]))
            units[-1].near.append(len(units) - 2)
            units[-2].near.append(len(units) - 1)
    return units


def _may_follow(unit: Unit, before: Strand, strand: Strand) -> bool:
    """Whether a strand can be the next of the same row: further right, and with nothing the row has
    already.
    """
    if strand.opens_page or strand.lone_reference or unit.columns & set(strand.cells):
        return False
    if strand.reference and any(each.reference for each in unit.strands):
        return False
    return strand.first > before.last


def _follows_closely(
    strands: Sequence[Strand], index: int, prose: Sequence[int], after: Strand | None
) -> bool:
    """Whether the step from one strand to the next is the usual one within a row.

    From a reference to the name beside it, from one text to the next column's, from a text to the values.
    Not where several cells of one column stand together: there the columns were put out one after another.
    """
    before, strand = strands[index - 1], strands[index]
    earlier = strands[index - 2] if index > 1 else None
    if before.lone_reference:
        listed = (earlier is not None and earlier.lone_reference) or (
            after is not None and after.lone_reference
        )
        return strand.first == prose[0] and not listed
    if strand.values is not None:
        return before.last == max((column for column in prose if column < strand.first), default=-1)
    if before.last == prose[0] and not before.woven:
        # Names are often put out on their own, one after another; one between other cells is its row's.
        if len(prose) > 1 and strand.first == prose[1] and _opens_row(strands, index - 1):
            return True
        return (
            earlier is not None and earlier.last > prose[0] and not before.reference and not strand.reference
        )
    if (
        earlier is not None
        and earlier.last == before.last
        and not earlier.opens_page
        and not before.woven
        and not earlier.woven
    ):
        return False
    if after is not None and _in_the_same_columns(strand, after):
        return _next_part(strand, after)
    return (
        prose.index(strand.first) <= prose.index(before.last) + 1
        if strand.first in prose and before.last in prose
        else True
    )


def _in_the_same_columns(strand: Strand, after: Strand) -> bool:
    """Whether the next text stands from the first to the last column of this one, and is no new row."""
    same = after.first == strand.first and after.last == strand.last
    return same and after.values is None and not after.reference


def _opens_row(strands: Sequence[Strand], index: int) -> bool:
    """Whether a name with its reference comes right after the values that close another row."""
    start = index if strands[index].reference else index - 1
    if start < 1 or strands[index].opens_page or not strands[start].reference:
        return False
    return strands[start - 1].values is not None


def _continues_parts(unit: Unit, strand: Strand) -> bool:
    """Part ii of a cell after part i of it, with nothing but the row's other cells between."""
    if strand.reference or strand.values is not None or not strand.cells or strand.opens_page:
        return False
    if any(each.values is not None for each in unit.strands):
        return False
    return set(strand.cells) <= unit.columns and all(
        first_rank(lines) == last_rank(unit.lines(column)) + 1 > 1 for column, lines in strand.cells.items()
    )


def _next_part(strand: Strand, after: Strand) -> bool:
    return all(
        column in strand.cells and first_rank(lines) == last_rank(strand.cells[column]) + 1 > 1
        for column, lines in after.cells.items()
    )

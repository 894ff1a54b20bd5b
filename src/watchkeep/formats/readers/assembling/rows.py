"""Joins the rows of tables into one record a risk: over pages, over merged cells, under section rows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from watchkeep.domain.document import Loose
from watchkeep.formats.cells import Cell, Table
from watchkeep.formats.readers.assembling.headings import (
    HeaderBlock,
    Heading,
    find_header,
    header_at,
    is_repeat,
)
from watchkeep.formats.readers.assembling.text import joined, one_line

REFERENCE = re.compile(
    r"^(?:(?:risk|ref|no|id)\b[\s.:#]*)?(?:[A-Za-z&]{1,10}[\s\-_/.:#]{0,2}){0,3}\d{1,6}(?:[.\-/_]\d{1,4}){0,3}[A-Za-z]?$",
    re.IGNORECASE,
)
TOTAL = re.compile(r"^(?:grand |sub ?)?(?:totals?|average|count|sum)\b|^number of risks\b", re.IGNORECASE)
KEY = re.compile(
    r"^(?:key|legend|notes?|footnotes?|guidance|source|scoring key|scale)\b\s*[:\-–]?", re.IGNORECASE
)
SINGLE_VALUES = ("assessments:", "trends:", "status", "treatment")


@dataclass(slots=True)
class Record:
    """The cells of one risk, by column; `section` is the section row it stands under."""

    cells: dict[int, Cell]
    table: str = ""
    section: Cell | None = None


@dataclass(slots=True)
class Segment:
    """Records that share one header."""

    headings: tuple[Heading, ...]
    records: list[Record] = field(default_factory=list)
    name: str = ""

    def column(self, meaning: str) -> int | None:
        """The first column of that meaning."""
        return next((each.index for each in self.headings if each.meaning == meaning), None)


@dataclass(slots=True)
class Gathered:
    """What the tables hold: segments of records, and the text that belongs to none."""

    segments: list[Segment] = field(default_factory=list)
    header: list[Loose] = field(default_factory=list)
    unassigned: list[Loose] = field(default_factory=list)
    furniture: list[Loose] = field(default_factory=list)
    above: list[Cell] = field(default_factory=list)  # rows over a header: titles, periods, keys


def loose_row(row: Iterable[Cell], reason: str) -> list[Loose]:
    """The texts of a row that no field takes."""
    return [Loose(text=cell.text, places=cell.places, reason=reason) for cell in row if cell.text]


def spread(table: Table) -> Table:
    """A table whose merged cells say their text in every row they cover."""
    if not table.repeats:
        return table
    rows = [list(row) for row in table.rows]
    for row, column in sorted(table.repeats):
        if 0 < row < len(rows) and column < len(rows[row]) and not rows[row][column].text:
            rows[row][column] = rows[row - 1][column]
    return Table(tuple(tuple(row) for row in rows), table.name, table.repeats)


def gather(tables: Sequence[Table]) -> tuple[Gathered, list[Table]]:
    """The records of all tables with a register's header; the tables that have none come back untouched."""
    gathered = Gathered()
    left: list[Table] = []
    reader: _Reader | None = None
    for table in tables:
        block = find_header(table)
        if block is None:
            if reader is not None and reader.goes_on_in(table):
                reader.read(table, 0, at_break=True)
            else:
                left.append(table)
            continue
        if block.top and reader is not None and _leads(table, block.top, reader):
            reader.read(table, 0, at_break=True, until=block.top)
        else:
            _above(table, block.top, gathered)
        reader = _begin(table, block, gathered, reader)
        reader.read(table, block.bottom, at_break=reader.continuing)
    return gathered, left


def _leads(table: Table, top: int, reader: _Reader) -> bool:
    """Whether the rows over a repeated header still belong to the risk on the page before (rare, but
    seen).
    """
    return False if top == 0 else reader.would_continue(table, top)


def _above(table: Table, top: int, gathered: Gathered) -> None:
    for row in table.rows[:top]:
        gathered.above.extend(cell for cell in row if cell.text)


def _begin(table: Table, block: HeaderBlock, gathered: Gathered, reader: _Reader | None) -> _Reader:
    if reader is not None and reader.same_header(block):
        for row in table.rows[block.top : block.bottom]:
            gathered.furniture.extend(loose_row(row, "the header again"))
        reader.continuing = True
        return reader
    for row in table.rows[block.top : block.bottom]:
        gathered.header.extend(loose_row(row, "a heading"))
    segment = Segment(block.headings, name=table.name)
    gathered.segments.append(segment)
    return _Reader(table, block, segment, gathered)


class _Reader:
    """Reads rows under one header into records."""

    def __init__(self, table: Table, block: HeaderBlock, segment: Segment, gathered: Gathered) -> None:
        self.table, self.block, self.segment, self.gathered = table, block, segment, gathered
        self.section: Cell | None = None
        self.pending: list[Cell] = []
        self.continuing = False
        self.reference = segment.column("reference")
        self.name = segment.column("name")
        names = [segment.column(meaning) for meaning in ("description", "event")]
        self.names = [column for column in (self.name, *names) if column is not None]

    def same_header(self, block: HeaderBlock) -> bool:
        """Whether another table has this very header."""
        mine = [one_line(heading.text).casefold() for heading in self.block.headings]
        return mine == [one_line(heading.text).casefold() for heading in block.headings]

    def goes_on_in(self, table: Table) -> bool:
        """Whether a table without a header goes on with this one: as many columns, and fitting cells."""
        if not table.rows or len(table.rows[0]) != len(self.block.headings):
            return False
        return self.would_continue(table, len(table.rows))

    def would_continue(self, table: Table, until: int) -> bool:
        """Whether rows look like rows under this header: references where references stand, no text where
        none does.
        """
        if not table.rows or len(table.rows[0]) != len(self.block.headings):
            return False
        rows = [row for row in table.rows[:until] if any(cell.text for cell in row)]
        if not rows or not self.segment.records:
            return False
        if self.reference is None:
            return sum(1 for row in rows if sum(1 for cell in row if cell.text) > 1) * 2 >= len(rows)
        fitting = 0
        for row in rows:
            text = one_line(row[self.reference].text)
            filled = sum(1 for cell in row if cell.text)
            if (not text and filled) or (REFERENCE.match(text) and filled > 1):
                fitting += 1
        return fitting * 3 >= len(rows) * 2

    def read(self, table: Table, start: int, *, at_break: bool, until: int | None = None) -> None:
        """Reads rows from `start`; `at_break` says that the first may go on with the last risk before."""
        plain, table = table, spread(table)
        end = len(table.rows) if until is None else until
        row = start
        while row < end:
            cells = table.rows[row]
            if not any(cell.text for cell in cells):
                row += 1
                continue
            if is_repeat(plain, row, self.block, self.table):
                self.gathered.furniture.extend(loose_row(plain.rows[row], "the header again"))
                row += 1
                at_break = True
                continue
            other = header_at(plain, row) if until is None else None
            if (
                other is not None
                and other.known >= 3
                and other.recognised * 5 >= other.named * 4
                and self.records_plausible(other)
            ):
                self._flush()
                reader = _begin(plain, other, self.gathered, self)
                reader.read(plain, other.bottom, at_break=reader is self)
                return
            self._row(plain, table, row, at_break)
            at_break = False
            row += 1
        self._flush()

    def records_plausible(self, block: HeaderBlock) -> bool:
        """A data row may by chance read like headings; a real second header is certain of most of them."""
        return (
            sum(1 for heading in block.headings if heading.confidence == 1 and heading.meaning != "extra")
            >= 3
        )

    def _row(self, plain: Table, table: Table, row: int, at_break: bool) -> None:
        cells = table.rows[row]
        fresh = [cell for index, cell in enumerate(cells) if cell.text and (row, index) not in table.repeats]
        first = one_line(fresh[0].text) if fresh else ""
        if TOTAL.match(first) and not REFERENCE.match(first):
            self.gathered.unassigned.extend(loose_row(plain.rows[row], "a row of totals"))
            return
        if self._goes_on(plain, table, row, at_break):
            self._join(plain, row, broken=at_break)
            return
        if len(fresh) == 1 and self._is_section(cells, fresh[0]):
            self.pending.append(fresh[0])
            return
        if self.pending:
            self.section = self.pending.pop()
            self._flush()
        record = Record(dict(enumerate(cells)), table.name, self.section)
        self.segment.records.append(record)

    def _flush(self) -> None:
        for cell in self.pending:
            reason = (
                "a key or note"
                if KEY.match(one_line(cell.text))
                else "a row with one text and no risk under it"
            )
            self.gathered.unassigned.append(Loose(text=cell.text, places=cell.places, reason=reason))
        self.pending.clear()

    def _is_section(self, cells: Sequence[Cell], cell: Cell) -> bool:
        if len(cells) < 3:
            return False
        index = next(position for position, each in enumerate(cells) if each is cell)
        text = one_line(cell.text)
        leading = index == next((position for position, each in enumerate(cells) if each.text), index)
        if self.reference is not None and index == self.reference and REFERENCE.match(text):
            return False
        early = index <= max([0, *([self.reference] if self.reference is not None else []), *self.names])
        return leading and early

    def _text(self, cells: Sequence[Cell], column: int | None) -> str:
        return one_line(cells[column].text) if column is not None and column < len(cells) else ""

    def _goes_on(self, plain: Table, table: Table, row: int, at_break: bool) -> bool:
        if not self.segment.records or self.pending:
            return False
        last = self.segment.records[-1]
        bare = plain.rows[row]
        identity = [column for column in (self.reference, *self.names) if column is not None]
        if any((row, column) in table.repeats for column in identity[:1]) and row > 0:
            return True
        reference, before = self._text(bare, self.reference), one_line(_cell(last, self.reference).text)
        if reference:
            same_name = not self._text(bare, self.name) or self._text(bare, self.name) == one_line(
                _cell(last, self.name).text
            )
            same_said = not self.names[-1:] or self._text(bare, self.names[-1]) in (
                "",
                one_line(_cell(last, self.names[-1]).text),
            )
            return reference == before and same_name and same_said
        names = [self._text(bare, column) for column in self.names]
        if not any(names):
            section = len([cell for cell in bare if cell.text]) == 1 and self._is_section(
                bare, next(cell for cell in bare if cell.text)
            )
            return not section
        if self.reference is not None and at_break:
            return not self._values_clash(bare, last)
        if self.reference is not None and self.name is not None and not self._text(bare, self.name):
            return not self._values_clash(bare, last)
        starts = next(name for name in names if name)
        return starts[0].islower() and not self._values_clash(bare, last)

    def _values_clash(self, cells: Sequence[Cell], last: Record) -> bool:
        """A row with a rating of its own is a risk of its own."""
        for heading in self.segment.headings:
            own = heading.meaning.startswith(SINGLE_VALUES) and heading.index < len(cells)
            if own and cells[heading.index].text and _cell(last, heading.index).text:
                return True
        return False

    def _join(self, plain: Table, row: int, *, broken: bool) -> None:
        last = self.segment.records[-1]
        for index, cell in enumerate(plain.rows[row]):
            if not cell.text or (row, index) in plain.repeats:
                continue
            before = _cell(last, index)
            if one_line(before.text) == one_line(cell.text) and not broken:
                self.gathered.furniture.append(
                    Loose(
                        text=cell.text, places=cell.places, reason="says again what stands in the row above"
                    )
                )
                continue
            last.cells[index] = joined(before, cell, broken=broken)


def _cell(record: Record, column: int | None) -> Cell:
    return record.cells.get(column, Cell()) if column is not None else Cell()

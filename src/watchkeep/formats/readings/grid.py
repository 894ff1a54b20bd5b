"""The bytes of a file as lines of plain text cells, each with the line that it stands on."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass

from watchkeep.domain.errors import Unreadable
from watchkeep.formats.formulas import unguarded
from watchkeep.formats.readers.child import run
from watchkeep.formats.readers.csv import LONGEST_CELL, MOST_COLUMNS, decoded, delimiter_of, letters

LARGEST_FILE = 25 * 2**20
MOST_LINES = 100_000
_WORKBOOKS = (b"PK", b"\xd0\xcf\x11\xe0")


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a file: the line it begins on, counted from 1, and the text of its cells."""

    number: int
    cells: tuple[str, ...]

    def cell(self, column: int) -> str:
        """The text in a column, counted from 0; empty beyond the last."""
        return self.cells[column].strip() if 0 <= column < len(self.cells) else ""


@dataclass(frozen=True, slots=True)
class Grid:
    """The lines of a file (or of one sheet of it) that hold anything, and what else there was to choose."""

    name: str
    lines: tuple[Line, ...]
    sheet: str = ""
    sheets: tuple[str, ...] = ()  # every sheet that holds anything; none in a CSV file
    at: str = ""  # where in a JSON answer its objects stand
    names: tuple[str, ...] = ()  # of the values in a JSON answer's objects; none in a file of cells

    @property
    def width(self) -> int:
        """How many columns the widest line has."""
        return max((len(line.cells) for line in self.lines), default=0)

    def place(self, line: int, column: int) -> str:
        """A cell as a spreadsheet names it, the second column of line 4 is B4; a value by its path."""
        if self.names:
            return f"{self.at}[{line - 2}].{self.names[column]}"
        return f"{letters(column)}{line}"


def grid_of(data: bytes, name: str, *, sheet: str = "") -> Grid:
    """The lines of a CSV file or of one sheet of a workbook, the first that is not hidden unless named.

    A workbook is opened in the limited child process; of a formula the value that was stored with it is read.
    """
    if len(data) > LARGEST_FILE:
        raise Unreadable(
            where=name,
            why=f"The file is {len(data) / 1e6:.0f} MB; files up to {LARGEST_FILE // 2**20} MB are read.",
            remedy="Bring it in as several files.",
        )
    if data.startswith(_WORKBOOKS):
        return _sheet(data, name, sheet)
    text, _ = decoded(data, name)
    return _grid(name, _csv_lines(text, name))


def sheets_answer(data: bytes, name: str) -> bytes:
    """What the child hands back for a workbook: every sheet's rows as text, as JSON."""
    from watchkeep.formats.readers.xlsx import Limits, extract
    from watchkeep.formats.readings.formulas import without_values

    limits = Limits(rows=MOST_LINES, styled=400_000, what="file of readings")
    tables = sorted(extract(data, name, limits).tables, key=lambda table: bool(table.aside))
    unworked = without_values(data)
    found = []
    for table in tables:
        rows = [[cell.text for cell in row] for row in table.rows]
        columns = {letters(column): column for column in range(len(rows[0]))}
        for (line, column), told in unworked.get(table.name, {}).items():
            if line <= len(rows) and column in columns:
                rows[line - 1][columns[column]] = told
        found.append([table.name, rows])
    return json.dumps(found, ensure_ascii=False).encode()


# In the child, while it may still load.
LOADED_FIRST = ("watchkeep.formats.readers.xlsx", "watchkeep.formats.readings.formulas")


def _sheet(data: bytes, name: str, wanted: str) -> Grid:
    found: list[tuple[str, list[list[str]]]] = json.loads(
        run("watchkeep.formats.readings.grid:sheets_answer", data, name)
    )
    names = tuple(each for each, _ in found)
    for each, rows in found:
        if not wanted or each == wanted:
            lines = tuple(Line(number, tuple(cells)) for number, cells in enumerate(rows, 1) if any(cells))
            return _grid(name, lines, each, names)
    there = ", ".join(f"“{each}”" for each in names) or "none that holds anything"
    raise Unreadable(
        where=name, why=f"There is no sheet “{wanted}”.", remedy=f"Name one of its sheets: {there}."
    )


def _grid(name: str, lines: tuple[Line, ...], sheet: str = "", sheets: tuple[str, ...] = ()) -> Grid:
    if not lines:
        raise Unreadable(
            where=name, why="No cell of the file holds anything.", remedy="Check that it is the right file."
        )
    return Grid(name, lines, sheet, sheets)


def _csv_lines(text: str, name: str) -> tuple[Line, ...]:
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text))
    lines: list[Line] = []
    begins = 1
    try:
        for row in reader:
            if len(lines) >= MOST_LINES or len(row) > MOST_COLUMNS:
                raise Unreadable(
                    where=f"{name}, line {begins}",
                    why=f"The file has more than {MOST_LINES:,} lines or {MOST_COLUMNS} columns.",
                    remedy="Bring it in as several files, or post it through the API.",
                )
            if any(cell.strip() for cell in row):
                lines.append(Line(begins, tuple(unguarded(cell) for cell in row)))
            begins = reader.line_num + 1
    except csv.Error as problem:
        raise Unreadable(
            where=f"{name}, line {reader.line_num}",
            why=f"The line cannot be read as CSV ({problem}).",
            remedy="Open the file in a spreadsheet, check that line, and save it as CSV again.",
        ) from problem
    if lines and text.count('"') % 2 and any("\n" in cell for cell in lines[-1].cells):
        raise Unreadable(
            where=f"{name}, line {lines[-1].number}",
            why="A quotation mark that opens there is closed nowhere, so the rest of the file is one cell.",
            remedy="Close it or take it away, and bring the file in again.",
        )
    return tuple(lines)

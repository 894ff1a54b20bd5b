"""Reads a CSV file: which delimiter and encoding, rows of any length, every cell plain text."""

from __future__ import annotations

import csv
import io

from charset_normalizer import from_bytes

from watchkeep.domain.document import CellPlace
from watchkeep.domain.errors import Unreadable
from watchkeep.formats.cells import Cell, Extract, Piece, Table
from watchkeep.formats.formulas import unguarded

DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
MOST_ROWS = 20_000
MOST_COLUMNS = 400
LONGEST_CELL = 200_000
BYTE_ORDER_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def extract(data: bytes, name: str) -> Extract:
    """The rows of the file as one table; a cell that begins with = + - or @ is text like any other."""
    text, encoding = decoded(data, name)
    delimiter = delimiter_of(text)
    rows = _rows(text, delimiter, name)
    width = max((len(row) for row in rows), default=0)
    table = Table(
        tuple(
            tuple(_cell(row[column] if column < len(row) else "", index, column) for column in range(width))
            for index, row in enumerate(rows, 1)
        )
    )
    return Extract(f"csv: {DELIMITERS[delimiter]}, {encoding}", (table,) if rows else ())


def decoded(data: bytes, name: str) -> tuple[str, str]:
    """The text of a file and the encoding it was in; UTF-8 first, then what the bytes look like."""
    if not data.strip():
        raise Unreadable(where=name, why="The file is empty.", remedy="Check that the right file was chosen.")
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _decode(data, encoding, name), encoding.removesuffix("-sig")
    try:
        return _decode(data, "utf-8", name), "utf-8"
    except Unreadable:
        pass
    best = from_bytes(data[:200_000], cp_isolation=["cp1252", "utf_16_le", "utf_16_be", "mac_roman"]).best()
    encoding = best.encoding if best else "cp1252"
    return _decode(data, encoding, name), encoding.replace("_", "-")


def _decode(data: bytes, encoding: str, name: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as problem:
        raise Unreadable(
            where=f"{name}, byte {problem.start + 1}",
            why=f"The text is not in an encoding that can be read (tried {encoding}).",
            remedy="Save the file again as UTF-8 (in a spreadsheet: “CSV UTF-8”).",
        ) from problem
    if "\x00" in text:
        raise Unreadable(
            where=name,
            why="The file holds binary data, not text.",
            remedy="Export the register as CSV, XLSX, DOCX or PDF and bring that in.",
        )
    return text


def delimiter_of(text: str) -> str:
    """The delimiter whose rows agree best on their length: a comma in a sentence makes ragged rows."""
    sample = text[:100_000]
    best, most = ",", (0.0, 0)
    for delimiter in DELIMITERS:
        reader = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
        try:
            widths = [len(row) for row in reader if any(row)]
        except csv.Error:
            continue  # what cannot be read with it is told where the file is read
        if not widths or max(widths) < 2:
            continue
        usual = max(set(widths), key=lambda width: (widths.count(width), width))
        agreement = (widths.count(usual) / len(widths) * min(usual, 6) if usual > 1 else 0.0, usual)
        if agreement > most:
            best, most = delimiter, agreement
    return best


def _rows(text: str, delimiter: str, name: str) -> list[list[str]]:
    csv.field_size_limit(LONGEST_CELL)
    rows: list[list[str]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for row in reader:
            if len(rows) >= MOST_ROWS or len(row) > MOST_COLUMNS:
                raise Unreadable(
                    where=f"{name}, line {reader.line_num}",
                    why=(
                        f"The file has more than {MOST_ROWS:,} rows or {MOST_COLUMNS} columns, more "
                        f"than any register."
                    ),
                    remedy="Bring in the part of it that is the register.",
                )
            rows.append(row)
    except csv.Error as problem:
        raise Unreadable(
            where=f"{name}, line {reader.line_num}",
            why=f"The line cannot be read as CSV ({problem}).",
            remedy="Open the file in a spreadsheet, check that line, and save it as CSV again.",
        ) from problem
    return rows


def lines_of_rows(data: bytes, name: str) -> tuple[tuple[int, int], ...]:
    """The first and the last line of each row of the file: a cell may hold line breaks."""
    text, _ = decoded(data, name)
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text))
    spans: list[tuple[int, int]] = []
    for _ in reader:
        first = spans[-1][1] + 1 if spans else 1
        spans.append((first, max(first, reader.line_num)))
    return tuple(spans)


def _cell(text: str, row: int, column: int) -> Cell:
    if not text.strip():
        return Cell()
    place = CellPlace(sheet="", cell=f"{letters(column)}{row}")
    return Cell(tuple(Piece(line, place) for line in unguarded(text).splitlines()))


def letters(column: int) -> str:
    """A spreadsheet's name for a column: 0 is A, 26 is AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name

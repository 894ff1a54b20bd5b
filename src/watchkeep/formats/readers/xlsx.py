"""Reads a workbook (.xlsx, .xlsm, .xls, .ods): the values as last calculated, never a formula; fills,
merges, hidden rows.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

import openpyxl
import python_calamine
from lxml import etree
from openpyxl.styles.colors import COLOR_INDEX

from watchkeep.domain.document import CellPlace
from watchkeep.domain.errors import Unreadable
from watchkeep.formats.cells import Cell, Extract, Piece, Table
from watchkeep.formats.readers import archive
from watchkeep.formats.readers.csv import letters

MOST_COLUMNS = 400
MOST_SHEETS = 100
SPREADSHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
REFERENCE = re.compile(r"^([A-Z]{1,3})(\d{1,7})$")
REMEDY = (
    "Delete the cells far from the register (or copy the register into a new workbook) and bring that in."
)


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a workbook is read."""

    rows: int = 20_000
    cells: int = 400_000
    # Above this the look of the cells (fills, hidden rows) costs more time than a reader of registers has.
    styled: int = 60_000
    what: str = "register"


REGISTER = Limits()


@dataclass
class _Look:
    """How the cells of one sheet look: what the values alone do not say."""

    fills: dict[tuple[int, int], str] = field(default_factory=dict)
    forms: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[str] = field(default_factory=list)


def extract(data: bytes, name: str, limits: Limits = REGISTER) -> Extract:
    """Every sheet as a table; hidden sheets are read too, and named as hidden."""
    is_zip = data.startswith(b"PK")
    size = 0
    if is_zip:
        size = _guard(data, name, limits)
    elif not data.startswith(archive.OLE) or archive.ENCRYPTED_PACKAGE in data:
        archive.opened(data, name, kind="a workbook (.xlsx, .xls or .ods)", needs="xl/workbook.xml")
    try:
        workbook = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    except (python_calamine.CalamineError, ValueError, OSError) as problem:
        raise _damaged(name, problem) from problem
    looks, note = _looks(data, size, limits) if is_zip else ({}, None)
    notes = [note] if note else []
    ours = is_zip and _is_our_paper(data)
    summaries: list[Piece] = []
    tables = []
    for sheet in workbook.sheets_metadata[:MOST_SHEETS]:
        if sheet.typ != python_calamine.SheetTypeEnum.WorkSheet:
            continue
        hidden = sheet.visible != python_calamine.SheetVisibleEnum.Visible
        look = looks.get(sheet.name, _Look())
        table = _table(workbook, sheet.name, look, name, hidden=hidden, limits=limits)
        if table is None:
            continue
        if ours and sheet.name != "Register":
            summaries.extend(piece for row in table.rows for cell in row for piece in cell.pieces)
            continue
        tables.append(table)
        notes.extend(_hidden_notes(sheet.name, look, table, hidden=hidden))
    return Extract("xlsx: sheet cells", tuple(tables), furniture=tuple(summaries), notes=tuple(notes))


def _is_our_paper(data: bytes) -> bool:
    """Whether Watchkeep wrote the workbook: its other sheets tell again what the register's sheet says."""
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        if "docProps/core.xml" not in book.namelist():
            return False
        with book.open("docProps/core.xml") as part:
            return b"<cp:category>Watchkeep paper</cp:category>" in part.read(10_000)


def _damaged(name: str, problem: Exception) -> Unreadable:
    if "assword" in str(problem):
        return Unreadable(
            where=name,
            why="The workbook is protected by a password.",
            remedy="Save a copy without the password and bring that in.",
        )
    return Unreadable(
        where=name,
        why=f"The workbook cannot be opened ({str(problem)[:80]}).",
        remedy="Open it in the spreadsheet program, save it again as .xlsx, and bring that file in.",
    )


def _guard(data: bytes, name: str, limits: Limits) -> int:
    """Refuses a workbook whose cells would fill the memory: a value in the last cell makes a sheet of 17
    thousand million.
    """
    with (
        zipfile.ZipFile(io.BytesIO(data))
        if not _is_excel(data)
        else archive.opened(data, name, kind="a workbook (.xlsx)", needs="xl/workbook.xml") as book
    ):
        if "content.xml" in book.namelist():
            archive.opened(data, name, kind="a workbook (.ods)", needs="content.xml").close()
            return _guard_ods(book, name, limits)
        names = sheet_names(book)
        total = 0
        for part in sorted(each for each in book.namelist() if re.match(r"xl/worksheets/[^/]+\.xml$", each)):
            total += _guard_sheet(book, part, names.get(part, part.rsplit("/", 1)[-1]), name, limits)
            if total > limits.cells:
                raise _too_large(
                    name, names.get(part, part), f"more than {limits.cells:,} filled cells", limits
                )
        return total


def _is_excel(data: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            return "content.xml" not in book.namelist()
    except zipfile.BadZipFile:
        return True  # archive.opened says what is wrong with it


def sheet_names(book: zipfile.ZipFile) -> dict[str, str]:
    """The name of each sheet by the part of the archive that holds it."""
    relation = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
    try:
        workbook = etree.fromstring(book.read("xl/workbook.xml"), _parser())
        related = etree.fromstring(book.read("xl/_rels/workbook.xml.rels"), _parser())
    except (KeyError, etree.XMLSyntaxError):
        return {}
    targets = {each.get("Id"): (each.get("Target") or "").lstrip("/").removeprefix("xl/") for each in related}
    return {
        f"xl/{targets.get(sheet.get(relation), '')}": sheet.get("name") or ""
        for sheet in workbook.iter(f"{SPREADSHEET}sheet")
    }


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)


def _guard_sheet(book: zipfile.ZipFile, part: str, sheet: str, name: str, limits: Limits) -> int:
    cells = row = column = 0
    try:
        with book.open(part) as stream:
            for _, element in etree.iterparse(
                stream, tag=(f"{SPREADSHEET}c", f"{SPREADSHEET}row"), resolve_entities=False
            ):
                if element.tag == f"{SPREADSHEET}c" and len(element):
                    cells += 1
                    match = REFERENCE.match(element.get("r") or "")
                    if match:
                        row, column = max(row, int(match.group(2))), max(column, _column(match.group(1)))
                if element.tag == f"{SPREADSHEET}row":
                    element.clear()
                    while element.getprevious() is not None:
                        del element.getparent()[0]
                if cells > limits.cells:
                    raise _too_large(name, sheet, f"more than {limits.cells:,} filled cells", limits)
                if row > limits.rows or column > MOST_COLUMNS:
                    found = (
                        f"a value in cell {letters(column - 1)}{row}, beyond row {limits.rows:,} "
                        f"or column {MOST_COLUMNS}"
                    )
                    raise _too_large(name, sheet, found, limits)
    except etree.XMLSyntaxError as problem:
        raise _damaged(name, problem) from problem
    return cells


def _guard_ods(book: zipfile.ZipFile, name: str, limits: Limits) -> int:
    """In an .ods file one element may repeat itself millions of times; a filled one that does is refused."""
    office = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
    with book.open("content.xml") as stream:
        for _, element in etree.iterparse(
            stream, tag=(f"{office}table-cell", f"{office}table-row"), resolve_entities=False
        ):
            attribute = "number-columns-repeated" if element.tag.endswith("cell") else "number-rows-repeated"
            times = int(element.get(f"{office}{attribute}") or "1")
            filled = bool("".join(element.itertext()).strip())
            if filled and times > limits.rows:
                raise _too_large(name, "", f"a filled cell repeated {times:,} times", limits)
    return 0


def _column(name: str) -> int:
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _too_large(name: str, sheet: str, found: str, limits: Limits) -> Unreadable:
    where = f"{name}, sheet {sheet}" if sheet else name
    why = f"The sheet is larger than any {limits.what}: {found}."
    return Unreadable(where=where, why=why, remedy=REMEDY.replace("register", limits.what))


def _table(
    workbook: python_calamine.CalamineWorkbook,
    sheet: str,
    look: _Look,
    name: str,
    *,
    hidden: bool,
    limits: Limits,
) -> Table | None:
    try:
        found = workbook.get_sheet_by_name(sheet)
        rows = found.to_python(skip_empty_area=False)
    except (python_calamine.CalamineError, ValueError) as problem:
        raise _damaged(f"{name}, sheet {sheet}", problem) from problem
    if len(rows) > limits.rows or (rows and len(rows[0]) > MOST_COLUMNS):
        raise _too_large(name, sheet, f"{len(rows):,} rows of {len(rows[0]):,} columns", limits)
    if not any(value not in ("", None) for row in rows for value in row):
        return None
    width = max(len(row) for row in rows)
    made = tuple(
        tuple(
            _cell(row[column] if column < len(row) else "", sheet, index, column, look)
            for column in range(width)
        )
        for index, row in enumerate(rows)
    )
    aside = "the sheet is hidden" if hidden else ""
    return Table(made, sheet, frozenset(_repeats(found, len(rows), width)), aside)


def _repeats(sheet: Any, rows: int, width: int) -> Iterator[tuple[int, int]]:
    for (top, left), (bottom, _) in sheet.merged_cell_ranges or ():
        if left < width:
            for row in range(top + 1, min(bottom, rows - 1) + 1):
                yield row, left


def _cell(value: Any, sheet: str, row: int, column: int, look: _Look) -> Cell:
    text = _written(value, look.forms.get((row, column), ""))
    fill = look.fills.get((row, column))
    if not text.strip():
        return Cell(fill=fill)
    place = CellPlace(sheet=sheet, cell=f"{letters(column)}{row + 1}")
    return Cell(tuple(Piece(line, place) for line in text.splitlines()), fill)


def _written(value: Any, form: str) -> str:
    """A value as text: whole numbers without a point, dates as ISO days, a month without its made-up first
    day.
    """
    if value is None or isinstance(value, bool):
        return "" if value is None else ("Yes" if value else "No")
    if isinstance(value, float):
        if "%" in form:
            return f"{round(value * 100, 6):g}%"
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.10g}"
    if isinstance(value, datetime):
        return _day(value.date(), form) if value.time() == time() else value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return _day(value, form)
    if isinstance(value, timedelta | time):
        return str(value)
    return str(value).replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n")


def _day(value: date, form: str) -> str:
    plain = re.sub(r"\[[^\]]*\]|\"[^\"]*\"|\\.", "", form.casefold())
    if plain and plain != "general" and "d" not in plain and "m" in plain and "y" in plain:
        return value.strftime("%B %Y")
    return value.isoformat()


def _looks(data: bytes, size: int, limits: Limits) -> tuple[dict[str, _Look], str | None]:
    if size > limits.styled:
        return {}, "The workbook is large: the colours of its cells and its hidden rows were not looked at."
    if _is_excel(data) is False:
        return {}, None
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, etree.XMLSyntaxError):
        # openpyxl refuses some workbooks over parts that matter to no register (a drawing, a style);
        # values are read.
        return {}, "The colours of the cells and hidden rows could not be read from this workbook."
    return {sheet.title: _look(sheet, limits) for sheet in book.worksheets}, None


def _look(sheet: Any, limits: Limits) -> _Look:
    look = _Look()
    look.hidden_rows = sorted(number for number, row in sheet.row_dimensions.items() if row.hidden)
    look.hidden_columns = sorted(name for name, column in sheet.column_dimensions.items() if column.hidden)
    for row in sheet.iter_rows(
        max_row=min(sheet.max_row or 0, limits.rows), max_col=min(sheet.max_column or 0, MOST_COLUMNS)
    ):
        for cell in row:
            place = (cell.row - 1, cell.column - 1) if hasattr(cell, "row") else None
            if place is None or not getattr(cell, "has_style", False):
                continue
            colour = _colour(cell.fill)
            if colour:
                look.fills[place] = colour
            if cell.number_format and cell.number_format != "General":
                look.forms[place] = cell.number_format
    return look


def _colour(fill: Any) -> str | None:
    """The colour of a solid fill; theme colours depend on the program and are left out."""
    if fill is None or fill.fill_type != "solid":
        return None
    colour = fill.fgColor
    code = colour.rgb if colour.type == "rgb" else None
    if colour.type == "indexed" and isinstance(colour.indexed, int) and colour.indexed < len(COLOR_INDEX):
        code = COLOR_INDEX[colour.indexed]
    if isinstance(code, str) and re.fullmatch(r"[0-9A-Fa-f]{8}|[0-9A-Fa-f]{6}", code):
        plain = code[-6:].lower()
        return None if plain == "ffffff" else f"#{plain}"
    return None


def _hidden_notes(sheet: str, look: _Look, table: Table, *, hidden: bool) -> Iterator[str]:
    if hidden:
        yield (
            f"Sheet “{sheet}” is hidden in the workbook. Its text was read, and kept apart where "
            f"another sheet holds the register."
        )
        return
    rows = [
        number
        for number in look.hidden_rows
        if number <= len(table.rows) and any(c.text for c in table.rows[number - 1])
    ]
    if rows:
        shown = ", ".join(map(str, rows[:10])) + (" …" if len(rows) > 10 else "")
        yield (
            f"Sheet “{sheet}” hides {'row' if len(rows) == 1 else 'rows'} {shown}: the text there "
            f"was read all the same."
        )
    width = len(table.rows[0]) if table.rows else 0
    columns = [
        name
        for name in look.hidden_columns
        if (index := _column(name) - 1) < width and any(row[index].text for row in table.rows)
    ]
    if columns:
        shown = ", ".join(columns[:10])
        yield (
            f"Sheet “{sheet}” hides {'column' if len(columns) == 1 else 'columns'} {shown}: the "
            f"text there was read all the same."
        )

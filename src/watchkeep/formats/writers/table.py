"""A plain table as CSV or as a workbook of one sheet: what a list on a page shows, to take away.

Every cell is text or a count; none is a formula or a link, whatever it begins with. An empty cell is what is
not recorded.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import Any, Literal

import xlsxwriter

from watchkeep.formats.formulas import dangerous, guarded
from watchkeep.formats.writers.xlsx import EPOCH, ESCAPE, FORBIDDEN, LONGEST

Kind = Literal["csv", "xlsx"]

CUT = " [cut: a cell of a workbook holds no more; the CSV file has all]"
WIDE, NARROW = 60, 10  # characters of a column of the workbook


@dataclass(frozen=True, slots=True)
class Table:
    """A heading for each column, and as many cells in each row."""

    title: str
    heading: tuple[str, ...]
    rows: tuple[tuple[str | int, ...], ...]


def write(table: Table, kind: Kind) -> bytes:
    """The table as a file of that kind; the same table gives the same bytes."""
    return _csv(table) if kind == "csv" else _workbook(table)


def _csv(table: Table) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    for row in (table.heading, *table.rows):
        writer.writerow(guarded(str(cell)) for cell in row)
    return out.getvalue().encode("utf-8-sig", errors="replace")


def _workbook(table: Table) -> bytes:
    out = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"title": table.title, "created": EPOCH})
        plain = {"text_wrap": True, "valign": "top", "font_name": "Calibri", "font_size": 10.5}
        text, bold = book.add_format(plain), book.add_format({**plain, "bold": True})
        quoted = book.add_format({**plain, "quote_prefix": True})
        sheet = book.add_worksheet("Sheet 1")
        for column, heading in enumerate(table.heading):
            sheet.set_column(column, column, _width(table, column))
            _put(sheet, 0, column, heading, bold)
        for place, row in enumerate(table.rows, start=1):
            for column, cell in enumerate(row):
                style = quoted if isinstance(cell, str) and dangerous(cell) else text
                _put(sheet, place, column, cell, style)
        sheet.autofilter(0, 0, max(len(table.rows), 1), max(len(table.heading) - 1, 0))
        sheet.freeze_panes(1, 1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
    return out.getvalue()


def _put(sheet: Any, row: int, column: int, cell: str | int, style: Any) -> None:
    if isinstance(cell, int):
        sheet.write_number(row, column, cell, style)
    elif cell:
        sheet.write_string(row, column, _fitting(ESCAPE.sub("_x005F_", FORBIDDEN.sub("\ufffd", cell))), style)
    else:
        sheet.write_blank(row, column, None, style)


def _fitting(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - len(CUT)] + CUT


def _width(table: Table, column: int) -> int:
    lengths = [len(str(row[column])) for row in table.rows]
    return min(WIDE, max([NARROW, len(table.heading[column]) + 2, *lengths]))

"""A plain table as CSV or as a workbook: exactly the rows and columns that somebody looks at.

Every cell is text; none can become a formula, whatever it begins with.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Final

import xlsxwriter

from watchkeep.formats.formulas import dangerous, guarded

EPOCH: Final = datetime(1980, 1, 1)  # noqa: DTZ001  workbooks carry no zone; the zip format counts from this day
FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
ESCAPE: Final = re.compile("_(?=x[0-9A-Fa-f]{4}_)")  # a workbook reads _x0041_ as A
LONGEST: Final = 32_767  # characters that a cell can hold
CUT: Final = " [cut: a cell holds no more]"

ROWS: Final = 1_000_000  # that a sheet takes under its heading

Rows = Iterable[Sequence[str]]
Sheet = tuple[str, Sequence[str], Rows]  # its name (31 characters at most), its heading, its rows


def to_csv(head: Sequence[str], rows: Rows) -> bytes:
    """The table in UTF-8 with its mark, each cell in quotes."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([guarded(each) for each in head])
    for row in rows:
        writer.writerow([guarded(each) for each in row])
    return out.getvalue().encode("utf-8-sig", errors="replace")


def to_xlsx(head: Sequence[str], rows: Rows, *, title: str, notes: Sequence[str] = ()) -> bytes:
    """The table on one sheet, with `notes` (what was chosen, as at when) on a second."""
    return to_book((("Register", head, rows),), title=title, notes=notes)


def to_book(sheets: Iterable[Sheet], *, title: str, notes: Sequence[str] = ()) -> bytes:
    """Several tables, each on the sheet that it names, and `notes` on the last. A table that is longer than a
    sheet goes on upon another.
    """
    out = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"title": title, "created": EPOCH})
        plain = {"text_wrap": True, "valign": "top"}
        styles = book.add_format(plain), book.add_format({**plain, "quote_prefix": True})
        strong = book.add_format({**plain, "bold": True, "bottom": 1})
        for name, head, rows in sheets:
            every = list(rows)
            for number, start in enumerate(range(0, max(len(every), 1), ROWS), start=1):
                sheet = book.add_worksheet(name if number == 1 else f"{name} {number}")
                _fill(sheet, head, every[start : start + ROWS], styles, strong)
        about = book.add_worksheet("About")
        about.set_column(0, 0, 100)
        for line, text in enumerate((title, *notes)):
            about.write_string(line, 0, _fitting(text), styles[dangerous(text)])
    return out.getvalue()


def _fill(
    sheet: Any, head: Sequence[str], rows: Sequence[Sequence[str]], styles: Sequence[Any], strong: Any
) -> None:
    for column, heading in enumerate(head):
        sheet.write_string(0, column, _fitting(heading), strong)
        sheet.set_column(column, column, 44 if heading == "Name" else 20)
    for place, row in enumerate(rows, start=1):
        for column, text in enumerate(row):
            sheet.write_string(place, column, _fitting(text), styles[dangerous(text)])
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(rows), 1), len(head) - 1)


def _fitting(text: str) -> str:
    whole = ESCAPE.sub("_x005F_", FORBIDDEN.sub("\ufffd", text))
    return whole if len(whole) <= LONGEST else whole[: LONGEST - len(CUT)] + CUT

"""A plain table as CSV or as a workbook: exactly the rows and columns that somebody looks at.

Every cell is text; none can become a formula, whatever it begins with.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

import xlsxwriter

from watchkeep.formats.formulas import dangerous, guarded

EPOCH: Final = datetime(1980, 1, 1)  # noqa: DTZ001  workbooks carry no zone; the zip format counts from this day
FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
ESCAPE: Final = re.compile("_(?=x[0-9A-Fa-f]{4}_)")  # a workbook reads _x0041_ as A
LONGEST: Final = 32_767  # characters that a cell can hold
CUT: Final = " [cut: a cell holds no more]"

Rows = Iterable[Sequence[str]]


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
        sheet = book.add_worksheet("Register")
        for column, heading in enumerate(head):
            sheet.write_string(0, column, _fitting(heading), strong)
            sheet.set_column(column, column, 44 if heading == "Name" else 20)
        last = 0
        for last, row in enumerate(rows, start=1):
            for column, text in enumerate(row):
                sheet.write_string(last, column, _fitting(text), styles[dangerous(text)])
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(last, 1), len(head) - 1)
        about = book.add_worksheet("About")
        about.set_column(0, 0, 100)
        for line, text in enumerate((title, *notes)):
            about.write_string(line, 0, _fitting(text), styles[dangerous(text)])
    return out.getvalue()


def _fitting(text: str) -> str:
    whole = ESCAPE.sub("_x005F_", FORBIDDEN.sub("\ufffd", text))
    return whole if len(whole) <= LONGEST else whole[: LONGEST - len(CUT)] + CUT

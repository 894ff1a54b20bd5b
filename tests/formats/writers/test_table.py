"""A list taken away says what the page says, and nothing in it calculates."""

from __future__ import annotations

import csv
import io

import openpyxl

from watchkeep.formats.writers.table import to_csv, to_xlsx

HEAD = ("Reference", "Name", "Risks")
ROWS = (("C1", "Oil count", "3"), ("C2", '=HYPERLINK("x")', "0"), ("C3", "", "12"))


def test_a_csv_file_holds_every_cell_with_formulas_guarded() -> None:
    data = to_csv(HEAD, ROWS)
    assert data.startswith(b"\xef\xbb\xbf")
    assert list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))) == [
        ["Reference", "Name", "Risks"],
        ["C1", "Oil count", "3"],
        ["C2", '\'=HYPERLINK("x")', "0"],
        ["C3", "", "12"],
    ]


def test_a_workbook_holds_every_cell_as_text() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(to_xlsx(HEAD, ROWS, title="Controls"))).worksheets[0]
    cells = [[cell.value or "" for cell in row] for row in sheet.iter_rows()]
    assert cells == [list(HEAD), *(list(row) for row in ROWS)]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value} == {"s"}


def test_the_same_table_gives_the_same_bytes() -> None:
    assert to_csv(HEAD, ROWS) == to_csv(HEAD, ROWS)
    assert to_xlsx(HEAD, ROWS, title="Controls") == to_xlsx(HEAD, ROWS, title="Controls")

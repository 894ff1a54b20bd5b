"""A list taken away says what the page says, and nothing in it calculates."""

from __future__ import annotations

import csv
import io

import openpyxl
import pytest

from watchkeep.formats.writers.table import Table, write

ROWS = (("C1", "Oil count", 3), ("C2", '=HYPERLINK("x")', 0), ("C3", "", 12))
TABLE = Table("Controls", ("Reference", "Name", "Risks"), ROWS)


def test_a_csv_file_holds_every_cell_with_formulas_guarded() -> None:
    data = write(TABLE, "csv")
    assert data.startswith(b"\xef\xbb\xbf")
    read = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert read == [
        ["Reference", "Name", "Risks"],
        ["C1", "Oil count", "3"],
        ["C2", '\'=HYPERLINK("x")', "0"],
        ["C3", "", "12"],
    ]


def test_a_workbook_holds_texts_as_texts_and_counts_as_numbers() -> None:
    book = openpyxl.load_workbook(io.BytesIO(write(TABLE, "xlsx")))
    (sheet,) = book.worksheets
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert cells == [
        ["Reference", "Name", "Risks"],
        ["C1", "Oil count", 3],
        ["C2", '=HYPERLINK("x")', 0],
        ["C3", None, 12],
    ]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_same_table_gives_the_same_bytes_and_an_empty_one_its_heading(kind: str) -> None:
    assert write(TABLE, kind) == write(TABLE, kind)  # type: ignore[arg-type]  # one of the two
    assert write(Table("Nothing", ("Name",), ()), kind)  # type: ignore[arg-type]  # the same

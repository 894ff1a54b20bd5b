"""Files as offices send them: each is read, or says clearly what is wrong with it, and where."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

import openpyxl
import pytest

from watchkeep.domain.errors import Invalid, Unreadable
from watchkeep.domain.indicator import PlanPoint
from watchkeep.formats.readings import Found, grid_of, mapped, points_of, rows, suggested, written_out


def read(data: bytes, name: str = "a.csv", sheet: str = "") -> Found:
    grid = grid_of(data, name, sheet=sheet)
    mapping = suggested(grid).mapping
    assert mapping is not None
    return rows(grid, mapping, reference="K1")


def values(found: Found) -> list[tuple[str, float | None]]:
    return [(each.reading.on.isoformat(), each.reading.value) for each in found.rows]


def book(fill: Callable[[Any, Any], None]) -> bytes:
    made, kept = openpyxl.Workbook(), io.BytesIO()
    fill(made.active, made)
    made.save(kept)
    return kept.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        "\ufeffDatum;Wert\r\n31.01.2024;1.234,5\r\n29.02.2024;87,5\r\n".encode(),
        "Month\tSeen\nJan 2024\t1,234.5\nFeb 2024\t87.5\n".encode("utf-16"),
        b'Report of lamps,\n,\nMonth,Seen\n(of 2024),(lamps)\nJan 2024,"1 234.5"\nFeb 2024,87.5\n',
    ],
    ids=["commas before the fractions", "UTF-16 and tabs", "a title and two lines of headings"],
)
def test_it_is_read(data: bytes) -> None:
    found = values(read(data))
    assert [(day[:7], value) for day, value in found] == [("2024-01", 1234.5), ("2024-02", 87.5)]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"Month,Value\n", "no line under the headings"),
        (b"Indicator,Jan 2024,Feb 2024\nK1,4,5\nK2,6,7\n", "Turn the table"),
        (b"Name,Value\nLamp,4\nOil,5\n", "No column was found"),
    ],
)
def test_what_has_no_days_says_why(data: bytes, words: str) -> None:
    proposed = suggested(grid_of(data, "a.csv"))
    assert proposed.mapping is None
    assert words in proposed.doubts[0]


def test_a_quotation_mark_that_is_not_closed_is_told_by_its_line() -> None:
    with pytest.raises(Unreadable, match="line 2: A quotation mark"):
        grid_of(b'Month,Value\n"Jan 2024,4\nFeb 2024,5\n', "a.csv")


def test_a_month_without_its_year_is_told_so() -> None:
    assert "a month with its year" in read(b"Month,Value\nJanuary,1\nFebruary,2\n").bad[0].sentence


def test_of_several_columns_of_numbers_it_is_told_which_is_read_and_a_wrong_cell_is_refused() -> None:
    grid = grid_of(b"Month,Lit,Broken\nJan 2024,4,1\nFeb 2024,many,2\nMar 2024,6,x\nApr 2024,7,3\n", "a.csv")
    proposed = suggested(grid)
    assert "read from column B (“Lit”)" in proposed.doubts[0]
    assert proposed.mapping is not None
    assert [each.cell for each in rows(grid, proposed.mapping, reference="K1").bad] == ["B3"]


def test_percent_cells_merged_titles_errors_and_formulas_of_a_workbook() -> None:
    def fill(sheet: Any, _: Any) -> None:
        sheet.append(["Lamps of the year"])
        sheet.merge_cells("A1:C1")
        sheet.append(["Month", "Value"])
        sheet.append([date(2024, 1, 31), 0.875])
        sheet.append([datetime.combine(date(2024, 2, 29), time(12)), "=1+1"])
        sheet.append([date(2024, 3, 31), "#REF!"])
        sheet.append([date(2024, 4, 30), "#N/A"])
        sheet["B3"].number_format = "0.0%"

    found = read(book(fill), "a.xlsx")
    assert values(found) == [("2024-01-31", 87.5)]
    assert [(each.cell, each.found) for each in found.bad] == [
        ("B4", "a formula without its value"),
        ("B5", "#REF!"),
    ]
    assert len(found.blank) == 1


def test_columns_are_said_by_the_headings_that_are_found_or_by_their_letters() -> None:
    grid = grid_of(b"Lamps,,\nMonth,Lit,Lit\nJan 2024,4,1\nFeb 2024,5,2\n", "a.csv")
    proposed = suggested(grid)
    mapping = mapped("date=Month, value=C", grid, proposed)
    assert [each.reading.value for each in rows(grid, mapping, reference="K1").rows] == [1, 2]
    for words in ("value=Lit", "lamp=Lit", "value", "value=B, value=C", "value=Dark"):
        with pytest.raises(Invalid):
            mapped(words, grid, proposed)


def test_a_plan_is_read_as_it_is_copied_and_written_out_again() -> None:
    points = points_of("30/04/2031\t£1,200\n\nMay 2031; (50)\n2031-06-30 1300.5")
    assert points == (
        PlanPoint(date(2031, 4, 30), 1200.0),
        PlanPoint(date(2031, 5, 1), -50.0),
        PlanPoint(date(2031, 6, 30), 1300.5),
    )
    assert points_of(written_out(points)) == points
    for text in ("", "2031-04-30", "2031-04-30 many", "x 12", "2031-04-30 1\n30/04/2031 2"):
        with pytest.raises(Invalid):
            points_of(text)

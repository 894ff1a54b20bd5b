"""Years in one column, their months, quarters or weeks in another: read as one day, or refused with why."""

from __future__ import annotations

import pytest

from watchkeep.domain.errors import Invalid
from watchkeep.formats.readings import Found, grid_of, mapped, read_back, rows, suggested, written


def read(text: str) -> Found:
    grid = grid_of(text.encode(), "a.csv")
    mapping = suggested(grid).mapping
    assert mapping is not None
    assert read_back(written(mapping)) == mapping
    return rows(grid, mapping, reference="K1")


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Year,Month,Value\n2023,11,4\n2023,12,5\n2024,1,6\n", "2023-11-01 2023-12-01 2024-01-01"),
        ("Month,Year,Lamps\nNov,2023,4\nDecember,2023,5\n", "2023-11-01 2023-12-01"),
        ("Financial year,Month,Value\n2023/24,April,4\n2023/24,Mar,5\n", "2023-04-01 2024-03-01"),
        (
            "FY,Quarter,Value\n2023/24,Q1,4\n2023/24,4,5\n2024-25,Qtr 2,5\n",
            "2023-04-01 2024-01-01 2024-07-01",
        ),
        ("Year,Week,Value\n2024,1,4\n2024,52,5\n", "2024-01-01 2024-12-23"),
        ("Year,Month,Date,Value\n2023,11,30/11/2023,4\n2023,12,31/12/2023,4\n", "2023-11-30 2023-12-31"),
        ("Year,Month,Value\n2023,Nov 2023,4\n2023,Dec 2023,5\n", "2023-11-01 2023-12-01"),
        ("Year,Value\n2022,4\n2023,5\n", "2022-01-01 2023-01-01"),
    ],
)
def test_the_day_is_what_both_columns_say(text: str, days: str) -> None:
    found = read(text)
    assert not found.bad
    assert " ".join(each.reading.on.isoformat() for each in found.rows) == days


def test_the_values_are_not_the_months() -> None:
    assert [each.reading.value for each in read("Year,Month,Lamps\n2023,1,40\n2023,2,50\n").rows] == [40, 50]


@pytest.mark.parametrize(
    ("text", "cell", "found"),
    [
        ("Year,Month,Value\n2023,11,4\n2023,13,5\n", "B3", "2023 13"),
        ("Year,Month,Value\n2023,11,4\nlast,12,5\n", "A3", "last 12"),
        ("Year,Month,Value\n2023,11,4\n2023,,5\n", "B3", "2023"),
        ("Year,Month,Value\n2023,11,4\n2024,M1,5\n", "B3", "2024 M1"),
        # The first month of a financial year may be April: which is meant is not certain.
        ("Financial year,Month,Value\n2023/24,April,4\n2023/24,2,5\n", "B3", "2023/24 2"),
        # Whether a quarter of 2024 is the year's or the financial year's is not certain either.
        ("Year,Quarter,Value\n2023/24,Q4,4\n2024,Q2,5\n", "B3", "2024 Q2"),
    ],
)
def test_what_is_not_certain_is_refused_where_it_stands(text: str, cell: str, found: str) -> None:
    (bad,) = read(text).bad
    assert (bad.cell, bad.found) == (cell, found)
    assert "2024 and March" in bad.expected


def test_it_is_said_which_columns_were_joined() -> None:
    (said,) = suggested(grid_of(b"Year,Month,Value\n2023,1,4\n2023,2,5\n", "a.csv")).doubts
    assert "A (“Year”)" in said
    assert "B (“Month”)" in said


def test_a_day_in_a_third_column_is_not_passed_over() -> None:
    proposed = suggested(grid_of(b"Year,Month,Day,Value\n2023,1,9,4\n2023,1,10,5\n", "a.csv"))
    assert proposed.mapping is None
    assert "three columns (“Year”, “Month”, “Day”)" in proposed.doubts[0]


def test_they_can_be_named_in_words() -> None:
    grid = grid_of(b"Jahr,Woche,Seen\n2024,1,4\n2024,2,5\n", "a.csv")
    mapping = mapped("day=Jahr, within=Woche, value=Seen", grid, suggested(grid))
    assert [each.reading.on.isoformat() for each in rows(grid, mapping, reference="K1").rows] == [
        "2024-01-01",
        "2024-02-01",
    ]
    with pytest.raises(Invalid, match="one thing only"):
        rows(grid, mapped("day=Jahr, within=Jahr, value=Seen", grid, suggested(grid)), reference="K1")

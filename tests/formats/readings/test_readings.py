"""Files of readings as bodies send them: what is taken, and what is refused by line and cell."""

from __future__ import annotations

import io
from datetime import date

import pytest
import xlsxwriter

from watchkeep.domain.errors import Invalid, Unreadable
from watchkeep.formats.readings import Found, Mapping, grid_of, rows, suggested
from watchkeep.formats.readings.dates import first_day_of
from watchkeep.formats.readings.numbers import number_of


def read(data: bytes, **more: object) -> Found:
    grid = grid_of(data, "readings.csv")
    mapping = suggested(grid).mapping
    assert mapping is not None
    return rows(grid, mapping, **more)  # type: ignore[arg-type]


def values(found: Found) -> list[tuple[date, float | None]]:
    return [(row.reading.on, row.reading.value) for row in found.rows]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,234.5", 1234.5),
        ("1 234", 1234),
        ("1\u00a0234", 1234),
        ("£1,250,000", 1250000),
        ("-£12", -12),
        ("£-12", -12),
        ("(450)", -450),
        ("−3.5", -3.5),
        ("87%", 87),
        ("87.5 %", 87.5),
        ("1e3", 1000),
        (".5", 0.5),
    ],
)
def test_a_number_is_read_as_it_is_written(text: str, value: float) -> None:
    found = number_of(text)
    assert found is not None
    assert found.value == value


@pytest.mark.parametrize(
    "text",
    [
        "1,5",
        "12,34",
        "=1+1",
        "1/2",
        "about 5",
        "nan",
        "inf",
        "1_000",
        "٣",
        "--5",
        "5 %%",
        "1e400",
        "9" * 20,
        "£",
    ],
)
def test_what_is_no_certain_number_is_none(text: str) -> None:
    assert number_of(text) is None


def test_a_decimal_comma_is_read_where_it_was_said() -> None:
    found = number_of("1.234,5", decimal=",")
    assert found is not None
    assert found.value == 1234.5


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("31/01/2024", date(2024, 1, 31)),
        ("5 March 2024", date(2024, 3, 5)),
        ("2024-03-05", date(2024, 3, 5)),
        ("2024-03-05T00:00:00Z", date(2024, 3, 5)),
        ("05/03/2024 09:30", date(2024, 3, 5)),
        ("Jan 2024", date(2024, 1, 1)),
        ("Sept-24", date(2024, 9, 1)),
        ("2024-01", date(2024, 1, 1)),
        ("202401", date(2024, 1, 1)),
        ("01/2024", date(2024, 1, 1)),
        ("2023/24 Q2", date(2023, 7, 1)),
        ("Q4 2023/24", date(2024, 1, 1)),
        ("2023/24", date(2023, 4, 1)),
        ("2024", date(2024, 1, 1)),
        ("45292", date(2024, 1, 1)),
        ("2024-W01", date(2024, 1, 1)),
        ("w/c 08/01/2024", date(2024, 1, 8)),
        ("week ending 14 January 2024", date(2024, 1, 8)),
    ],
)
def test_a_period_is_its_first_day(text: str, day: date) -> None:
    assert first_day_of(text) == day


@pytest.mark.parametrize(
    "text",
    ["31/02/2024", "04/30/2024", "Q2 2023", "2023/25", "2024-W60", "13/2024", "soon", "", "01/01/1066"],
)
def test_what_names_no_certain_period_is_none(text: str) -> None:
    assert first_day_of(text) is None


def test_separators_marks_and_encodings_do_not_matter() -> None:
    expected = [(date(2024, 1, 31), 1234.5), (date(2024, 2, 29), 12.0)]
    for separator in (",", ";", "\t", "|"):
        text = f'Date{separator}Value\n31/01/2024{separator}"1,234.5"\n29/02/2024{separator}£12\n'
        for encoding in ("utf-8", "utf-8-sig", "utf-16", "cp1252"):
            assert values(read(text.encode(encoding))) == expected


def test_a_bad_row_is_refused_by_line_and_cell_and_the_good_ones_stay() -> None:
    found = read(
        b'Month,Result,Note\nJan 2024,4,"two\nlines"\nFeb 2024,many,\nnever,5,\n\nApr 2024,=2+3,\n'
        b"May 2024,7,\n"
    )
    assert values(found) == [(date(2024, 1, 1), 4), (date(2024, 5, 1), 7)]
    assert [(bad.line, bad.cell, bad.found) for bad in found.bad] == [
        (4, "B4", "many"),
        (5, "A5", "never"),
        (7, "B7", "=2+3"),
    ]


def test_cells_that_say_nothing_was_read_are_no_readings_and_no_mistakes() -> None:
    found = read(b"Date,Value\n01/01/2024,3\n01/02/2024,\n01/03/2024,n/a\n01/04/2024,0\nTotal,\n")
    assert values(found) == [(date(2024, 1, 1), 3), (date(2024, 4, 1), 0)]
    assert found.blank == (3, 4, 6)
    assert found.bad == ()


def test_a_second_reading_for_a_period_is_refused() -> None:
    found = read(b"Date,Value\n01/01/2024,3\n01/01/2024,4\n")
    assert values(found) == [(date(2024, 1, 1), 3)]
    assert "line 2" in found.bad[0].sentence


def test_a_bare_share_among_percentages_is_not_guessed() -> None:
    found = read(b"Date,Value\n01/01/2024,87%\n01/02/2024,0.9\n01/03/2024,91\n")
    assert [row.reading.value for row in found.rows] == [87, 91]
    assert found.bad[0].cell == "B3"


def test_days_that_can_only_have_their_month_first_say_so() -> None:
    american = suggested(grid_of(b"Date,Value\n01/02/2024,1\n01/31/2024,2\n", "f.csv"))
    assert american.mapping is not None
    assert american.mapping.order == "month first"
    either = suggested(grid_of(b"Date,Value\n01/02/2024,1\n02/03/2024,2\n", "f.csv"))
    assert either.mapping is not None
    assert either.mapping.order == "day first"
    assert "month first" in either.doubts[0]


def test_a_share_is_worked_out_from_its_parts() -> None:
    found = read(b"Date,Met,Out of\n01/01/2024,30,40\n01/02/2024,3,\n01/03/2024,3,0\n")
    assert [(row.reading.value, row.reading.numerator) for row in found.rows] == [(75.0, 30)]
    assert [bad.cell for bad in found.bad] == ["C3", "C4"]


def test_one_column_an_indicator_and_one_column_of_references() -> None:
    wide = grid_of(b"Month,k1,K2,Other\nJan 2024,1,2,9\nFeb 2024,x,4,9\n", "f.csv")
    mapping = suggested(wide, references=frozenset({"K1", "K2"})).mapping
    assert mapping is not None
    found = rows(wide, mapping)
    assert [(row.reference, row.reading.value) for row in found.rows] == [("K1", 1), ("K2", 2), ("K2", 4)]
    assert [bad.cell for bad in found.bad] == ["B3"]
    long = read(b"Indicator,Date,Value\nK1,01/01/2024,1\nK2,01/01/2024,2\n,01/02/2024,3\n")
    assert [(row.reference, row.reading.value) for row in long.rows] == [("K1", 1), ("K2", 2)]
    assert long.bad[0].cell == "A4"


def test_a_file_without_headings_is_read_from_its_first_line() -> None:
    assert values(read(b"2024-01-01,5\n2024-01-02,6\n")) == [(date(2024, 1, 1), 5), (date(2024, 1, 2), 6)]


def test_a_workbook_gives_stored_values_and_never_calculates() -> None:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream)
    sheet = book.add_worksheet("Readings")
    day, share = book.add_format({"num_format": "dd/mm/yyyy"}), book.add_format({"num_format": "0.0%"})
    sheet.write_row(0, 0, ["Date", "Value"])
    for row, (on, value) in enumerate([(date(2024, 1, 31), 0.875), (date(2024, 2, 29), 0.9)], 1):
        sheet.write_datetime(row, 0, on, day)  # type: ignore[arg-type]
        sheet.write_number(row, 1, value, share)
    sheet.write_datetime(3, 0, date(2024, 3, 31), day)  # type: ignore[arg-type]
    sheet.write_formula(3, 1, "=1+1", share, 0.5)  # 0.5 was stored; the sum is 2
    book.close()
    found = read(stream.getvalue())
    assert values(found) == [
        (date(2024, 1, 31), 87.5),
        (date(2024, 2, 29), 90.0),
        (date(2024, 3, 31), 50.0),
    ]


def test_files_that_are_none_are_refused_with_a_reason() -> None:
    for data in (b"", b"\x00\x01\x02", b"PK\x03\x04 broken"):
        with pytest.raises(Unreadable):
            grid_of(data, "f")
    with pytest.raises(Unreadable, match="25 MB"):
        grid_of(b"1" * (25 * 2**20 + 1), "f.csv")
    assert suggested(grid_of(b"a,b\nc,d\n", "f.csv")).mapping is None


@pytest.mark.parametrize(
    "mapping",
    [Mapping(day=0), Mapping(day=0, value=9), Mapping(day=0, value=0), Mapping(day=0, value=1, numerator=2)],
)
def test_a_mapping_that_cannot_be_is_refused(mapping: Mapping) -> None:
    with pytest.raises(Invalid):
        rows(grid_of(b"2024-01-01,5,6\n", "f.csv"), mapping)

"""Quarters of a body's own financial year."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchkeep.domain.errors import Invalid
from watchkeep.domain.period import JANUARY, Period, containing, find, meant, parse

periods = st.builds(Period, st.integers(1900, 2200), st.integers(1, 4), st.integers(1, 12))


def test_the_fourth_quarter_of_2020_21_ends_on_31_march_2021() -> None:
    assert Period(2020, 4).ends == date(2021, 3, 31)
    assert Period(2020, 4).starts == date(2021, 1, 1)


@pytest.mark.parametrize(
    ("quarter", "starts", "ends"),
    [
        (1, date(2020, 8, 1), date(2020, 10, 31)),
        (2, date(2020, 11, 1), date(2021, 1, 31)),
        (4, date(2021, 5, 1), date(2021, 7, 31)),
    ],
)
def test_an_academic_year_starts_in_august(quarter: int, starts: date, ends: date) -> None:
    period = Period(2020, quarter, year_start=8)
    assert (period.starts, period.ends) == (starts, ends)


@pytest.mark.parametrize(
    "text",
    [
        "2020/21 Q4",
        "Q4 2020/21",
        "Q4 2020-21",
        "Quarter 4 of 2020/2021",
        "Corporate Risk Register - Q4 2020/21",
        "FY20/21 Q4",
        "Qtr 4, 2020–21",
        "q4 2020/21",
    ],
)
def test_a_quarter_is_found_however_it_is_written(text: str) -> None:
    assert parse(text) == Period(2020, 4)


@pytest.mark.parametrize(
    "text", ["Q4", "2020/21", "Q5 2020/21", "2020/23 Q4", "Q4 2021", "", "Q4 120/21", "Quarterly 2020/21"]
)
def test_what_names_no_quarter_of_a_known_year_is_not_guessed(text: str) -> None:
    assert find(text) is None
    with pytest.raises(Invalid, match="names none"):
        parse(text)


def test_a_calendar_year_is_one_number() -> None:
    assert parse("Q2 2021", year_start=1) == Period(2021, 2, 1)
    assert Period(2021, 2, 1).label == "2021 Q2"
    assert find("Q2 2020/21", year_start=1) is None


def test_the_turn_of_a_century_is_written_with_two_digits() -> None:
    assert Period(1999, 4).label == "1999/00 Q4"
    assert parse("1999/00 Q4") == Period(1999, 4)


@given(periods)
def test_what_is_written_reads_back(period: Period) -> None:
    assert parse(period.label, year_start=period.year_start) == period


@given(periods)
def test_quarters_follow_each_other_without_a_gap(period: Period) -> None:
    assert period.next().previous() == period
    assert (period.next().starts - period.ends).days == 1


@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)), st.integers(1, 12))
def test_every_day_lies_in_the_quarter_that_contains_it(day: date, year_start: int) -> None:
    found = containing(day, year_start=year_start)
    assert found.starts <= day <= found.ends


def test_a_year_has_no_fifth_quarter_and_no_thirteenth_month() -> None:
    with pytest.raises(Invalid, match="quarters 1 to 4"):
        Period(2020, 5)
    with pytest.raises(Invalid, match="month 1 to 12"):
        Period(2020, 1, 13)


@pytest.mark.parametrize(
    ("label", "paper", "quarter"),
    [
        # a paper of the last quarter shows its own year
        ("Q4", "2025/26 Q4", "2025/26 Q4"),
        ("Q1", "2025/26 Q4", "2025/26 Q1"),
        # a paper of the first quarter looks back over the year's end
        ("Q1", "2026/27 Q1", "2026/27 Q1"),
        ("Q4", "2026/27 Q1", "2025/26 Q4"),
        ("Q2", "2026/27 Q1", "2025/26 Q2"),
        ("Q3", "2025/26 Q2", "2024/25 Q3"),
        # the century's end is a year's end like any other
        ("Q4", "2000/01 Q1", "1999/00 Q4"),
        # however it is written
        ("Quarter 2", "2025/26 Q3", "2025/26 Q2"),
        (" qtr. 2 ", "2025/26 Q3", "2025/26 Q2"),
        ("current", "2025/26 Q1", "2025/26 Q1"),
        ("previous", "2025/26 Q1", "2024/25 Q4"),
        # a label with its own year means that year, even one to come
        ("Q2 2025/26", "2026/27 Q1", "2025/26 Q2"),
        ("Q2 2027/28", "2026/27 Q1", "2027/28 Q2"),
    ],
)
def test_a_column_s_quarter_is_the_latest_of_its_number_not_after_the_paper_s(
    label: str, paper: str, quarter: str
) -> None:
    assert meant(label, parse(paper)) == parse(quarter)


@pytest.mark.parametrize(
    ("label", "paper", "quarter"),
    [("Q1", "2026 Q1", "2026 Q1"), ("Q4", "2026 Q1", "2025 Q4"), ("Q3", "2026 Q4", "2026 Q3")],
)
def test_a_column_of_a_calendar_year_keeps_to_that_year(label: str, paper: str, quarter: str) -> None:
    found = meant(label, parse(paper, year_start=JANUARY))
    assert found == parse(quarter, year_start=JANUARY)


@pytest.mark.parametrize("label", ["March", "Q5", "Direction of travel", "", "Q2 and Q3", "Since Q2"])
def test_a_label_that_is_no_quarter_means_none(label: str) -> None:
    assert meant(label, Period(2025, 4)) is None


@pytest.mark.parametrize("label", ["Q2", "current", "previous"])
def test_without_the_paper_s_quarter_a_bare_label_means_none(label: str) -> None:
    assert meant(label, None) is None
    assert meant("Q2 2025/26", None) == Period(2025, 2)


@given(periods, st.integers(1, 4))
def test_a_bare_quarter_lies_within_the_year_that_ends_with_the_paper_s(paper: Period, number: int) -> None:
    found = meant(f"Q{number}", paper)
    assert found is not None
    year_back = (paper, paper.previous(), paper.previous().previous(), paper.previous().previous().previous())
    assert found in year_back
    assert found.quarter == number

"""The day that words name."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from watchkeep.domain.errors import Invalid
from watchkeep.domain.when import due_of, whens


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("31 March 2027", date(2027, 3, 31)),
        ("by 31 March 2027", date(2027, 3, 31)),
        ("31/03/2027", date(2027, 3, 31)),
        ("2027-03-31", date(2027, 3, 31)),
        ("by March 2028", date(2028, 3, 31)),
        ("end of February 2028", date(2028, 2, 29)),
        ("Jan ’21", date(2021, 1, 31)),
        ("12th March '21", date(2021, 3, 12)),
        ("2026/27 Q4", date(2027, 3, 31)),
        ("Q1 FY21-22", date(2021, 6, 30)),
        ("from 14 to 16 September 2026", date(2026, 9, 16)),
        ("in the week of 9 February 2026", date(2026, 2, 9)),
    ],
)
def test_words_that_name_a_day_are_due_on_it(words: str, day: date) -> None:
    assert due_of(words) == day


@pytest.mark.parametrize(
    "words",
    ["shortly", "imminently", "autumn 2026", "mid-December", "2027", "31 February 2027", "May", "tbc"],
)
def test_words_that_name_none_are_refused(words: str) -> None:
    with pytest.raises(Invalid, match="names no day"):
        due_of(words)


def test_two_days_are_not_chosen_between() -> None:
    with pytest.raises(Invalid, match="more than one day"):
        due_of("31 March 2027, else 30 June 2027")


def test_nothing_is_no_day() -> None:
    assert due_of("  ") is None


@given(some.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_every_day_is_understood_as_this_product_writes_it(day: date) -> None:
    assert due_of(f"{day.day} {day:%B %Y}") == day
    assert due_of(day.isoformat()) == day


@given(some.text(max_size=80))
def test_any_text_is_read_without_complaint_and_in_order(text: str) -> None:
    found = whens(text)
    assert [each.start for each in found] == sorted(each.start for each in found)
    assert all(text[each.start :].startswith(each.text) for each in found)

"""Dates in British order, and ratings taken apart without inventing anything."""

from __future__ import annotations

from datetime import date

import pytest

from watchkeep.domain.days import day_of
from watchkeep.formats.readers.assembling.ratings import Rated, looks_like_level, read_rating


@pytest.mark.parametrize(
    "text",
    [
        "31/03/2021",
        "31/3/21",
        "31.03.2021",
        "31 March 2021",
        "31st March 2021",
        "31-Mar-21",
        "2021-03-31",
        "Wednesday 31 March 2021",
        "March 31, 2021",
    ],
)
def test_a_day_is_told_however_it_is_written(text: str) -> None:
    assert day_of(text) == date(2021, 3, 31)


@pytest.mark.parametrize(
    "text",
    ["Mar-21", "March 2021", "Q4 2020/21", "Ongoing", "31/02/2021", "04/31/2021", "2021", "by 31 March", ""],
)
def test_what_names_no_certain_day_is_no_day(text: str) -> None:
    assert day_of(text) is None


def test_the_day_comes_before_the_month() -> None:
    assert day_of("04/05/2023") == date(2023, 5, 4)


@pytest.mark.parametrize(
    ("text", "rated"),
    [
        ("12", Rated(score="12")),
        ("High", Rated(rating="High")),
        ("12 (High)", Rated(score="12", rating="High")),
        ("High (12)", Rated(score="12", rating="High")),
        ("High - 12", Rated(score="12", rating="High")),
        ("L4 I3", Rated(likelihood="4", impact="3")),
        ("I3 x L4 = 12", Rated(likelihood="4", impact="3", score="12")),
        ("4 x 4 = 16", Rated(likelihood="4", impact="4", score="16")),
        ("4x3=12", Rated(likelihood="4", impact="3", score="12", sure_order=False)),
        ("🔴 9", Rated(score="9")),
        ("Amber/Red", Rated(rating="Amber/Red")),
    ],
)
def test_a_rating_is_taken_apart_as_it_was_put_together(text: str, rated: Rated) -> None:
    assert read_rating(text) == rated


def test_a_sentence_is_no_rating() -> None:
    assert read_rating("The committee will look at this again in the summer") is None


@pytest.mark.parametrize("text", ["4", "Major", "4 - Likely", "VH", "Almost certain", "Possible (3)"])
def test_a_level_is_told_from_a_sentence(text: str) -> None:
    assert looks_like_level(text)
    assert not looks_like_level("Services to residents would stop")

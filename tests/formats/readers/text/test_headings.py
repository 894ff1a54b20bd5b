"""Headings that text has run into one another, or into the first values under them."""

from __future__ import annotations

import pytest

from watchkeep.formats.readers.text.flow.stream import in_table_order
from watchkeep.formats.readers.text.headings import (
    headings_of_block,
    in_one_line,
    side_by_side,
    two_in_one,
    with_values,
)
from watchkeep.formats.readers.text.lines import Fragment, fragments


def block(*lines: str) -> list[Fragment]:
    return fragments(list(lines))


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Risk Ref Risk Name", ["Risk Ref", "Risk Name"]),
        ("Owner Residual Rating", ["Owner", "Residual Rating"]),
        ("Risk Owner", []),  # one heading, not two
        ("Budget controls failed", []),  # a word is over
    ],
)
def test_headings_on_one_line_are_parted_where_no_word_is_over(line: str, names: list[str]) -> None:
    assert [each.text for each in in_one_line(block(line)[0])] == names


def test_each_parted_heading_stands_where_it_says() -> None:
    line = "  Risk Ref Risk Name"
    for each in in_one_line(block(line)[0]):
        (part,) = each.fragments
        assert line[part.start : part.end] == each.text


def test_likelihood_and_impact_without_a_sign_between_are_two_columns() -> None:
    (one,) = headings_of_block(block("Likelihood Impact", "Score"))
    assert two_in_one(one)
    assert [each.text for each in side_by_side(block("Likelihood Impact", "Score"))] == [
        "Likelihood",
        "Impact Score",
    ]


@pytest.mark.parametrize("name", ["Likelihood x Impact", "Likelihood & Impact", "Likelihood/Impact"])
def test_likelihood_and_impact_with_a_sign_between_are_one_column(name: str) -> None:
    (one,) = headings_of_block(block(name))
    assert not two_in_one(one)


def test_a_heading_over_its_first_values_does_not_take_them_in() -> None:
    one = with_values(block("Residual", "Rating", "Severe"))
    assert one is not None
    assert one.text == "Residual Rating"
    assert headings_of_block(block("Direction of Travel", "→")) == []


def test_a_heading_of_two_lines_is_not_a_heading_over_a_value() -> None:
    assert with_values(block("Risk", "Level")) is None


@pytest.mark.parametrize(
    ("found", "listed"),
    [
        # The references of the first page came out after those of the second.
        (["R5", "R6", "R7", "R1", "R2", "R3", "R4"], ["R1", "R2", "R3", "R4", "R5", "R6", "R7"]),
        (["2.1", "2.2", "1.1", "1.2", "1.3", "1.10"], ["1.1", "1.2", "1.3", "1.10", "2.1", "2.2"]),
        # A register that is not in the order of its numbers stays as it is.
        (["R40", "R50", "R48", "R49", "R41", "R20"], ["R40", "R50", "R48", "R49", "R41", "R20"]),
        (["R1", "R2", "R9", "R4", "R5", "R6"], ["R1", "R2", "R9", "R4", "R5", "R6"]),
    ],
)
def test_references_that_count_up_but_for_one_break_are_put_in_order(
    found: list[str], listed: list[str]
) -> None:
    assert in_table_order(found) == listed

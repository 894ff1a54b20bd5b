"""What tells whether one line goes on in the next, and what a renderer's line breaks give away."""

from __future__ import annotations

import pytest

from watchkeep.formats.readers.text.flow.labels import Column
from watchkeep.formats.readers.text.flow.mending import mend
from watchkeep.formats.readers.text.identifiers import references
from watchkeep.formats.readers.text.lines import Fragment, fragments
from watchkeep.formats.readers.text.measure import faces, measure, tail
from watchkeep.formats.readers.text.wording import join_cost, marker

HELVETICA = faces()[0]
COLUMN = 40.0
PROSE = (
    "The quay wall was built in nineteen hundred and four and has been mended so often that few of its "
    "stones are as old as the record says, which nobody had noticed until divers went down in spring",
    "Ferries cannot berth at the lowest tides and the timetable moves with the moon for a third of the year "
    "so that passengers miss trains and the hotel loses bookings in its best months",
    "Fishing boats share the inner basin with leisure craft whose owners pay more and complain more as well "
    "while the harbour office has one clerk for both and no books that agree with each other",
)


def set_in(width: float, prose: str) -> list[str]:
    """The text broken as a renderer breaks it: a word goes on the line if it fits."""
    lines = [""]
    for word in prose.split():
        longer = f"{lines[-1]} {word}".strip()
        if HELVETICA.width(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


@pytest.mark.parametrize(
    ("before", "after", "joined"),
    [
        ("the force may not have enough", "officers in the summer", True),
        ("the wall may fall.", "this will close the road", False),
        ("a plan agreed with the", "of the harbour and its users", False),
        ("- Weekly inspections", "- Monthly reports", True),
    ],
)
def test_a_sentence_goes_on_where_it_can(before: str, after: str, joined: bool) -> None:
    assert (join_cost(before, after) < 1) is joined


@pytest.mark.parametrize(
    ("line", "mark"),
    [
        ("ii - The second", "ii"),
        ("iv", "iv"),
        ("a) First", "a"),
        ("3. Third", "3"),
        ("in time", None),
        ("- x", None),
    ],
)
def test_part_markers_are_told_from_words(line: str, mark: str | None) -> None:
    assert marker(line) == mark


def test_the_width_of_a_column_lies_between_its_widest_line_and_the_narrowest_that_broke() -> None:
    found = measure(HELVETICA, [set_in(COLUMN, prose) for prose in PROSE])
    assert found is not None
    assert found.wide <= COLUMN < found.limit * (1 + found.slack)


def test_a_dash_lost_between_two_lines_is_put_back_and_said_to_be() -> None:
    wide = HELVETICA.width("several years of an investigation -") + 0.1
    column = Column(0, "impact", "Impact", wide=wide, limit=wide + 0.2, slack=0.001)
    line = "several years of an investigation extending the work of each unit"
    after = "considerably more than was foreseen."
    pieces, notes = mend([Fragment(4, 0, line), Fragment(5, 0, after)], column, HELVETICA)
    assert [piece.text for piece in pieces][:2] == [
        "several years of an investigation -",
        "extending the work of each unit",
    ]
    assert "line 4" in notes[0]


def test_a_line_that_fits_its_column_is_left_alone() -> None:
    column = Column(0, "impact", "Impact", wide=60.0, limit=60.4, slack=0.001)
    pieces, notes = mend([Fragment(4, 0, "several years of work")], column, HELVETICA)
    assert [piece.text for piece in pieces] == ["several years of work"]
    assert notes == []


def test_no_second_line_is_seen_where_both_would_not_fit() -> None:
    assert tail(HELVETICA, "a word", 40.0) is None


@pytest.mark.parametrize(
    "lines",
    [
        ["CRR7 Flood", "CRR9 Fire", "the plan covers CRR9 too"],
        ["SR-1", "Flood", "SR-2", "Fire", "as in (see SR-1)."],
        ["1.1 Flood", "1.2 Fire", "grew by 2.5 in 2024"],
        ["Risk 7: Flood", "Risk 8: Fire"],
        ["BAF4", "BAF11", "Q2", "Q3", "Q4"],
    ],
)
def test_references_are_found_whatever_their_scheme(lines: list[str]) -> None:
    found = references(fragments(lines))
    assert len(found) == 2


def test_quarters_are_no_references() -> None:
    assert references(fragments(["Q1", "Q2", "Q3", "Q4"])) == []

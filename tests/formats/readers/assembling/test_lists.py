"""Lists and parts: what begins an item or a part, and what only looks like it."""

from __future__ import annotations

import pytest

from watchkeep.domain.document import CellPlace, LinePlace, PagePlace
from watchkeep.formats.cells import Cell, Piece
from watchkeep.formats.readers.assembling.lists import items, parts


def typed(text: str) -> Cell:
    """A cell of a workbook: each line was meant."""
    return Cell(tuple(Piece(line, CellPlace(sheet="S", cell="A1")) for line in text.split("\n")))


def wrapped(text: str) -> Cell:
    """Lines of a text file: a new line may be only the paper's edge."""
    lines = text.split("\n")
    return Cell(tuple(Piece(line, LinePlace(line=n, last_line=n)) for n, line in enumerate(lines, 1)))


def listed(cell: Cell) -> list[str]:
    """The texts of a cell's items."""
    return [item.text or "" for item in items(cell)]


@pytest.mark.parametrize("bullet", ["-", "–", "•", "·", "*", "▪", "\uf0b7", "o"])
def test_every_common_bullet_begins_an_item_and_is_no_part_of_it(bullet: str) -> None:
    assert listed(typed(f"{bullet} Patrols\n{bullet} Gates")) == ["Patrols", "Gates"]


@pytest.mark.parametrize("form", ["{}.", "{})", "({})"])
def test_numbers_in_order_begin_items(form: str) -> None:
    assert listed(typed("\n".join(f"{form.format(n)} Step {n}" for n in (1, 2, 3)))) == [
        "Step 1",
        "Step 2",
        "Step 3",
    ]


def test_numbers_in_one_line_begin_items_too() -> None:
    assert listed(typed("1. Replace servers. 2. Test the restore. 3. Report")) == [
        "Replace servers.", "Test the restore.", "Report",
    ]  # fmt: skip


def test_a_dash_inside_a_sentence_is_no_bullet() -> None:
    assert listed(typed("- Matrix set up - now in use\n- Review")) == ["Matrix set up - now in use", "Review"]


def test_a_ratio_or_a_year_is_no_number_of_an_item() -> None:
    assert listed(typed("- Guards\n- 1:1 support\n- 2021 plan")) == ["Guards", "1:1 support", "2021 plan"]


def test_wrapped_lines_of_a_bullet_run_on_and_hyphens_at_the_edge_stay() -> None:
    assert listed(wrapped("- A short-\nterm plan and\nThe Gate\n- Next")) == [
        "A short-term plan and The Gate",
        "Next",
    ]


def test_paragraphs_of_a_typed_cell_are_items_but_a_line_that_starts_small_goes_on() -> None:
    assert listed(typed("Patrols at night\nGates are locked\nand checked")) == [
        "Patrols at night",
        "Gates are locked and checked",
    ]


def test_lines_of_a_page_without_bullets_are_parted_where_a_line_ended_early() -> None:
    def line(text: str, top: float, right: float) -> Piece:
        return Piece(text, PagePlace(page=1, box=(0, top, right, top + 10)))

    cell = Cell(
        (
            line("A long line that fills the cell", 0, 160),
            line("and ends.", 11, 45),
            line("Another one", 22, 55),
        )
    )
    assert listed(cell) == ["A long line that fills the cell and ends.", "Another one"]


def test_a_marker_alone_on_its_line_names_the_part_of_the_items_under_it() -> None:
    found = items(typed("i\n- Weeding\n- Training\nii\n- Audit"))
    assert [(item.part, item.text) for item in found] == [
        ("i", "Weeding"),
        ("i", "Training"),
        ("ii", "Audit"),
    ]


def test_a_marker_before_text_makes_that_text_the_item_of_its_part() -> None:
    found = items(typed("i - Recovery plan\nii - Exercise"))
    assert [(item.part, item.marker, item.text) for item in found] == [
        ("i", "i -", "Recovery plan"), ("ii", "ii -", "Exercise"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("i - Cars age.\n\nii - Parts are late.", [("i -", "Cars age."), ("ii -", "Parts are late.")]),
        ("i. Cars age. ii - Parts are late.", [("i.", "Cars age."), ("ii -", "Parts are late.")]),
        ("(a) One thing; (b) another.", [("(a)", "One thing;"), ("(b)", "another.")]),
        ("1. First. 2. Second.", [("1.", "First."), ("2.", "Second.")]),
    ],
)
def test_parts_are_told_by_markers_in_their_order(text: str, found: list[tuple[str, str]]) -> None:
    assert [(part.marker, part.text) for part in parts(typed(text))] == found


@pytest.mark.parametrize(
    "text",
    [
        "I am the owner. We agree.",
        "ii - Only a second part",
        "a) lone letter",
        "It cost 1.5 million. 2.5 more is due.",
        "i - one. iv - four.",
    ],
)
def test_markers_out_of_order_or_alone_make_no_parts(text: str) -> None:
    assert parts(typed(text)) == ()

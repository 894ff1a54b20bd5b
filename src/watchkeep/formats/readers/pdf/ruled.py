"""Tables by their rules: drawn lines, and the edges of painted boxes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pdfplumber.table import (
    cells_to_tables,
    edges_to_intersections,
    intersections_to_cells,
    merge_edges,
)
from pdfplumber.utils.geometry import filter_edges, obj_to_edges

from watchkeep.formats.columns import recognise
from watchkeep.formats.readers.pdf.content import Content
from watchkeep.formats.readers.pdf.rows_only import missing_edges, row_rules
from watchkeep.formats.readers.pdf.words import Box, Word

_SMALLEST = 12.0  # points: a smaller drawn box is a tick box or a mark, not a cell
_TOLERANCE = 3.0
_THIN = 4.0  # points: a filled box thinner than this is a rule
_COVERED = 0.9  # of its box: a table that is only painted is painted all over


def ruled_tables(page: Content, words: Sequence[Word]) -> list[list[Box]]:
    """The cells of each ruled table of the page, tables from top to bottom; a lone box is not a table.

    Painted boxes count as rules beside drawn ones. By themselves they make a table only where they cover it:
    every other row painted, or one column, is decoration of a table without rules.
    """
    drawn, painted = _edges(page)
    drawn = _merged(drawn)
    rules = row_rules(drawn, words)
    if rules or _tables(drawn, words):
        edges = _merged([*drawn, *painted])
        found = _tables([*edges, *missing_edges(rules, edges, words)], words)
    else:
        found = [table for table in _tables(_merged(painted), words) if _covers_its_box(table)]
    found = [table for table in found if _whole(table, found, words)]
    return sorted(found, key=lambda table: (min(box[1] for box in table), min(box[0] for box in table)))


def _tables(edges: list[dict[str, Any]], words: Sequence[Word]) -> list[list[Box]]:
    crossings = edges_to_intersections(edges, _TOLERANCE, _TOLERANCE)
    tables = cells_to_tables(intersections_to_cells(crossings))
    found = [[_box(cell) for cell in table] for table in tables]
    return [table for table in found if len(table) > 1 and _holds_text(table, words)]


def _box(cell: Any) -> Box:
    left, top, right, bottom = cell
    return float(left), float(top), float(right), float(bottom)


def _edges(page: Content) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The edges of what is drawn as lines, and of what is only painted."""
    drawn: list[dict[str, Any]] = []
    painted: list[dict[str, Any]] = []
    for shape in (*page.lines, *page.rects, *page.curves):
        wide, high = shape["x1"] - shape["x0"], shape["bottom"] - shape["top"]
        if shape["object_type"] == "curve" and (wide < 40 or high < 12):
            continue  # the outline of a mark would cut its cell to pieces
        if shape["object_type"] == "rect" and max(wide, high) < _SMALLEST:
            continue
        only_painted = shape.get("fill") and not shape.get("stroke") and min(wide, high) > _THIN
        # pdfplumber has no orientation for a slanting line, and none of its sorting expects that.
        edges = [edge for edge in obj_to_edges(shape) if edge["orientation"] in ("h", "v")]
        (painted if only_painted else drawn).extend(edges)
    return drawn, painted


def _merged(edges: list[dict[str, Any]]) -> list[dict[str, Any]]:
    merged = merge_edges(
        filter_edges(edges, min_length=1),
        snap_x_tolerance=_TOLERANCE,
        snap_y_tolerance=_TOLERANCE,
        join_x_tolerance=_TOLERANCE,
        join_y_tolerance=_TOLERANCE,
    )
    return list(filter_edges(merged, min_length=_TOLERANCE))


def _covers_its_box(table: Sequence[Box]) -> bool:
    wide = max(box[2] for box in table) - min(box[0] for box in table)
    high = max(box[3] for box in table) - min(box[1] for box in table)
    return sum((box[2] - box[0]) * (box[3] - box[1]) for box in table) > _COVERED * wide * high


def _whole(table: Sequence[Box], tables: Sequence[Sequence[Box]], words: Sequence[Word]) -> bool:
    """Whether the boxes are the table, and not the painted column or heading of an otherwise unruled one."""
    left, right = min(box[0] for box in table), max(box[2] for box in table)
    top, bottom = min(box[1] for box in table), max(box[3] for box in table)
    if all(right - left - (box[2] - box[0]) < _SMALLEST for box in table):
        return False  # one column: bands painted behind rows, or framed paragraphs
    boxes = [box for each in tables for box in each]
    inside = beside = 0
    below: list[Word] = []
    for word in words:
        x, y = word.middle
        if left <= x <= right and top <= y <= bottom:
            inside += 1
        elif not any(box[0] <= x <= box[2] and box[1] <= y <= box[3] for box in boxes):
            if top <= y <= bottom:
                beside += 1
            elif left <= x <= right and y > bottom:
                below.append(word)
    if beside > inside:
        return False
    one_row = all(bottom - top - (box[3] - box[1]) < _SMALLEST for box in table)
    return not (one_row and len(below) > inside and _mostly_headings(table, words))


def _mostly_headings(table: Sequence[Box], words: Sequence[Word]) -> bool:
    said = [
        " ".join(
            word.text for word in words if left <= word.middle[0] <= right and top <= word.middle[1] <= bottom
        )
        for left, top, right, bottom in table
    ]
    return sum(recognise(each) is not None for each in said if each) * 2 >= len(said)


def _holds_text(table: Sequence[Box], words: Sequence[Word]) -> bool:
    """Whether words stand in two cells or more: a frame of empty boxes is decoration."""
    held = 0
    for left, top, right, bottom in table:
        if any(left <= word.middle[0] <= right and top <= word.middle[1] <= bottom for word in words):
            held += 1
            if held == 2:
                return True
    return False

"""Tables by their rules: lines, edges of filled boxes, and white between columns where only rows are ruled."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
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
from watchkeep.formats.readers.pdf.gutters import columns_under
from watchkeep.formats.readers.pdf.words import Box, Word

_SMALLEST = 12.0  # points: a smaller drawn box is a tick box or a mark, not a cell
_TOLERANCE = 3.0


def ruled_tables(page: Content, words: Sequence[Word]) -> list[list[Box]]:
    """The cells of each ruled table of the page, tables from top to bottom; a lone box is not a table."""
    # pdfplumber has no orientation for a slanting line, and none of its sorting expects that.
    upright = [edge for edge in _drawn_edges(page) if edge["orientation"] in ("h", "v")]
    edges = merge_edges(
        upright,
        snap_x_tolerance=_TOLERANCE,
        snap_y_tolerance=_TOLERANCE,
        join_x_tolerance=_TOLERANCE,
        join_y_tolerance=_TOLERANCE,
    )
    edges = filter_edges(edges, min_length=_TOLERANCE)
    edges += _missing_uprights(edges, words)
    crossings = edges_to_intersections(edges, _TOLERANCE, _TOLERANCE)
    tables = cells_to_tables(intersections_to_cells(crossings))
    found = [[_box(cell) for cell in table] for table in tables]
    found = [table for table in found if len(table) > 1 and _holds_text(table, words)]
    found = [table for table in found if _whole(table, found, words)]
    return sorted(found, key=lambda table: (min(box[1] for box in table), min(box[0] for box in table)))


def _box(cell: Any) -> Box:
    left, top, right, bottom = cell
    return float(left), float(top), float(right), float(bottom)


def _drawn_edges(page: Content) -> list[dict[str, Any]]:
    edges: list[dict[str, Any]] = []
    for shape in (*page.lines, *page.rects, *page.curves):
        wide, high = shape["x1"] - shape["x0"], shape["bottom"] - shape["top"]
        if shape["object_type"] == "curve" and (wide < 40 or high < 12):
            continue  # the outline of a mark would cut its cell to pieces
        if shape["object_type"] == "rect" and max(wide, high) < _SMALLEST:
            continue
        edges.extend(obj_to_edges(shape))
    return filter_edges(edges, min_length=1)


def _missing_uprights(edges: Sequence[dict[str, Any]], words: Sequence[Word]) -> list[dict[str, Any]]:
    """Uprights for rules that have none: at open sides, and between columns where only rows are ruled."""
    found: list[dict[str, Any]] = []
    uprights = [edge for edge in edges if edge["orientation"] == "v"]
    for left, right, heights in _row_rules(edges):
        top, bottom = heights[0], heights[-1]
        crossing = [
            edge
            for edge in uprights
            if left - _TOLERANCE <= edge["x0"] <= right + _TOLERANCE
            and min(edge["bottom"], bottom) - max(edge["top"], top) > 0.5 * (bottom - top)
        ]
        inside = [
            word
            for word in words
            if left - 2 <= word.middle[0] <= right + 2 and top < word.middle[1] < bottom
        ]
        headings = [word for word in inside if word.middle[1] < heights[1]]
        ends = sorted({left, right, *(float(edge["x0"]) for edge in crossing)})
        wanted = [side for side in (left, right) if _column_beyond(side, crossing, inside)]
        if not any(edge["bottom"] - edge["top"] > 0.95 * (bottom - top) for edge in crossing):
            wanted += ends[1:-1]  # the painted boxes of one column, say, stop short of its heading
        for start, end in pairwise(ends):
            within = [word for word in inside if start <= word.middle[0] <= end]
            above = [word for word in headings if start <= word.middle[0] <= end]
            wanted += [x for x in columns_under(above, within, start, end) if _headed_both_sides(x, above)]
        if not crossing and len(wanted) < 4:
            continue
        found.extend(_upright(x, top, bottom) for x in wanted)
    return found


def _headed_both_sides(x: float, headings: Sequence[Word]) -> bool:
    return any(word.x1 <= x for word in headings) and any(word.x0 >= x for word in headings)


def _row_rules(edges: Sequence[dict[str, Any]]) -> list[tuple[float, float, list[float]]]:
    """Three or more level rules of the same reach: left end, right end, heights."""
    groups: list[tuple[float, float, list[float]]] = []
    for edge in sorted(
        (each for each in edges if each["orientation"] == "h"), key=lambda each: float(each["top"])
    ):
        left, right, height = float(edge["x0"]), float(edge["x1"]), float(edge["top"])
        if right - left < 150:
            continue
        home = next((each for each in groups if abs(each[0] - left) < 5 and abs(each[1] - right) < 5), None)
        if home is None:
            groups.append((left, right, [height]))
        elif height - home[2][-1] > _TOLERANCE:
            home[2].append(height)
    return [group for group in groups if len(group[2]) >= 3]


def _column_beyond(side: float, crossing: Sequence[dict[str, Any]], inside: Sequence[Word]) -> bool:
    if not crossing:
        return True
    nearest = min((float(edge["x0"]) for edge in crossing), key=lambda x: abs(x - side))
    low, high = sorted((nearest, side))
    return high - low > 10 and any(low < word.middle[0] < high for word in inside)


def _upright(x: float, top: float, bottom: float) -> dict[str, Any]:
    return {
        "x0": x, "x1": x, "top": top, "bottom": bottom, "width": 0.0, "height": bottom - top,
        "orientation": "v", "object_type": "line",
    }  # fmt: skip


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

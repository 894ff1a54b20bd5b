"""The rows of all pages as one table."""

from __future__ import annotations

from collections.abc import Sequence

from watchkeep.formats.cells import Cell, Extract, Table
from watchkeep.formats.readers.text.aligned.cutting import matched
from watchkeep.formats.readers.text.aligned.marks import marks_of
from watchkeep.formats.readers.text.aligned.page import Page
from watchkeep.formats.readers.text.aligned.rows import MIDDLE, TOP, cheapest
from watchkeep.formats.readers.text.headings import heading
from watchkeep.formats.readers.text.lines import Fragment
from watchkeep.formats.readers.text.values import kind_of_meaning

TOUCHING = 0.7  # the same, of cells whose text ran into the next column
SURE = 0.95  # the share that is right (`python -m benchmarks.reading` measures it anew)


def table_of(pages: list[Page], outside: list[Fragment], kept_furniture: list[Fragment]) -> Extract:
    """The register on these pages, its rows laid out as costs least over all of them."""
    columns = max(len(page.spans) for page in pages)
    main = next(page for page in pages if len(page.spans) == columns)
    pages = [page if len(page.spans) == columns else matched(page, main) for page in pages]
    names = [heading(stack) if stack else None for stack in main.head]
    marks = marks_of(pages, names)
    valued = [
        index
        for index, name in enumerate(names)
        if name and kind_of_meaning(name.meaning) not in ("", "date")
    ]
    layouts = {
        style: [cheapest(page, marks[number], style, valued, number > 0) for number, page in enumerate(pages)]
        for style in (TOP, MIDDLE)
    }
    style = min(layouts, key=lambda each: (sum(cost for cost, _ in layouts[each]), each == MIDDLE))
    rows = _rows(pages, [bands for _, bands in layouts[style]], columns)
    header = tuple(Cell(tuple(each.piece for each in stack)) for stack in main.head)
    across = set[tuple[int, int]]().union(*(page.across for page in pages))
    spare = [fragment for page in pages if page is not main for stack in page.head for fragment in stack]
    return Extract(
        reader="text: columns kept by spaces",
        tables=(Table((header, *(_row(cells, across) for cells in rows))),),
        loose=tuple(each.piece for each in outside),
        furniture=tuple(
            each.piece for each in sorted([*kept_furniture, *spare], key=lambda each: (each.line, each.start))
        ),
    )


def _rows(
    pages: Sequence[Page], bands: Sequence[Sequence[tuple[int, int, bool]]], columns: int
) -> list[list[list[Fragment]]]:
    """The fragments of each row by column; a band without a reference goes on with the row before it."""
    rows: list[list[list[Fragment]]] = []
    for page, of_page in zip(pages, bands, strict=True):
        for first, last, marked in of_page:
            cells: list[list[Fragment]] = [[] for _ in range(columns)]
            for line in page.body[first:last]:
                for column, fragment in line.items():
                    cells[column].append(fragment)
            if marked or not rows:
                rows.append(cells)
            else:
                for column, lines in enumerate(cells):
                    rows[-1][column].extend(lines)
    return rows


def _row(cells: Sequence[Sequence[Fragment]], across: set[tuple[int, int]]) -> tuple[Cell, ...]:
    return tuple(
        _cell(lines, any((each.line, column) in across for each in lines))
        for column, lines in enumerate(cells)
    )


def _cell(lines: Sequence[Fragment], across: bool) -> Cell:
    if not lines:
        return Cell()
    pieces = tuple(each.piece for each in lines)
    if across:
        reason = "placed by where it stands on its line, though it touches the text of the next column"
        return Cell(pieces, confidence=TOUCHING, reason=reason)
    return Cell(pieces, confidence=SURE, reason="placed by where it stands on its line")

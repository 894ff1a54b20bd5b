"""A table without rules: its heading line is found by its words, its columns by the white between them, its
rows by the white below them and by the references that begin them. All is inferred; every cell says so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from watchkeep.formats.cells import Cell, Table
from watchkeep.formats.columns import recognise
from watchkeep.formats.readers.pdf.gutters import columns_under
from watchkeep.formats.readers.pdf.shapes import fill_at
from watchkeep.formats.readers.pdf.words import Line, Word, box_of, lines_of, pieces_of, said, segments

_REFERENCE = re.compile(r"^(?:[A-Za-z]{1,8}[\s./–-]{0,2})?\d{1,5}(?:[./-]\d{1,4})*[a-z]?\.?$")
_CONFIDENCE = 0.85
_REASON = "the page draws no rules: columns and rows are told by the white between them"
_MOST_CUTS = 80


@dataclass(frozen=True, slots=True)
class Layout:
    """How a table without rules lies on its page; carried on to pages that do not repeat the headings."""

    edges: tuple[float, ...]
    anchor: int  # the column whose text begins a row


@dataclass(frozen=True, slots=True)
class _Band:
    """Lines between two white strips that run across the whole table."""

    lines: tuple[Line, ...]

    @property
    def top(self) -> float:
        return min(line.box[1] for line in self.lines)

    @property
    def bottom(self) -> float:
        return max(line.box[3] for line in self.lines)


def unruled_table(
    words: Sequence[Word],
    page: int,
    before: Layout | None = None,
    painted: Sequence[dict[str, Any]] = (),
) -> tuple[Table | None, list[Word], Layout | None]:
    """The table on a page without rules, the words outside it, and its layout for the next page."""
    lines = [line for line in lines_of(words) if line.words[0].turn == "level"]
    start = _heading_line(lines)
    if start is not None:
        inside, layout = _region(lines, start)
    elif before is not None and _goes_on(lines, before):
        inside, layout = lines, before
    else:
        return None, list(words), None
    if layout is None:
        return None, list(words), None
    rows = _rows(inside, layout, headed=start is not None, goes_on=before is not None)
    if len(rows) < (2 if start is not None else 1):
        return None, list(words), None
    cells = tuple(_cells(row, layout, page, painted) for row in rows)
    taken = {id(word) for line in inside for word in line.words}
    return Table(cells, f"page {page}"), [word for word in words if id(word) not in taken], layout


# --- The heading line and what stands below it --------------------------------------------------


def _heading_line(lines: Sequence[Line]) -> int | None:
    """The line with most known headings, at least two and at least three words apart from each other."""
    best: tuple[int, int] | None = None
    for number, line in enumerate(lines):
        parts = segments(line)
        if len(parts) < 3 or any(len(said(part)) > 60 for part in parts):
            continue
        known = sum(recognise(said(part)) is not None for part in parts)
        if known >= 2 and known * 2 >= len(parts) and (best is None or known > best[0]):
            best = (known, number)
    return None if best is None else best[1]


def _region(lines: Sequence[Line], start: int) -> tuple[list[Line], Layout | None]:
    """The lines of the table from its headings on, and its columns; a tail of running text is left out."""
    heading = lines[start]
    first = start
    while first > 0 and _belongs_to_heading(lines[first - 1], lines[first], heading):
        first -= 1
    wanted = len(segments(heading)) - 1
    headings = [word for line in lines[first : start + 1] for word in line.words]
    last = len(lines)
    best: tuple[int, int, list[float]] = (0, last, [])
    for cut in range(min(_MOST_CUTS, len(lines) - start - 1)):
        inside = [word for line in lines[first : last - cut] for word in line.words]
        left, right = box_of(inside)[0], box_of(inside)[2]
        found = columns_under(headings, inside, left - 1, right + 1)
        if len(found) > best[0]:
            best = (len(found), last - cut, [left - 1, *found, right + 1])
        if len(found) >= wanted or _begins_a_row(lines[last - cut - 1], heading):
            break
    count, end, edges = best
    if count < 2:
        return [], None
    inside_lines = list(lines[first:end])
    while len(inside_lines) > 1 and _runs_on(inside_lines[-1], edges[1:-1]):
        inside_lines.pop()
    names = [said(part) for part in segments(heading)]
    anchor = 0
    for number, name in enumerate(names):
        known = recognise(name)
        if known is not None and known.meaning == "reference":
            anchor = _column_at(segments(heading)[number][0].x0 + 1, edges)
            break
    return inside_lines, Layout(tuple(edges), anchor)


def _runs_on(line: Line, gutters: Sequence[float]) -> bool:
    """Whether a line is running text: at some gutter it has no more than a space."""
    for left, right in pairwise(line.words):
        if right.x0 - left.x1 < 0.6 * left.size and any(left.x1 <= x <= right.x0 for x in gutters):
            return True
    return any(word.x0 < x < word.x1 for word in line.words for x in gutters)


def _begins_a_row(line: Line, heading: Line) -> bool:
    """Whether a line starts with a reference below the first heading: it is never cut off as a tail."""
    first = line.words[0]
    near = abs(first.x0 - heading.words[0].x0) < 30
    return near and any(each.isdigit() for each in first.text) and bool(_REFERENCE.match(first.text))


def _belongs_to_heading(above: Line, below: Line, heading: Line) -> bool:
    """Whether the line above is the first of wrapped headings, or the groups of a heading in two rows."""
    near = below.box[1] - above.box[3] < 0.8 * heading.size
    return near and abs(above.size - heading.size) < 1.5 and len(segments(above)) >= 2


def _goes_on(lines: Sequence[Line], before: Layout) -> bool:
    """Whether a page without headings fits the columns of the page before it."""
    words = [word for line in lines for word in line.words]
    if len(words) < 6:
        return False
    crossed = sum(
        any(word.x0 < edge - 1 and word.x1 > edge + 1 for edge in before.edges[1:-1]) for word in words
    )
    return crossed <= 0.05 * len(words)


def _column_at(x: float, edges: Sequence[float]) -> int:
    return max(0, min(sum(edge <= x for edge in edges) - 1, len(edges) - 2))


# --- Rows ------------------------------------------------------------


def _rows(lines: Sequence[Line], layout: Layout, *, headed: bool, goes_on: bool) -> list[list[Word]]:
    """The words of each row, heading row first where there is one."""
    parted = [part for line in lines for part in _parted(line, layout)]
    bands = _bands(parted)
    rows: list[list[_Band]] = []
    if headed and bands:
        first, *under = _split_at_references(bands[:1], layout, headed=True)
        rows.append([first])
        bands = [*under, *_split_at_references(bands[1:], layout)]
    else:
        bands = _split_at_references(bands, layout)
    anchored = [number for number, band in enumerate(bands) if _in_anchor(band, layout)]
    if not anchored:
        return [[word for line in band.lines for word in line.words] for row in rows for band in row]
    if goes_on:  # what stands above the first reference ends the last row of the page before
        anchored = [*range(anchored[0]), *anchored]
    homes: dict[int, list[_Band]] = {number: [] for number in anchored}
    for number, band in enumerate(bands):
        home = number
        if number not in homes:
            above = max((each for each in anchored if each < number), default=None)
            below = min((each for each in anchored if each > number), default=None)
            home = _nearer(bands, number, above, below)
        homes[home].append(band)
    rows.extend(homes[number] for number in anchored)
    return [[word for band in row for line in band.lines for word in line.words] for row in rows]


def _parted(line: Line, layout: Layout) -> list[Line]:
    """A line cut at the columns, so that the white of one column is not hidden by the text of another."""
    by_column: dict[int, list[Word]] = {}
    for word in line.words:
        by_column.setdefault(_column_at(word.middle[0], layout.edges), []).append(word)
    return [Line(said(words), box_of(words), tuple(words)) for words in by_column.values()]


def _bands(lines: Sequence[Line]) -> list[_Band]:
    """Groups of lines with clearly more white between them than stands between the lines of a text."""
    ordered = sorted(lines, key=lambda line: line.box[1])
    if not ordered:
        return []
    usual = _usual_white(ordered)
    bands: list[list[Line]] = [[ordered[0]]]
    bottom = ordered[0].box[3]
    for line in ordered[1:]:
        if line.box[1] - bottom > usual + max(2.0, 0.3 * line.size):
            bands.append([])
        bands[-1].append(line)
        bottom = max(bottom, line.box[3])
    return [_Band(tuple(band)) for band in bands]


def _usual_white(lines: Sequence[Line]) -> float:
    """The white between two lines of one text: the commonest between a line and the next below it.

    White as high as the letters stands between rows; where there is no other, every row is one line.
    """
    found: dict[float, int] = {}
    for number, line in enumerate(lines):
        for other in lines[number + 1 : number + 40]:
            if min(line.box[2], other.box[2]) - max(line.box[0], other.box[0]) > 5:
                white = round((other.box[1] - line.box[3]) * 2) / 2
                found[white] = found.get(white, 0) + 1
                break
    size = min(line.size for line in lines)
    found = {white: count for white, count in found.items() if white <= size} or dict.fromkeys(
        [0.3 * size], 1
    )
    return max(min(found, key=lambda white: (-found[white], white)), -1.0)


def _split_at_references(bands: Sequence[_Band], layout: Layout, *, headed: bool = False) -> list[_Band]:
    """Rows set close: within a band, each further reference in the anchor column begins a row.

    In a band that begins with the headings the first reference does so too.
    """
    split: list[_Band] = []
    for band in bands:
        starts = [
            line.box[1]
            for line in band.lines
            if _column_at(line.words[0].middle[0], layout.edges) == layout.anchor
            and _REFERENCE.match(line.text)
        ]
        starts = starts if headed else starts[1:]
        if not starts:
            split.append(band)
            continue
        cuts = [float("-inf"), *(start - 2 for start in starts), float("inf")]
        for low, high in pairwise(cuts):
            part = tuple(line for line in band.lines if low <= line.box[1] < high)
            if part:
                split.append(_Band(part))
    return split


def _in_anchor(band: _Band, layout: Layout) -> bool:
    return any(_column_at(line.words[0].middle[0], layout.edges) == layout.anchor for line in band.lines)


def _nearer(bands: Sequence[_Band], number: int, above: int | None, below: int | None) -> int:
    if above is None or below is None:
        return below if above is None else above  # type: ignore[return-value]  # one of the two stands
    up = bands[number].top - bands[number - 1].bottom
    down = bands[number + 1].top - bands[number].bottom
    return above if up <= down + 1 else below


def _by_column(words: Sequence[Word], layout: Layout) -> list[list[Word]]:
    columns: list[list[Word]] = [[] for _ in range(len(layout.edges) - 1)]
    for word in words:
        columns[_column_at(word.middle[0], layout.edges)].append(word)
    return columns


def _cells(
    words: Sequence[Word], layout: Layout, page: int, painted: Sequence[dict[str, Any]]
) -> tuple[Cell, ...]:
    """The cells of a row; a painted one keeps its colour even where it says nothing."""
    _, top, _, bottom = box_of(words)
    found = []
    for (left, right), inside in zip(pairwise(layout.edges), _by_column(words, layout), strict=True):
        fill = fill_at(((left + right) / 2, (top + bottom) / 2), painted)
        if inside:
            found.append(Cell(pieces_of(inside, page), fill, _CONFIDENCE, _REASON))
        else:
            found.append(Cell((), fill))
    return tuple(found)

"""Tables drawn with characters: markdown and other pipe tables, and lines parted by tabs."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from watchkeep.formats.cells import Cell, Extract, Piece, Table
from watchkeep.formats.readers.text.headings import heading
from watchkeep.formats.readers.text.lines import Fragment, fragments, furniture

RULE = re.compile(r"^[\s|+:=\-─━═│┃┼┌┐└┘├┤┬┴╋]{3,}$")
BREAK = re.compile(r"<br\s*/?>|\\n", re.IGNORECASE)
EMPHASIS = re.compile(r"^(\*\*|__|\*|`)(?P<inside>[^*`]+?)\1$")
BAR = re.compile(r"(?<!\\)[|│┃]")
LEAST_ROWS = 2
GRID_RULES = 3  # with so many rules a row is what stands between two of them, and may take several lines

Cut = Callable[[Fragment], list[Fragment] | None]


@dataclass(slots=True)
class _Run:
    """Lines that stand together as one table; `rules` are the positions that a rule stands before."""

    rows: list[list[Fragment]] = field(default_factory=list)
    rules: list[int] = field(default_factory=list)


def read_piped(lines: list[str]) -> Extract | None:
    """Every pipe table of the text, or none where no table has known headings."""
    return _read(lines, _bars, "text: a table drawn with bars")


def read_tabbed(lines: list[str]) -> Extract | None:
    """The table of a text whose cells are parted by tabs."""
    return _read(lines, _tabs, "text: cells parted by tabs")


def read_bars(lines: list[str]) -> dict[int, tuple[Table, int, tuple[Piece, ...]]]:
    """Every table drawn with bars, by its first line: the table, its last line and its rules."""
    found: dict[int, tuple[Table, int, tuple[Piece, ...]]] = {}
    run, spare, first, last = _Run(), list[Piece](), 0, -1
    for fragment in [*fragments(lines), Fragment(len(lines) + 2, 0, "")]:
        cells = _bars(fragment) if fragment.text else None
        rule = bool(cells and RULE.match(fragment.text))
        if fragment.line != last + 1 or not cells:
            if len(run.rows) >= LEAST_ROWS:
                found[first] = (_table(run), last, tuple(spare))
            run, spare, first = _Run(), [], fragment.line
        if cells and rule:
            spare.append(fragment.piece)
            run.rules.append(len(run.rows))
        elif cells:
            run.rows.append(cells)
        last = fragment.line if cells else -1
    return found


def _read(lines: list[str], cut: Cut, reader: str) -> Extract | None:
    aside = furniture(lines)
    runs: list[_Run] = [_Run()]
    loose: list[Fragment] = []
    spare: list[Fragment] = []
    for fragment in fragments(lines):
        cells = cut(fragment)
        if fragment.line in aside:
            spare.append(fragment)
        elif RULE.match(fragment.text):
            spare.append(fragment)
            runs[-1].rules.append(len(runs[-1].rows))
        elif cells is None or _begins_anew(runs[-1], cells, cut):
            runs.append(_Run([cells] if cells is not None else []))
            if cells is None:
                loose.append(fragment)
        else:
            runs[-1].rows.append(cells)
    tables: list[Table] = []
    for run in runs:
        if len(run.rows) >= LEAST_ROWS:
            tables.append(_table(run))
        else:
            loose.extend(each for row in run.rows for each in row if each.text)
    if not any(_known(table) for table in tables):
        return None
    loose.sort(key=lambda each: (each.line, each.start))
    return Extract(
        reader=reader,
        tables=tuple(tables),
        loose=tuple(each.piece for each in loose),
        furniture=tuple(each.piece for each in spare),
    )


def _begins_anew(run: _Run, cells: list[Fragment], cut: Cut) -> bool:
    """Whether a line with another number of bars starts a table of its own: not right under a ruled table."""
    if not run.rows or cut is not _bars or len(cells) == len(run.rows[0]):
        return False
    follows = cells[0].line == run.rows[-1][0].line + 1 or (run.rules and run.rules[-1] == len(run.rows))
    return not (run.rules and follows)


def _bars(fragment: Fragment) -> list[Fragment] | None:
    text = fragment.text
    edges = [found.start() for found in BAR.finditer(text)]
    if not edges or (len(edges) < 2 and not text.startswith(("|", "│", "┃"))):
        return None
    starts = [0, *(edge + 1 for edge in edges)]
    ends = [*edges, len(text)]
    cells = [_part(fragment, start, end) for start, end in zip(starts, ends, strict=True)]
    if not cells[0].text and edges[0] == 0:
        cells = cells[1:]
    if edges[-1] == len(text) - 1:
        cells = cells[:-1]
    return cells


def _tabs(fragment: Fragment) -> list[Fragment] | None:
    if "\t" not in fragment.text:
        return None
    cells: list[Fragment] = []
    start = 0
    for text in fragment.text.split("\t"):
        cells.append(_part(fragment, start, start + len(text)))
        start += len(text) + 1
    return cells


def _part(fragment: Fragment, start: int, end: int) -> Fragment:
    part = fragment.cut(start, end)
    return Fragment(part.line, part.start, part.text, False)


def _table(run: _Run) -> Table:
    """Rows of equal length; in a grid the lines between two rules are one row."""
    groups: list[list[list[Fragment]]] = []
    grid = len(run.rules) >= GRID_RULES and len(run.rules) >= len(run.rows) / 4
    for position, row in enumerate(run.rows):
        if grid and groups and position not in run.rules:
            groups[-1].append(row)
        else:
            groups.append([row])
    width = max(len(row) for row in run.rows)
    return Table(
        tuple(
            tuple(
                Cell(tuple(_pieces([row[column] for row in group if column < len(row)])))
                for column in range(width)
            )
            for group in groups
        )
    )


def _pieces(parts: Sequence[Fragment]) -> list[Piece]:
    """The text of a cell, emphasis taken off, cut where the markup breaks the line."""
    found: list[Piece] = []
    for part in parts:
        start = 0
        edges = [(each.start(), each.end()) for each in BREAK.finditer(part.text)]
        for stop, following in (*edges, (len(part.text), len(part.text))):
            piece = part.cut(start, stop)
            if piece.text:
                found.append(Piece(_plain(piece.text), piece.place))
            start = following
    return found


def _plain(text: str) -> str:
    match = EMPHASIS.match(text)
    return (match["inside"] if match else text).replace("\\|", "|")


def _known(table: Table) -> bool:
    """Whether one of the first rows, or the first column, has two headings that are known."""
    lines = [*table.rows[:4], tuple(row[0] for row in table.rows)]
    for cells in lines:
        found = [heading([Fragment(1, 0, cell.text)]) for cell in cells if cell.text]
        if len({each.meaning for each in found if each}) >= 2:
            return True
    return False

"""Boxes to a grid: the row and column of each cell of a table, and the words that stand in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from watchkeep.formats.readers.pdf.words import Box, Letter, Word, word_of

_SAME_EDGE = 3.0  # points: rules nearer than this are one rule


@dataclass(frozen=True, slots=True)
class Slot:
    """A cell of a grid: its box, its first row and column, and the first row and column after it."""

    box: Box
    row: int
    column: int
    row_end: int
    column_end: int


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of one table on one page."""

    slots: tuple[Slot, ...]
    rows: int
    columns: int

    @property
    def box(self) -> Box:
        """The box around all cells."""
        return (
            min(slot.box[0] for slot in self.slots),
            min(slot.box[1] for slot in self.slots),
            max(slot.box[2] for slot in self.slots),
            max(slot.box[3] for slot in self.slots),
        )


def grid_of(boxes: Sequence[Box]) -> Grid:
    """The grid whose cells are `boxes`."""
    columns = _edges(edge for box in boxes for edge in (box[0], box[2]))
    rows = _edges(edge for box in boxes for edge in (box[1], box[3]))
    slots = [
        Slot(
            box,
            _nearest(rows, box[1]),
            _nearest(columns, box[0]),
            _nearest(rows, box[3]),
            _nearest(columns, box[2]),
        )
        for box in boxes
    ]
    solid = [slot for slot in slots if slot.row_end > slot.row and slot.column_end > slot.column]
    return Grid(
        tuple(sorted(solid, key=lambda slot: (slot.row, slot.column))), len(rows) - 1, len(columns) - 1
    )


def _edges(values: Iterable[float]) -> list[float]:
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > _SAME_EDGE:
            edges.append(value)
    return edges


def _nearest(edges: Sequence[float], value: float) -> int:
    return min(range(len(edges)), key=lambda number: abs(edges[number] - value))


def share_out(
    words: Iterable[Word], grids: Sequence[Grid]
) -> tuple[dict[tuple[int, int], list[Word]], list[Word]]:
    """The words in each slot, by (grid, slot) number, and the words in none.

    A word goes where its letters are; one that crosses a rule is cut only where both sides hold a fair part,
    because a spreadsheet lets a long word run over its border by a letter.
    """
    homes: dict[tuple[int, int], list[Word]] = {}
    outside: list[Word] = []
    for word in words:
        for piece, home in _homes(word, grids):
            if home is None:
                outside.append(piece)
            else:
                homes.setdefault(home, []).append(piece)
    return homes, outside


def _homes(word: Word, grids: Sequence[Grid]) -> list[tuple[Word, tuple[int, int] | None]]:
    ends = {_home((each.x0 + each.x1) / 2, (each.top + each.bottom) / 2, grids) for each in _ends(word)}
    if len(ends) == 1:
        return [(word, ends.pop())]
    at = [
        _home((letter.x0 + letter.x1) / 2, (letter.top + letter.bottom) / 2, grids) for letter in word.letters
    ]
    most = max(set(at), key=at.count)
    if at.count(most) >= 0.75 * len(at):
        return [(word, most)]
    found: list[tuple[Word, tuple[int, int] | None]] = []
    start = 0
    for number in range(1, len(at) + 1):
        if number == len(at) or at[number] != at[start]:
            found.append((word_of(word.letters[start:number]), at[start]))
            start = number
    return found


def _ends(word: Word) -> tuple[Letter, ...]:
    return word.letters if len(word.letters) < 2 else (word.letters[0], word.letters[-1])


def _home(x: float, y: float, grids: Sequence[Grid]) -> tuple[int, int] | None:
    """The smallest slot around the point: a table may stand in a cell of another."""
    best: tuple[float, tuple[int, int]] | None = None
    for number, grid in enumerate(grids):
        for place, slot in enumerate(grid.slots):
            left, top, right, bottom = slot.box
            if left <= x <= right and top <= y <= bottom:
                area = (right - left) * (bottom - top)
                if best is None or area < best[0]:
                    best = (area, (number, place))
    return best[1] if best else None

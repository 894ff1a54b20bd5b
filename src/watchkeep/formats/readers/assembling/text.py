"""The lines of a cell made one text again: whether a new line is a new paragraph or only the paper's edge."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from watchkeep.domain.document import LinePlace, PagePlace, Place
from watchkeep.formats.cells import Cell, Piece

DASH_AT_END = re.compile(r"[^\W_]-$")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a cell. `breaks` says that something separates it from the line before (a blank line)."""

    text: str
    place: Place
    breaks: bool = False


def is_wrapped(cell: Cell) -> bool:
    """Whether a new line in this cell may be nothing but the end of the paper's line."""
    if cell.wrapped is not None:
        return cell.wrapped
    return any(isinstance(piece.place, LinePlace | PagePlace) for piece in cell.pieces)


def lines(cell: Cell) -> list[Line]:
    """The lines of a cell that hold text."""
    found: list[Line] = []
    breaks = False
    for piece in cell.pieces:
        for text in piece.text.splitlines() or [""]:
            if not text.strip():
                breaks = True
                continue
            found.append(Line(text.strip(), piece.place, breaks and bool(found)))
            breaks = False
    return found


def join(first: str, second: str) -> str:
    """Two wrapped lines as one: a hyphen or slash at the edge stays, and takes no space."""
    if not first or not second:
        return first or second
    if (DASH_AT_END.search(first) and second[0].isalnum()) or re.search(r"[^\s]/$", first):
        return first + second
    return f"{first} {second}"


def whole(cell_lines: Sequence[Line], *, wrapped: bool) -> str:
    """All lines as one text: paragraphs stay apart, wrapped lines run on."""
    text = ""
    for line in cell_lines:
        if not text:
            text = line.text
        elif line.breaks:
            text += f"\n\n{line.text}"
        elif wrapped:
            head, _, tail = text.rpartition("\n")
            text = (
                f"{head}\n{join(tail, line.text)}" if head or text.startswith("\n") else join(tail, line.text)
            )
        else:
            text += f"\n{line.text}"
    return text


def cell_text(cell: Cell) -> str:
    """The text of a cell as a person would read it."""
    return whole(lines(cell), wrapped=is_wrapped(cell))


def places_of(cell_lines: Sequence[Line]) -> tuple[Place, ...]:
    """Where the lines stand, each place once."""
    return tuple(dict.fromkeys(line.place for line in cell_lines))


def one_line(text: str) -> str:
    """A text with its white space made even."""
    return " ".join(text.split())


def joined(first: Cell, second: Cell, *, broken: bool) -> Cell:
    """Two cells as one: `broken` where the second only goes on with the first (a row broken over a page)."""
    if not first.text:
        return second
    if not second.text:
        return first
    between = () if broken else (Piece("", second.pieces[0].place),)
    weaker = min(first, second, key=lambda cell: cell.confidence)
    return Cell(
        pieces=(*first.pieces, *between, *second.pieces),
        fill=first.fill or second.fill,
        confidence=weaker.confidence,
        reason=weaker.reason,
        wrapped=is_wrapped(first) or is_wrapped(second),
    )


def within(place: Place, text: str, start: int, end: int) -> Place:
    """The place of characters `start` to `end` of a line's text, where its place counts characters."""
    if not isinstance(place, LinePlace) or place.last_line != place.line or (start == 0 and end == len(text)):
        return place
    if place.start is None or place.end is None or place.end - place.start != len(text):
        return place
    return LinePlace(line=place.line, last_line=place.line, start=place.start + start, end=place.start + end)

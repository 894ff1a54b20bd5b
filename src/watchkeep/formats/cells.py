"""What every reader hands to the assembler: cells with the place of each line, before anybody says what
they mean.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from watchkeep.domain.document import Place


@dataclass(frozen=True, slots=True)
class Piece:
    """One line or paragraph of text, and where it stands. `text` may be blank: a blank line separates."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Cell:
    """The lines of one cell, top to bottom.

    `fill` is the background colour (#rrggbb) where the format has one. A reader that placed the lines by
    inference sets `confidence` below 1 and says why in `reason`. `wrapped` says whether a new line may be
    only the paper's edge; left open, lines of text files and pages are taken to be wrapped and all others to
    be meant.
    """

    pieces: tuple[Piece, ...] = ()
    fill: str | None = None
    confidence: float = 1.0
    reason: str = ""
    wrapped: bool | None = None

    @property
    def text(self) -> str:
        """All lines, joined as lines."""
        return "\n".join(piece.text for piece in self.pieces).strip()

    @property
    def places(self) -> tuple[Place, ...]:
        """Where the non-blank lines stand, each place once, in order."""
        return tuple(dict.fromkeys(piece.place for piece in self.pieces if piece.text.strip()))


@dataclass(frozen=True, slots=True)
class Table:
    """A grid as found: rows of equal length, spans already spread, headings not yet recognised.

    A cell merged over several rows or columns stands in its first position; the others it covers are empty
    unless `repeats` lists them as (row, column) of a cell that repeats the one above (a merged group label).
    """

    rows: tuple[tuple[Cell, ...], ...]
    name: str = ""  # the sheet, or "page 2": for messages
    repeats: frozenset[tuple[int, int]] = frozenset()
    aside: str = ""  # why this table stays out where another holds the register ("the sheet is hidden")


@dataclass(frozen=True, slots=True)
class Extract:
    """Everything found in a file: its tables in order, and the text outside them in reading order."""

    reader: str  # how it was read, for Source.reader: "pdf: ruled tables"
    tables: tuple[Table, ...] = ()
    loose: tuple[Piece, ...] = ()
    furniture: tuple[Piece, ...] = field(default=())  # page numbers and the like, already recognised
    hidden: tuple[
        Piece, ...
    ] = ()  # text that the file hides from its readers: kept apart, never read as content
    notes: tuple[str, ...] = ()  # what the reader repaired or passed over (hidden rows …): become doubts

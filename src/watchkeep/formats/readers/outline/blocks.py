"""What a reader hands over, and what comes back: blocks, and the risks as one table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from watchkeep.formats.cells import Piece, Table

Kind = Literal["head", "item", "line", "table", "rule", "frame", "code", "blank"]


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, item of a list, line or table as found; `level` is a heading's depth or an item's indent."""

    kind: Kind
    piece: Piece | None = None
    level: int = 0
    marker: str = ""
    table: Table | None = None

    @property
    def text(self) -> str:
        """What it says."""
        return self.piece.text if self.piece else ""


@dataclass(slots=True)
class Told:
    """What the blocks hold: the risks as one table, the other tables, and the text beside them."""

    table: Table
    others: list[Table]
    loose: list[Piece]
    furniture: list[Piece]

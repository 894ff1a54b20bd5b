"""Finds the header rows of a table and says what each column holds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from watchkeep.domain.document import Place
from watchkeep.formats.cells import Cell, Table
from watchkeep.formats.columns import Recognised, normal, recognise
from watchkeep.formats.readers.assembling.text import cell_text, one_line

IDENTITY = frozenset({"reference", "name", "description", "event"})
LONGEST_HEADING = 160
SENTENCE = re.compile(r"(?:\S+\s+){5,}\S+\.$")
MOST_HEADER_ROWS = 3
LETTER_MEANS = {
    "l": "likelihood",
    "p": "likelihood",
    "i": "impact",
    "c": "impact",
    "s": "score",
    "r": "rating",
}


@dataclass(frozen=True, slots=True)
class Heading:
    """A column of a table: its heading as written (with the group above it) and what it was read as."""

    index: int
    text: str
    meaning: str
    confidence: float = 1.0
    reason: str = ""
    places: tuple[Place, ...] = ()
    rank: int = 0


@dataclass(frozen=True, slots=True)
class HeaderBlock:
    """The header rows of a table: from `top` up to, not including, `bottom`."""

    top: int
    bottom: int
    headings: tuple[Heading, ...] = field(default=())

    @property
    def known(self) -> int:
        """How many different meanings the headings have."""
        return len({heading.meaning for heading in self.headings if heading.meaning != "extra"})

    @property
    def named(self) -> int:
        """How many columns have a heading at all."""
        return sum(1 for heading in self.headings if heading.text)

    @property
    def recognised(self) -> int:
        """How many columns are known."""
        return sum(1 for heading in self.headings if heading.meaning != "extra")

    @property
    def identifies(self) -> bool:
        """Whether the headings say which column names the risk."""
        return any(heading.meaning in IDENTITY for heading in self.headings)

    @property
    def is_register(self) -> bool:
        """Whether this is the header of a register: a column that names the risk and another known one."""
        most = self.recognised * 2 >= self.named
        telling = {heading.meaning for heading in self.headings}
        plain = "reference" in telling and bool(telling & (IDENTITY - {"reference"})) and self.known >= 4
        return self.identifies and self.known >= 2 and (most or plain)


def find_header(table: Table, start: int = 0) -> HeaderBlock | None:
    """The first header of a register at or below row `start`."""
    for top in range(start, len(table.rows)):
        block = header_at(table, top)
        if block is not None:
            below = header_at(table, top + 1) if top + 1 < len(table.rows) else None
            # A lone pair of words above the real header ("Risk | Status") gives way to a fuller row right
            # below.
            if below is not None and below.top == block.bottom and below.known > block.known + 1:
                return below
            return block
    return None


def header_at(table: Table, top: int) -> HeaderBlock | None:
    """The header that begins at row `top`, in as many rows as make the most sense of it."""
    if not any(cell.pieces for cell in table.rows[top]):
        return None
    best: HeaderBlock | None = None
    for depth in range(1, MOST_HEADER_ROWS + 1):
        if top + depth > len(table.rows):
            break
        block = _block(table, top, depth)
        if block is None or (best is not None and _is_data(table, top + depth - 1, best)):
            break
        if block.is_register and (best is None or block.recognised > best.recognised):
            best = block
    return best


def _is_data(table: Table, row: int, block: HeaderBlock) -> bool:
    """Whether a row under headings gives a reference of its own, and so begins the risks."""
    return any(
        heading.meaning == "reference" and table.rows[row][heading.index].text for heading in block.headings
    )


def _block(table: Table, top: int, depth: int) -> HeaderBlock | None:
    rows = table.rows[top : top + depth]
    if any(len(one_line(cell.text)) > LONGEST_HEADING for row in rows for cell in row):
        return None
    if depth > 1 and not any(cell.text for cell in rows[-1]):
        return None
    if depth > 1 and any(SENTENCE.search(one_line(cell.text)) for cell in rows[-1]):
        return None
    headings = []
    for column in range(len(rows[0])):
        own = [(one_line(row[column].text), row[column]) for row in rows if row[column].text]
        group = _group_above(rows, column)
        if not own:
            headings.append(Heading(column, "", "extra"))
            continue
        text = own[-1][0]
        above = " ".join([group, *(each for each, _ in own[:-1])]).strip()
        found = recognise(text, above)
        full = f"{above} {text}".strip() if above and above != text else text
        places = tuple(place for _, cell in own for place in cell.places)
        headings.append(_heading(column, full, found, places))
    return HeaderBlock(top, top + depth, tuple(_siblings(headings)))


def _group_above(rows: Sequence[Sequence[Cell]], column: int) -> str:
    """The group that spans this column from the left: words in an upper row over cells that have their own
    below.
    """
    groups = []
    for depth, row in enumerate(rows[:-1]):
        if row[column].text or not any(lower[column].text for lower in rows[depth + 1 :]):
            continue
        for left in range(column - 1, -1, -1):
            if row[left].text:
                if any(lower[left].text for lower in rows[depth + 1 :]):
                    groups.append(one_line(row[left].text))
                break
    return " ".join(groups)


def _heading(index: int, text: str, found: Recognised | None, places: tuple[Place, ...]) -> Heading:
    if found is None:
        return Heading(index, text, "extra", places=places)
    return Heading(index, text, found.meaning, found.confidence, found.reason, places, found.rank)


def _siblings(headings: Sequence[Heading]) -> list[Heading]:
    """Single letters, told by their neighbours: L beside I, P beside C, and the S or R that ends the row."""
    letters = {
        heading.meaning.partition(":")[2] for heading in headings if heading.meaning.startswith("letter:")
    }
    paired = bool(letters & {"l", "p"}) and bool(letters & {"i", "c", "s"})
    result = []
    for heading in headings:
        if heading.meaning.startswith("letter:"):
            letter = heading.meaning.partition(":")[2]
            meaning = LETTER_MEANS.get(letter)
            if letter == "s" and not letters & {"i", "c"}:
                meaning = "impact"
            if meaning and (paired or letter in "lp"):
                heading = replace(heading, meaning=f"assessments:not stated:{meaning}")
            else:
                heading = replace(heading, meaning="extra", confidence=1.0, reason="")
        result.append(heading)
    return result


def is_repeat(table: Table, row: int, block: HeaderBlock, source: Table) -> bool:
    """Whether a row says again what a row of the header says."""
    words = [normal(cell.text) for cell in table.rows[row]]
    said = [word for word in words if word]
    if not said:
        return False
    for index in range(block.top, block.bottom):
        header = [normal(cell.text) for cell in source.rows[index]]
        if len(said) > 1 and words == header:
            return True
        if len(said) > 1 and len(set(said)) > 1 and said == [word for word in header if word]:
            return True
    return False


def texts(row: Sequence[Cell]) -> list[str]:
    """The texts of a row's cells."""
    return [cell_text(cell) for cell in row]

"""The plain values that a paper is made of: lines, cells, tables, sheets and bars."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Literal

NOT_RECORDED = "not recorded"
NOT_APPLICABLE = "not applicable"
CellKind = Literal["text", "label", "list", "band", "trend", "absent", "changed"]
PIECE_WORDS = {"removed": "removed", "added": "added"}
LEFT_OUT = "…"


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph (no marker), a bulleted line (•), or a part ((i))."""

    text: str
    marker: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One thing said about one risk. A `label` should not be broken; an `absent` one says why it is; a
    `changed` one is told in pieces of words that stayed, went, came or are left out.
    """

    kind: CellKind
    text: str = ""
    lines: tuple[Line, ...] = ()
    step: int = 0
    arrow: str = ""
    moved: str = ""
    pieces: tuple[tuple[str, str], ...] = ()

    @property
    def words(self) -> str:
        """Everything in the cell as plain text, for widths and for readers that take no layout."""
        if self.pieces:
            return " ".join(piece_words(kind, text) for kind, text in self.pieces)
        if self.lines:
            return "\n".join(f"{line.marker} {line.text}".strip() for line in self.lines)
        return f"{self.arrow} {self.text}".strip()


@dataclass(frozen=True, slots=True)
class Heading:
    """A column. `shape` says how it wants to be set: narrow labels, or running text of some weight."""

    text: str
    meaning: str
    shape: Literal["label", "text"]
    longest_word: int
    weight: float


@dataclass(frozen=True, slots=True)
class Row:
    """One risk in the table; `key` ties it to its sheet, `title` is how it is called elsewhere."""

    key: str
    title: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of risks; both empty where the paper has no such table."""

    headings: tuple[Heading, ...] = ()
    rows: tuple[Row, ...] = ()


Pair = tuple[str, Cell]  # a heading, and what it says


@dataclass(frozen=True, slots=True)
class Sheet:
    """One risk at length: what names it, then facts side by side, then its texts."""

    key: str
    title: str
    called: str  # the title, or the name alone where the reference stands beside it
    head: tuple[Pair, ...]
    facts: tuple[tuple[Pair, ...], ...]  # rows of up to three
    texts: tuple[tuple[Pair, ...], ...]  # rows of two or one


@dataclass(frozen=True, slots=True)
class Listing:
    """A plain table with a title that says what it shows; the first cell of a row names it.

    `shares` says how the columns divide the width. Where `grouped`, rows with one first cell belong
    together: a person reads that cell once, as a heading above the table of the others.
    """

    name: str
    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    shares: tuple[int, ...]
    note: str = ""
    grouped: bool = False

    @property
    def groups(self) -> tuple[Listing, ...]:
        """The table in parts, each under the first cell that its rows share; or the one table that it is."""
        if not self.grouped:
            return (self,)
        parts = groupby(self.rows, key=lambda row: row[0].text)
        return tuple(
            Listing(self.name, title, self.head[1:], tuple(row[1:] for row in rows), self.shares[1:])
            for title, rows in parts
        )


@dataclass(frozen=True, slots=True)
class Late:
    """What is late, below the finding: how much, each thing on a line, and how many more there are."""

    title: str
    lines: tuple[str, ...]
    more: str = ""

    @property
    def told(self) -> tuple[str, ...]:
        """The lines, and how many more."""
        return (*self.lines, *((self.more,) if self.more else ()))


@dataclass(frozen=True, slots=True)
class FrontSheet:
    """The sheet before a committee paper: what is asked of the meeting."""

    facts: tuple[tuple[str, str], ...]
    purpose: str
    recommendations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SinceSheet:
    """What is new since the last paper: a sentence, then a table for each way of being new."""

    title: str
    sentence: str
    listings: tuple[Listing, ...]


@dataclass(frozen=True, slots=True)
class Measure:
    """One indicator of a risk: who it is, its picture (by its number in the paper, none is -1), its words.

    `alt` says what the picture finds, `described` what stands on it; `readings` is its table.
    """

    key: str
    name: str
    role: str
    latest: str
    verdict: Cell
    sentence: str
    target: str
    noted: str
    picture: int
    alt: str
    described: str
    readings: Listing | None


@dataclass(frozen=True, slots=True)
class Measured:
    """A risk's indicators, what they say together, and what the risk is judged against them."""

    key: str
    title: str
    word: Cell | None
    basis: str
    against: str
    rows: tuple[Measure, ...]


@dataclass(frozen=True, slots=True)
class Measures:
    """The section on indicators: its finding, then a table for each risk that has any."""

    title: str
    sentence: str
    risks: tuple[Measured, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class BandRow:
    """One bar of the chart and one line of its table."""

    name: str
    count: int
    step: int


@dataclass(frozen=True, slots=True)
class MovedTable:
    """How many risks moved which way in which period. Turned, the periods stand below each other."""

    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    turned: bool = False


def piece_words(kind: str, text: str) -> str:
    """A piece of a changed text in words alone, as where nothing can be struck out or underlined."""
    if kind == "left out":
        return LEFT_OUT
    return f"[{PIECE_WORDS[kind]}: {text.strip()}]" if kind in PIECE_WORDS else text.strip()


def plain(text: str) -> Cell:
    """A cell of a listing that says one thing in running text; nothing to say is not recorded."""
    return Cell("text", text) if text else Cell("absent", NOT_RECORDED)


def capital(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]

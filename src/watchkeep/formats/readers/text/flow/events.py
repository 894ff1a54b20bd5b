"""What a file is as a sequence: blocks of text, rows of values, references."""

from __future__ import annotations

from dataclasses import dataclass, field

from watchkeep.formats.readers.text.headings import Heading
from watchkeep.formats.readers.text.lines import Fragment


@dataclass(slots=True)
class Token:
    """A line, or a part of one: text or a reference."""

    fragment: Fragment
    reference: str | None = None


@dataclass(slots=True)
class Block:
    """Lines between blank lines. `opens_page` where a header row or the edge of a page stands just before
    it.
    """

    lines: list[list[Token]]
    opens_page: bool = False

    @property
    def texts(self) -> list[Fragment]:
        """All of its text, references left out."""
        return [token.fragment for line in self.lines for token in line if token.reference is None]

    @property
    def references(self) -> list[str]:
        """The references in it."""
        return [token.reference for line in self.lines for token in line if token.reference is not None]


@dataclass(slots=True)
class ValueRow:
    """The values of one risk that stand together: one entry for each value column, none where nothing was
    found.
    """

    values: list[Fragment | None]
    lost: int = 0  # how many values the blank lines before them say were lost
    sure: bool = True  # whether each value can stand in no other column


@dataclass(slots=True)
class Stream:
    """The whole file in order."""

    headings: list[Heading]
    events: list[Block | ValueRow]
    references: list[str]  # in table order
    loose: list[Fragment] = field(default_factory=list)
    furniture: list[Fragment] = field(default_factory=list)

    @property
    def prose(self) -> list[Heading]:
        """The columns that hold text."""
        return [each for each in self.headings if not each.kind and each.meaning != "reference"]

    @property
    def valued(self) -> list[Heading]:
        """The columns that hold values."""
        return [each for each in self.headings if each.kind]

"""Lines and parts of lines of a text file, each knowing where it stands, so that whatever is made of them
can say so.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from watchkeep.domain.document import LinePlace
from watchkeep.formats.cells import Piece

FORM_FEED = "\f"


@dataclass(frozen=True, slots=True)
class Fragment:
    """The characters `start` to `end` of one line; `whole` where nothing else stands on that line."""

    line: int
    start: int
    text: str
    whole: bool = True

    @property
    def end(self) -> int:
        """The character after the last."""
        return self.start + len(self.text)

    @property
    def place(self) -> LinePlace:
        """Where it stands, as every reader says it."""
        if self.whole:
            return LinePlace(line=self.line, last_line=self.line)
        return LinePlace(line=self.line, last_line=self.line, start=self.start, end=self.end)

    @property
    def piece(self) -> Piece:
        """The same, as a cell holds it."""
        return Piece(self.text, self.place)

    def cut(self, start: int, end: int) -> Fragment:
        """The characters `start` to `end` of this fragment, without blanks at either side."""
        part = self.text[start:end]
        kept = part.strip()
        offset = self.start + start + (len(part) - len(part.lstrip()))
        return Fragment(self.line, offset, kept, self.whole and len(kept) == len(self.text))


def fragments(lines: list[str]) -> list[Fragment]:
    """One fragment for each line that is not blank, without the blanks around it (a form feed is a blank)."""
    found: list[Fragment] = []
    for number, line in enumerate(lines, start=1):
        kept = line.strip()
        if kept:
            found.append(Fragment(number, line.index(kept), kept))
    return found


PAGE_NUMBER = re.compile(r"(?i)^(?:page\s*)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?$")
PAGE_OF = re.compile(r"(?i)\bpage\s*:?\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?\b")


def furniture(lines: list[str]) -> frozenset[int]:
    """The numbers of the lines that belong to the page and not to what is on it: page numbers, running
    titles.

    A line with "page 2 of 9" in it is one when the same words, numbers aside, stand on another line too; or
    when it says nothing else; so is a bare number that closes a page.
    """
    shapes: Counter[str] = Counter()
    for line in lines:
        if PAGE_OF.search(line):
            shapes[_shape(line)] += 1
    found: set[int] = set()
    for number, line in enumerate(lines, start=1):
        kept = line.strip()
        if not kept:
            continue
        if (PAGE_OF.search(kept) and (shapes[_shape(line)] > 1 or PAGE_NUMBER.match(kept))) or (
            PAGE_NUMBER.match(kept) and _closes_page(lines, number)
        ):
            found.add(number)
    return frozenset(found | _edges_that_repeat(lines))


def _shape(line: str) -> str:
    return " ".join(re.sub(r"\d+", "#", line).casefold().split())


def _closes_page(lines: list[str], number: int) -> bool:
    """Whether only blank lines stand between this line and a form feed after it."""
    for line in lines[number:]:
        if line.startswith(FORM_FEED):
            return True
        if line.strip():
            return False
    return False


def _edges_that_repeat(lines: list[str]) -> set[int]:
    """The last line of each page, where at least two pages of three or more end in the same words."""
    last: list[int] = []
    seen = 0
    for number, line in enumerate(lines, start=1):
        if line.startswith(FORM_FEED) and seen:
            last.append(seen)
        if line.strip():
            seen = number
    if len(last) < 2:
        return set()
    shapes = Counter(_shape(lines[number - 1]) for number in last)
    return {
        number
        for number in last
        if shapes[_shape(lines[number - 1])] > 1
        and len(lines[number - 1].split()) > 2
        and shapes[_shape(lines[number - 1])] >= len(last) - 1
    }

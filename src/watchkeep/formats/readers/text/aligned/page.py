"""One page, and the characters of it that each column takes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from watchkeep.formats.readers.text.lines import Fragment

GAP = re.compile(r"\S+(?:\s\S+)*")  # words with one space between them stand together


@dataclass(frozen=True, slots=True)
class Span:
    """The characters of a page that one column takes."""

    start: int
    end: int


@dataclass
class Page:
    """The lines of one page, cut into columns: for each column, fragments by line index."""

    spans: list[Span]
    head: list[list[Fragment]]  # for each column, the fragments of its heading
    body: list[dict[int, Fragment]]  # for each line, column -> fragment
    numbers: list[int]
    outside: list[Fragment]
    across: set[tuple[int, int]]  # (line, column) where a text ran from one column into the next

    @cached_property
    def ranks(self) -> list[list[int]]:
        """For each column, how many of its lines stand above each line (and below the last: all of them)."""
        counts: list[list[int]] = []
        for column in range(len(self.spans)):
            held = [0]
            for cells in self.body:
                held.append(held[-1] + (column in cells))
            counts.append(held)
        return counts

    @cached_property
    def shared(self) -> dict[tuple[int, int], tuple[list[int], list[float]]]:
        """For two columns: how many lines above each line they share, and the sum of their differences in
        rank there.
        """
        found: dict[tuple[int, int], tuple[list[int], list[float]]] = {}
        for one in range(len(self.spans)):
            for other in range(one + 1, len(self.spans)):
                count, sums = [0], [0.0]
                for line, cells in enumerate(self.body):
                    both = one in cells and other in cells
                    count.append(count[-1] + both)
                    sums.append(sums[-1] + (self.ranks[one][line] - self.ranks[other][line] if both else 0.0))
                if count[-1]:
                    found[(one, other)] = (count, sums)
        return found


def whole_line(number: int, line: str) -> Fragment:
    """A whole line as one fragment."""
    kept = line.strip()
    return Fragment(number, line.index(kept), kept)


def nearest(span: Span, spans: Sequence[Span]) -> int:
    """The column that a stretch overlaps most, else the one nearest to it."""

    def distance(index: int) -> float:
        other = spans[index]
        overlap = min(span.end, other.end) - max(span.start, other.start)
        return -overlap if overlap > 0 else abs(other.start + other.end - span.start - span.end) / 2

    return min(range(len(spans)), key=distance)

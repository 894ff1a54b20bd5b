"""A page that is a form without rules: known labels down the left side, each with its text by it."""

from __future__ import annotations

from collections.abc import Sequence

from watchkeep.formats.cells import Cell, Table
from watchkeep.formats.columns import recognise
from watchkeep.formats.readers.pdf.words import Line, Word, lines_of, pieces_of, said, segments

FEWEST_LABELS = 4
_LONGEST_LABEL = 60
_CONFIDENCE = 0.85
_REASON = "the page draws no rules: text is taken for the label that it stands beside or below"


def labelled_table(words: Sequence[Word], page: int) -> tuple[Table | None, list[Word]]:
    """The labels and texts of the page as a table of two columns, and the words above the first label."""
    above: list[Word] = []
    pairs: list[tuple[list[Word], list[Word]]] = []
    for line in lines_of(words):
        found = _pairs(line)
        if found:
            pairs.extend(found)
        elif pairs:
            pairs[-1][1].extend(line.words)
        else:
            above.extend(line.words)
    if len({_meaning(label) for label, _ in pairs}) < FEWEST_LABELS:
        return None, list(words)
    rows = tuple((_cell(label, page), _cell(value, page)) for label, value in pairs)
    return Table(rows, f"page {page}"), above


def _pairs(line: Line) -> list[tuple[list[Word], list[Word]]]:
    """The labels of a line, each with the words up to the next; none where it does not begin with a label."""
    found: list[tuple[list[Word], list[Word]]] = []
    for part in segments(line):
        label, rest = _split(part)
        if label:
            found.append((label, rest))
        elif found:
            found[-1][1].extend(part)
        else:
            return []
    return found


def _split(part: Sequence[Word]) -> tuple[list[Word], list[Word]]:
    """A stretch of words as label and text: all of it a label, or what stands before its first colon."""
    for number, word in enumerate(part, start=1):
        if word.text.endswith(":"):
            label = list(part[:number])
            return (label, list(part[number:])) if _meaning(label) else ([], list(part))
    return (list(part), []) if _meaning(part) else ([], list(part))


def _meaning(label: Sequence[Word]) -> str | None:
    text = said(label)
    if len(text) > _LONGEST_LABEL:
        return None
    found = recognise(text.rstrip(" :"))
    return found.meaning if found is not None and found.confidence == 1 else None


def _cell(words: Sequence[Word], page: int) -> Cell:
    return Cell(pieces_of(words, page), None, _CONFIDENCE, _REASON) if words else Cell()

"""Where a finding stands in its file: its lines, where the file has lines, else the place in words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from watchkeep.domain.document import CellPlace, Field, LinePlace, Place, RegisterDocument
from watchkeep.domain.fields import fields_of
from watchkeep.domain.lint.found import Found

_NUMBER: Final = re.compile(r"[0-9]+$")
_MOST_WORDS: Final = 400  # a longer text is told by its lines


def field_of(document: RegisterDocument, found: Found) -> Field | None:
    """The field that a finding is about, if it is one that was read."""
    risk = document.risk(found.risk)
    return dict(fields_of(risk)).get(found.field) if risk else None


def places_of(field: Field, found: Found) -> tuple[Place, ...]:
    """The places of the file in which the characters of a finding were read."""
    if not all(isinstance(each, LinePlace) for each in field.places) or found.end <= found.start:
        return field.places
    lines = [each for each in field.places if isinstance(each, LinePlace)]
    lengths = [each.end - each.start for each in lines if each.end is not None and each.start is not None]
    if len(lengths) != len(lines):
        return field.places
    return tuple(_covering(lines, lengths, found)) or field.places


def _covering(lines: Sequence[LinePlace], lengths: Sequence[int], found: Found) -> list[LinePlace]:
    """The pieces of lines that make up these characters, each piece joined to the next by one blank."""
    at, kept = 0, []
    for place, length in zip(lines, lengths, strict=True):
        if at < found.end and found.start < at + length:
            kept.append(place)
        at += length + 1
    return kept


def region(places: Sequence[Place], words: str = "", file: Sequence[str] = ()) -> dict[str, int] | None:
    """The lines of these places; the columns too, where the words are found in the lines of the file."""
    lines = [each for each in places if isinstance(each, LinePlace)]
    if not lines or len(lines) != len(places):
        return None
    first, last = min(each.line for each in lines), max(each.last_line for each in lines)
    exact = _exactly(words, file[first - 1 : last], first)
    if exact:
        return exact
    told = {"startLine": first, "endLine": last}
    starts = [each.start for each in lines if each.start is not None]
    ends = [each.end for each in lines if each.end is not None]
    if first == last and len(starts) == len(lines):
        told |= {"startColumn": min(starts) + 1, "endColumn": max(ends) + 1}
    return told


def row_region(places: Sequence[Place], rows: Sequence[tuple[int, int]]) -> dict[str, int] | None:
    """The lines of the rows in which these cells of a CSV file stand."""
    numbers = [
        int(found) for each in places if isinstance(each, CellPlace) for found in _NUMBER.findall(each.cell)
    ]
    if not numbers or len(numbers) != len(places) or max(numbers) > len(rows):
        return None
    return {"startLine": rows[min(numbers) - 1][0], "endLine": rows[max(numbers) - 1][1]}


def _exactly(words: str, lines: Sequence[str], first: int) -> dict[str, int] | None:
    """Where the words stand in these lines, whatever breaks the lines between them; if once only."""
    pieces = words.split()
    if not pieces or not lines or len(pieces) > _MOST_WORDS:
        return None
    text = "\n".join(lines)
    found = [*re.finditer(r"\s+".join(re.escape(each) for each in pieces), text)]
    if len(found) != 1:
        return None
    (line, column), (last, end) = (_counted(text, at) for at in found[0].span())
    return {
        "startLine": first + line,
        "startColumn": column + 1,
        "endLine": first + last,
        "endColumn": end + 1,
    }


def _counted(text: str, at: int) -> tuple[int, int]:
    """The line and the column of a character, counted from 0."""
    return text.count("\n", 0, at), at - (text.rfind("\n", 0, at) + 1)

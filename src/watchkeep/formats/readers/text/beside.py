"""Forms in plain text: known labels down the left side, each with its text beside it after some spaces."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from watchkeep.formats.cells import Cell, Extract, Piece, Table
from watchkeep.formats.columns import normal, recognise
from watchkeep.formats.readers.text.lines import Fragment, fragments, furniture

BESIDE = re.compile(r"^(?P<label>[A-Z#]\S*(?: \S+){0,6}?)\s*:?\s{2,}(?P<value>\S.*)$")
LEAST_LABELS = 3
LEAST_RISKS = 2
SHARE = 0.4  # of the lines that begin at the left must be labels
NEAR = 3  # a line that goes on begins this near to where its text began


@dataclass(slots=True)
class _Forms:
    """The forms read so far."""

    records: list[dict[str, list[Piece]]] = field(default_factory=list)
    headings: dict[str, Piece] = field(default_factory=dict)
    loose: list[Piece] = field(default_factory=list)
    labels: list[Piece] = field(default_factory=list)


def read_beside(lines: list[str]) -> Extract | None:
    """The forms of such a text as one table with a row for each, or none where no labels come again."""
    aside = furniture(lines)
    sequence = [each for each in fragments(lines) if each.line not in aside]
    found = {each.line: match for each in sequence if (match := _labelled(each))}
    counts = Counter(normal(match["label"]) for match in found.values())
    again = {label for label, count in counts.items() if count >= LEAST_RISKS}
    found = {line: match for line, match in found.items() if normal(match["label"]) in again}
    margin = min((each.start for each in sequence if each.line in found), default=0)
    left = [each for each in sequence if each.start <= margin + 1]
    if len(again) < LEAST_LABELS or len(found) < SHARE * len(left):
        return None
    forms = _Forms()
    column, current = 0, None
    for each in sequence:
        match = found.get(each.line)
        if match is not None:
            current, column = _take(forms, each, match)
        elif current is not None and abs(each.start - column) <= NEAR:
            current.append(each.piece)
        else:
            current = None
            forms.loose.append(each.piece)
    spare = tuple(each.piece for each in fragments(lines) if each.line in aside)
    header = tuple(Cell((words,)) for words in forms.headings.values())
    rows = tuple(tuple(_cell(record.get(key)) for key in forms.headings) for record in forms.records)
    if len(rows) < LEAST_RISKS:
        return None
    return Extract(
        "text: forms with labels at the side",
        (Table((header, *rows)),),
        tuple(forms.loose),
        (*spare, *forms.labels),
    )


def _labelled(fragment: Fragment) -> re.Match[str] | None:
    match = BESIDE.match(fragment.text)
    known = recognise(match["label"].rstrip(" :")) if match else None
    return match if known is not None and known.confidence == 1 else None


def _take(forms: _Forms, fragment: Fragment, match: re.Match[str]) -> tuple[list[Piece], int]:
    """One label with its text; where the label has been told of this risk, another risk begins."""
    key = normal(match["label"])
    words = fragment.cut(match.start("label"), match.end("label"))
    if not forms.records or key in forms.records[-1]:
        forms.records.append({})
    if key in forms.headings:
        forms.labels.append(words.piece)
    else:
        forms.headings[key] = words.piece
    value = fragment.cut(match.start("value"), match.end("value"))
    current = forms.records[-1].setdefault(key, [])
    current.append(value.piece)
    return current, value.start


def _cell(pieces: list[Piece] | None) -> Cell:
    return Cell(tuple(pieces)) if pieces else Cell()

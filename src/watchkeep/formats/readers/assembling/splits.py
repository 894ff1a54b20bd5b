"""Parts one cell into several fields where every row does so plainly: "R1 Flood", a title over its text,
"Cause: …".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from watchkeep.domain.document import Loose
from watchkeep.formats.cells import Cell, Piece
from watchkeep.formats.readers.assembling.headings import Heading
from watchkeep.formats.readers.assembling.rows import REFERENCE, Record, Segment
from watchkeep.formats.readers.assembling.text import is_wrapped, one_line, within

LEADING_REFERENCE = re.compile(
    r"^(?P<reference>(?:[A-Z]{1,8}[\s\-_/.]?(?:[A-Z]{1,4}[\-_/.]?)?\d{1,4}(?:[./]\d{1,3})?[a-z]?|"
    r"(?:[Rr]isk|RISK)\s+(?:[Nn]o\.?\s*)?\d{1,3}|\d{1,3}(?:\.\d{1,2})?(?=\s*[.):–—-])))"
    r"(?:\s*[.):–—-]+\s*|\s+)(?P<rest>\S.*)$"
)
INNER_LABEL = re.compile(
    r"(?:^|(?<=[.;:,!?])\s+|\n)(?P<label>root causes?|risk causes?|causes?|caused by|risk events?|"
    r"events?|risk|threat|effects?|"
    r"consequences?|impacts?|results?|potential consequences?|potential impacts?)\s*(?::|\s[–—-]\s)\s*(?=\S)",
    re.IGNORECASE,
)
LABEL_MEANS = (
    (re.compile(r"cause", re.IGNORECASE), "cause"),
    (re.compile(r"effect|consequence|impact|result", re.IGNORECASE), "impact"),
    (re.compile(r"event|risk|threat", re.IGNORECASE), "event"),
)
LONGEST_TITLE = 100


def part_cells(segment: Segment, labels: list[Loose]) -> Segment:
    """The segment with its crowded columns parted; a column is parted only where most of its cells agree.

    Labels found inside cells ("Cause:") belong to no field; they are added to `labels`.
    """
    segment = _title_over_text(_reference_before_name(segment))
    return _labelled_text(segment, labels)


def _cells(segment: Segment, index: int) -> list[Cell]:
    return [cell for record in segment.records if (cell := record.cells.get(index, Cell())).text]


def _most(cells: Sequence[Cell], test: Callable[[Cell], object], share: float) -> bool:
    return bool(cells) and sum(1 for cell in cells if test(cell)) >= share * len(cells)


def _fresh(segment: Segment) -> int:
    return max((heading.index for heading in segment.headings), default=-1) + 1


def _split_column(
    segment: Segment, heading: Heading, meaning: str, cut: Callable[[Cell], tuple[Cell, Cell] | None],
    reason: str,
    rest: str,
) -> Segment:  # fmt: skip
    """The column cut in two: what comes first gets `meaning` and a column of its own, the rest becomes
    `rest`.
    """
    index = _fresh(segment)
    for record in segment.records:
        pieces = cut(record.cells.get(heading.index, Cell()))
        if pieces is not None:
            record.cells[index], record.cells[heading.index] = pieces
    added = replace(
        heading, index=index, meaning=meaning, confidence=min(heading.confidence, 0.95), reason=reason
    )
    position = segment.headings.index(heading)
    headings = list(segment.headings)
    headings[position : position + 1] = [added, replace(heading, meaning=rest)]
    return Segment(tuple(headings), segment.records, segment.name)


def _reference_before_name(segment: Segment) -> Segment:
    taken = {heading.meaning for heading in segment.headings}
    for heading in segment.headings:
        if heading.meaning == "reference" and "name" not in taken:
            cells = _cells(segment, heading.index)
            if _most(cells, lambda cell: REFERENCE.match(one_line(cell.text)), 0.5):
                return segment
            rest = "name"
        elif heading.meaning in ("name", "description") and "reference" not in taken:
            rest = heading.meaning
        else:
            continue
        cells = _cells(segment, heading.index)
        found = [match.group("reference") for cell in cells if (match := _leading(cell))]
        if found and len(found) >= 0.8 * len(cells) and len(set(found)) == len(found):
            reason = "it stands before the text in one cell"
            return _split_column(segment, heading, "reference", _cut_reference, reason, rest)
    return segment


def _leading(cell: Cell) -> re.Match[str] | None:
    first = next((piece.text.strip() for piece in cell.pieces if piece.text.strip()), "")
    following = len([piece for piece in cell.pieces if piece.text.strip()]) > 1
    if following and REFERENCE.match(first):
        return re.match(r"(?P<reference>.*)(?P<rest>)$", first)
    return LEADING_REFERENCE.match(first)


def _cut_reference(cell: Cell) -> tuple[Cell, Cell] | None:
    match = _leading(cell)
    if match is None:
        return None
    pieces = [piece for piece in cell.pieces if piece.text.strip()]
    first = pieces[0]
    text = first.text
    offset = len(text) - len(text.lstrip())
    reference = Piece(
        match.group("reference"), within(first.place, text, offset, offset + match.end("reference"))
    )
    start = offset + match.start("rest")
    rest = Piece(text[start:].strip(), within(first.place, text, start, len(text)))
    others = (rest, *pieces[1:]) if rest.text else tuple(pieces[1:])
    return replace(cell, pieces=(reference,)), replace(cell, pieces=others)


def _title_over_text(segment: Segment) -> Segment:
    taken = {heading.meaning for heading in segment.headings}
    if {"name", "description"} <= taken or "event" in taken:
        return segment
    for heading in segment.headings:
        if heading.meaning in ("name", "description"):
            cells = _cells(segment, heading.index)
            if _most(cells, _has_title, 0.6):
                reason = "the first line of the cell, shorter than the text under it"
                return _split_column(segment, heading, "name", _cut_title, reason, "description")
    return segment


def _has_title(cell: Cell) -> bool:
    texts = [one_line(piece.text) for piece in cell.pieces if piece.text.strip()]
    if is_wrapped(cell) or len(texts) < 2:
        return False
    title, rest = texts[0], " ".join(texts[1:])
    if INNER_LABEL.match(title):
        return False
    return len(title) <= LONGEST_TITLE and not title.endswith((".", ";", ",")) and len(rest) > len(title)


def _cut_title(cell: Cell) -> tuple[Cell, Cell] | None:
    if not _has_title(cell):
        return None
    pieces = [piece for piece in cell.pieces if piece.text.strip()]
    first = cell.pieces.index(pieces[0])
    return replace(cell, pieces=(pieces[0],)), replace(cell, pieces=cell.pieces[first + 1 :])


def _labelled_text(segment: Segment, labels: list[Loose]) -> Segment:
    taken = {heading.meaning for heading in segment.headings}
    for heading in segment.headings:
        if heading.meaning not in ("description", "name", "event", "cause"):
            continue
        cells = _cells(segment, heading.index)
        if not _most(cells, lambda cell: len(_labels(cell)) >= 2, 0.6):
            continue
        base = _fresh(segment)
        added: list[Heading] = []
        for offset, meaning in enumerate(("cause", "event", "impact")):
            if meaning not in taken - {heading.meaning}:
                label = "labelled so inside its cell"
                added.append(
                    replace(
                        heading,
                        index=base + offset,
                        meaning=meaning,
                        confidence=min(heading.confidence, 0.95),
                        reason=label,
                    )
                )
        homes = {each.meaning: each.index for each in added}
        for record in segment.records:
            _part_labelled(record, heading.index, homes, labels)
        headings = list(segment.headings)
        position = headings.index(heading)
        kept = replace(heading, meaning="description") if heading.meaning in ("event", "cause") else heading
        headings[position : position + 1] = [kept, *added]
        return Segment(tuple(headings), segment.records, segment.name)
    return segment


def _labels(cell: Cell) -> list[tuple[int, re.Match[str], str]]:
    """Where a cell's lines carry labels: the piece, the match, the meaning; each meaning once, two or more
    in all.
    """
    found: list[tuple[int, re.Match[str], str]] = []
    for index, piece in enumerate(cell.pieces):
        for match in INNER_LABEL.finditer(piece.text):
            meaning = next(name for pattern, name in LABEL_MEANS if pattern.search(match.group("label")))
            found.append((index, match, meaning))
    meanings = [meaning for *_, meaning in found]
    return found if len(set(meanings)) == len(meanings) >= 2 else []


def _part_labelled(record: Record, index: int, homes: dict[str, int], loose: list[Loose]) -> None:
    cell = record.cells.get(index, Cell())
    labels = _labels(cell)
    if len(labels) < 2 or any(meaning not in homes for *_, meaning in labels):
        return
    seams = [(start, match.start()) for start, match, _ in labels] + [(len(cell.pieces), 0)]
    record.cells[index] = replace(cell, pieces=_stretch(cell, (0, 0), seams[0]))
    for (start, match, meaning), seam in zip(labels, seams[1:], strict=True):
        record.cells[homes[meaning]] = replace(cell, pieces=_stretch(cell, (start, match.end()), seam))
        place = cell.pieces[start].place
        loose.append(Loose(text=match.group(0).strip(), places=(place,), reason="a label inside a cell"))


def _stretch(cell: Cell, begin: tuple[int, int], end: tuple[int, int]) -> tuple[Piece, ...]:
    """The text from one seam to another, each seam a piece and a character in it."""
    pieces: list[Piece] = []
    for number in range(begin[0], min(end[0] + 1, len(cell.pieces))):
        piece = cell.pieces[number]
        left = begin[1] if number == begin[0] else 0
        right = end[1] if number == end[0] else len(piece.text)
        text = piece.text[left:right].strip()
        if text:
            pieces.append(Piece(text, within(piece.place, piece.text, left, right)))
    return tuple(pieces)

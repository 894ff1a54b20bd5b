"""Labels in a line, with their values: in bold, known, or coming again and again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from watchkeep.formats.cells import Piece
from watchkeep.formats.columns import Recognised, normal, recognise
from watchkeep.formats.readers.assembling.text import within
from watchkeep.formats.readers.outline.blocks import Block
from watchkeep.formats.readers.outline.patterns import BOLD_LABEL, EMPHASIS, PARTED, PLAIN_LABEL

SURE = 0.85


@dataclass(frozen=True, slots=True)
class Label:
    """Words before a colon, what follows them, and the field they name."""

    name: Piece
    value: Piece | None
    known: Recognised | None


def repeated_labels(blocks: Sequence[Block]) -> frozenset[str]:
    """Words before a colon that come again and again: labels, even where nobody knows them."""
    seen: Counter[str] = Counter()
    for block in blocks:
        match = PLAIN_LABEL.match(block.text) if block.kind in ("line", "item") else None
        if match and len(match["name"].split()) <= 4:
            seen[normal(match["name"])] += 1
    return frozenset(name for name, count in seen.items() if count > 1)


def field_of(text: str) -> Recognised | None:
    """The field that a label names, where that is as good as certain."""
    bare = unmarked(text).strip(" :?*_#")
    if not 1 < len(bare) <= 60:
        return None
    found = recognise(bare)
    return found if found and found.confidence >= SURE and not found.meaning.startswith("letter:") else None


def labels_of(piece: Piece, repeated: frozenset[str]) -> list[Label]:
    """The labels of a line with their values; none where the line does not begin with one."""
    text = piece.text
    found: list[tuple[re.Match[str], Recognised | None]] = []
    position = 0
    while position < len(text):
        match = BOLD_LABEL.match(text, position) or PLAIN_LABEL.match(text, position)
        known = field_of(match["name"]) if match else None
        bold = bool(match and "mark" in match.re.groupindex)
        if match and _counts(match, known, bold=bold, first=not found, repeated=repeated):
            found.append((match, known))
            position = match.end()
        elif not found:
            break
        position = _next_start(text, position + 1)
    labels = []
    for number, (match, known) in enumerate(found):
        end = found[number + 1][0].start() if number + 1 < len(found) else len(text)
        value = text[match.end() : end]
        kept = value.rstrip() if number + 1 == len(found) else re.sub(r"[\s|;·•,(–—-]+$", "", value)
        name = cut(piece, match.start("name"), match.end("name"))
        labels.append(
            Label(name, cut(piece, match.end(), match.end() + len(kept)) if kept.strip() else None, known)
        )
    return labels


def _counts(
    match: re.Match[str], known: Recognised | None, *, bold: bool, first: bool, repeated: frozenset[str]
) -> bool:
    """Whether words before a colon are a label here: bold, or known, or coming again and again."""
    if first:
        return bold or known is not None or normal(match["name"]) in repeated
    return known is not None and known.confidence == 1


def _next_start(text: str, position: int) -> int:
    """Where the next label of the same line may begin: after a mark that parts, or in bold."""
    while position < len(text):
        if PARTED.search(text[max(0, position - 4) : position]) and not text[position].isspace():
            return position
        position += 1
    return position


def said_inline(piece: Piece) -> tuple[Piece, tuple[Label, ...]] | None:
    """ "Title — Mitigation: text": the title of an item and the fields it says in the same line."""
    for parted in re.finditer(r"(?:\s[–—-]+|(?P<stop>[.;:(→][*_]*))\s+(?=[A-Z*_])", piece.text):
        labels = labels_of(cut(piece, parted.end(), len(piece.text)), frozenset())
        if labels and all(label.known and label.known.confidence == 1 and label.value for label in labels):
            title = cut(piece, 0, parted.end() if (parted["stop"] or "").startswith(".") else parted.start())
            return (title, tuple(labels)) if len(title.text) > 3 else None
    return None


def cut(piece: Piece, start: int, end: int) -> Piece:
    """A part of a text with its own place, without the blanks at its ends."""
    part = piece.text[start:end]
    kept = part.strip()
    offset = start + len(part) - len(part.lstrip())
    return Piece(kept, within(piece.place, piece.text, offset, offset + len(kept)))


def unmarked(text: str) -> str:
    """A text without the marks of bold print."""
    return EMPHASIS.sub(r"\2", text).replace("**", "").strip()

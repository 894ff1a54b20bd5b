"""Which headings are risks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from watchkeep.formats.cells import Piece
from watchkeep.formats.readers.assembling.text import one_line
from watchkeep.formats.readers.outline.blocks import Block
from watchkeep.formats.readers.outline.labels import Label, cut, labels_of, said_inline, unmarked
from watchkeep.formats.readers.outline.patterns import ALL_BOLD, HEADED, LAST, LEADING_BOLD, ORNAMENT

BOLD_LEVEL, LINE_LEVEL, ITEM_LEVEL = 7, 8, 9
LONGEST_HEAD = 300


@dataclass(frozen=True, slots=True)
class Head:
    """A block that may be the heading of a risk."""

    index: int
    level: int
    reference: Piece | None
    title: Piece | None
    labels: tuple[Label, ...] = ()  # those that stand in the same line


def possible_heads(blocks: Sequence[Block]) -> Iterator[Head]:
    """Every block that may be the heading of a risk, in order."""
    for index, block in enumerate(blocks):
        if block.piece is None:
            continue
        if block.kind == "head":
            yield _head(index, block.level, block.piece)
        elif block.kind == "line":
            bold = ALL_BOLD.match(block.text)
            said = cut(block.piece, bold.start("inside"), bold.end("inside")) if bold else block.piece
            found = _head(index, BOLD_LEVEL if bold else LINE_LEVEL, said)
            if (
                found.reference is not None
                and found.title is not None
                and (bold or _labels_next(blocks, index))
            ):
                yield found
        elif block.kind == "item":
            yield from _item_head(blocks, index, block.piece)


def _item_head(blocks: Sequence[Block], index: int, piece: Piece) -> Iterator[Head]:
    """An item whose own list is indented under it, or that says its fields in the same line."""
    block = blocks[index]
    following = _next(blocks, range(index + 1, len(blocks)))
    level = ITEM_LEVEL + block.level
    inline = said_inline(piece)
    if inline is not None:
        title, labels = inline
        found = _head(index, level, title)
        yield Head(index, level, found.reference or _number(block), found.title, labels)
    elif following is not None and (
        (following.kind == "item" and following.level > block.level) or _stands_over_labels(blocks, index)
    ):
        bold = LEADING_BOLD.match(block.text)
        if labels_of(piece, frozenset()) or (bold and bold.end() < len(block.text) and ":" in bold[0]):
            return
        found = _head(index, level, piece)
        yield Head(index, level, found.reference or _number(block), found.title)


def _next(blocks: Sequence[Block], places: Sequence[int]) -> Block | None:
    """The first block at these places that says something."""
    return next((blocks[place] for place in places if blocks[place].kind != "blank"), None)


def _stands_over_labels(blocks: Sequence[Block], index: int) -> bool:
    """Whether a numbered item stands free of the lines before it, over labels: "3. Title", "Owner: …"."""
    before = _next(blocks, range(index - 1, -1, -1))
    free = index == 0 or blocks[index - 1].kind in ("blank", "rule", "head")
    opened = before is not None and before.kind == "line" and before.text.endswith(":")
    numbered = blocks[index].marker[:1].isdigit()
    return numbered and free and not opened and _labels_next(blocks, index)


def _labels_next(blocks: Sequence[Block], index: int) -> bool:
    """Whether the next thing said after a plain line is a known label."""
    following = _next(blocks, range(index + 1, len(blocks)))
    if following is None or following.piece is None or following.kind not in ("line", "item"):
        return False
    labels = labels_of(following.piece, frozenset())
    known = labels[0].known if labels else None
    return known is not None and known.confidence == 1 and known.meaning not in ("reference", "name")


def _number(block: Block) -> Piece | None:
    if not block.marker[:1].isdigit() or block.piece is None:
        return None
    return Piece(block.marker.rstrip(".)"), block.piece.place)


def _head(index: int, level: int, piece: Piece) -> Head:
    text = unmarked(piece.text)
    ornament = ORNAMENT.match(text)
    start = ornament.end() if ornament else 0
    bare = text[start:]
    even = one_line(bare)  # long white space would make the patterns slow
    match = (HEADED.match(even) or LAST.match(even)) if len(even) <= LONGEST_HEAD else None
    if match is None or not re.search(r"\d", match["reference"]):
        return Head(index, level, None, Piece(bare, piece.place) if bare else None)
    title = match["title"].strip(" :–—-")
    return Head(
        index,
        level,
        Piece(match["reference"], piece.place),
        Piece(title, piece.place) if title else None,
    )

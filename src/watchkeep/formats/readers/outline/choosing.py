"""Which of the headings that may be risks are: those that know their reference, or most of one level."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence

from watchkeep.formats.readers.outline.blocks import Block
from watchkeep.formats.readers.outline.heads import BOLD_LEVEL, ITEM_LEVEL, Head, possible_heads
from watchkeep.formats.readers.outline.labels import field_of, labels_of
from watchkeep.formats.readers.outline.pairs import pairs_of

FEWEST_FIELDS = 3  # with so many known labels a heading without a reference is a risk


def risk_heads(blocks: Sequence[Block], repeated: frozenset[str]) -> list[Head]:
    """The headings of the risks; none where fewer than two are."""
    heads = list(possible_heads(blocks))
    fields = {head.index: _fields(blocks, head, heads, repeated) for head in heads}
    surely = _of_one_kind([head for head in heads if head.reference is not None and fields[head.index]])
    if len(surely) >= 2:
        levels = {head.level for head in surely}
        known = {head.index for head in surely}
        return [
            head
            for head in heads
            if head.index in known or (head.level in levels and len(fields[head.index]) >= FEWEST_FIELDS)
        ]
    by_level: dict[int, list[Head]] = {}
    for head in heads:
        fewest = FEWEST_FIELDS if head.level < ITEM_LEVEL else 1 if head.labels else 2
        if len(fields[head.index]) >= fewest and head.title is not None:
            by_level.setdefault(head.level, []).append(head)
    most = max(by_level.values(), key=len, default=[])
    return most if len(most) >= 2 else []


def _of_one_kind(heads: Sequence[Head]) -> list[Head]:
    """Headings in print come before lines that only look like headings, and these before items of lists."""
    printed = [head for head in heads if head.level <= BOLD_LEVEL]
    if len(printed) >= 2:
        return printed
    levels = Counter(head.level for head in heads if head.level > BOLD_LEVEL)
    most = max(levels, key=lambda level: levels[level], default=0)
    return [head for head in heads if head.level == most]


def _fields(blocks: Sequence[Block], head: Head, heads: Sequence[Head], repeated: frozenset[str]) -> set[str]:
    """The known fields that stand right under a heading."""
    found = {label.known.meaning for label in head.labels if label.known}
    for index in range(head.index + 1, _end_of(head, heads, len(blocks))):
        block = blocks[index]
        if head.level >= ITEM_LEVEL and (
            block.kind in ("head", "rule")
            or (block.kind == "item" and block.level <= head.level - ITEM_LEVEL)
        ):
            break
        if block.kind == "table" and block.table is not None:
            found |= {pair[2].meaning for pair in pairs_of(block.table) if pair[2]}
        elif block.kind == "head" and block.piece is not None:
            known = field_of(block.text)
            found |= {known.meaning} if known else set()
        elif block.kind in ("line", "item") and block.piece is not None:
            found |= {label.known.meaning for label in labels_of(block.piece, repeated) if label.known}
    return found


def _end_of(head: Head, heads: Sequence[Head], end: int) -> int:
    """Where the next heading of the same kind stands."""
    after = bisect_right(heads, head.index, key=lambda each: each.index)
    for number in range(after, len(heads)):
        if heads[number].level <= head.level or heads[number].reference is not None:
            return heads[number].index
    return end

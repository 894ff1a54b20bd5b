"""The risks that stand under headings of their own."""

from __future__ import annotations

from collections.abc import Sequence

from watchkeep.formats.readers.outline.blocks import Block, Told
from watchkeep.formats.readers.outline.choosing import risk_heads
from watchkeep.formats.readers.outline.heads import BOLD_LEVEL
from watchkeep.formats.readers.outline.labels import repeated_labels
from watchkeep.formats.readers.outline.records import Reader, begin, outside, under
from watchkeep.formats.readers.outline.table import handed_over


def told_under_headings(blocks: Sequence[Block]) -> Told | None:
    """The risks that stand under headings of their own, or none where no such headings come again."""
    repeated = repeated_labels(blocks)
    heads = risk_heads(blocks, repeated)
    if not heads:
        return None
    reader = Reader(blocks, repeated)
    starts = {head.index: head for head in heads}
    ends = {level for level in (head.level for head in heads) if level < BOLD_LEVEL}
    for index, block in enumerate(blocks):
        if index in starts:
            begin(reader, starts[index])
        elif block.kind == "head" and block.level <= max(ends, default=6):
            reader.closed = True
            outside(reader, block)
        elif reader.closed or not reader.records:
            outside(reader, block)
        else:
            under(reader, block)
    return handed_over(reader)

"""Text to tables: any register that has become text, whatever its shape."""

from __future__ import annotations

from watchkeep.domain.errors import Unreadable
from watchkeep.formats.cells import Extract
from watchkeep.formats.readers.text.aligned import is_aligned, read_aligned
from watchkeep.formats.readers.text.decoding import decode
from watchkeep.formats.readers.text.flow.reading import read_flow

__all__ = ["extract"]


def extract(data: bytes, name: str) -> Extract:
    """The tables of a text file, and the rest of its text."""
    lines = decode(data, name)
    found = (read_aligned(lines) if is_aligned(lines) else None) or read_flow(lines)
    if found is None:
        raise Unreadable(where=name, why="No register was found in the text.", remedy="")
    return found

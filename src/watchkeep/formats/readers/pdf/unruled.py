"""Tables without rules."""

from __future__ import annotations

from collections.abc import Sequence

from watchkeep.formats.cells import Table
from watchkeep.formats.readers.pdf.words import Word


def unruled_table(words: Sequence[Word], page: int) -> tuple[Table | None, list[Word]]:
    """TODO"""
    return None, list(words)

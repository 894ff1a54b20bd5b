"""The part markers that the lines of a cell open with, by their rank."""

from __future__ import annotations

from collections.abc import Sequence

from watchkeep.formats.readers.text.lines import Fragment
from watchkeep.formats.readers.text.wording import marker, marker_rank


def _ranks(lines: Sequence[Fragment]) -> list[int]:
    found = [marker(each.text) for each in lines]
    return [rank for rank in (marker_rank(mark) if mark else None for mark in found) if rank]


def first_rank(lines: Sequence[Fragment]) -> int:
    """The rank of the part that these lines open with; 0 where they open with none."""
    mark = marker(lines[0].text) if lines else None
    return (marker_rank(mark) or 0) if mark else 0


def last_rank(lines: Sequence[Fragment]) -> int:
    """The rank of the last part in these lines; 0 where they open with none."""
    ranks = _ranks(lines)
    return ranks[-1] if ranks and first_rank(lines) else 0

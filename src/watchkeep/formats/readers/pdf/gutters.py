"""Columns without rules: the white that runs down a page between them."""

from __future__ import annotations

from collections.abc import Sequence

from watchkeep.formats.readers.pdf.words import Word

_NARROWEST = 4.0  # points: less white than this between two columns cannot be told from a space
_CROSSING = 0.02  # of the words: a heading over two columns, or one long word, may cross a gutter


def gutters(words: Sequence[Word], left: float, right: float) -> list[float]:
    """Where columns part between `left` and `right`: the middle of each white strip that runs from top to bottom."""
    if len(words) < 6:
        return []
    allowed = int(len(words) * _CROSSING)
    steps: list[tuple[float, int]] = []
    for word in words:
        steps += [(word.x0, 1), (word.x1, -1)]
    steps.sort()
    found: list[float] = []
    depth, start = 0, left
    for x, step in steps:
        was = depth
        depth += step
        if was <= allowed < depth:
            if x - start >= max(_NARROWEST, _widest_space(words)) and start > left + 1:
                found.append((start + x) / 2)
        elif was > allowed >= depth:
            start = x
    return [x for x in found if left < x < right]


def _widest_space(words: Sequence[Word]) -> float:
    """A space between words is rarely wider than two thirds of the letter size."""
    sizes = sorted(word.size for word in words)
    return 0.66 * sizes[len(sizes) // 2]

"""Columns without rules: the white that runs down a page between them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from watchkeep.formats.readers.pdf.words import Word, lines_of, segments

_MARKER = re.compile(r"^(?:[-–—•·▪■◦●○➢✓*o]|\(?[ivxIVX]{1,4}[.):]|\(?[a-z][.)]|\d{1,2}[.)])$")
_NARROWEST = 4.0  # points: less white than this between two columns cannot be told from a space
_CROSSING = 0.02  # of the words: a heading over two columns, or one long word, may cross a gutter


def gutters(
    words: Sequence[Word], left: float, right: float, opaque: frozenset[int] = frozenset()
) -> list[float]:
    """Where columns part between `left` and `right`: the middle of each white strip from top to bottom.

    A few words may cross it, but none of those whose id() is in `opaque`: the headings.
    """
    if len(words) < 6:
        return []
    allowed = int(len(words) * _CROSSING)
    steps: list[tuple[float, int]] = []
    for word in words:
        weight = allowed + 1 if id(word) in opaque else 1
        steps += [(word.x0, weight), (word.x1, -weight)]
    steps.sort()
    found: list[float] = []
    depth, start = 0, left
    for x, step in steps:
        was = depth
        depth += step
        if was <= allowed < depth:
            if x - start >= max(_NARROWEST, _widest_space(words)) and start > left + 1:
                found.append(_clearest(start, x, words))
        elif was > allowed >= depth:
            start = x
    return [x for x in found if left < x < right]


def _widest_space(words: Sequence[Word]) -> float:
    """A space between words is rarely wider than two thirds of the letter size."""
    sizes = sorted(word.size for word in words)
    return 0.66 * sizes[len(sizes) // 2]


def _clearest(start: float, end: float, words: Sequence[Word]) -> float:
    """The middle of the widest part of a strip that no word at all reaches into."""
    edge, best = start, (0.0, (start + end) / 2)
    for word in sorted(
        (each for each in words if each.x1 > start and each.x0 < end), key=lambda each: each.x0
    ):
        best = max(best, (word.x0 - edge, (edge + word.x0) / 2))
        edge = max(edge, word.x1)
    best = max(best, (end - edge, (edge + end) / 2))
    return best[1] if best[0] >= 1 else (start + end) / 2


def columns_under(headings: Sequence[Word], words: Sequence[Word], left: float, right: float) -> list[float]:
    """The gutters that part columns, and not the bullets of one column from its text.

    A heading that stands over a gutter shows that both sides are one column; so does a side of bare markers.
    """
    heads = _heading_words(headings)
    opaque = frozenset(id(word) for word in heads)
    found = [x for x in gutters(words, left, right, opaque) if not _covered(x, heads)]
    bare = []
    for start, end in pairwise([left, *found, right]):
        inside = [word for word in words if start <= word.middle[0] < end]
        headed = any(start <= word.middle[0] < end for word in headings)
        if not headed and inside and all(_MARKER.match(word.text) for word in inside):
            bare.append(end)
    return [x for x in found if x not in bare]


def _heading_words(headings: Sequence[Word]) -> list[Word]:
    """The words of the heading lines proper; a line with few parts above them names groups of columns."""
    lines = lines_of(headings)
    most = max((len(segments(line)) for line in lines), default=0)
    return [word for line in lines if len(segments(line)) > 0.6 * most for word in line.words]


def _covered(x: float, headings: Sequence[Word]) -> bool:
    """Whether words of one heading stand on both sides of `x` with no more than a space between them."""
    for word in headings:
        if word.x0 < x < word.x1:
            return True
    for left in headings:
        for right in headings:
            level = min(left.bottom, right.bottom) - max(left.top, right.top) > 0.5 * (left.bottom - left.top)
            if level and left.x1 <= x <= right.x0 and right.x0 - left.x1 < 0.5 * left.size:
                return True
    return False

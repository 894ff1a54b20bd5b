"""The columns of a page: stretches of characters parted by gutters."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from watchkeep.formats.readers.text.aligned.page import GAP, Span, nearest
from watchkeep.formats.readers.text.lines import Fragment


def spans_of(
    body: Sequence[str], titles: Sequence[Fragment], stacks: Sequence[Sequence[Fragment]]
) -> list[Span]:
    """The columns: stretches of characters parted by gutters.

    Within a page a column may stand a few characters to the left or right from row to row, so a gutter that
    a few lines write into is still one: as many are forgiven as it takes to give each heading a column.
    """
    ink = [0] * (max([*map(len, body), *(each.end for each in titles)]) + 1)
    marked = [(match.start(), match.end()) for line in body for match in GAP.finditer(line)]
    for start, end in (*marked, *((each.start, each.end) for each in titles)):
        for position in range(start, end):
            ink[position] += 1
    clear = stretches(ink, 0, 2)
    if len(clear) >= len(stacks) and _agreement(clear, stacks) >= len(stacks):
        return clear
    # A heading may be wider than its column, and stand over the next one's values.
    bare = [0] * len(ink)
    for start, end in marked:
        for position in range(start, end):
            bare[position] += 1
    tried = [
        stretches(each, allowed, gutter)
        for allowed in range(max(1, len(body) // 5))
        for gutter in (2, 1)
        for each in (ink, bare)
    ]
    even = next((spans for spans in tried if len(spans) == len(stacks) == _agreement(spans, stacks)), None)
    if even is None:
        even = next((spans for spans in tried[:4] if _one_each(spans, stacks)), None)
    if even is None:
        even = _parted(clear, body, stacks)
    if even is None:
        even = _before_headings(body, stacks)
    if even is None:
        even = next((spans for spans in tried if len(spans) == len(stacks)), None)
    return even or max(tried, key=lambda spans: _agreement(spans, stacks))


def _parted(
    spans: Sequence[Span], body: Sequence[str], stacks: Sequence[Sequence[Fragment]]
) -> list[Span] | None:
    """Columns that touch, parted where the second of two headings starts and hardly a line writes across."""
    found: list[Span] = []
    for span in spans:
        starts = sorted(min(each.start for each in stack) for stack in stacks)
        inside = [start for start in starts if span.start - 3 <= start < span.end]
        edge = span.start
        for start in inside[1:]:
            best = min(range(start - 3, start + 1), key=lambda at: (_written(body, at), -at))
            if _written(body, best) > len(body) / 8:
                return None
            found.append(Span(edge, best))
            edge = best + 1
        found.append(Span(edge, span.end))
    return found if _agreement(found, stacks) >= len(stacks) else None


def _before_headings(body: Sequence[str], stacks: Sequence[Sequence[Fragment]]) -> list[Span] | None:
    """Columns parted shortly before each heading, where the fewest lines write; none where many write
    everywhere.
    """
    starts = [min(each.start for each in stack) for stack in stacks]
    edge, found = 0, []
    for before, start in pairwise(starts):
        best = min(
            range(max(before + 1, start - 8), start), key=lambda at: (_written(body, at), -at), default=0
        )
        if best <= edge or _written(body, best) > len(body) / 8:
            return None
        found.append(Span(edge, best))
        edge = best + 1
    return [*found, Span(edge, max(map(len, body)))] if edge < max(map(len, body)) else None


def _one_each(spans: Sequence[Span], stacks: Sequence[Sequence[Fragment]]) -> bool:
    """Whether the headings, each taken to the nearest column, have one each."""
    taken = [
        nearest(Span(min(each.start for each in stack), max(each.end for each in stack)), spans)
        for stack in stacks
    ]
    return len(spans) == len(stacks) and taken == list(range(len(spans)))


def _written(body: Sequence[str], at: int) -> int:
    return sum(at < len(line) and line[at] != " " for line in body)


def _agreement(spans: Sequence[Span], stacks: Sequence[Sequence[Fragment]]) -> float:
    """How many headings have a column of their own; columns without any heading count against."""
    owners: set[int] = set()
    covered: set[int] = set()
    for stack in stacks:
        start, end = min(each.start for each in stack), max(each.end for each in stack)
        overlaps = [min(end, span.end) - max(start, span.start) for span in spans]
        if overlaps and max(overlaps) > 0:
            owners.add(overlaps.index(max(overlaps)))
            covered.update(index for index, overlap in enumerate(overlaps) if overlap > 0)
    return len(owners) - 0.5 * (len(spans) - len(covered))


def stretches(ink: Sequence[int], allowed: int, gutter: int) -> list[Span]:
    """The stretches that more than `allowed` lines write into, parted by gutters of so many characters."""
    spans: list[Span] = []
    start: int | None = None
    gap = 0
    for position, count in enumerate(ink):
        if count > allowed:
            if start is not None and gap >= gutter:
                spans.append(Span(start, position - gap))
                start = None
            if start is None:
                start = position
            gap = 0
        else:
            gap += 1
    if start is not None:
        spans.append(Span(start, len(ink) - gap))
    return spans

"""A page cut into columns: the texts of each line, by the column that each overlaps most."""

from __future__ import annotations

from collections.abc import Sequence

from watchkeep.formats.readers.text.aligned.gutters import spans_of
from watchkeep.formats.readers.text.aligned.page import GAP, Page, Span, nearest, whole_line
from watchkeep.formats.readers.text.aligned.titles import heading_lines, stacked, titles_of
from watchkeep.formats.readers.text.lines import Fragment


def page_of(numbered: list[tuple[int, str]], before: Page | None) -> Page | None:
    """One page cut into columns; a page without headings goes on with the columns of the page before."""
    top = heading_lines(numbered)
    if top is None and before is None:
        return None
    first, last = top if top is not None else (0, -1)
    body = numbered[last + 1 :]
    if not body:
        return None
    if top is not None:
        titles = titles_of(numbered[first : last + 1], [line for _, line in body])
        spans = spans_of([line for _, line in body], titles, stacked(titles))
    else:
        titles, spans = [], before.spans if before is not None else []
    head: list[list[Fragment]] = [[] for _ in spans]
    for fragment in titles:
        head[nearest(Span(fragment.start, fragment.end), spans)].append(fragment)
    rows = []
    across: set[tuple[int, int]] = set()
    for number, line in body:
        cells: dict[int, Fragment] = {}
        for column, fragment, ran in _cut(number, line, spans):
            across.update((number, each) for each in ran)
            known = cells.get(column)
            cells[column] = fragment if known is None else _spread(known, fragment, line)
        rows.append(cells)
    outside = [whole_line(number, line) for number, line in numbered[:first]]
    return Page(spans, head, rows, [number for number, _ in body], outside, across)


def _spread(first: Fragment, second: Fragment, line: str) -> Fragment:
    return Fragment(first.line, first.start, line[first.start : second.end], False)


def _cut(number: int, line: str, spans: Sequence[Span]) -> list[tuple[int, Fragment, list[int]]]:
    """The texts of a line with the column each overlaps most; one that fills two columns is cut between
    them. With each come the columns that it touches, where it touches more than one.
    """
    found: list[tuple[int, Fragment, list[int]]] = []
    alone = len(GAP.findall(line)) == 1
    for match in GAP.finditer(line):
        over = {
            index: overlap
            for index, span in enumerate(spans)
            if (overlap := min(match.end(), span.end) - max(match.start(), span.start)) > 0
        } or {nearest(Span(match.start(), match.end()), spans): 1}
        full = [
            index
            for index, overlap in over.items()
            if overlap > 0.6 * (spans[index].end - spans[index].start)
        ]
        cuts = [line.rfind(" ", 0, spans[index].start + 1) for index in full[1:]]
        reached = sorted(over)
        if (
            len(reached) == 2
            and match.start() <= spans[reached[0]].start + 2
            and _touching(line, spans, reached)
        ):
            full, cuts = reached, [line.rfind(" ", 0, spans[reached[1]].start + 1)]
        if len(full) < 2 or any(cut <= match.start() for cut in cuts):
            full, cuts = [max(over, key=lambda index: over[index])], []
        edges = [match.start(), *cuts, match.end()]
        for index, start, end in zip(full, edges, edges[1:], strict=False):
            text = line[start:end].strip()
            offset = start + len(line[start:end]) - len(line[start:end].lstrip())
            whole = alone and len(full) == 1
            found.append((index, Fragment(number, offset, text, whole), reached if len(reached) > 1 else []))
    return found


def _touching(line: str, spans: Sequence[Span], reached: Sequence[int]) -> bool:
    """Whether a text that starts at the head of one column and runs into the next has a blank just before
    that.
    """
    following = spans[reached[1]].start
    return line[following - 1 : following] == " " and following - spans[reached[0]].end <= 2


def matched(page: Page, main: Page) -> Page:
    """A page whose gutters came out otherwise, cut as the main page is."""
    to = [nearest(span, main.spans) for span in page.spans]
    head: list[list[Fragment]] = [[] for _ in main.spans]
    for column, stack in enumerate(page.head):
        head[to[column]].extend(stack)
    body = []
    for line in page.body:
        cells: dict[int, Fragment] = {}
        for column, fragment in sorted(line.items()):
            known = cells.get(to[column])
            text = fragment.text if known is None else f"{known.text} {fragment.text}"
            cells[to[column]] = Fragment(fragment.line, known.start if known else fragment.start, text, False)
        body.append(cells)
    across = {(number, to[column]) for number, column in page.across}
    return Page(main.spans, head, body, page.numbers, page.outside, across)

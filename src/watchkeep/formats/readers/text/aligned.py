"""Text in which the columns were kept by spaces (`pdftotext -layout`, printed reports): gutters, then rows.

Rows need not be parted by blank lines, and a reference may stand at the head of its row or in the middle of
it. The boundary between two rows is put where it costs least: where the sentences of all columns end, and
in keeping with where the references stand.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from watchkeep.formats.cells import Cell, Extract, Table
from watchkeep.formats.readers.text.headings import Heading, heading, in_one_line, two_in_one
from watchkeep.formats.readers.text.identifiers import references
from watchkeep.formats.readers.text.lines import FORM_FEED, Fragment, furniture
from watchkeep.formats.readers.text.values import kind_of_meaning
from watchkeep.formats.readers.text.wording import end_cost, marker, marker_rank, start_cost, starts_small

GAP = re.compile(r"\S+(?:\s\S+)*")  # words with one space between them stand together
LEAST_SHARE = 0.25  # of the lines must show columns
FAR_IN = 24  # characters: no outline indents its lines so far
TOUCHING = 0.7  # the same, of cells whose text ran into the next column
TOP, MIDDLE = "top", "middle"
CARRIED = 1.0  # what speaks against a page starting in the middle of a row
SURE = 0.95  # the share that is right (`python -m benchmarks.reading` measures it anew)
LEAST_HEADINGS = 3
MOST_HEADING_LINES = 5
REACH = 8  # lines up and down in which columns are tied to one another


@dataclass(frozen=True, slots=True)
class Span:
    """The characters of a page that one column takes."""

    start: int
    end: int


@dataclass
class Page:
    """The lines of one page, cut into columns: for each column, fragments by line index."""

    spans: list[Span]
    head: list[list[Fragment]]  # for each column, the fragments of its heading
    body: list[dict[int, Fragment]]  # for each line, column -> fragment
    numbers: list[int]
    outside: list[Fragment]
    across: set[tuple[int, int]]  # (line, column) where a text ran from one column into the next

    @cached_property
    def ranks(self) -> list[list[int]]:
        """For each column, how many of its lines stand above each line (and below the last: all of them)."""
        counts: list[list[int]] = []
        for column in range(len(self.spans)):
            held = [0]
            for cells in self.body:
                held.append(held[-1] + (column in cells))
            counts.append(held)
        return counts

    @cached_property
    def shared(self) -> dict[tuple[int, int], tuple[list[int], list[float]]]:
        """For two columns: how many lines above each line they share, and the sum of their differences in
        rank there.
        """
        found: dict[tuple[int, int], tuple[list[int], list[float]]] = {}
        for one in range(len(self.spans)):
            for other in range(one + 1, len(self.spans)):
                count, sums = [0], [0.0]
                for line, cells in enumerate(self.body):
                    both = one in cells and other in cells
                    count.append(count[-1] + both)
                    sums.append(sums[-1] + (self.ranks[one][line] - self.ranks[other][line] if both else 0.0))
                if count[-1]:
                    found[(one, other)] = (count, sums)
        return found


def is_aligned(lines: Sequence[str]) -> bool:
    """Whether columns are kept by runs of spaces."""
    filled = [line for line in lines if line.strip()]
    gapped = sum(bool(re.search(r"\S\s{2,}\S", line.expandtabs())) for line in filled)
    # Texts that are centred in their rows often stand alone on a line, far from its edge.
    inset = sum(len(line.expandtabs()) - len(line.expandtabs().lstrip()) >= FAR_IN for line in filled)
    if len(filled) < 4:
        return False
    return gapped >= LEAST_SHARE * len(filled) or (gapped >= 4 and gapped + inset >= 0.6 * len(filled))


def is_headed(lines: Sequence[str]) -> bool:
    """Whether headings stand side by side near the top: a table, and no forms with labels at their side."""
    filled = [(number, line.expandtabs()) for number, line in enumerate(lines, start=1) if line.strip()]
    return _heading_lines(filled[:40]) is not None


def read_aligned(lines: list[str]) -> Extract | None:
    """The register in such text, or none where no row of headings is found."""
    lines = [line.expandtabs() if "\t" in line else line for line in lines]
    aside = furniture(lines)
    pages: list[Page] = []
    outside: list[Fragment] = []
    kept_furniture: list[Fragment] = []
    for chunk in _pages(lines):
        numbered = [(number, line) for number, line in chunk if line.strip()]
        kept_furniture.extend(_whole(number, line) for number, line in numbered if number in aside)
        numbered = [(number, line) for number, line in numbered if number not in aside]
        page = _page(numbered, pages[-1] if pages else None)
        if page is None:
            outside.extend(_whole(number, line) for number, line in numbered)
        else:
            pages.append(page)
            outside.extend(page.outside)
    if not pages:
        return None
    return _table(pages, outside, kept_furniture)


def _whole(number: int, line: str) -> Fragment:
    kept = line.strip()
    return Fragment(number, line.index(kept), kept)


def _pages(lines: Sequence[str]) -> list[list[tuple[int, str]]]:
    pages: list[list[tuple[int, str]]] = [[]]
    for number, line in enumerate(lines, start=1):
        if line.startswith(FORM_FEED):
            pages.append([])
        pages[-1].append((number, line.replace(FORM_FEED, " ") if not line.startswith(FORM_FEED) else line))
    return pages


# --- Columns
# -------------------------------------------------------------------------------------------------


def _page(numbered: list[tuple[int, str]], before: Page | None) -> Page | None:
    """One page cut into columns; a page without headings goes on with the columns of the page before."""
    top = _heading_lines(numbered)
    if top is None and before is None:
        return None
    first, last = top if top is not None else (0, -1)
    body = numbered[last + 1 :]
    if not body:
        return None
    if top is not None:
        titles = _titles(numbered[first : last + 1], [line for _, line in body])
        spans = _spans([line for _, line in body], titles, _stacked(titles))
    else:
        titles, spans = [], before.spans if before is not None else []
    head: list[list[Fragment]] = [[] for _ in spans]
    for fragment in titles:
        head[_nearest(Span(fragment.start, fragment.end), spans)].append(fragment)
    rows = []
    across: set[tuple[int, int]] = set()
    for number, line in body:
        cells: dict[int, Fragment] = {}
        for column, fragment, ran in _cut(number, line, spans):
            across.update((number, each) for each in ran)
            known = cells.get(column)
            cells[column] = fragment if known is None else _spread(known, fragment, line)
        rows.append(cells)
    outside = [_whole(number, line) for number, line in numbered[:first]]
    return Page(spans, head, rows, [number for number, _ in body], outside, across)


def _spread(first: Fragment, second: Fragment, line: str) -> Fragment:
    return Fragment(first.line, first.start, line[first.start : second.end], False)


def _heading_lines(numbered: list[tuple[int, str]]) -> tuple[int, int] | None:
    """The first and last line of the headings: the lines in which at least three known names stand side by
    side.

    Of several choices that make as many headings, the longest: "Direction of" goes on in "Travel" below it.
    """
    best: tuple[tuple[int, int], int, int] | None = None
    for first in range(min(len(numbered), 40)):
        for last in range(first, min(first + MOST_HEADING_LINES, len(numbered))):
            known, strange = _known(numbered[first : last + 1])
            if known - 2 * strange < LEAST_HEADINGS:
                continue
            worth = (
                known - 2 * strange,
                last - first if _titles_only(numbered[first : last + 1]) else -(last - first),
            )
            if best is None or worth > best[0]:
                best = (worth, first, last)
    return (best[1], best[2]) if best else None


def _titles_only(numbered: Sequence[tuple[int, str]]) -> bool:
    """Whether every text of these lines is part of a heading that is known."""
    return all(
        heading(stack) is not None
        or (len(stack) == 1 and not stack[0].text[:1].islower() and len(stack[0].text) < 12)
        for stack in _stacks(numbered)
    )


def _titles(numbered: Sequence[tuple[int, str]], body: Sequence[str]) -> list[Fragment]:
    """The texts of the heading lines; two headings with one space between them are parted where a column
    starts.
    """
    ink = [0] * (max(map(len, body)) + 1)
    for line in body:
        for match in GAP.finditer(line):
            for position in range(match.start(), match.end()):
                ink[position] += 1
    columns = _stretches(ink, 0, 2)
    found: list[Fragment] = []
    whole: list[Fragment] = []
    for number, line in numbered:
        for match in GAP.finditer(line):
            whole.append(Fragment(number, match.start(), match[0], False))
            over = [each for each in columns if match.start() < each.end and match.end() > each.start]
            start = match.start()
            for column in over[1:]:
                if start < column.start < match.end() and line[column.start - 1] == " ":
                    found.append(Fragment(number, start, line[start : column.start - 1].rstrip(), False))
                    start = column.start
            found.append(Fragment(number, start, line[start : match.end()], False))
    tried = (_best_stacks(found), _best_stacks(whole))  # the first of equals
    return [part for stack in max(tried, key=_different) for part in stack]


def _stacks(numbered: Sequence[tuple[int, str]]) -> list[list[Fragment]]:
    """The texts of a few lines, those that stand above one another together, from left to right."""
    return _best_stacks(
        [
            Fragment(number, match.start(), match[0], False)
            for number, line in numbered
            for match in GAP.finditer(line)
        ]
    )


def _best_stacks(texts: Sequence[Fragment]) -> list[list[Fragment]]:
    """Texts above one another; a text is parted into the headings it holds where that makes more of them
    known.
    """
    cut = _parted_where_others_start(texts)
    tried = [_stacked(texts), _stacked(cut)]
    tried += [
        _stacked(_parted_by_name(stacks, each)) for stacks, each in zip(tried, (texts, cut), strict=True)
    ]
    return max(tried, key=_different)  # the first of equals: as they stand


def _different(stacks: Sequence[Sequence[Fragment]]) -> tuple[int, int]:
    """How many different headings are known, less those that can only be two; then, how few there are."""
    found = [one for stack in stacks if (one := heading(stack)) is not None]
    return len({each.meaning for each in found}) - sum(map(two_in_one, found)), -len(stacks)


def _parted_where_others_start(texts: Sequence[Fragment]) -> list[Fragment]:
    """Texts parted before a word under or over which another line starts a text of its own."""
    found: list[Fragment] = []
    for text in texts:
        starts = {other.start for other in texts if other.line != text.line}
        edge = 0
        for position in (match.start() + 1 for match in re.finditer(" ", text.text)):
            if starts & {text.start + position + slip for slip in (-1, 0, 1)}:
                found.append(text.cut(edge, position))
                edge = position
        found.append(text.cut(edge, len(text.text)))
    return found


def _parted_by_name(stacks: Sequence[Sequence[Fragment]], texts: Sequence[Fragment]) -> list[Fragment]:
    """Texts parted into the headings they consist of, where they stand alone and are not one themselves."""
    lone = {stack[0] for stack in stacks if len(stack) == 1}
    found: list[Fragment] = []
    for text in texts:
        several = in_one_line(text) if text in lone else []
        found.extend([each.fragments[0] for each in several] or [text])
    return found


def _stacked(fragments: Sequence[Fragment]) -> list[list[Fragment]]:
    stacks: list[tuple[int, int, list[Fragment]]] = []
    for fragment in fragments:
        for index, (start, end, stack) in enumerate(stacks):
            if fragment.start < end and fragment.end > start:
                stack.append(fragment)
                stacks[index] = (min(start, fragment.start), max(end, fragment.end), stack)
                break
        else:
            stacks.append((fragment.start, fragment.end, [fragment]))
    return [stack for _, _, stack in sorted(stacks, key=lambda each: each[0])]


def _known(numbered: Sequence[tuple[int, str]]) -> tuple[int, int]:
    """How many different headings these lines make, text above text; how many long texts are none."""
    stacks = _stacks(numbered)
    found = [heading(stack) for stack in stacks]
    known = len({each.meaning for each in found if each is not None})
    strange = sum(
        each is None and len(" ".join(part.text for part in stack)) > 30
        for each, stack in zip(found, stacks, strict=True)
    )
    return known, strange


def _spans(
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
    clear = _stretches(ink, 0, 2)
    if len(clear) >= len(stacks) and _agreement(clear, stacks) >= len(stacks):
        return clear
    # A heading may be wider than its column, and stand over the next one's values.
    bare = [0] * len(ink)
    for start, end in marked:
        for position in range(start, end):
            bare[position] += 1
    tried = [
        _stretches(each, allowed, gutter)
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
        _nearest(Span(min(each.start for each in stack), max(each.end for each in stack)), spans)
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


def _stretches(ink: Sequence[int], allowed: int, gutter: int) -> list[Span]:
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
        } or {_nearest(Span(match.start(), match.end()), spans): 1}
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


# --- Rows
# ----------------------------------------------------------------------------------------------------

Marks = list[list[int]]  # for each page, the lines in which a reference opens or centres a row


def _table(pages: list[Page], outside: list[Fragment], kept_furniture: list[Fragment]) -> Extract:
    columns = max(len(page.spans) for page in pages)
    main = next(page for page in pages if len(page.spans) == columns)
    pages = [page if len(page.spans) == columns else _matched(page, main) for page in pages]
    names = [heading(stack) if stack else None for stack in main.head]
    marks = _marks(pages, names)
    valued = [
        index
        for index, name in enumerate(names)
        if name and kind_of_meaning(name.meaning) not in ("", "date")
    ]
    layouts = {
        style: [
            _cheapest(page, marks[number], style, valued, number > 0) for number, page in enumerate(pages)
        ]
        for style in (TOP, MIDDLE)
    }
    style = min(layouts, key=lambda each: (sum(cost for cost, _ in layouts[each]), each == MIDDLE))
    rows: list[list[list[Fragment]]] = []
    for page, (_, bands) in zip(pages, layouts[style], strict=True):
        for first, last, marked in bands:
            cells: list[list[Fragment]] = [[] for _ in range(columns)]
            for line in page.body[first:last]:
                for column, fragment in line.items():
                    cells[column].append(fragment)
            if marked or not rows:
                rows.append(cells)
            else:
                for column, lines in enumerate(cells):
                    rows[-1][column].extend(lines)
    header = tuple(Cell(tuple(each.piece for each in stack)) for stack in main.head)
    across = set[tuple[int, int]]().union(*(page.across for page in pages))
    spare = [fragment for page in pages if page is not main for stack in page.head for fragment in stack]
    return Extract(
        reader="text: columns kept by spaces",
        tables=(Table((header, *(_row(cells, across) for cells in rows))),),
        loose=tuple(each.piece for each in outside),
        furniture=tuple(
            each.piece for each in sorted([*kept_furniture, *spare], key=lambda each: (each.line, each.start))
        ),
    )


def _row(cells: Sequence[Sequence[Fragment]], across: set[tuple[int, int]]) -> tuple[Cell, ...]:
    return tuple(
        _cell(lines, any((each.line, column) in across for each in lines))
        for column, lines in enumerate(cells)
    )


def _cell(lines: Sequence[Fragment], across: bool) -> Cell:
    if not lines:
        return Cell()
    pieces = tuple(each.piece for each in lines)
    if across:
        reason = "placed by where it stands on its line, though it touches the text of the next column"
        return Cell(pieces, confidence=TOUCHING, reason=reason)
    return Cell(pieces, confidence=SURE, reason="placed by where it stands on its line")


def _matched(page: Page, main: Page) -> Page:
    """A page whose gutters came out otherwise, cut as the main page is."""
    to = [_nearest(span, main.spans) for span in page.spans]
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


def _nearest(span: Span, spans: Sequence[Span]) -> int:
    def distance(index: int) -> float:
        other = spans[index]
        overlap = min(span.end, other.end) - max(span.start, other.start)
        return -overlap if overlap > 0 else abs(other.start + other.end - span.start - span.end) / 2

    return min(range(len(spans)), key=distance)


def _marks(pages: Sequence[Page], names: Sequence[Heading | None]) -> Marks:
    """Where the rows' references stand: in the column so headed, else in the column that a scheme is found
    in.

    Where there is none, every line that starts a text in the first column and fills half of the others.
    """
    column = next(
        (index for index, name in enumerate(names) if name is not None and name.meaning == "reference"), None
    )
    options = [column] if column is not None else list(range(len(names)))
    best: list[tuple[int, int]] = []
    for each in options:
        places = [
            (number, line)
            for number, page in enumerate(pages)
            for line, cells in enumerate(page.body)
            if each in cells
        ]
        found = references([pages[number].body[line][each] for number, line in places])
        starts = [places[one.index] for one in found if one.start == 0]
        if len(starts) > len(best):
            best = starts
        if column is not None and len(starts) < 0.5 * len(places):
            numbered = [key for key in places if any(map(str.isdigit, pages[key[0]].body[key[1]][each].text))]
            best = numbered or places
    if not best:
        best = [
            (number, line)
            for number, page in enumerate(pages)
            for line, cells in enumerate(page.body)
            if min(cells, default=9) <= 1 and len(cells) >= max(2, len(names) // 2)
        ]
    return [[line for page, line in best if page == number] for number in range(len(pages))]


def _cheapest(
    page: Page, marks: Sequence[int], style: str, valued: Sequence[int], carries: bool
) -> tuple[float, list[tuple[int, int, bool]]]:
    """The rows of a page that cost least: first line, line after the last, and whether a reference stands
    in it.
    """
    count = len(page.body)
    if not marks:
        return 0.0, [(0, count, False)]
    border = [_border_cost(page, line) for line in range(count + 1)]
    starts: dict[int, tuple[float, list[tuple[int, int, bool]]]] = {
        0: (_goes_on(page) if carries else 0.0, [])
    }
    if carries:
        for line in range(1, marks[0] + 1):
            starts[line] = (border[line] + CARRIED, [(0, line, False)])
    for position, mark in enumerate(marks):
        following = marks[position + 1] if position + 1 < len(marks) else count
        levels = _levels(page, mark, marks)
        ends = range(mark + 1, following + 1) if position + 1 < len(marks) else (count,)
        reached: dict[int, tuple[float, list[tuple[int, int, bool]]]] = {}
        for end in ends:
            best: tuple[float, int] | None = None
            for start, (cost, _) in starts.items():
                total = (
                    cost
                    + (border[end] if end < count else 0.0)
                    + _row_cost(page, (start, end), mark, levels, style, valued)
                )
                if best is None or total < best[0]:
                    best = (total, start)
            if best is not None:
                reached[end] = (best[0], [*starts[best[1]][1], (best[1], end, True)])
        starts = reached
    return min(starts.values(), key=lambda each: each[0])


def _row_cost(
    page: Page,
    band: tuple[int, int],
    mark: int,
    levels: Sequence[tuple[float, float]],
    style: str,
    valued: Sequence[int],
) -> float:
    """What speaks against these lines being one row with its reference at `mark`."""
    start, end = band
    cost = 1.5 * (mark - start) if style == TOP else 0.4 * _off_centre(page, band, levels)
    for column in valued:
        ranks = page.ranks[column]
        cost += 2.5 * max(0, ranks[end] - ranks[start] - 1)
    return cost


def _off_centre(page: Page, band: tuple[int, int], levels: Sequence[tuple[float, float]]) -> float:
    """How many lines, on average, the texts of a row are out of centre with its reference and with one
    another.
    """
    total = weight = 0.0
    middles: dict[int, float] = {}
    for column, ranks in enumerate(page.ranks):
        first, after = ranks[band[0]], ranks[band[1]]
        if after - first < 2:
            continue
        middle = (first + after - 1) / 2
        middles[column] = middle
        low, high = levels[column]
        total += max(0.0, low - middle, middle - high) * (after - first)
        weight += after - first
    apart: list[float] = []
    for (one, other), (count, sums) in page.shared.items():
        if one in middles and other in middles:
            lines = count[band[1]] - count[band[0]]
            if lines:
                apart.append(abs((sums[band[1]] - sums[band[0]]) / lines - (middles[one] - middles[other])))
    return (total / weight if weight else 0.0) + (sum(apart) / len(apart) if apart else 0.0)


def _levels(page: Page, mark: int, marks: Sequence[int]) -> list[tuple[float, float]]:
    """Between which lines of each column a reference stands, counted in the lines of that column alone.

    Lines that are not level with one another are put out one after another and not always from top to
    bottom, so the lines of the file are no measure of height. But texts on one line are level: a column
    that has a line beside the reference ties it to any column with which it shares another line.
    """
    before = max((each for each in marks if each < mark), default=-1)
    after = min((each for each in marks if each > mark), default=len(page.body))
    near = range(max(before + 1, mark - REACH), min(after, mark + REACH + 1))
    levels: list[tuple[float, float]] = []
    for column, ranks in enumerate(page.ranks):
        ties = [
            ranks[line] + page.ranks[other][mark] - page.ranks[other][line]
            for other in page.body[mark]
            for line in near
            if column in page.body[line] and other in page.body[line]
        ]
        if column in page.body[mark]:
            levels.append((float(ranks[mark]), float(ranks[mark])))
        elif ties:
            levels.append((sum(ties) / len(ties), sum(ties) / len(ties)))
        else:
            levels.append((ranks[mark] - 1.0, float(ranks[mark])))
    return levels


def _goes_on(page: Page) -> float:
    """What speaks against the first lines of a page opening a row: part ii at the head of a column, half a
    sentence.
    """
    cost = 0.0
    for column in range(len(page.spans)):
        text = next((cells[column].text for cells in page.body if column in cells), "")
        mark = marker(text) if text else None
        if starts_small(text) or (mark is not None and (marker_rank(mark) or 0) > 1):
            cost += 2.0
    return cost


def _border_cost(page: Page, line: int) -> float:
    """What speaks against a row ending before this line, column by column."""
    cost = 0.0
    for column in range(len(page.spans)):
        above = next((each for each in range(line - 1, -1, -1) if column in page.body[each]), None)
        below = next((each for each in range(line, len(page.body)) if column in page.body[each]), None)
        if above is None or below is None:
            continue
        before, after = page.body[above][column].text, page.body[below][column].text
        cost += end_cost(before) + start_cost(after)
        if page.numbers[below] - page.numbers[above] > below - above:
            cost -= 0.5  # a blank line stands between
    return cost

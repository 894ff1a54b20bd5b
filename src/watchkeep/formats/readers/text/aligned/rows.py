"""The rows of a page: each boundary where it costs least."""

from __future__ import annotations

from collections.abc import Sequence

from watchkeep.formats.readers.text.aligned.page import Page
from watchkeep.formats.readers.text.wording import end_cost, marker, marker_rank, start_cost, starts_small

TOP, MIDDLE = "top", "middle"
CARRIED = 1.0  # what speaks against a page starting in the middle of a row
REACH = 8  # lines up and down in which columns are tied to one another


def cheapest(
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

"""Values that stand together, shared out over the value columns row by row."""

from __future__ import annotations

from watchkeep.formats.readers.text.flow.events import ValueRow
from watchkeep.formats.readers.text.headings import Heading
from watchkeep.formats.readers.text.lines import Fragment
from watchkeep.formats.readers.text.values import fits, kinds


def values_of(block: list[Fragment], valued: list[Heading]) -> list[Fragment] | None:
    """The values a block consists of, or none where it is prose."""
    wanted = [each.kind for each in valued]
    found: list[Fragment] = []
    for fragment in block:
        if any(fits(fragment.text, kind) for kind in wanted):
            found.append(fragment)
            continue
        words = _words_as_values(fragment, wanted)
        if words is None:
            return None
        found.extend(words)
    return found


def _words_as_values(fragment: Fragment, wanted: list[str]) -> list[Fragment] | None:
    """A line such as "4 5 20 High" as its values."""
    found: list[Fragment] = []
    position = 0
    words = fragment.text.split()
    if not 2 <= len(words) <= len(wanted):
        return None
    for word in words:
        start = fragment.text.index(word, position)
        position = start + len(word)
        if not any(fits(word, kind) for kind in wanted):
            return None
        found.append(fragment.cut(start, position))
    return found


def value_rows(values: list[tuple[Fragment, int]], valued: list[Heading]) -> list[ValueRow]:
    """Values that follow one another, shared out over the value columns row by row.

    A mark that could not be written leaves its line empty: between two values stands one blank line, so a
    gap of 2n+1 blank lines says that n values were lost there.
    """
    if not values:
        return []
    columns = [each.kind for each in valued]
    tokens: list[Fragment | None] = []
    for fragment, gap in values:
        lost = (gap - 1) // 2 if gap >= 3 and "trend" in columns else 0
        tokens.extend([None] * min(lost, sum(kind == "trend" for kind in columns)))
        tokens.append(fragment)
    rows: list[ValueRow] = []
    row: list[Fragment | None] = [None] * len(columns)
    position, used = 0, False
    lost = 0

    def close() -> None:
        nonlocal row, position, used, lost
        if used:
            rows.append(ValueRow(row, lost))
        row, position, used, lost = [None] * len(columns), 0, False, 0

    for token in tokens:
        column = _next_column(token, columns, position)
        if column is None:
            close()
            column = _next_column(token, columns, 0)
        if column is None:
            continue
        if token is None:
            lost += 1
        row[column], position, used = token, column + 1, True
    close()
    return rows


def _next_column(token: Fragment | None, columns: list[str], position: int) -> int | None:
    for column in range(position, len(columns)):
        if token is None and columns[column] == "trend":
            return column
        if token is not None and fits(token.text, columns[column]):
            if (
                columns[column] == "trend"
                and "trend" not in kinds(token.text)
                and "absent" not in kinds(token.text)
            ):
                continue
            return column
    return None

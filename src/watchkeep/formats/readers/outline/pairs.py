"""Small tables that hold one risk's fields: label and value, or a list of measures."""

from __future__ import annotations

from watchkeep.formats.cells import Cell, Table
from watchkeep.formats.columns import Recognised, normal
from watchkeep.formats.readers.assembling.headings import IDENTITY
from watchkeep.formats.readers.assembling.text import one_line
from watchkeep.formats.readers.outline.labels import field_of, unmarked

PAIR_HEADINGS = frozenset(
    {"attribute", "field", "item", "property", "aspect", "element", "key", "parameter", "detail", "dimension"}
)


def pairs_of(table: Table) -> list[tuple[Cell, Cell, Recognised | None]]:
    """Label and value where a small table holds one risk's fields: beside each other, or in two rows."""
    rows = [[cell for cell in row if cell.text] for row in table.rows]
    rows = [row for row in rows if row]
    if not rows:
        return []
    if all(len(row) <= 2 for row in rows) and max(len(row) for row in rows) == 2:
        head = normal(unmarked(rows[0][0].text))
        body = (
            rows[1:] if head in PAIR_HEADINGS or (len(rows) > 2 and not field_of(rows[0][0].text)) else rows
        )
        pairs = [
            (row[0], row[1] if len(row) > 1 else Cell(), field_of(one_line(row[0].text))) for row in body
        ]
        return pairs if sum(1 for pair in pairs if pair[2]) * 2 >= len(pairs) else []
    across = [
        (table.rows[0][column], table.rows[1][column], field_of(one_line(table.rows[0][column].text)))
        for column in range(len(table.rows[0]))
        if len(table.rows) == 2 and table.rows[0][column].text
    ]
    meanings = {pair[2].meaning for pair in across if pair[2]}
    if len(meanings) >= 2 and not meanings & IDENTITY:
        return across
    beside = [
        (row[place], row[place + 1], field_of(one_line(row[place].text)))
        for row in rows
        if len(row) % 2 == 0
        for place in range(0, len(row), 2)
    ]
    return beside if len(beside) > 2 and all(pair[2] for pair in beside) else []


def listed_column(table: Table) -> int | None:
    """The column of a table of measures that says what each is: the one with the longest texts."""
    if len(table.rows) < 2:
        return None
    lengths = [sum(len(row[column].text) for row in table.rows[1:]) for column in range(len(table.rows[0]))]
    return lengths.index(max(lengths)) if any(lengths) else None

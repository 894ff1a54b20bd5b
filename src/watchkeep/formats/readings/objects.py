"""A JSON answer as a grid: a list of objects, somewhere in it, each a line, their names the headings."""

from __future__ import annotations

import json
from typing import Any

from watchkeep.domain.errors import Unreadable
from watchkeep.formats.readings.grid import MOST_LINES, Grid, Line

MOST_NAMES = 200


def grid_of_objects(data: bytes, name: str, *, items: str = "") -> Grid:
    """The objects at `items` (names with points between them; the whole answer without it).

    The headings are line 1, the first object is line 2: a refusal names the line of its object so.
    """
    found = _at(_parsed(data, name), items, name)
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        raise _not_that(name, items, "a list of objects was expected there.")
    if not found or len(found) > MOST_LINES:
        raise _not_that(name, items, f"1 to {MOST_LINES:,} objects were expected, {len(found):,} found.")
    names = tuple(dict.fromkeys(str(key) for each in found for key in each))
    if len(names) > MOST_NAMES:
        raise _not_that(name, items, f"its objects have more than {MOST_NAMES} names.")
    lines = [
        Line(number, tuple(_said(each.get(key)) for key in names)) for number, each in enumerate(found, 2)
    ]
    return Grid(name, (Line(1, names), *lines))


def grid_of_rows(columns: tuple[str, ...], rows: tuple[tuple[str, ...], ...], name: str) -> Grid:
    """What a SELECT gave, as a grid: the names of its columns are line 1."""
    lines = tuple(Line(number, row) for number, row in enumerate(rows, 2))
    return Grid(name, (Line(1, columns), *lines))


def _parsed(data: bytes, name: str) -> Any:
    try:
        return json.loads(data)
    except (ValueError, RecursionError) as problem:
        raise Unreadable(
            where=name, why="It is no JSON that can be read.", remedy="Ask its address in a browser."
        ) from problem


def _at(found: Any, items: str, name: str) -> Any:
    for step in filter(None, items.split(".")):
        if not isinstance(found, dict) or step not in found:
            raise _not_that(name, items, f"there is no “{step}”.")
        found = found[step]
    return found


def _not_that(name: str, items: str, why: str) -> Unreadable:
    return Unreadable(
        where=f"{name}, {items}" if items else name,
        why=why,
        remedy="Say where its rows stand, such as data.rows.",
    )


def _said(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)[:1000]

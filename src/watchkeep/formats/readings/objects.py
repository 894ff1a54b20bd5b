"""A JSON answer as a grid: a list of objects, somewhere in it, each a line, their names the headings."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from watchkeep.domain.errors import Unreadable
from watchkeep.formats.readings.grid import MOST_LINES, Grid, Line

MOST_NAMES = 200


def grid_of_objects(data: bytes, name: str, *, items: str = "") -> Grid:
    """The objects at `items` (names with points between them; the whole answer without it).

    The headings are line 1, the first object is line 2. A refusal names the place: data.rows[1].day.
    """
    answer = _parsed(data, name)
    found = _at(answer, items, name)
    if not isinstance(found, list):
        raise _not_that(name, items, f"a list of objects was expected there; it is {_kind(found)}.", answer)
    for number, each in enumerate(found):
        if not isinstance(each, dict):
            raise _not_that(name, f"{items}[{number}]", f"an object was expected there; it is {_kind(each)}.")
    if not found or len(found) > MOST_LINES:
        raise _not_that(name, items, f"1 to {MOST_LINES:,} objects were expected, {len(found):,} found.")
    names = tuple(dict.fromkeys(str(key) for each in found for key in each))
    if not names or len(names) > MOST_NAMES:
        raise _not_that(
            name, items, f"1 to {MOST_NAMES} names were expected in its objects, {len(names)} found."
        )
    lines = [
        Line(number, tuple(_said(each.get(key)) for key in names)) for number, each in enumerate(found, 2)
    ]
    return Grid(name, (Line(1, names), *lines), at=items, names=names)


def grid_of_rows(columns: tuple[str, ...], rows: tuple[tuple[str, ...], ...], name: str) -> Grid:
    """What a SELECT gave, as a grid: the names of its columns are line 1."""
    lines = tuple(Line(number, row) for number, row in enumerate(rows, 2))
    return Grid(name, (Line(1, columns), *lines))


def _parsed(data: bytes, name: str) -> Any:
    try:
        return json.loads(data)
    except (ValueError, RecursionError) as problem:
        begins = data.lstrip()[:40].decode("utf-8", "replace")
        found = " ".join("".join(each if each.isprintable() else " " for each in begins).split())
        line = f", line {problem.lineno}" if isinstance(problem, json.JSONDecodeError) else ""
        raise Unreadable(
            where=f"{name}{line}",
            why=f"It is no JSON that can be read; it begins “{found}”.",
            remedy="Ask its address in a browser, and see what it answers.",
        ) from problem


def _at(answer: Any, items: str, name: str) -> Any:
    found, before = answer, ""
    for step in filter(None, items.split(".")):
        if not isinstance(found, dict):
            why = f"{before or 'the answer'} is {_kind(found)}, which has no “{step}”."
            raise _not_that(name, items, why, answer)
        if step not in found:
            there = ", ".join(f"“{str(each)[:40]}”" for each in list(found)[:10]) or "nothing"
            why = f"there is no “{step}” in {before or 'the answer'}, which has {there}."
            raise _not_that(name, items, why, answer)
        found, before = found[step], f"{before}.{step}".lstrip(".")
    return found


def _not_that(name: str, items: str, why: str, answer: Any = None) -> Unreadable:
    places = list(_lists(answer))[:3]
    told = " or ".join(each or "nothing, for the answer itself is the list" for each in places)
    return Unreadable(
        where=f"{name}, {items}" if items else name,
        why=why,
        remedy=f"Its rows stand at {told}: say so."
        if told
        else "Say where its rows stand, such as data.rows.",
    )


def _lists(found: Any, path: str = "", deep: int = 3) -> Iterator[str]:
    """Where in an answer lists of objects stand."""
    if isinstance(found, list) and found and all(isinstance(each, dict) for each in found[:20]):
        yield path
    elif isinstance(found, dict) and deep:
        for key, each in list(found.items())[:50]:
            yield from _lists(each, f"{path}.{key}".lstrip("."), deep - 1)


def _kind(found: Any) -> str:
    if found is None:
        return "null"
    if isinstance(found, bool):
        return "true or false"
    if isinstance(found, dict):
        return "an object"
    return "a list" if isinstance(found, list) else "a text" if isinstance(found, str) else "a number"


def _said(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)[:1000]

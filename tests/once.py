"""What many tests start from is made through the changes once in a process; after that its rows, as they were
written, are written again. Every test still has them to itself, and may change them as it likes.
"""

from __future__ import annotations

import io
import pickle
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar, cast

from django.db import connection, transaction
from django.test import Client

from watchkeep.apps.history.models import Entry
from watchkeep.apps.scrutiny import remembering

Made = TypeVar("Made")
Rows = dict[str, list[Any]]  # by table, each as the engine hands it out

_KEPT: dict[object, Kept] = {}


@dataclass(frozen=True)
class Kept:
    """What a making answered, and what it left otherwise than it found it."""

    answer: bytes
    files: dict[str, bytes]  # by their path below the folder
    gone: Rows
    come: Rows


def once(making: Callable[..., Made], *words: str, folder: Path | None = None) -> Made:
    """What `making(*words)` answers, with the records (and the files in `folder`) that it makes.

    It is made in earnest where the history before it is not the very one that it was made after. So call it
    in a fixture, before anything of a test's own, and give in `words` whatever else it depends on.
    """
    return _again(making.__code__, words, lambda: making(*words), folder)


def made_once(making: Callable[..., Made]) -> Callable[..., Made]:
    """Below `@pytest.fixture`: its records are made once. What it is given must be records alone."""

    @wraps(making)
    def again(*given: Any, **named: Any) -> Made:
        return _again(making.__code__, (), lambda: making(*given, **named), None)

    return again


def _again(code: object, words: tuple[str, ...], making: Callable[[], Made], folder: Path | None) -> Made:
    key = (code, words, _head())
    kept = _KEPT.get(key)
    if kept is None:
        before = _everything()
        made = making()
        after = _everything()
        _KEPT[key] = Kept(_pickled(made), _files(folder), _without(before, after), _without(after, before))
        return made
    remembering._kept.clear()  # another test's answers: they are for the very history that stands again
    with transaction.atomic(), connection.cursor() as cursor:
        for table, rows in kept.gone.items():
            _delete(cursor, table, rows)
        for table, rows in kept.come.items():
            _write(cursor, table, rows)
    for path, data in kept.files.items():
        assert folder is not None
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return cast(Made, pickle.loads(kept.answer))  # noqa: S301 (pickled above, in this process)


def nothing_recorded() -> bool:
    return not Entry.objects.exists()


def _head() -> object:
    """What names the state of every record here: the last line of the history."""
    return Entry.objects.order_by("-pk").values_list("pk", "digest").first()


def _everything() -> Rows:
    tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
    with connection.cursor() as cursor:
        return {table: rows for table in tables if (rows := _read(cursor, table))}


def _without(rows: Rows, others: Rows) -> Rows:
    """Those of the rows, in their order, that are not among the others."""
    left = {}
    for table, each in rows.items():
        there = set(others.get(table, ()))
        left[table] = [row for row in each if row not in there]
    return {table: each for table, each in left.items() if each}


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def _read(cursor: Any, table: str) -> list[Any]:
    if connection.vendor == "postgresql":
        with cursor.copy(f"COPY {_quoted(table)} TO STDOUT") as lines:
            return b"".join(bytes(line) for line in lines).splitlines(keepends=True)
    cursor.execute(f"PRAGMA table_info({_quoted(table)})")
    # A plus before its name makes a column an expression, which no converter of types touches.
    columns = ", ".join(f"+{_quoted(row[1])}" for row in cursor.fetchall())
    return list(cursor.execute(f"SELECT {columns} FROM {_quoted(table)}").fetchall())  # noqa: S608 (a model's)


def _write(cursor: Any, table: str, rows: list[Any]) -> None:
    if connection.vendor != "postgresql":
        places = ", ".join(["%s"] * len(rows[0]))
        cursor.executemany(f"INSERT INTO {_quoted(table)} VALUES ({places})", rows)  # noqa: S608 (a model's)
        return
    with cursor.copy(f"COPY {_quoted(table)} FROM STDIN") as lines:
        lines.write(b"".join(rows))
    for each in connection.introspection.get_sequences(cursor, table):  # SQLite counts on by itself
        counted, last = _quoted(each["name"]), f"max({_quoted(each['column'])})"
        cursor.execute(f"SELECT setval(%s, {last}) FROM {_quoted(table)}", [counted])  # noqa: S608 (a model's)


def _delete(cursor: Any, table: str, rows: list[Any]) -> None:
    column = connection.introspection.get_primary_key_column(cursor, table)
    described = connection.introspection.get_table_description(cursor, table)
    place = [each.name for each in described].index(column)
    text = connection.vendor == "postgresql"
    keys = [row.split(b"\t")[place].decode() if text else row[place] for row in rows]
    compared = f"{_quoted(column)}::text" if text else _quoted(column)
    for each in keys:
        cursor.execute(f"DELETE FROM {_quoted(table)} WHERE {compared} = %s", [each])  # noqa: S608 (a model's)


def _files(folder: Path | None) -> dict[str, bytes]:
    found = folder.rglob("*") if folder is not None else ()
    return {str(path.relative_to(folder)): path.read_bytes() for path in found if path.is_file()}


def _pickled(made: object) -> bytes:
    kept = io.BytesIO()
    _Pickler(kept).dump(made)
    return kept.getvalue()


class _Pickler(pickle.Pickler):
    """A client of the site is kept as its cookies: the session that they name is among the rows."""

    def reducer_override(self, given: object) -> Any:
        return (_client, (given.cookies,)) if isinstance(given, Client) else NotImplemented


def _client(cookies: Any) -> Client:
    client = Client()
    client.cookies = cookies
    return client

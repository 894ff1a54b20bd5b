"""Whether a commit that was acknowledged outlives a power cut: read back from the database, not assumed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Warning
from django.core.exceptions import ImproperlyConfigured
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

# What SQLite must answer; synchronous 2 is FULL. A database in memory keeps nothing, and is not asked.
WANTED = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "recursive_triggers": 1}


def on_connection(connection: BaseDatabaseWrapper, **_: Any) -> None:
    """Refuse an SQLite connection that would not keep what it acknowledges, or guard what is written once."""
    if connection.vendor != "sqlite" or _in_memory(connection):
        return
    with connection.cursor() as cursor:
        found = {name: _pragma(cursor, name) for name in WANTED}
    if found != WANTED:
        raise ImproperlyConfigured(
            f"SQLite would not keep what it acknowledges: {found}. Watchkeep needs journal_mode wal, "
            "synchronous 2 (FULL), foreign_keys 1 and recursive_triggers 1; a network folder, "
            "or a file that may not be written, is the usual cause."
        )


def check_database(databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """Django's start-up check: the settings of PostgreSQL on which durability rests."""
    problems: list[CheckMessage] = []
    for alias in databases or []:
        connection = connections[alias]
        if connection.vendor == "postgresql":
            problems.extend(_postgresql(connection))
    return problems


def _postgresql(connection: BaseDatabaseWrapper) -> list[CheckMessage]:
    wanted = ("synchronous_commit", "fsync", "full_page_writes", "data_checksums")
    problems: list[CheckMessage] = []
    with connection.cursor() as cursor:
        for name in wanted:
            cursor.execute(f"SHOW {name}")
            row = cursor.fetchone()
            if row is None or row[0] != "on":
                problems.append(
                    Warning(
                        f"PostgreSQL's {name} is {row[0] if row else 'not known'}, not on: "
                        "an acknowledged change could be lost.",
                        id=f"watchkeep.{name}",
                    )
                )
    return problems


def _pragma(cursor: Any, name: str) -> Any:
    cursor.execute(f"PRAGMA {name}")
    row = cursor.fetchone()
    return row[0] if row else None


def _in_memory(connection: BaseDatabaseWrapper) -> bool:
    name = str(connection.settings_dict["NAME"])
    return ":memory:" in name or "mode=memory" in name

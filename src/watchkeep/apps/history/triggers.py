"""Triggers that make a table append-only in the database itself, whatever program writes to it.

They are put in place after every migration, not in one: on SQLite an altered table is a new table, which
would silently be without them.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model

from watchkeep.apps.history.models import AppendOnly, Checkpoint, Entry
from watchkeep.apps.history.vouched import Vouched

SQLITE = """
CREATE TRIGGER IF NOT EXISTS {table}_no_{what} BEFORE {WHAT} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is written once: no {what}'); END
"""
FUNCTION = """
CREATE OR REPLACE FUNCTION watchkeep_written_once() RETURNS trigger AS $$
BEGIN
  RAISE EXCEPTION '%% is written once: no %%', TG_TABLE_NAME, lower(TG_OP)
  USING ERRCODE = 'integrity_constraint_violation';
END $$ LANGUAGE plpgsql
"""
POSTGRESQL = """
CREATE OR REPLACE TRIGGER {table}_no_{what} BEFORE {WHAT} ON {table}
FOR EACH {each} EXECUTE FUNCTION watchkeep_written_once()
"""


def written_once() -> tuple[type[Model], ...]:
    """Every model whose rows are never changed and never deleted."""
    found = [model for model in apps.get_models() if issubclass(model, AppendOnly | Vouched)]
    return (Entry, Checkpoint, *found)


def place(connection: BaseDatabaseWrapper) -> None:
    """Put every trigger in place; those that are there already stay."""
    standing = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(FUNCTION, [])
        for model in written_once():
            table = model._meta.db_table
            if table in standing:
                for statement in _statements(connection.vendor, table):
                    cursor.execute(statement)


def lift(connection: BaseDatabaseWrapper) -> None:
    """Take every trigger away: for tests that must empty the tables between them, and for nothing else."""
    with connection.cursor() as cursor:
        for table, name in missing_from(connection, wanted=False):
            on = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")


def missing_from(connection: BaseDatabaseWrapper, *, wanted: bool = True) -> list[tuple[str, str]]:
    """(table, trigger) that should stand and does not; with `wanted` false, every one that should."""
    events = ("update", "delete", "truncate") if connection.vendor == "postgresql" else ("update", "delete")
    every = [
        (model._meta.db_table, f"{model._meta.db_table}_no_{event}")
        for model in written_once()
        for event in events
    ]
    if not wanted:
        return every
    query = (
        "SELECT tgname FROM pg_trigger WHERE tgenabled = 'O'"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        standing = {name for (name,) in cursor.fetchall()}
    return [(table, name) for table, name in every if name not in standing]


def after_migrating(using: str, **_: Any) -> None:
    """Django calls this when an app's migrations have run."""
    place(connections[using])


def _statements(vendor: str, table: str) -> list[str]:
    if vendor == "postgresql":
        return [
            POSTGRESQL.format(table=table, what=what, WHAT=what.upper(), each=each)
            for what, each in (("update", "ROW"), ("delete", "ROW"), ("truncate", "STATEMENT"))
        ]
    return [SQLITE.format(table=table, what=what, WHAT=what.upper()) for what in ("update", "delete")]

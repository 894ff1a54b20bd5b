"""Readings into their table as fast as each engine takes them; `changes.observing` alone calls this, inside
the entry of the batch that vouches for them.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from django.db import connection

from watchkeep.apps.indicators.models import Observation

COLUMNS = ("series", "on", "revision", "batch", "value", "numerator", "denominator", "note")


class Row(NamedTuple):
    """A reading as it is stored; `on` is an ISO date."""

    series: int
    on: str
    revision: int
    batch: int
    value: float | None
    numerator: float | None
    denominator: float | None
    note: str


def put(rows: Iterable[Row]) -> None:
    """Insert them all; a reading that is there already is an error, and nothing of it stays."""
    table = connection.ops.quote_name(Observation._meta.db_table)
    names = ", ".join(connection.ops.quote_name(each) for each in COLUMNS)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            places = ", ".join(["%s"] * len(COLUMNS))
            cursor.executemany(
                f"INSERT INTO {table} ({names}) VALUES ({places})",  # noqa: S608 (our own names)
                rows,  # type: ignore[arg-type]  # the driver takes one at a time, from whatever gives them
            )

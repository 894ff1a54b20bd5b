"""A register with a long past, made in bulk: for the time benchmark, and for a test of the plan."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import connection

from watchkeep.apps.register.models import Assessment, Line, RiskVersion, TrendMark

TURNS = 100  # one version in so many rates the risk anew; the others say something else of it
CHILDREN = (Assessment, Line, TrendMark)


def age(versions: int, *, since: date) -> None:
    """Give each risk that has one version `versions` of them, a day each from `since` on, straight in the
    database: nobody could press a button so often. The version that was there becomes the first of them.

    What hangs on a version, and where it was read, is copied to the middle one and to the last, and to those
    in between at which the rating turned: one in a hundred.
    """
    full = (versions // 2, versions)
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS counted")
        cursor.execute("CREATE TEMPORARY TABLE counted (number integer PRIMARY KEY)")
        cursor.execute(
            "INSERT INTO counted WITH RECURSIVE up(number) AS (SELECT 2 UNION ALL SELECT number + 1 FROM up "
            "WHERE number < %s) SELECT number FROM up",
            [versions],
        )
        cursor.execute(_copy_of(RiskVersion, _written(since, full), "CROSS JOIN counted"))
        for model in CHILDREN:
            cursor.execute(
                _copy_of(
                    model,
                    {"version_id": "later.id"},
                    "JOIN register_riskversion AS first ON first.id = base.version_id AND first.number = 1 "
                    "AND first.risk_id IN (SELECT id FROM register_risk WHERE version = 1) "
                    "JOIN register_riskversion AS later ON later.risk_id = first.risk_id "
                    "AND later.number > 1 AND later.turns",
                )
            )
        cursor.execute("UPDATE register_risk SET version = %s WHERE version = 1", [versions])
        cursor.execute("ANALYZE")


def middle(versions: int, *, since: date) -> date:
    """The day of the middle version, which has all that hangs on it."""
    return since + timedelta(days=versions // 2 - 1)


def _written(since: date, full: tuple[int, int]) -> dict[str, str]:
    """What differs from version to version: its number, its day, and when it was learned (that same day)."""
    said = {
        "number": "counted.number",
        "turns": f"counted.number IN {full} OR counted.number % {TURNS} = 0",
        "passages": f"CASE WHEN counted.number IN {full} THEN base.passages ELSE '{{}}' END",
    }
    if connection.vendor == "postgresql":
        day = f"DATE '{since}' + (counted.number - 1)"
        return said | {"effective_on": day, "known_at": f"({day})::timestamptz"}
    day = f"date('{since}', '+' || (counted.number - 1) || ' days')"
    return said | {"effective_on": day, "known_at": f"{day} || ' 12:00:00'"}


def _copy_of(
    model: type[RiskVersion | Assessment | Line | TrendMark], changed: dict[str, str], joined: str
) -> str:
    new_id = "gen_random_uuid()" if connection.vendor == "postgresql" else "lower(hex(randomblob(16)))"
    columns = [field.column for field in model._meta.concrete_fields]
    said = [new_id if name == "id" else changed.get(name, f'base."{name}"') for name in columns]
    named = ", ".join(f'"{name}"' for name in columns)
    table = model._meta.db_table
    young = "(SELECT id FROM register_risk WHERE version = 1)"
    chosen = f"WHERE base.number = 1 AND base.risk_id IN {young}" if model is RiskVersion else ""
    # Names of our own tables and columns, and numbers: nothing that anybody typed.
    return f"INSERT INTO {table} ({named}) SELECT {', '.join(said)} FROM {table} AS base {joined} {chosen}"  # noqa: S608

"""The cost of a question about the past follows its answer, and not how long the history is."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, time
from functools import partial
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ageing import age, middle
from cast import MARCH, Force, a_force, a_paper, a_risk, accepted
from watchkeep.apps.register import queries
from watchkeep.apps.register.models import RiskVersion
from watchkeep.domain.clock import PRESENT, Clock

pytestmark = pytest.mark.django_db

REGISTER = "harbour-risk-register"
RISKS, SHORT, LONG = 20, 20, 400


def work(ask: Callable[[], Any]) -> int:
    """What the database did: steps of SQLite's machine, or rows that PostgreSQL's plans visited."""
    if connection.vendor == "sqlite":
        return _steps(ask)
    with CaptureQueriesContext(connection) as asked:
        ask()
    return sum(_rows(each["sql"]) for each in asked if each["sql"].startswith("SELECT"))


def _steps(ask: Callable[[], Any]) -> int:
    taken = 0

    def count() -> int:
        nonlocal taken
        taken += 1
        return 0

    connection.ensure_connection()
    connection.connection.set_progress_handler(count, 100)
    try:
        ask()
    finally:
        connection.connection.set_progress_handler(None, 0)
    return taken


def _rows(sql: str) -> int:
    def visited(node: dict[str, Any]) -> int:
        own = (node["Actual Rows"] + node.get("Rows Removed by Filter", 0)) * node["Actual Loops"]
        return int(own) + sum(visited(each) for each in node.get("Plans", ()))

    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")  # as it would choose were all tables large
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {sql}")
        (plan,) = cursor.fetchone()
    return visited((json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"])


def asked_of(force: Force, versions: int) -> dict[str, int]:
    """The work of each question, when every risk has so many versions."""
    accepted(force, a_paper(*(a_risk(f"LH{number}") for number in range(RISKS))))
    age(versions, since=MARCH)
    body = RiskVersion.objects.filter(risk__register__body=force.reader.body)
    assert body.count() == RISKS * versions
    half = middle(versions, since=MARCH)
    learned = timezone.make_aware(datetime.combine(half, time.max))
    clocks = {"as it stands": PRESENT, "as at a day": Clock(half), "as known then": Clock(half, learned)}
    return {
        name: work(partial(queries.document, force.reader, REGISTER, clock)) for name, clock in clocks.items()
    }


def test_twenty_times_the_history_costs_a_page_of_the_past_no_more(force: Force) -> None:
    short, long = asked_of(force, SHORT), asked_of(a_force("Fenmark Police"), LONG)
    for name, taken in long.items():
        assert taken <= 1.3 * short[name], (name, short, long)
    assert long["as at a day"] <= 2 * long["as it stands"], long

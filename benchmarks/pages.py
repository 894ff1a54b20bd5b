"""`python -m benchmarks.pages`: a register of 14 risks with five indicators each, from database to page.

Milliseconds of the server's own work, warm: the whole answer of the register, of one risk and of the
indicators, and their parts. Beside each, as a ratio, what plain NumPy takes for the centre and limits of the
same series one by one; a ratio travels between machines, milliseconds do not. The database is an empty one in
a temporary folder, or the empty one that WATCHKEEP_DATABASE_URL names.
"""

from __future__ import annotations

import os
import secrets
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from watchkeep.domain.days import later_by_months
from watchkeep.domain.document import Field, Risk
from watchkeep.domain.indicator import Definition, Reading

if TYPE_CHECKING:
    from uuid import UUID

    from watchkeep.apps.people.models import Person
    from watchkeep.domain.people import Actor

RISKS, EACH, POINTS, MANY, RUNS = 14, 5, 60, 1_000, 9
FIRST = date(2021, 1, 1)
VALUES = np.random.default_rng(7).normal(80, 4, (MANY, POINTS))


def main() -> None:
    """Set the register up, measure, and say each figure in a line."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["WATCHKEEP_HOME"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "watchkeep.config.settings"
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        five, seventy, thousand = (_plain(count) for count in (EACH, RISKS * EACH, MANY))
        print(f"load {os.getloadavg()[0]:.1f}; plain NumPy: 70 series in {seventy:.2f} ms")
        by, person = _somebody()
        made, risk = _a_register(by)
        _say_parts(by, made, seventy, thousand)
        _say_pages(person, risk, five, seventy, thousand)


def _say_parts(by: Actor, made: list[UUID], seventy: float, thousand: float) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from watchkeep.apps.indicators import queries
    from watchkeep.domain.spc import judged
    from watchkeep.formats.charts import sparkline

    with CaptureQueriesContext(connection) as asked:
        found = list(queries.series_among(by, made).values())
    taken = median(lambda: queries.series_among(by, made))
    _say(f"{MANY:,} series of {POINTS} read, in {len(asked)} statements", taken, thousand)
    _say(f"{MANY:,} series judged", median(lambda: [judged(each) for each in found]), thousand)
    charts = [judged(each) for each in found[: RISKS * EACH]]
    few = made[: RISKS * EACH]
    _say("70 series read", median(lambda: queries.series_among(by, few)), seventy)
    _say("70 series judged", median(lambda: [judged(each.series) for each in charts]), seventy)
    _say("70 series drawn small", median(lambda: [sparkline(each) for each in charts]), seventy)


def _say_pages(person: Person, risk: str, five: float, seventy: float, thousand: float) -> None:
    from django.test import Client

    client = Client(headers={"host": "localhost"})
    client.force_login(person)
    for what, address, least in (
        ("the page of the register", "/register?register=harbour", seventy),
        ("the page of a risk, with its figures", f"/risks/{risk}?register=harbour", five),
        (f"the page of all {MANY:,} indicators", "/indicators", thousand),
    ):
        page = client.get(address)
        if page.status_code != 200:
            raise SystemExit(f"{address} answered {page.status_code}, where a page was expected")
        drawn = page.content.count(b"<svg")
        taken = median(lambda address=address: client.get(address))
        _say(f"{what} ({drawn} drawings, {len(page.content) / 1000:.0f} kB)", taken, least)


def _say(what: str, taken: float, least: float) -> None:
    print(f"{what}: {taken:.1f} ms, {taken / least:.0f} times plain NumPy", flush=True)


def median(work: Callable[[], object]) -> float:
    """Median milliseconds of several runs, after one that does not count."""
    taken = []
    for _ in range(RUNS + 1):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return statistics.median(taken[1:]) * 1000


def _plain(count: int) -> float:
    """What NumPy alone takes for centre and limits of so many series, one after the other."""

    def work() -> list[tuple[float, float, float]]:
        made = []
        for row in VALUES[:count]:
            centre, moved = row.mean(), np.abs(np.diff(row)).mean()
            made.append((centre, centre - 2.66 * moved, centre + 2.66 * moved))
        return made

    return median(work)


def _somebody() -> tuple[Actor, Person]:
    from watchkeep.apps.people import changes as people
    from watchkeep.apps.people.queries import viewer_of
    from watchkeep.domain.people import Actor

    operator = Actor("command", "operator", "operator at the command line", "administrator", "")
    body = people.open_body(by=operator, name=f"Calder Vale Police {time.time_ns()}")
    by = Actor("command", "operator", "operator at the command line", "administrator", str(body.pk))
    mail, words = f"bench{time.time_ns()}@calder.test", secrets.token_urlsafe()
    person = people.add_person(by=by, name="Bench", email=mail, role="administrator", password=words)
    return viewer_of(person), person


def _a_register(by: Actor) -> tuple[list[UUID], str]:
    """A thousand indicators, the first seventy of them under fourteen risks."""
    from watchkeep.apps.indicators import changes
    from watchkeep.apps.register import changes as registers

    measured = Definition("Measured", "points", "up", "month", from_on=FIRST)
    made = [changes.open_indicator(by=by, definition=measured) for _ in range(MANY)]
    months = [later_by_months(FIRST, month) for month in range(POINTS)]
    sent = {
        which: [Reading(on, value) for on, value in zip(months, row, strict=True)]
        for which, row in zip(made, VALUES.tolist(), strict=True)
    }
    changes.observe_many(by=by, readings=sent, source="Made up")
    register = registers.open_register(by=by, name="Harbour")
    for place in range(RISKS):
        key = f"LH{place + 1}"
        value = Risk(
            key=key,
            reference=Field(state="recorded", text=key),
            name=Field(state="recorded", text=f"Lighthouse rota {place + 1}"),
        )
        risk = registers.open_risk(by=by, register=register, value=value, effective_on=FIRST)
        for which in made[place * EACH : place * EACH + EACH]:
            changes.attach(by=by, indicator=which, risk=risk, side="cause")
    return made, "LH1"


if __name__ == "__main__":
    main()

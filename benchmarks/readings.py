"""Two million readings: how long to bring them in, read them back and verify them (`make bench`).

Seconds by the clock, and of them this process's own (on a shared machine the steadier figure; what PostgreSQL
works is not in it).

2,000 indicators with 1,000 days each, made up by arithmetic. The database is one of its own: on SQLite a file
in a temporary folder; on PostgreSQL the one that WATCHKEEP_DATABASE_URL names; give it an empty one.
"""

from __future__ import annotations

import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from uuid import UUID

    from watchkeep.domain.people import Actor

INDICATORS, DAYS, TOGETHER = 2000, 1000, 100
FIRST = date(2020, 1, 1)


def main() -> None:
    """Measure, and say each figure in a line."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["WATCHKEEP_HOME"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "watchkeep.config.settings"
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        measure(Path(folder), int(sys.argv[1]) if len(sys.argv) > 1 else INDICATORS)


def measure(folder: Path, count: int) -> None:
    """Every figure, on the database that is set up."""
    from django.db import connection

    from watchkeep.apps.indicators import changes, queries
    from watchkeep.domain.indicator import Definition, Reading

    by = _somebody()
    lamps = Definition("Lamps", "lamps", "down", "day", from_on=FIRST)
    with timed(f"{count:,} indicators opened"):
        made = [changes.open_indicator(by=by, definition=lamps) for _ in range(count)]
    days = [FIRST + timedelta(days=each) for each in range(DAYS)]
    with timed(f"{count * DAYS:,} readings brought in, {TOGETHER} indicators a batch"):
        for start in range(0, count, TOGETHER):
            sent = {
                which: [Reading(on, (place * 7 + at * 13) % 101 / 3) for at, on in enumerate(days)]
                for place, which in enumerate(made[start : start + TOGETHER])
            }
            changes.observe_many(by=by, readings=sent, source="Made up")
    with timed(f"the last {len(sent) * DAYS:,} sent again, which changes nothing"):
        changes.observe_many(by=by, readings=sent, source="Made up")
    risks = _fourteen_risks(by, made)
    asked: list[tuple[str, Callable[[], Any]]] = [
        ("one series", lambda: queries.series(by, "K7")),
        ("the latest of all, as the list of indicators has it", lambda: queries.indicators(by)),
        ("a month of all, 30 readings each", lambda: _a_month(count)),
        ("the series of 14 risks with 5 indicators each", lambda: queries.series_of(by, risks)),
        ("1,000 series of all their days", lambda: queries.series_among(by, made[:1000])),
    ]
    for name, ask in asked[: 5 if count >= 1000 else 4]:
        with timed(name):
            ask()
    with timed("every reading verified against its batch"):
        faults, looked = queries.readings_checked(by)
    print(f"{looked:,} looked at, {len(faults)} faults")
    print(f"at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB of memory")
    if connection.vendor == "sqlite":
        size = sum(each.stat().st_size for each in folder.glob("*.sqlite3*"))
        print(f"the file: {size / 1e6:.0f} MB")


@contextmanager
def timed(what: str) -> Iterator[None]:
    """Say how long it took."""
    start, own = time.perf_counter(), time.process_time()
    yield
    taken, own = time.perf_counter() - start, time.process_time() - own
    print(f"{what}: {taken:.2f} s, {own:.2f} s its own; load {os.getloadavg()[0]:.1f}", flush=True)


def _a_month(count: int) -> int:
    """Every reading of September 2021, by the numbers of the first indicators."""
    from watchkeep.apps.indicators.models import Observation

    found = Observation.objects.filter(
        series__in=range(1, count + 1), on__range=(date(2021, 9, 1), date(2021, 9, 30))
    )
    return len(list(found.order_by("series", "on", "revision").values_list("series", "on", "value")))


def _somebody() -> Actor:
    from watchkeep.apps.people import changes as people
    from watchkeep.domain.people import Actor

    operator = Actor("command", "operator", "operator at the command line", "administrator", "")
    body = people.open_body(by=operator, name=f"Calder Vale Police {time.time_ns()}")
    return Actor("command", "operator", "operator at the command line", "administrator", str(body.pk))


def _fourteen_risks(by: Actor, made: list[UUID]) -> list[UUID]:
    from watchkeep.apps.indicators import changes
    from watchkeep.apps.register.models import Risk

    accepted = _a_register(by)
    risks = list(Risk.objects.filter(register=accepted).order_by("key").values_list("pk", flat=True))
    for place, risk in enumerate(risks):
        for which in made[place * 5 : place * 5 + 5]:
            changes.attach(by=by, indicator=which, risk=risk, side="cause")
    return risks


def _a_register(by: Actor) -> UUID:
    from watchkeep.apps.history.changes import recording
    from watchkeep.apps.register.models import Register, Risk

    with recording(by=by, verb="open a register") as entry:
        register = Register(body_id=by.body, name="Bench", slug="bench")
        register.save()
        entry.about("register", register.pk, register.name)
        for number in range(14):
            Risk(register=register, key=f"B{number}", name=f"Risk {number}", opened_on=FIRST).save()
    return register.pk


if __name__ == "__main__":
    main()

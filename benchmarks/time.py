"""`python -m benchmarks.time [RISKS VERSIONS]`: what a page of the past costs beside today's.

A register of 500 risks with 2,000 versions each, a million rows of history; the whole page through the
site, the median of several rounds after one that does not count. On SQLite, or on the database that
WATCHKEEP_DATABASE_URL names, which must be empty.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

RUNS = 7
SINCE = date(2019, 1, 1)
ALLOWED = 2.0
PAGE = 100  # rows of the table that are drawn at once; the finding and the counts are of all of them


def main(risks: int = 500, versions: int = 2000) -> None:
    """Print a line a page: what is asked, milliseconds, and the ratio to today's page."""
    with tempfile.TemporaryDirectory(prefix="watchkeep-time-") as home:
        os.environ["WATCHKEEP_HOME"] = home
        os.environ["DJANGO_SETTINGS_MODULE"] = "watchkeep.config.settings"
        sys.path[:0] = [str(Path(__file__).resolve().parents[1] / "tests")]
        import django

        django.setup()
        _measure(risks, versions)


def _measure(risks: int, versions: int) -> None:
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client
    from django.urls import get_resolver

    from ageing import age, middle
    from cast import a_force, a_paper, a_risk, accepted
    from watchkeep.apps.register.models import RiskVersion

    call_command("migrate", verbosity=0)
    get_resolver().url_patterns  # noqa: B018 (loads every view before the clock runs)
    force = a_force()
    accepted(force, a_paper(*(a_risk(f"LH{number}") for number in range(1, risks + 1)), day=SINCE))
    start = time.perf_counter()
    age(versions, since=SINCE)
    rows = RiskVersion.objects.count()
    print(
        f"{connection.vendor}: {risks} risks, {rows:,} versions, made in {time.perf_counter() - start:.0f} s"
    )
    client = Client(HTTP_HOST="localhost")
    client.force_login(force.reader_person)

    def page(query: str) -> None:
        answer = client.get(f"/register{query}")
        if answer.status_code != 200 or answer.content.count(b'<tr class="first"') != min(risks, PAGE):
            raise SystemExit(f"/register{query} does not show {risks} risks.")

    half, first = middle(versions, since=SINCE), SINCE + timedelta(days=1)
    last = SINCE + timedelta(days=versions - 1)
    asked = {
        f"as at {half}, half-way": f"?as_at={half}",
        f"as at {first}, the second day": f"?as_at={first}",
        f"as it was known on {half}": f"?known_at={half}T23:59",
        f"as at {half}, as known then": f"?as_at={half}&known_at={half}T23:59",
        "as at the last day, as known half-way": f"?as_at={last}&known_at={half}T23:59",
    }
    # SQLite works in this process, so its work can be counted whatever else the machine does.
    clock = time.process_time if connection.vendor == "sqlite" else time.perf_counter
    taken: dict[str, list[float]] = {name: [] for name in ("today", *asked)}
    for _ in range(RUNS + 1):
        for name, query in {"today": "", **asked}.items():
            start = clock()
            page(query)
            taken[name].append((clock() - start) * 1000)
    today = statistics.median(taken["today"][1:])
    print(f"{'today':44} {today:8.0f} ms")
    for name in asked:
        past = statistics.median(taken[name][1:])
        said = "" if past / today <= ALLOWED else f"  more than {ALLOWED:g}"
        print(f"{name:44} {past:8.0f} ms {past / today:7.2f} of today{said}")


if __name__ == "__main__":
    main(*(int(each) for each in sys.argv[1:]))

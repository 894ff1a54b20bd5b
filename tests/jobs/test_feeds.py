"""Feeds: pulled at their times, once each; a bad row makes the file wait; every pull is told."""

from __future__ import annotations

import sqlite3
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone
from sqlalchemy.engine import URL

from cast import Force
from watchkeep.apps.history.models import Entry
from watchkeep.apps.indicators import changes as indicators
from watchkeep.apps.indicators import queries
from watchkeep.apps.indicators.changes import feeds
from watchkeep.apps.indicators.queries.feeds import feed
from watchkeep.apps.indicators.queries.loads import loads
from watchkeep.domain.errors import Invalid, Refused
from watchkeep.domain.indicator import Definition
from watchkeep.gateways.feeds import Reach
from watchkeep.gateways.storage import FolderStore
from watchkeep.jobs.feeds import pull_all_due

pytestmark = pytest.mark.django_db
SECRET = "WATCHKEEP_FEED_SECRET_LAMPS"
SELECT = "SELECT month AS Month, seen AS Value FROM lamps"


@pytest.fixture
def base(force: Force, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """K1, and a database of lamps that a feed asks every day."""
    path = tmp_path / "lamps.sqlite3"
    with sqlite3.connect(path) as line:
        line.execute("CREATE TABLE lamps (month TEXT, seen TEXT)")
        line.execute("INSERT INTO lamps VALUES ('2024-01', '4'), ('2024-02', '6')")
    monkeypatch.setenv(SECRET, f"sqlite:///{path}")
    value = Definition("Lamps out", "lamps", "down", "month", kind="count", from_on=date(2024, 1, 1))
    indicators.open_indicator(by=force.administrator, definition=value)
    said = feeds.FeedValue("Lamp base", "sql", "{}", statement=SELECT, secret=SECRET, indicator="K1")
    feeds.open_feed(by=force.administrator, value=said)
    return path


def pulled(tmp_path: Path, days: float) -> int:
    now = timezone.now() + timedelta(days=days, seconds=1)
    return pull_all_due(FolderStore(tmp_path / "files"), Reach(), now=now)


def values(force: Force) -> list[float | None]:
    return [each.value for each in queries.series(force.administrator, "K1").readings]


def test_a_feed_is_pulled_once_for_each_of_its_times(force: Force, base: Path, tmp_path: Path) -> None:
    assert [pulled(tmp_path, 0), pulled(tmp_path, 0.5), pulled(tmp_path, 3), pulled(tmp_path, 3.5)] == [
        1,
        0,
        1,
        0,
    ]
    assert values(force) == [4, 6]
    last, first = feed(force.administrator, 1).runs
    assert (first.outcome, first.rows) == ("taken", 2)
    assert last.outcome == "unchanged"


def test_what_the_source_says_otherwise_is_a_correction(force: Force, base: Path, tmp_path: Path) -> None:
    pulled(tmp_path, 0)
    with sqlite3.connect(base) as line:
        line.execute("UPDATE lamps SET seen = '7' WHERE month = '2024-02'")
    pulled(tmp_path, 1)
    assert values(force) == [4, 7]
    assert queries.series(force.administrator, "K1").readings[1].revision == 2


def test_a_bad_row_makes_the_whole_pull_wait_and_is_not_kept_twice(
    force: Force, base: Path, tmp_path: Path
) -> None:
    with sqlite3.connect(base) as line:
        line.execute("INSERT INTO lamps VALUES ('2024-03', 'many')")
    pulled(tmp_path, 0)
    pulled(tmp_path, 1)
    assert values(force) == []
    (waits,) = loads(force.administrator, waiting=True)
    last, first = feed(force.administrator, 1).runs
    assert (first.outcome, first.bad, first.load) == ("waiting", 1, waits.number)
    assert "B4" in first.sentence
    assert last.outcome == "waiting"


def test_a_pull_that_fails_is_told_without_its_secret_and_the_feed_is_late(
    force: Force, base: Path, tmp_path: Path
) -> None:
    base.unlink()
    pulled(tmp_path, 0)
    found = feed(force.administrator, 1)
    assert found.runs[0].outcome == "failed"
    assert not found.late(timezone.now())
    assert found.late(timezone.now() + timedelta(days=3))
    assert str(base) not in "".join(Entry.objects.values_list("text", flat=True))


@pytest.mark.skipif(connection.vendor != "postgresql", reason="asks the PostgreSQL that the tests run on")
def test_a_feed_asks_postgresql_and_cannot_write_to_it(
    force: Force, base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    connection.ensure_connection()
    info = connection.connection.info
    words = {"host": info.host, "port": str(info.port)}
    address = URL.create("postgresql", info.user, info.password or None, database=info.dbname, query=words)
    monkeypatch.setenv(SECRET, address.render_as_string(hide_password=False))
    asked = "SELECT * FROM (VALUES (DATE '2024-01-31', 4.0), ('2024-02-29', 6)) AS lamps(day, value)"
    for name, statement in (("Lamps", asked), ("Writes", "SELECT lo_create(0) AS value, '2024-01' AS day")):
        value = feeds.FeedValue(name, "sql", "{}", statement=statement, secret=SECRET, indicator="K1")
        feeds.open_feed(by=force.administrator, value=value)
    feeds.stop_feed(by=force.administrator, feed=feed(force.administrator, 1).id, reason="Not this one")
    pulled(tmp_path, 0)
    assert feed(force.administrator, 2).runs[0].sentence == "2 new, 0 corrected, 0 as they were."
    assert values(force) == [4, 6]
    writes = feed(force.administrator, 3).runs[0]
    assert (writes.outcome, "refused the question" in writes.sentence) == ("failed", True)
    assert pulled(tmp_path, 1) == 2
    assert feed(force.administrator, 2).runs[0].outcome == "unchanged"


def test_a_stopped_feed_is_not_pulled(force: Force, base: Path, tmp_path: Path) -> None:
    feeds.stop_feed(by=force.administrator, feed=feed(force.administrator, 1).id, reason="The base is gone.")
    assert pulled(tmp_path, 5) == 0


@pytest.mark.parametrize("secret", ["WATCHKEEP_SECRET_KEY", "HOME", "WATCHKEEP_FEED_SECRET_", "x"])
def test_no_other_secret_of_the_machine_can_be_named(force: Force, secret: str) -> None:
    value = feeds.FeedValue("F", "csv", "{}", address="https://x.test/", secret=secret)
    with pytest.raises(Invalid):
        feeds.open_feed(by=force.administrator, value=value)


def test_who_may_not_keep_indicators_opens_no_feed(force: Force) -> None:
    with pytest.raises(Refused):
        feeds.open_feed(by=force.reader, value=feeds.FeedValue("F", "csv", "{}", address="https://x.test/"))

"""A feed from end to end: a real server, the records, and what a page may be told of it."""

from __future__ import annotations

import gzip
import json
import logging
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from cast import Force, Staffed
from serving import Answer, Served, served
from watchkeep.apps.history.models import Entry
from watchkeep.apps.indicators import changes as indicators
from watchkeep.apps.indicators import queries
from watchkeep.apps.indicators.changes.feeds import Came, FeedValue
from watchkeep.apps.indicators.models import Batch
from watchkeep.apps.indicators.queries.feeds import FeedRow, feed
from watchkeep.apps.indicators.queries.loads import load, loads
from watchkeep.domain.errors import Invalid, Refused
from watchkeep.domain.indicator import Definition
from watchkeep.gateways.feeds import Reach
from watchkeep.gateways.storage import FolderStore
from watchkeep.jobs import loading
from watchkeep.jobs.feeds import pull_now
from watchkeep.jobs.pulling import in_words, open_feed, tried

pytestmark = pytest.mark.django_db
SECRET = "WATCHKEEP_FEED_SECRET_LAMPS"
GOOD = b"\xef\xbb\xbfMonth;Seen\r\nJan 2024;4\r\nFeb 2024;6\r\n"
ROWS = {"data": {"rows": [{"day": "2024-01-31", "seen": 4}, {"day": "2024-02-29", "seen": 6}]}}

PAGE = Answer(b"<html>Sign in</html>", headers={"Content-Type": "text/html"})
LED_ON = Answer(status=302, headers={"Location": "http://169.254.169.254/latest"})


@pytest.fixture
def server(force: Force) -> Iterator[Served]:
    """A server, and K1 to read lamps into."""
    value = Definition("Lamps out", "lamps", "down", "month", kind="count", from_on=date(2024, 1, 1))
    indicators.open_indicator(by=force.administrator, definition=value)
    with served() as here:
        yield here


def reach(server: Served) -> Reach:
    return Reach.of([server.host], ["127.0.0.0/8"])


def opened(force: Force, server: Served, path: str, kind: str = "csv", **said: str) -> FeedRow:
    """A feed of that path."""
    words = {"mapping": "{}", "indicator": "K1"} | said
    value = FeedValue(f"Lamps {path}", kind, address=f"http://{server.host}{path}", **words)  # type: ignore[arg-type]
    made = open_feed(force.administrator, value)
    return next(each for each in (feed(force.administrator, number) for number in (1, 2)) if each.id == made)


@pytest.fixture
def pulls(force: Force, server: Served, tmp_path: Path) -> Callable[[FeedRow], Came]:
    store = FolderStore(tmp_path / "files")
    return lambda row: pull_now(force.administrator, row, store, reach(server))


def values(force: Force) -> list[float | None]:
    return [each.value for each in queries.series(force.administrator, "K1").readings]


@pytest.mark.parametrize(
    ("kind", "body", "media", "said"),
    [
        ("csv", GOOD, "text/csv; charset=utf-8", {}),
        ("csv", GOOD, "application/octet-stream", {"mapping": in_words("day=Month, value=B")}),
        ("json", json.dumps(ROWS).encode(), "application/json", {"items": "data.rows"}),
        ("json", json.dumps(ROWS["data"]["rows"]).encode(), "", {"mapping": in_words("value=seen")}),
    ],
)
def test_it_is_tried_pulled_and_pulled_again_with_nothing_new(
    force: Force,
    server: Served,
    pulls: Callable[[FeedRow], Came],
    kind: str,
    body: bytes,
    media: str,
    said: dict[str, str],
) -> None:
    server.at["/lamps"] = Answer(body, headers={"Content-Type": media} if media else {})
    row = opened(force, server, "/lamps", kind, **said)
    looked = tried(force.administrator, row, reach(server))
    assert (looked.sorted.added, looked.lines, looked.refused) == (2, 2, "")
    assert values(force) == []
    assert [pulls(row).outcome, pulls(row).outcome] == ["taken", "unchanged"]
    assert values(force) == [4, 6]
    assert Batch.objects.count() == 1
    runs = feed(force.administrator, 1).runs
    assert [(each.by, each.rows, each.added) for each in runs] == [
        (force.administrator.name, 2, 0),
        (force.administrator.name, 2, 2),
    ]


@pytest.mark.parametrize(
    ("kind", "body", "place"),
    [
        ("csv", GOOD + b"Mar 2024;many\r\n", "Line 4, cell B4"),
        (
            "json",
            json.dumps([*ROWS["data"]["rows"], {"day": "2024-03-31", "seen": "many"}]).encode(),
            "[2].seen",
        ),
    ],
)
def test_a_bad_row_is_named_and_the_good_ones_wait_until_somebody_takes_them(
    force: Force,
    server: Served,
    pulls: Callable[[FeedRow], Came],
    tmp_path: Path,
    kind: str,
    body: bytes,
    place: str,
) -> None:
    server.at["/lamps"] = Answer(body)
    said = {"mapping": in_words("value=seen")} if kind == "json" else {}
    row = opened(force, server, "/lamps", kind, **said)
    looked = tried(force.administrator, row, reach(server))
    assert [each.sentence.startswith(f"{place}: found “many”") for each in looked.sorted.bad] == [True]
    assert loads(force.administrator) == ()
    assert pulls(row).outcome == "waiting"
    assert pulls(row).outcome == "waiting"
    assert values(force) == []
    (waits,) = loads(force.administrator, waiting=True)
    looked_at = loading.looked_at(
        force.administrator, FolderStore(tmp_path / "files"), load(force.administrator, 1)
    )
    loading.take(force.administrator, looked_at, version=waits.version, without_bad=True)
    assert values(force) == [4, 6]


@pytest.mark.parametrize(
    ("kind", "items", "answer", "words"),
    [
        ("json", "", PAGE, "asks to sign in"),
        ("csv", "", Answer(b"<p>", headers={"Content-Type": "TEXT/HTML; charset=x"}), "not a file"),
        ("json", "", Answer(b"Lamps: none"), "begins “Lamps: none”"),
        ("json", "", Answer(b"[" * 100_000), "no JSON"),
        ("json", "data.row", Answer(json.dumps(ROWS).encode()), "no “row” in data, which has “rows”"),
        ("json", "", Answer(json.dumps(ROWS).encode()), "Its rows stand at data.rows"),
        ("json", "data.rows", Answer(b'{"data": {"rows": [{"day": 1}, 7]}}'), "data.rows[1]: an object was"),
        ("json", "data.rows", Answer(b'{"data": null}'), "data is null"),
        ("json", "", Answer(b"[]"), "0 found"),
        ("csv", "", Answer(gzip.compress(b"0" * 10**7)), "packed"),
        ("csv", "", Answer(gzip.compress(GOOD), headers={"Content-Encoding": "gzip"}), "packed"),
        ("csv", "", Answer(b" \n"), "empty"),
        ("csv", "", Answer(b"a,b\nc,d\n"), "holds days"),
        ("csv", "", Answer(status=401), "Check the secret"),
        ("csv", "", LED_ON, "not among the hosts"),
        ("csv", "", Answer(b"0" * (10 * 2**20 + 1)), "more than 10 MB"),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_is_said_clearly_and_nothing_is_loaded(
    force: Force,
    server: Served,
    pulls: Callable[[FeedRow], Came],
    kind: str,
    items: str,
    answer: Answer,
    words: str,
) -> None:
    server.at["/lamps"] = answer
    came = pulls(opened(force, server, "/lamps", kind, items=items))
    assert (came.outcome, words in came.sentence) == ("failed", True), came.sentence
    assert values(force) == []
    assert loads(force.administrator) == ()


def test_a_listed_host_that_leads_to_a_private_address_is_not_followed(
    force: Force, server: Served, pulls: Callable[[FeedRow], Came]
) -> None:
    server.at["/lamps"] = Answer(status=307, headers={"Location": f"http://127.0.0.1:{server.port}/in"})
    row = opened(force, server, "/lamps")
    outside = Reach.of([server.host], [])
    with pytest.raises(Refused, match="no public address"):
        tried(force.administrator, row, outside)
    assert server.asked == []


def test_no_secret_is_kept_shown_or_told(
    force: Force,
    server: Served,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    tmp_path: Path,
) -> None:
    monkeypatch.setenv(SECRET, "hunter2-and-more\n")
    caplog.set_level(logging.DEBUG)
    value = FeedValue(
        "Lamps", "csv", "{}", address=f"https://{server.host}/a?key={{secret}}", secret=SECRET, indicator="K1"
    )
    open_feed(force.administrator, value)
    row = feed(force.administrator, 1)
    came = pull_now(force.administrator, row, FolderStore(tmp_path / "files"), reach(server))
    assert came.outcome == "failed"  # this server speaks no TLS
    everything = (
        "".join(Entry.objects.values_list("text", flat=True))
        + repr(feed(force.administrator, 1))
        + caplog.text
    )
    assert SECRET in everything
    assert "hunter2" not in everything


@pytest.mark.parametrize(
    ("address", "secret"),
    [
        ("https://me:hunter2@lamps.test/a", ""), ("https://lamps.test/a?api_key=hunter2", ""),
        ("https://lamps.test/a?sig=hunter2", ""), ("https://lamps.test/a?key={secret}", ""),
        ("http://lamps.test/a", SECRET), ("https://{secret}.test/a", SECRET), ("lamps.test/a", ""),
        ("ftp://lamps.test/a", ""), ("https://lamps.test:99999/a", ""), ("https://lamps.test/a b", ""),
    ],
)  # fmt: skip
def test_an_address_that_holds_a_secret_or_is_none_is_not_kept(
    force: Force, address: str, secret: str
) -> None:
    with pytest.raises(Invalid):
        open_feed(force.administrator, FeedValue("F", "csv", "{}", address=address, secret=secret))
    assert not Entry.objects.filter(text__contains="hunter2").exists()


def test_who_names_a_secret_is_an_administrator(staffed: Staffed) -> None:
    value = FeedValue("F", "csv", "{}", address="https://lamps.test/a", secret=SECRET)
    for deed in (
        lambda: open_feed(staffed.risk_manager, value),
        lambda: tried(staffed.risk_manager, value, Reach()),
    ):
        with pytest.raises(Refused):
            deed()

"""A file of readings on the site: the columns proposed, the bad rows named, the good ones decided about."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from serving import Answer, served
from watchkeep.apps.indicators import changes, queries
from watchkeep.apps.indicators.changes import feeds
from watchkeep.domain.indicator import Definition
from web.conftest import Site


def words(answer: Any) -> str:
    return str(answer.content.decode())


def test_a_file_is_looked_at_mapped_and_its_good_rows_taken(empty: Site) -> None:
    by = empty.force.administrator
    value = Definition("Lamps out", "lamps", "down", "month", kind="count", from_on=date(2024, 1, 1))
    which = changes.open_indicator(by=by, definition=value)
    browser = empty.administrator
    data = b"Month,Seen,Counted\nJan 2024,x,4\nFeb 2024,y,many\nMar 2024,z,7\n"
    file = SimpleUploadedFile("lamps.csv", data)
    page = browser.post("/indicators/bring-in", {"file": file, "indicator": ""}, follow=True)
    assert "whose readings these are" in words(page)
    said = {"day": "0", "value": "2", "order": "day first", "indicator": "k1", "version": "1"}
    page = browser.post("/indicators/bring-in/1/columns", said, follow=True)
    assert "2 rows can be taken, 1 cannot" in words(page)
    assert "Line 3, cell C3" in words(page)
    assert browser.post("/indicators/bring-in/1/take", {"version": "2"}).status_code == 403
    stale = browser.post("/indicators/bring-in/1/take", {"version": "1", "without_bad": "yes"})
    assert stale.status_code == 409
    assert queries.series(by, which).readings == ()
    page = browser.post("/indicators/bring-in/1/take", {"version": "2", "without_bad": "yes"}, follow=True)
    assert "2 readings of it were taken" in words(page)
    assert [each.value for each in queries.series(by, which).readings] == [4, 7]
    assert browser.post("/indicators/bring-in/1/drop", {"version": "3"}).status_code == 403


def test_the_feeds_are_listed_with_what_came_of_them(empty: Site) -> None:
    by, now = empty.force.administrator, timezone.now()
    assert "Nothing is pulled by itself" in words(empty.administrator.get("/indicators/feeds"))
    value = feeds.FeedValue("Lamp log", "csv", "{}", address="https://lamps.test/a.csv")
    feed = feeds.open_feed(by=by, value=value, from_at=now - timedelta(days=9))
    came = feeds.Came("failed", "lamps.test: it answered 500, not 200.")
    feeds.record_run(by=by, feed=feed, due_at=now, started_at=now, came=came)
    page = words(empty.administrator.get("/indicators/feeds"))
    assert "1 of 1 feed is late" in page
    assert "it answered 500" in page


def test_a_feed_is_tried_opened_pulled_and_stopped_on_the_site(empty: Site, settings: Any) -> None:
    by, browser = empty.force.administrator, empty.administrator
    value = Definition("Lamps out", "lamps", "down", "month", kind="count", from_on=date(2024, 1, 1))
    changes.open_indicator(by=by, definition=value)
    with served() as here:
        here.at["/lamps"] = Answer(b"Month,Seen\nJan 2024,4\nFeb 2024,many\n")
        said = {"name": "Lamp log", "kind": "csv", "address": f"http://{here.host}/lamps", "every": "day"}
        said |= {"items": "", "statement": "", "secret": "", "indicator": "k1", "columns": "value=Seen"}
        refused = browser.post("/indicators/feeds/new", said | {"do": "try"})
        assert (refused.status_code, "is not among the hosts" in words(refused)) == (400, True)
        settings.WATCHKEEP_FEED_HOSTS, settings.WATCHKEEP_FEED_NETWORKS = [here.host], ["127.0.0.0/8"]
        wrong = browser.post("/indicators/feeds/new", said | {"do": "open", "columns": "lamp=Seen"})
        assert "“lamp” is no part of a reading" in words(wrong)
        tried = words(browser.post("/indicators/feeds/new", said | {"do": "try"}))
        assert "1 reading could be taken" in tried
        assert "Line 3, cell B3: found “many”" in tried
        assert "Nothing is pulled by itself" in words(browser.get("/indicators/feeds"))
        opened = browser.post("/indicators/feeds/new", said | {"do": "open"}, follow=True)
        assert "It is pulled every day" in words(opened) or "it is pulled every day" in words(opened)
        assert "1 reading could be taken" in words(browser.post("/indicators/feeds/1/try"))
        pulled = words(browser.post("/indicators/feeds/1/run", follow=True))
        assert "It waits for a decision" in pulled
        assert by.name in pulled
        assert queries.series(by, "K1").readings == ()
        assert browser.post("/indicators/feeds/1/stop", {"reason": ""}).status_code == 400
        browser.post("/indicators/feeds/1/stop", {"reason": "The log has moved"})
        assert browser.post("/indicators/feeds/1/run").status_code == 403
        assert "it is pulled no more" in words(browser.get("/indicators/feeds/1"))
    assert empty.reader.get("/indicators/feeds/new").status_code == 403


def test_a_file_that_is_none_says_why(empty: Site) -> None:
    answer = empty.administrator.post(
        "/indicators/bring-in", {"file": SimpleUploadedFile("a.csv", b"\x00\x01\x02"), "indicator": "K1"}
    )
    assert answer.status_code == 400
    assert "binary data" in words(answer)

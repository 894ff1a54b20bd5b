"""Home in two minutes: what moved and why, what is late, whether what holds risks back holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone

from cast import Staffed, a_paper, a_risk, accepted
from watchkeep.apps.indicators import changes as indicators
from watchkeep.apps.indicators.queries.feeds import FeedRow, RunRow
from watchkeep.apps.register import changes, queries
from watchkeep.apps.register.models import Risk
from watchkeep.apps.register.queries import RiskPage
from watchkeep.domain.document import Band, Scale, Trend
from watchkeep.domain.finding import finding
from watchkeep.domain.indicator import Definition, Reading
from watchkeep.domain.matrix import Graded, Step
from watchkeep.domain.people import Actor
from watchkeep.web.home.feeding import of_feed
from watchkeep.web.home.moved import MOST, moved
from web.conftest import Site, signed_in
from web.test_pages import text_of

PERIOD = "2030/31 Q4"
SCALE = Scale(bands=(Band(name="Low", rank=1), Band(name="High", rank=2)))


def went(movement: str, basis: str = "") -> tuple[Trend, ...]:
    return (Trend(state="recorded", text="Arrow", period=PERIOD, movement=movement, basis=basis),)  # type: ignore[arg-type]  # a movement's name


def test_what_worsened_stands_before_what_improved_and_what_stayed_is_not_named() -> None:
    paper = a_paper(
        a_risk("A1", trends=went("improving")),
        a_risk("A2", trends=went("steady")),
        a_risk("A3", trends=went("worsening", "From Low to High.")),
        a_risk("A4", trends=()),
        scale=SCALE,
    )
    rows = moved(paper, finding(paper), "")
    assert [(each.reference, each.trend.movement, each.why) for each in rows] == [
        ("A3", "worsening", "From Low to High."),
        ("A1", "improving", ""),
    ]


def test_no_more_is_named_than_can_be_read() -> None:
    paper = a_paper(*(a_risk(f"A{number}", trends=went("worsening")) for number in range(MOST + 3)))
    assert len(moved(paper, finding(paper), "")) == MOST


@pytest.mark.django_db
def test_home_names_what_moved_and_leads_there(staffed: Staffed) -> None:
    accepted(staffed, a_paper(a_risk("LH1", trends=went("worsening")), a_risk("LH2", trends=())))
    page = signed_in(staffed.people["board_member"]).get("/")
    assert f"What moved in {PERIOD}" in text_of(page)
    assert b'href="/risks/LH1"' in page.content
    assert b'href="/risks/LH2"' not in page.content


@pytest.mark.django_db
def test_home_counts_what_is_late_and_what_nobody_checked(site: Site) -> None:
    page = text_of(site.reader.get("/"))
    assert "2 promises are late" in page  # P1 and P2, both of which were due in 2024
    assert "0 of 1 control holds, as far as checks can say." in page


@pytest.mark.django_db
def test_home_counts_no_closed_risk_as_outside_tolerance(staffed: Staffed) -> None:
    accepted(staffed, a_paper(day=date(2026, 3, 31)))
    by, day = staffed.risk_manager, date(2026, 4, 1)
    bands = Graded(bands=(Step("Low"), Step("Medium"), Step("High")))
    scale = changes.set_scale(by=by, name="Bands", scale=bands, effective_on=day)
    row = queries.register(by, "harbour-risk-register")
    changes.use_scale(by=staffed.administrator, register=row.id, version=row.version, family=scale)
    lamps = changes.open_category(by=by, name="Lamps", description="")
    stated = {"appetite": "Low", "tolerance": "Medium", "approved_by": "Harbour Board", "approved_on": day}
    changes.state_appetite(by=by, category=lamps, version=1, scale=scale, effective_on=day, **stated)  # type: ignore[arg-type]  # words and a day

    def lh1() -> RiskPage:
        return queries.risk(by, "harbour-risk-register", "LH1")

    seen = lh1()
    changes.correct_risk(
        by=by, risk=seen.id, version=seen.version, path="category", text="Lamps", effective_on=day
    )
    seen = lh1()
    told = {"stage": "residual", "rating": "High", "rationale": "No oil", "on": day}
    changes.assess(by=by, risk=seen.id, version=seen.version, **told)  # type: ignore[arg-type]  # words and a day
    reader = signed_in(staffed.people["reader"])
    assert "1 risk is outside tolerance" in text_of(reader.get("/"))
    seen = lh1()
    changes.close_risk(by=by, risk=seen.id, version=seen.version, closed_on=day, reason="The lamp is gone")
    assert "outside tolerance" not in text_of(reader.get("/"))


def worsening(by: Actor, risk: str, *, leads: bool = False) -> None:
    """An indicator of the risk that stood at forty for two years and at sixty for the last nine months."""
    today = timezone.localdate()
    first = date(today.year - 3, today.month, 1)
    values = [40.0 + place % 3 for place in range(27)] + [60.0 + place % 3 for place in range(9)]
    month = first.year * 12 + first.month - 1
    readings = [
        Reading(date((month + place) // 12, (month + place) % 12 + 1, 1), each)
        for place, each in enumerate(values)
    ]
    value = Definition("Lamps out", "lamps", "down", "month", due_after=31, from_on=first)
    made = indicators.open_indicator(by=by, definition=value)
    indicators.observe(by=by, indicator=made, readings=readings, source="The lamp book")
    found = Risk.objects.get(key=risk).pk
    indicators.attach(by=by, indicator=made, risk=found, side="cause", leads=leads, from_on=first)


@pytest.mark.django_db
def test_home_and_the_risk_tell_where_judgement_and_indicators_differ(staffed: Staffed) -> None:
    risks = (
        a_risk("LH1", trends=went("improving")),
        a_risk("LH2", trends=went("worsening")),
        a_risk("LH3", trends=()),
    )
    accepted(staffed, a_paper(*risks))
    for each in ("LH1", "LH2", "LH3"):
        worsening(staffed.risk_manager, each)
    differ = f"In {PERIOD} it was judged improving; its indicators say worsening."
    for reader in ("risk_manager", "board_member"):
        page = signed_in(staffed.people[reader]).get("/")
        assert text_of(page).count("its indicators say") == 1
        assert differ in text_of(page)
        assert b'href="/risks/LH1#figures"' in page.content
    manager = signed_in(staffed.people["risk_manager"])
    assert differ in text_of(manager.get("/risks/LH1"))
    assert "Judgement and indicators differ" not in text_of(manager.get("/risks/LH2"))
    assert "Judgement and indicators differ" not in text_of(manager.get("/risks/LH3"))


@pytest.mark.django_db
def test_home_asks_who_records_for_late_readings_late_feeds_and_files_that_wait(site: Site) -> None:
    """K1's last reading is of February 2023; the feed of the lamp log was never pulled."""
    asked = text_of(signed_in(site.force.people["risk_manager"]).get("/"))
    assert "readings of K1 Oil counted" in asked
    assert "The first was due by 31 March 2023" in asked
    assert "Decide on the readings of a.csv" in asked
    assert "Nobody has said yet which of its columns is which." in asked
    assert "readings of K1 Oil counted" not in text_of(site.reader.get("/")).replace("Recorded readings", "")
    assert "Decide on" not in text_of(site.reader.get("/"))


def a_run(started_at: datetime, **said: Any) -> RunRow:
    """A pull of which only what is named here matters."""
    rest: dict[str, Any] = {each: None for each in RunRow.__slots__ if each not in said}
    told: Any = rest | {"started_at": started_at, "due_at": started_at} | said
    return RunRow(**told)


def test_a_feed_is_told_of_once_it_is_late_or_its_last_pull_failed() -> None:
    from_at = timezone.now() - timedelta(days=9)
    feed = FeedRow(
        UUID(int=1), 4, "Lamp log", "csv", "", "", "", "", "", "{}", "day", from_at, stopped_at=None, runs=()
    )
    never = of_feed(feed, late=True)
    assert never is not None
    assert (never.what, never.late) == ("Lamp log: the feed is late", 9)
    assert never.detail == "It was never pulled: see whether the worker runs."
    good = a_run(from_at + timedelta(days=8), outcome="taken")
    failed = a_run(from_at + timedelta(days=9), outcome="failed", sentence="It answered 500.")
    assert of_feed(replace(feed, runs=(good,)), late=False) is None
    told = of_feed(replace(feed, runs=(failed, good)), late=False)
    assert told is not None
    assert told.what == "Lamp log: the last pull failed"
    assert told.detail.endswith("It answered 500.")
    assert of_feed(replace(feed, runs=(failed,), stopped_at=from_at), late=False) is None

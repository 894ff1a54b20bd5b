"""Home in two minutes: what moved and why, what is late, whether what holds risks back holds."""

from __future__ import annotations

from datetime import date

import pytest

from cast import Staffed, a_paper, a_risk, accepted
from watchkeep.apps.register import changes, queries
from watchkeep.apps.register.queries import RiskPage
from watchkeep.domain.document import Band, Scale, Trend
from watchkeep.domain.finding import finding
from watchkeep.domain.matrix import Graded, Step
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

"""The pages of indicators: found, looked at, and acted on through forms."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from lxml import html

from told_forecast import a_forecast
from watchkeep.apps.indicators import queries
from watchkeep.apps.indicators.changes.forecasts import keep_forecast
from watchkeep.jobs.forecasts import make_all
from web.conftest import Site


def text_of(page: bytes) -> str:
    return " ".join(html.fromstring(page).text_content().split())


def test_the_list_the_grid_and_the_page_say_what_an_indicator_says(site: Site) -> None:
    listed = text_of(site.administrator.get("/indicators").content)
    assert "Of one indicator one meets its target for certain and one is late." in listed
    assert "Oil counted" in listed
    assert "82 litres" in listed
    assert "target 70 litres" in listed
    assert "No indicator fits" in text_of(site.administrator.get("/indicators?verdict=worsening").content)
    grid = html.fromstring(site.administrator.get("/indicators/grid").content)
    assert [each.text_content() for each in grid.xpath("//tbody//th")] == ["Oil"]
    assert grid.xpath("//tbody//td/@data-label") == ["Stock"]
    page = html.fromstring(site.administrator.get("/indicators/K1").content)
    assert len(page.xpath("//figure//div[starts-with(@class, 'drawn')]/*[@role='img']")) == 2
    assert page.xpath("//figure//*[@style]") == []
    first = page.xpath("//details//tbody/tr[td[2][contains(., '82.')] or td]")[-1]
    assert "1 January 2022" in first.text_content()
    assert "80 litres" in first.text_content()
    assert "LH1" in text_of(site.administrator.get("/indicators/K1").content)


def test_the_page_says_what_is_expected_next_or_why_nothing_is(site: Site) -> None:
    assert "There is no forecast. None was made yet." in text_of(
        site.administrator.get("/indicators/K1").content
    )
    make_all(site.force.administrator)
    told = "A forecast of a monthly indicator takes 24 readings without a gap, and there are 14 readings."
    assert told in text_of(site.administrator.get("/indicators/K1").content)
    keep_forecast(by=site.force.administrator, indicator=which(site), forecast=a_forecast())
    page = text_of(site.administrator.get("/indicators/K1").content)
    assert "No better than naive." in page
    assert "The target of 70 lamps is not expected to be breached up to" in page
    assert "2 to 6" in page
    assert "Naive (used)" in page


def which(site: Site) -> UUID:
    return queries.indicator_named(site.force.administrator, "K1").id


def test_a_reading_is_recorded_corrected_with_a_reason_and_seen(site: Site) -> None:
    said = {"on": "2023-03-01", "value": "55", "note": "", "reason": ""}
    assert site.administrator.post("/indicators/K1/read", said).status_code == 302
    again = site.administrator.post("/indicators/K1/read", said | {"value": "56"})
    assert again.status_code in (400, 409)
    done = site.administrator.post("/indicators/K1/read", said | {"value": "56", "reason": "Misread"})
    assert done.status_code == 302
    page = text_of(site.administrator.get("/indicators/K1").content)
    assert "56 litres" in page
    assert "corrected (revision 2)" in page


def test_lines_are_set_and_ended_through_the_forms(site: Site) -> None:
    by = site.force.risk_manager
    line = {"kind": "upper tolerance", "value": "95", "from_on": "2022-01-01", "until_on": "", "source": ""}
    assert site.administrator.post("/indicators/K1/target", line).status_code == 302
    rebased = {"on": "2022-08-01", "reason": "A second tank"}
    assert site.administrator.post("/indicators/K1/rebase", rebased).status_code == 302
    told = {"on": "2022-03-01", "text": "The spill"}
    assert site.administrator.post("/indicators/K1/annotate", told).status_code == 302
    ended = site.administrator.post(
        site.address("indicator-target-end"), {"on": "2022-12-01", "reason": "Raised"}
    )
    assert ended.status_code == 302
    kept = queries.series(by, "K1")
    assert [(each.value, each.until_on) for each in kept.targets] == [
        (70.0, date(2022, 12, 1)),
        (95.0, None),
    ]
    assert [each.reason for each in kept.rebases] == ["A second tank"]
    assert [each.text for each in kept.annotations] == ["The spill"]


def test_a_plan_is_written_changed_with_a_reason_and_taken_back(site: Site) -> None:
    browser, by = site.administrator, site.force.risk_manager
    wrong = browser.post("/indicators/K1/plan", {"points": "2031-04-30 12\nmany", "why": ""})
    assert (wrong.status_code, "Line 2: found “many”" in text_of(wrong.content)) == (400, True)
    assert queries.series(by, "K1").plan == ()
    said = "30/04/2031\t£1,200\nMay 2031; 1300"
    assert browser.post("/indicators/K1/plan", {"points": said, "why": ""}).status_code == 302
    again = browser.post("/indicators/K1/plan", {"points": "2031-04-30 1250", "why": ""})
    assert "Say why it is said otherwise" in text_of(again.content)
    browser.post("/indicators/K1/plan", {"points": "2031-04-30 1250", "why": "Oil is dearer"})
    assert [(each.on, each.value) for each in queries.series(by, "K1").plan] == [
        (date(2031, 4, 30), 1250.0),
        (date(2031, 5, 1), 1300.0),
    ]
    for line in queries.said_of(by, "K1"):
        address = f"/indicators/K1/take-back?line={line.id}"
        assert browser.post(address, {"why": ""}).status_code == 400
        assert browser.post(address, {"why": "Written in error"}).status_code == 302
        assert browser.get(address).status_code == 404
    assert queries.series(by, "K1").targets == queries.series(by, "K1").plan == ()


def test_seasons_and_a_fixed_baseline_are_said_in_the_form(site: Site) -> None:
    row = queries.indicator_named(site.force.risk_manager, "K1")
    said = {"name": "Oil counted", "unit": "litres", "better": "up", "frequency": "month", "kind": "number"}
    said |= {"family": "xmr", "due_after": "0", "from_on": "2026-05-01", "version": str(row.version)}
    few = site.administrator.post("/indicators/K1/redefine", said | {"baseline": "2", "seasonal": "on"})
    assert "not on 2" in text_of(few.content)
    done = site.administrator.post("/indicators/K1/redefine", said | {"baseline": "13", "seasonal": "on"})
    assert done.status_code == 302
    now = queries.indicator_named(site.force.risk_manager, "K1").definition
    assert (now.seasonal, now.baseline) == (True, 13)


@pytest.mark.parametrize(
    "deed", ["read", "target", "redefine", "rebase", "annotate", "plan", "take-back?line=x"]
)
def test_who_only_reads_is_offered_no_form(site: Site, deed: str) -> None:
    assert site.reader.get(f"/indicators/K1/{deed}").status_code == 403


def test_the_page_of_a_risk_has_the_figures_that_speak_to_it(site: Site) -> None:
    page = html.fromstring(site.administrator.get("/risks/LH1").content)
    row = page.xpath("//h2[@id='figures']/following-sibling::table[1]/tbody/tr")
    said = " ".join(row[0].text_content().split())
    assert len(row) == 1
    assert "Oil counted" in said
    assert "A cause Leads" in said
    assert "Stale" in said  # its last month is long past
    assert "Consistently meets its target" in said
    assert len(row[0].xpath(".//*[local-name()='svg'][@class='spark']")) == 1


def test_the_register_shows_the_indicator_that_leads_where_asked(site: Site) -> None:
    page = html.fromstring(site.administrator.get("/register?columns=figures").content)
    cells = page.xpath("//td[@data-label='Lead indicator']")
    assert len(cells) > 1
    assert [bool(each.xpath(".//*[local-name()='svg'][@class='spark']")) for each in cells].count(True) == 1
    assert "K1, 82 litres" in " ".join(cells[0].text_content().split())

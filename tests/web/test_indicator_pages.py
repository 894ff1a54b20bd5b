"""Pages that show many indicators ask as much of ten as of one, and the one that leads shows by default."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from lxml import html

from watchkeep.apps.indicators import changes
from watchkeep.apps.register.models import Risk
from watchkeep.domain.indicator import Definition, Reading, Target
from watchkeep.web.indicators.listing import Group, on_page, pages_of
from web.conftest import Site
from web.test_pages import statements

FIRST = date(2024, 1, 1)
PAGES = (
    "/",
    "/register",
    "/risks/LH1",
    "/indicators",
    "/indicators?group=risk",
    "/indicators/grid",
    "/indicators/K1",
)


def an_indicator(site: Site, name: str, values: list[float], theme: str = "", measure: str = "") -> UUID:
    """One read in each month from January 2024, better when it falls, with a target of fifty."""
    by = site.force.risk_manager
    value = Definition(name, "lamps", "down", "month", theme=theme, measure=measure, from_on=FIRST)
    found = changes.open_indicator(by=by, definition=value)
    months = [date(2024 + place // 12, place % 12 + 1, 1) for place in range(len(values))]
    taken = [Reading(on, each) for on, each in zip(months, values, strict=True)]
    changes.observe(by=by, indicator=found, readings=taken, source="The lamp book")
    changes.set_target(by=by, indicator=found, target=Target(50.0, FIRST))
    return found


def many(site: Site) -> None:
    """Nine more, three for each risk of the register."""
    by = site.force.risk_manager
    for number, risk in enumerate(
        Risk.objects.filter(key__in=("LH1", "LH2", "LH3")).values_list("pk", flat=True)
    ):
        for side in ("cause", "control", "consequence"):
            which = an_indicator(site, f"Lamps {number} {side}", [40.0, 42.0, 41.0] * 5, "Lamps", side)
            changes.attach(by=by, indicator=which, risk=risk, side=side, from_on=FIRST)


@pytest.mark.parametrize("address", PAGES)
def test_a_page_asks_as_much_of_ten_indicators_as_of_one(site: Site, address: str) -> None:
    few = statements(site.administrator, address)
    many(site)
    assert statements(site.administrator, address) == few


def test_the_register_shows_the_indicator_that_leads_where_a_risk_has_one(site: Site) -> None:
    page = html.fromstring(site.reader.get("/register").content)
    words = page.xpath("string(//td[@data-label='Lead indicator']//*[local-name()='svg']/@aria-label)")
    assert str(words).startswith("Oil counted: ")
    assert len(str(words)) > len("Oil counted: ")
    assert page.xpath("//details//input[@name='columns'][@value='figures']/@checked")


def test_who_chose_columns_has_those_and_no_other(site: Site) -> None:
    page = html.fromstring(site.reader.get("/register?columns=band").content)
    assert not page.xpath("//td[@data-label='Lead indicator']")


def test_the_list_is_grouped_folded_and_narrowed_to_a_risk_or_a_theme(site: Site) -> None:
    many(site)
    page = html.fromstring(site.administrator.get("/indicators?group=theme").content)
    heading = str(page.xpath("normalize-space(//details/summary[h3])"))
    assert heading == "Lamps 9 indicators, 9 late"
    for choice, count in (
        ("risk=harbour-risk-register:LH2", 3),
        ("theme=Lamps", 9),
        ("theme=Oil", 1),
        ("readings=missing", 0),
    ):
        shown = html.fromstring(site.administrator.get(f"/indicators?{choice}").content)
        assert shown.xpath("count(//li[contains(@class, 'multiple')])") == count
    assert page.xpath("//a[@href='/indicators/bring-in']")
    assert b'href="/indicators/bring-in"' not in site.reader.get("/indicators").content


@pytest.mark.parametrize("asked", ["0", "2", "99999", "-1", "one", "²"])
def test_a_page_that_there_is_not_is_the_nearest_one(site: Site, asked: str) -> None:
    assert b"Oil counted" in site.administrator.get("/indicators", {"page": asked}).content


def test_many_are_folded_but_the_first_group_and_go_on_over_pages() -> None:
    groups = [Group(str(place), "", tuple([None] * 50), 50) for place in range(2)]  # type: ignore[list-item]  # only counted
    assert pages_of(groups) == 2
    assert [(each.name, len(each.panels), each.open) for each in on_page(groups, 1)] == [
        ("0", 50, True),
        ("1", 10, False),
    ]
    assert [(each.name, len(each.panels), each.count, each.open) for each in on_page(groups, 2)] == [
        ("1", 40, 50, True)
    ]
    few = [Group(str(place), "", tuple([None] * 6), 6) for place in range(2)]  # type: ignore[list-item]  # only counted
    assert [each.open for each in on_page(few, 1)] == [True, True]

"""A risk manager sets a scale, states an appetite, and changes the scale: what was rated before stays."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from cast import Staffed, a_paper, a_risk, a_staffed_force, accepted, said
from journeys.conftest import DESK, PHONE, Desk, overflow, violations
from watchkeep.apps.register import changes, queries
from watchkeep.apps.register.models import Risk
from watchkeep.domain.document import Assessment

pytestmark = pytest.mark.journey
MANAGER = "runa@calder.test"
SILENT: list[object] = []  # windows without scripts


@pytest.fixture
def staffed_police(transactional_db: None) -> Staffed:
    """Calder Vale Police with a register of three risks in words of its own."""
    force = a_staffed_force()
    rated = (Assessment(stage="residual", rating=said("High")),)
    accepted(
        force,
        a_paper(
            a_risk("LH1", category=said("People"), assessments=rated),
            a_risk("LH2", category=said("People")),
            a_risk("LH3"),
        ),
    )
    return force


def fine(page: Page) -> None:
    """Nothing for axe to find (which itself needs scripts), nothing wider than the window."""
    if page.context not in SILENT:
        assert violations(page) == []
    assert overflow(page) <= 0


def refused_as_it_should_be(desk: Desk, status: int) -> None:
    """The browser complains of every answer that refuses; of this one it must, and of no other."""
    assert [f"{status}" in each for each in desk.complaints] == [True]
    desk.complaints.clear()


def set_the_scale(desk: Desk, page: Page) -> None:
    page.get_by_role("link", name="Set the first scale").click()
    page.get_by_label("Name").fill("Harbour scale")
    page.get_by_label("Bands").fill("Low: felt for a day\nMedium\nHigh: felt for a year")
    page.get_by_label("Levels of likelihood").fill("Rare\nLikely")
    page.get_by_label("Levels of impact").fill("Small\nGrave")
    page.get_by_label("Stands from").fill("2020-01-01")
    page.get_by_role("button", name="Continue").click()
    fine(page)
    page.get_by_label("Rare likelihood and Small impact").select_option("Low")
    page.get_by_label("Rare likelihood and Grave impact").select_option("High")
    page.get_by_label("Likely likelihood and Small impact").select_option("Medium")
    page.get_by_label("Likely likelihood and Grave impact").select_option("Medium")
    page.get_by_role("button", name="Set the scale").click()
    # The matrix falls, and is shown again with what is wrong and all that was chosen.
    expect(page.get_by_role("alert")).to_contain_text("though Rare and Grave make High")
    refused_as_it_should_be(desk, 400)
    fine(page)
    page.get_by_label("Likely likelihood and Grave impact").select_option("High")
    page.get_by_role("button", name="Set the scale").click()
    expect(page.get_by_role("heading", name="Harbour scale", level=1)).to_be_visible()


@pytest.mark.parametrize(
    ("width", "scripts"),
    [
        pytest.param(DESK, True, id="desk"),
        pytest.param(PHONE, True, id="phone", marks=pytest.mark.slow),  # its pages: test_every_route at 320
        pytest.param(DESK, False, id="without scripts"),
    ],
)
def test_a_risk_manager_changes_a_scale_and_nothing_of_before_changes(
    staffed_police: Staffed, desks: Callable[..., Desk], width: int, scripts: bool
) -> None:
    force = staffed_police
    desk = desks(width=width, scripts=scripts)
    if not scripts:
        SILENT.append(desk.context)
    desk.sign_in(MANAGER)
    page = desk.open("/settings/scales")
    fine(page)
    set_the_scale(desk, page)
    fine(page)

    # The register uses it.
    page = desk.open("/settings/scales")
    page.get_by_role("link", name="Change the scale of Harbour risk register").click()
    page.get_by_label("Scale").select_option("Harbour scale, version 1")
    page.get_by_role("button", name="Use it").click()
    expect(page.get_by_role("main")).to_contain_text("Harbour risk register is assessed on it from now on")

    # An appetite is stated for the category that the paper names.
    page = desk.open("/settings/categories")
    page.get_by_role("button", name="Start with the Orange Book’s categories").click()
    fine(page)
    page.get_by_role("link", name="People").last.click()
    page.get_by_role("link", name="State its appetite").click()
    page.get_by_label("Appetite").select_option("Low")
    page.get_by_label("Tolerance").select_option("Medium")
    page.get_by_label("Approved by").fill("Harbour Board")
    page.get_by_label("Approved on").fill("2020-01-01")
    page.get_by_label("Stands from").fill("2020-01-01")
    fine(page)
    page.get_by_role("button", name="State it").click()
    expect(page.get_by_role("main")).to_contain_text("Content up to Low; bears up to Medium")
    fine(page)

    # Three risks get the category together; LH1 is outside tolerance by the word of its paper.
    page = desk.open("/register")
    for reference in ("LH1", "LH2"):
        page.get_by_label(f"Choose {reference}").check()
    fine(page)
    page.get_by_role("button", name="Change the chosen risks").click()
    page.get_by_label("Category").select_option("People")
    fine(page)
    page.get_by_role("button", name="Change all 2").click()
    expect(page.get_by_role("main")).to_contain_text("2 risks are changed")
    page = desk.open("/register?appetite=outside+tolerance")
    expect(page.get_by_role("table").last).to_contain_text("Outside tolerance")
    fine(page)

    # The scale changes. High is called Severe now, and the question is asked.
    family = queries.scales(force.risk_manager)[0]
    page = desk.open(f"/settings/scales/{family.id}/change")
    page.get_by_label("Bands").fill("Low\nMedium\nSevere")
    page.get_by_label("Levels of likelihood").fill("")
    page.get_by_label("Levels of impact").fill("")
    page.get_by_label("Stands from").fill("2031-03-01")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("main")).to_contain_text("Band Severe is new")
    page.get_by_label("What band High of the version before is called now").select_option("Severe")
    fine(page)
    page.get_by_role("button", name="Set the new version").click()
    expect(page.get_by_role("main")).to_contain_text("stays on the version that it was rated on")
    fine(page)

    # What LH1's paper said stays; the restated series stands apart.
    page = desk.open("/risks/LH1")
    restated = page.get_by_role("table", name="Each rating as it was said, and read on the scale that stands")
    expect(restated).to_contain_text("High")
    expect(restated).to_contain_text("Severe")
    fine(page)
    desk.keep("appetite")
    said_still = queries.document(force.risk_manager, "harbour-risk-register").risk("LH1")
    assert said_still is not None
    assert said_still.assessments[0].rating.text == "High"


def test_the_loser_of_a_change_of_several_sees_both(
    staffed_police: Staffed, desks: Callable[..., Desk]
) -> None:
    force = staffed_police
    changes.open_category(by=force.risk_manager, name="Crews")
    desk = desks(scripts=False)
    SILENT.append(desk.context)
    desk.sign_in(MANAGER)
    page = desk.open("/register/together?risk=LH1&risk=LH2")
    risk = Risk.objects.get(key="LH1")
    changes.correct_risk(
        by=force.administrator,
        risk=risk.pk,
        version=1,
        path="category",
        text="Tides",
        effective_on=risk.opened_on,
    )
    page.get_by_label("Category").select_option("Crews")
    page.get_by_role("button", name="Change all 2").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("1 risk was left as it is")
    expect(page.get_by_role("main")).to_contain_text("Tides")
    refused_as_it_should_be(desk, 409)
    fine(page)
    page.get_by_role("button", name="Say it of it all the same").click()
    expect(page.get_by_role("main")).to_contain_text("1 risk is changed")

"""Looking back, comparing, finding, and being second: in a browser, for axe, without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from cast import Force
from journeys.conftest import DESK, EXAMPLES, PHONE, Desk, bring, overflow, violations
from watchkeep.apps.intake import changes, queries
from watchkeep.apps.register import queries as registers

pytestmark = pytest.mark.journey


@pytest.mark.slow
@pytest.mark.parametrize("width", [DESK, PHONE])
def test_pages_of_time_have_nothing_for_axe_and_nothing_cut_off(
    desks: Callable[..., Desk], police: Force, files: Path, width: int
) -> None:
    for paper in ("2025-26-q2.docx", "2025-26-q3.xlsx"):
        bring(police, files, EXAMPLES / paper, accept=True)
    row = registers.registers(police.administrator)[0]
    assert row.as_at is not None
    first = registers.papers_days(police.administrator, row.id)[-1][0]
    risk = registers.document(police.administrator, row.slug).risks[0].key
    desk = desks(width=width)
    desk.sign_in()
    wrong: dict[str, object] = {}
    for address in (
        f"/register?as_at={first}",
        f"/risks/{risk}?as_at={first}",
        f"/?as_at={first}",
        f"/history?as_at={first}",
        "/search",
        "/search?q=officers",
        "/search?q=xyzzy",
        f"/compare?register={row.slug}",
        f"/compare?register={row.slug}&earlier={first}",
        f"/compare?register={row.slug}&earlier=soon",
    ):
        page = desk.open(address)
        if found := violations(page):
            wrong[address] = found
        elif overflow(page):
            wrong[address] = overflow(page)
    desk.complaints[:] = [each for each in desk.complaints if "400 (Bad Request)" not in each]
    assert wrong == {}


def test_a_walk_through_the_past_without_javascript(
    desks: Callable[..., Desk], police: Force, files: Path
) -> None:
    for paper in ("2025-26-q2.docx", "2025-26-q3.xlsx"):
        bring(police, files, EXAMPLES / paper, accept=True)
    row = registers.registers(police.administrator)[0]
    first = registers.papers_days(police.administrator, row.id)[-1][0]
    desk = desks(scripts=False)
    desk.sign_in()
    page = desk.open("/register")
    page.get_by_text("Show this page as at another day").click()
    page.get_by_label("Day", exact=True).fill(first.isoformat())
    page.get_by_role("group").get_by_role("button", name="Show", exact=True).click()
    page.get_by_text("Nothing can be changed in it.").wait_for()
    page.locator("a.name").first.click()
    assert f"as_at={first}" in page.url
    page.get_by_role("link", name="Back to today").click()
    assert "as_at" not in page.url


@pytest.mark.parametrize("scripts", [True, False])
def test_who_is_second_makes_one_of_both(
    desks: Callable[..., Desk], police: Force, files: Path, *, scripts: bool
) -> None:
    bring(police, files, EXAMPLES / "2025-26-q3.xlsx", accept=True)
    draft = bring(police, files, EXAMPLES / "2025-26-q4.pdf", accept=False)
    risk = queries.import_page(police.administrator, draft).risks[0].key
    desk = desks(width=PHONE, scripts=scripts)
    desk.sign_in()
    page = desk.open(f"/bring-in/{draft}/correct?risk={risk}&field=name")
    changes.correct_field(by=police.administrator, paper=draft, risk=risk, path="name", text="The other name")
    page.get_by_label("Text").fill("My own name for it")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("heading", name="Somebody else changed it first").wait_for()
    assert "The other name" in re.sub(r"\s+", " ", page.locator("main").inner_text())
    if scripts:  # which is how axe looks at a page
        assert violations(page) == []
        assert overflow(page) == 0
    box = page.get_by_label("Name: what shall stand")
    expect(box).to_have_value("My own name for it")
    box.fill("The other name, as I know it")
    page.get_by_role("button", name="Send it again").click()
    page.get_by_text("is set right in the draft").wait_for()
    desk.complaints[:] = [each for each in desk.complaints if "409 (Conflict)" not in each]

"""A whole quarter, each at their own desk: opened, updated, challenged, answered, signed, rolled on."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from cast import Staffed, a_paper, a_risk, a_staffed_force, accepted, said
from journeys.conftest import DESK, PHONE, Desk, overflow, violations
from watchkeep.apps.register import changes as register
from watchkeep.apps.register import queries as registers
from watchkeep.apps.register.models import Risk
from watchkeep.domain.period import containing

pytestmark = pytest.mark.journey

MAIL = {"risk manager": "runa", "owner": "oda", "board member": "bo", "auditor": "aud", "reader": "ivo"}
# The pages know today's date, so the quarter under review is the one that ended last.
QUARTER = containing(timezone.localdate()).previous()
BEFORE = QUARTER.previous()


@pytest.fixture
def harbour(transactional_db: None) -> Staffed:
    """Three risks as at the end of the quarter before; two are the Head of Harbour's."""
    force = a_staffed_force()
    risks = [a_risk(key, trends=()) for key in ("LH1", "LH2", "LH3")]
    paper = a_paper(*risks, day=BEFORE.ends, period=said(BEFORE.label), doubts=())
    accepted(force, paper)
    for key in ("LH1", "LH2"):
        risk = Risk.objects.get(key=key)
        register.set_owner(
            by=force.risk_manager, risk=risk.pk, version=risk.version, post=force.owner_post, on=BEFORE.ends
        )
    return force


def sit(desks: Callable[..., Desk], who: str, **more: object) -> Desk:
    """Somebody at a desk of their own, without scripts."""
    desk = desks(scripts=False, **more)
    desk.sign_in(f"{MAIL[who]}@calder.test")
    return desk


def to_review(desk: Desk, key: str = "") -> Page:
    """By the menu to the quarter, and to one of its risks."""
    page = desk.page
    page.get_by_role("link", name="Review", exact=True).first.click()
    page.get_by_role("link", name=QUARTER.label).first.click()
    if key:
        page.get_by_role("table").get_by_role("link", name=key).click()
    return page


def test_a_quarter_from_its_opening_to_its_end(desks: Callable[..., Desk], harbour: Staffed) -> None:
    manager = sit(desks, "risk manager")
    open_it(manager)
    owner = sit(desks, "owner", width=PHONE)
    update_it(owner)
    member = sit(desks, "board member")
    page = to_review(member, "LH1")
    page.get_by_label("What you challenge, and why").fill("How many lamps are there?")
    page.get_by_role("button", name="Challenge").click()
    page.get_by_text("A challenge of LH1 Lighthouse rota LH1 is not answered yet").wait_for()

    owner.open("/review").get_by_role("link", name=re.compile("Answer.*LH1")).click()
    owner.page.get_by_label("Your answer").fill("Three, of five.")
    owner.page.get_by_role("button", name="Answer", exact=True).click()
    owner.page.get_by_text("Three, of five.").wait_for()

    for key in ("LH1", "LH2"):
        page = to_review(member, key)
        page.get_by_role("button", name="Sign off").click()
        page.get_by_text("is signed off").first.wait_for()
    roll_it_forward(manager)
    reader = sit(desks, "reader")
    page = reader.open("/risks/LH1")
    page.get_by_text("What each trend rests on").click()
    page.get_by_text("By the evidence improving").wait_for()
    expect(reader.open("/review").get_by_role("link", name=QUARTER.label)).to_have_count(1)
    mark = registers.risk(harbour.reader, "harbour-risk-register", "LH1").value.trends[-1]
    assert (mark.period, mark.movement) == (QUARTER.label, "improving")


def open_it(desk: Desk) -> None:
    page = desk.open("/review")
    page.get_by_text("No quarter is under review yet.").wait_for()
    page.get_by_role("link", name="Open a review").click()
    page.get_by_label("Quarter").fill(QUARTER.label)
    page.get_by_role("button", name="Open it and ask the owners").click()
    page.get_by_text("The review is open: every owner is asked.").wait_for()
    page.get_by_text("Nobody’s", exact=True).wait_for()


def update_it(desk: Desk) -> None:
    """On a phone: one risk by its rating and words, the other confirmed as it stands."""
    page = desk.open("/review")
    page.get_by_text("2 reviews wait for you.").wait_for()
    page.get_by_role("link", name=re.compile("Review.*LH1")).click()
    page.get_by_label("Rating", exact=True).select_option("Low")
    page.get_by_label("Why this rating").fill("Both lamps are new.")
    page.get_by_label("Description").fill("(i) Too few keepers\n(ii) Enough lamps")
    page.get_by_role("button", name="Save what changed").click()
    page.locator("ins", has_text="Enough").wait_for()
    page.get_by_text("By the evidence: improving.").wait_for()
    desk.open("/review").get_by_role("link", name=re.compile("Review.*LH2")).click()
    page.get_by_role("button", name="Confirm: it stands as it is").click()
    page.get_by_text("is confirmed: it stands as it is.").wait_for()


def roll_it_forward(desk: Desk) -> None:
    page = to_review(desk)
    page.get_by_text("1 risk is neither signed off nor carried over with a reason: LH3.").wait_for()
    page.get_by_role("link", name="See what is still open").click()
    page.get_by_role("button", name="Roll it forward").click()
    page.get_by_role("heading", name="There is a problem").wait_for()
    desk.complaints.clear()  # the browser reports the 400 that says so
    page.get_by_label("Why LH3 Lighthouse rota LH3 is carried over").fill("No post answers for it yet.")
    page.get_by_role("button", name="Roll it forward").click()
    page.get_by_text("is rolled forward: each risk carries its trend.").wait_for()
    page.get_by_text("All three risks are settled, one of them carried over.").wait_for()


def test_an_auditor_reads_all_of_it_and_can_change_nothing(
    desks: Callable[..., Desk], harbour: Staffed
) -> None:
    open_it(sit(desks, "risk manager"))
    update_it(sit(desks, "owner", width=PHONE))
    desk = sit(desks, "auditor")
    page = to_review(desk, "LH1")
    page.get_by_text("Both lamps are new.").or_(page.get_by_text("updated the risk")).first.wait_for()
    expect(page.locator("main form[method=post]")).to_have_count(0)
    page.get_by_text("Only a risk manager").or_(page.get_by_text("Only an administrator")).first.wait_for()
    desk.open(f"{page.url.removeprefix(desk.base)}?as_at={BEFORE.ends}")
    desk.complaints.clear()  # before it was opened there was no such review, and the browser reports the 404


@pytest.mark.slow
def test_every_page_of_the_review_is_accessible_and_fits(
    desks: Callable[..., Desk], harbour: Staffed
) -> None:
    open_it(sit(desks, "risk manager"))
    slug = QUARTER.label.lower().replace("/", "-").replace(" ", "-")
    cycle = f"/review/harbour-risk-register/{slug}"
    pages = ("/review", "/review/open", cycle, f"{cycle}/risks/LH1", f"{cycle}/roll-forward", "/risks/LH1")
    wrong = []
    for width in (DESK, PHONE):
        desk = desks(width=width)
        desk.sign_in("runa@calder.test")
        for address in pages:
            page = desk.open(address)
            page.evaluate("document.querySelectorAll('main details').forEach(fold => { fold.open = true; })")
            wrong += [f"at {width}, {address}: {each}" for each in violations(page)]
            if overflow(page) > 0:
                wrong.append(f"at {width}, {address}: {overflow(page)} pixels too wide")
    assert wrong == []

"""A board secretary makes the pack and minutes it back onto the risks; a member reads it at a glance."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import expect

from cast import APPOINTED, Staffed, a_staffed_force, accepted
from journeys.conftest import DESK, PHONE, Desk, overflow, violations
from watchkeep.apps.discussion import changes as discussion
from watchkeep.apps.register.models import Risk
from watchkeep.apps.reviews import changes, queries
from watchkeep.apps.reviews.subjects import see
from watchkeep.domain.board import Cadence

pytestmark = pytest.mark.journey

BOARD, MET = "/boards/harbour-board", "/boards/harbour-board/2026-03-10"


@pytest.fixture
def harbour(transactional_db: None, files: Path) -> Staffed:
    """The staffed force with three risks, and a board that has not met."""
    force = a_staffed_force()
    accepted(force)
    by = force.secretary
    board = changes.open_board(
        by=by, name="Harbour Board", terms="Challenges the harbour’s risks.", cadence=Cadence(months=3)
    )
    changes.seat(by=by, board=board, post=force.chair_post, role="chair", from_on=APPOINTED)
    return force


def test_a_secretary_makes_the_pack_and_minutes_the_meeting_back_onto_the_risks(
    desks: Callable[..., Desk], harbour: Staffed
) -> None:
    desk = desks(scripts=False)
    desk.sign_in("siv@calder.test")
    page = desk.open("/boards")
    page.get_by_role("link", name="Harbour Board").click()
    page.get_by_label("Day").first.fill("2026-03-10")
    page.get_by_role("button", name="Plan a meeting").click()
    for risk, purpose in (("LH1", "To challenge: the board asks"), ("LH2", "To decide: the board decides")):
        fold = page.locator("details", has_text="Put something on the agenda")
        if fold.get_attribute("open") is None:
            fold.locator("summary").click()
        page.get_by_label("Risk", exact=True).select_option(label=f"{risk} Lighthouse rota {risk}")
        page.get_by_label("What for").select_option(label=purpose)
        page.get_by_role("button", name="Put it on").click()
    page.get_by_role("button", name=re.compile(r"Up\W+item 2")).click()
    assert "Lighthouse rota LH2" in page.locator(".agenda > li h3").first.inner_text()
    expect(page.get_by_text("Before this board for the first time.")).to_have_count(2)

    page.get_by_role("link", name=re.compile(r"Minute\W+item 2")).click()
    page.get_by_label("What the board asked").fill("Who counts the oil?")
    page.get_by_label("What it was answered").fill("The pilot, since May.")
    page.get_by_role("button", name="Minute the challenge").click()
    page.get_by_label("What the board decided").fill("Count it twice a week.")
    page.get_by_label("What somebody is to do").fill("Count the oil on Mondays and Thursdays")
    page.get_by_label("Who", exact=True).select_option(label="Oil Officer")
    page.get_by_label("By when").fill("2026-09-01")
    page.get_by_role("button", name="Minute the decision").click()
    page.get_by_text("The decision is minuted.").wait_for()
    page.get_by_role("link", name="Back to the agenda").click()
    page.locator("summary", has_text="Record that it was held").click()
    page.get_by_label("Who was there").fill("The Chair; the Head of Harbour.")
    page.get_by_role("button", name="It was held").click()
    page.get_by_text("The meeting is recorded as held.").wait_for()

    page = desk.open("/risks/LH1")
    for words in ("Who counts the oil?", "Count it twice a week.", "Minuted what a board decided on LH1"):
        expect(page.get_by_text(words).first).to_be_attached()


def met(force: Staffed) -> None:
    """One meeting held with a decision and a comment, and the next one planned."""
    by, risk = force.secretary, Risk.objects.get(key="LH1").pk
    board = queries.board(by, "harbour-board").id
    meeting = changes.plan_meeting(by=by, board=board, on=date(2026, 3, 10))
    item = changes.put_on_agenda(by=by, meeting=meeting, version=1, risk=risk, purpose="decide")
    changes.minute_challenge(by=by, item=item, version=1, challenge="Who counts the oil?")
    changes.minute_decision(by=by, item=item, text="Count it twice.")
    changes.hold_meeting(by=by, meeting=meeting, version=2)
    subject = see(by, "meeting", str(meeting))
    said = discussion.comment(by=force.owner, subject=subject, text="@siv, is that minuted?")
    discussion.comment(by=by, subject=subject, text="It is.", answers=said)


def test_a_member_sees_at_a_glance_what_moved_and_what_was_decided(
    desks: Callable[..., Desk], harbour: Staffed
) -> None:
    met(harbour)
    desk = desks(width=PHONE, scripts=False)
    desk.sign_in("bo@calder.test")
    page = desk.open("/boards")
    assert page.locator(".finding").inner_text().startswith("1 board meets.")
    page.get_by_role("link", name="10 March 2026").click()
    finding = page.locator(".finding").inner_text()
    assert finding == "The board talked about 1 item, challenged 1 and took 1 decision."
    expect(page.get_by_text("Count it twice.")).to_be_visible()
    expect(page.get_by_role("button", name="It was held")).to_have_count(0)
    page.locator("summary", has_text="Say something").click()
    page.get_by_label("Your comment").fill("@nobody, and the lamps?")
    page.get_by_role("button", name="Say it").click()
    expect(page.get_by_text("Nobody called “nobody” can read this.").first).to_be_attached()
    expect(page.get_by_label("Your comment")).to_have_value("@nobody, and the lamps?")
    page.get_by_label("Your comment").fill("And the lamps?")
    page.get_by_role("button", name="Say it").click()
    page.get_by_text("Your comment stands.").wait_for()
    expect(page.locator(".said .kept", has_text="And the lamps?")).to_have_count(1)
    desk.complaints.clear()  # the browser reports the 400 that was asked for


@pytest.mark.slow
@pytest.mark.parametrize("width", [DESK, PHONE])
def test_pages_of_boards_have_nothing_for_axe_to_find_and_fit(
    desks: Callable[..., Desk], harbour: Staffed, width: int
) -> None:
    met(harbour)
    desk = desks(width=width)
    desk.sign_in("siv@calder.test")
    page = desk.open(MET)
    item = page.get_by_role("link", name=re.compile(r"Minute\W+item 1")).get_attribute("href")
    correct = page.get_by_role("link", name="Correct this minute").get_attribute("href")
    wrong = []
    for address in ("/boards", BOARD, MET, item, correct, "/risks/LH1"):
        page = desk.open(address or "")
        page.evaluate("document.querySelectorAll('main details').forEach(fold => { fold.open = true; })")
        wrong += [f"{address}: {each}" for each in violations(page)]
        if overflow(page):
            wrong.append(f"{address}: {overflow(page)} pixels too wide")
    desk.open(MET)
    desk.page.emulate_media(media="print")
    expect(desk.page.get_by_role("link", name=re.compile(r"Minute\W+item 1"))).not_to_be_visible()
    expect(desk.page.get_by_text("Count it twice.").first).to_be_visible()
    assert wrong == []

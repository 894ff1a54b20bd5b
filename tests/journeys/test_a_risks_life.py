"""A risk's life without JavaScript: opened, edited, judged, escalated, brought back, closed and reopened."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from cast import Staffed, a_paper, a_staffed_force, accepted
from journeys.conftest import DESK, PHONE, Desk, overflow, violations
from watchkeep.apps.register import changes, queries

pytestmark = pytest.mark.journey
HARBOUR = "register=harbour-risk-register"


@pytest.fixture
def staff(transactional_db: None) -> Staffed:
    """The staffed force with the harbour's register and a corporate one, where a server can see them."""
    force = a_staffed_force()
    accepted(force, a_paper(day=date(2026, 4, 30)))
    changes.open_register(by=force.administrator, name="Corporate register")
    return force


def press(desk: Desk, name: str) -> None:
    desk.page.get_by_role("main").get_by_role("button", name=name, exact=True).click()


def follow(desk: Desk, name: str) -> None:
    desk.page.get_by_role("main").get_by_role("link", name=name, exact=True).first.click()


def says(desk: Desk, text: str) -> None:
    desk.page.get_by_text(text).first.wait_for()


def test_a_risk_is_kept_through_its_whole_life(desks: Callable[..., Desk], staff: Staffed) -> None:
    desk = desks(scripts=False)
    desk.sign_in("runa@calder.test")
    page = desk.open(f"/register?{HARBOUR}")
    follow(desk, "Write a new risk")
    page.get_by_label("Name", exact=True).fill("Fog on the mole")
    page.get_by_label("Description").fill("(i) No horn\n(ii) No lamp")
    page.get_by_label("Rule for the whole").select_option("worst part")
    press(desk, "Open it")
    says(desk, "LH4 is open.")

    follow(desk, "Edit")
    page.get_by_label("What we do not know").fill("How thick it gets")
    page.get_by_label("Risk owner: a post").select_option(label="Head of Harbour")
    press(desk, "Save")
    says(desk, "How thick it gets")
    says(desk, "Head of Harbour")

    for part, rating in (("Part i", "Low"), ("Part ii", "High")):
        follow(desk, "Assess")
        page.get_by_label("Of", exact=True).select_option(label=part)
        page.get_by_label("Rating", exact=True).select_option(rating)
        page.get_by_label("Why this rating?").fill(f"Because of {part}")
        press(desk, "Save the assessment")
    says(desk, "By the rule for the whole: worst part, which is ii.")

    follow(desk, "Escalate")
    press(desk, "Escalate it")  # nothing chosen, nothing said
    says(desk, "There is a problem")
    assert all("400" in each for each in desk.complaints)  # the browser remarks on the refusal
    desk.complaints.clear()
    page.get_by_label("To the register").select_option(label="Corporate register")
    page.get_by_label("Why?").fill("Beyond the harbour")
    press(desk, "Escalate it")
    says(desk, "it waits there until it is taken in or returned")
    desk.open("/register?register=corporate-register")
    follow(desk, "Fog on the mole")
    follow(desk, "Take into this register")
    press(desk, "Take it in")
    says(desk, "Its words are those of the register that it came from")
    says(desk, "How thick it gets")

    desk.open(f"/risks/LH4?{HARBOUR}")
    follow(desk, "Bring back")
    page.get_by_label("Why?").fill("A horn was bought")
    press(desk, "Bring it back")
    page.get_by_text("Close this risk").click()
    page.get_by_label("Why is it closed?").fill("The mole is gone")
    press(desk, "Close it")
    says(desk, "The mole is gone")
    follow(desk, "Reopen")
    page.get_by_label("Why?").fill("It was built again")
    press(desk, "Reopen it")
    says(desk, "that it was closed stays to be seen")
    says(desk, "The mole is gone")


@pytest.mark.slow
@pytest.mark.parametrize("width", [DESK, PHONE])
def test_no_page_of_a_risk_has_a_barrier(desks: Callable[..., Desk], staff: Staffed, width: int) -> None:
    by, on = staff.risk_manager, date(2026, 5, 1)
    first, second = (queries.risk(staff.auditor, "harbour-risk-register", key).id for key in ("LH1", "LH2"))
    changes.link_risks(by=by, source=first, target=second, kind="causes", from_on=on, note="Oil")
    changes.record_event(by=by, risks=[first], kind="request", title="More oil", on=on, text="Ten casks")
    changes.assess(
        by=by,
        risk=first,
        version=1,
        stage="residual",
        part="i",
        rating="Low",
        rationale="New keepers",
        on=on,
    )
    shut = queries.risk(staff.auditor, "harbour-risk-register", "LH3")
    changes.close_risk(by=by, risk=shut.id, version=shut.version, reason="The lamp is gone", closed_on=on)
    above = queries.register(by, "corporate-register").id
    lifted = queries.risk(by, "harbour-risk-register", "LH2")
    changes.escalate(
        by=by, risk=lifted.id, version=lifted.version, to_register=above, on=on, reason="Beyond us"
    )
    (waiting,) = queries.drafts(by, "corporate-register")
    desk = desks(width=width)
    desk.sign_in("runa@calder.test")
    found = {}
    pages = ["edit", "assess", "escalate", "merge", "link", "event"]
    addresses = [*(f"/risk/{each}/LH1" for each in pages), "/risk/reopen/LH3", "/risk/bring-back/LH2"]
    addresses += [f"/risk/{each}/{waiting.key}?register=corporate-register" for each in ("open", "return")]
    for address in ["/risks/LH1", f"/risk/new?{HARBOUR}", *addresses]:
        page = desk.open(address)
        found[address] = (violations(page), overflow(page))
    assert found == dict.fromkeys(found, ([], 0))

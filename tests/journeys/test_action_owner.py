"""An action owner's day: not done, with a new day and why; done. And lines sorted by keyboard alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest

from cast import Staffed, a_paper, a_risk, a_staffed_force, accepted
from journeys.conftest import DESK, PHONE, Desk
from journeys.test_every_page import look
from watchkeep.apps.register.models import Risk
from watchkeep.apps.treatment import changes, queries
from watchkeep.domain.commitment import Promise
from watchkeep.domain.document import Item

pytestmark = pytest.mark.journey

PAST = date(2025, 3, 31)
LINES = (
    "Weekly count of oil",
    "A second lamp is to be fitted by 31 May 2026.",
    "Lighthouse Board meets monthly",
    "62 % of lamps were lit by dusk",
)


@pytest.fixture
def staff(transactional_db: None) -> Staffed:
    force = a_staffed_force()
    lines = {"controls": tuple(Item(state="recorded", text=text) for text in LINES)}
    accepted(force, a_paper(a_risk("LH1", **lines), a_risk("LH2"), day=PAST))
    first = promised(force, "Replace the lamp", due_on=date(2025, 6, 30))
    second = promised(force, "Light it", due_on=date(2026, 12, 15))
    changes.depend_on(by=force.risk_manager, commitment=second, needs=first)
    changes.slip(
        by=force.risk_manager, commitment=second, version=1, due_on=date(2027, 3, 31), reason="No oil"
    )
    third = promised(force, "Sweep the pier", expected_effect="Nobody slips", expected_by=date(2026, 1, 31))
    changes.report_done(by=force.risk_manager, commitment=third, version=1, on=date(2025, 5, 1))
    return force


def promised(force: Staffed, title: str, due_on: date | None = None, expected_effect: str = "",
             expected_by: date | None = None) -> UUID:  # fmt: skip
    value = Promise(
        title,
        "It can be seen from the mole",
        force.action_post,
        due_on=due_on,
        expected_effect=expected_effect,
        expected_by=expected_by,
    )
    risk = Risk.objects.get(key="LH1").pk
    return changes.promise(by=force.risk_manager, kind="action", value=value, on=PAST, risk=risk)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_an_action_owner_says_not_done_and_why_and_later_done(
    desks: Callable[..., Desk], staff: Staffed, scripts: bool
) -> None:
    desk = desks(scripts=scripts, width=DESK if scripts else PHONE)
    desk.sign_in("olav@calder.test")
    page = desk.open("/promises?owner=Oil+Officer&state=overdue")
    page.get_by_role("link", name="Replace the lamp").click()
    page.get_by_role("link", name="Not done: a new day").click()
    page.get_by_label("New day").fill("30 September 2027")
    page.get_by_label("Why").fill("The glass cracked")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("P1 is now due on 30 September 2027.").wait_for()
    page.get_by_text("The glass cracked").first.wait_for()
    page.get_by_role("link", name="It is done").click()
    page.get_by_label("Done on").fill("2026-03-01")
    page.get_by_label("What there is to see").fill("It is lit")
    page.get_by_role("button", name="Report it done").click()
    page.get_by_text("P1 is done.").wait_for()
    found = queries.commitment(staff.auditor, "P1").row
    assert (found.standing.state, found.outcome_note, len(found.slips)) == ("done", "It is lit", 1)


def test_a_risk_manager_sorts_lines_by_keyboard_alone(desks: Callable[..., Desk], staff: Staffed) -> None:
    desk = desks(scripts=False)
    desk.sign_in("runa@calder.test")
    page = desk.open("/sorting/LH1")
    first = page.get_by_role("group", name="Weekly count of oil").get_by_role("radio").first
    first.focus()
    page.keyboard.press("ArrowDown")  # leaves “later”, chooses “control”
    for _ in range(60):
        if page.evaluate("document.activeElement.textContent").startswith("Record what"):
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_text("1 line is sorted.").wait_for()
    assert [each.name for each in queries.controls(staff.auditor)] == ["Weekly count of oil"]
    page.get_by_role("button", name="Record, and take the suggestion").click()
    page.get_by_text("Every line is sorted.").wait_for()


@pytest.mark.slow
def test_pages_full_of_promises_are_accessible_and_fit(desks: Callable[..., Desk], staff: Staffed) -> None:
    wrong: list[str] = []
    pages = {
        "promises": "/promises", "promises-nothing": "/promises?q=xyzzy", "promise": "/promises/P2",
        "sorting": "/sorting", "sorting-risk": "/sorting/LH1", "risk-promises": "/risks/LH1",
    }  # fmt: skip
    for width, dark in ((DESK, False), (PHONE, False), (DESK, True)):
        desk = desks(width=width, dark=dark)
        desk.sign_in("runa@calder.test")
        for name, address in pages.items():
            page = desk.open(address)
            if width == DESK and not dark:
                desk.keep(name)
            page.evaluate("document.querySelectorAll('main details').forEach(fold => { fold.open = true; })")
            wrong += [f"{width}, {name}: {each}" for each in look(desk, width, dark=dark)]
    assert wrong == []

"""A control through a quarter: its owner attests, the second line assesses a sample, the auditor reads it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from cast import Staffed, a_staffed_force, accepted
from journeys.conftest import DESK, PHONE, Desk, overflow, violations
from watchkeep.apps.register.models import Risk
from watchkeep.apps.treatment import changes
from watchkeep.domain.check import Check, Sample
from watchkeep.domain.control import ControlValue

pytestmark = pytest.mark.journey

MARCH = date(2026, 3, 31)


@pytest.fixture
def harbour(transactional_db: None, files: Path) -> Staffed:
    """The staffed force with three risks and a control that nobody has looked at."""
    force = a_staffed_force()
    accepted(force)
    value = ControlValue("Weekly count of lamp oil", kind="detective", frequency="Weekly", tolerated=5)
    by = force.risk_manager
    control = changes.add_control(by=by, value=value, effective_on=MARCH, owner_post=force.action_post)
    for key, side in (("LH1", "cause"), ("LH2", "consequence")):
        risk = Risk.objects.get(key=key).pk
        changes.apply_control(by=by, control=control, risk=risk, side=side, from_on=MARCH)
    return force


def record(desk: Desk, said: dict[str, str], chosen: dict[str, str]) -> None:
    """Open the control, fill in the form of a check and send it."""
    page = desk.open("/controls")
    page.get_by_role("link", name="Weekly count of lamp oil").click()
    page.get_by_role("link", name="Record a check").click()
    for label, value in chosen.items():
        page.get_by_label(label).select_option(value)
    for label, value in said.items():
        page.get_by_label(label).fill(value)
    page.get_by_role("button", name="Record it").click()


def test_an_owner_attests_the_second_line_assesses_and_an_auditor_reads_it(
    desks: Callable[..., Desk], harbour: Staffed
) -> None:
    owner = desks(scripts=False)
    owner.sign_in("olav@calder.test")
    works = {"Design": "effective", "Operation": "effective"}
    record(owner, {"What was found": "Counted every Monday."}, works)
    owner.page.get_by_text("The check of C1 Weekly count of lamp oil is recorded.").wait_for()
    expect(owner.page.get_by_text("Oil Officer attested on").first).to_be_attached()

    record(owner, {}, works | {"Kind of check": "assurance", "Line of defence": "3"})
    refused = "answers for C1 Weekly count of lamp oil, and a check in line 3 has to come from somebody else"
    expect(owner.page.get_by_text(refused)).to_have_count(1)
    owner.complaints.clear()  # the browser reports the 403 that was asked for

    manager = desks(width=PHONE)
    manager.sign_in("runa@calder.test")
    sample = {"Who checked": "Risk Manager", "Cases looked at": "40", "cases in which it failed": "14"}
    record(manager, sample, {"Design": "effective", "Operation": "partly effective"})
    manager.page.get_by_text("14 of 40 cases failed: between 22 % and 50 %").first.wait_for()
    expect(manager.page.get_by_text("Others say otherwise.")).to_have_count(1)
    expect(manager.page.get_by_text("Disputed").first).to_be_attached()
    assert violations(manager.page) == []

    auditor = desks()
    auditor.sign_in("aud@calder.test")
    page = auditor.open("/controls")
    expect(page.get_by_text("0 of 1")).to_have_count(1)
    page.get_by_role("link", name="Assurance map").click()
    row = page.get_by_role("row", name="Weekly count of lamp oil")
    expect(row.get_by_text("Attestation, Oil Officer")).to_have_count(1)
    expect(row.get_by_text("Assessment, Risk Manager")).to_have_count(1)
    expect(row.get_by_text("Nobody", exact=True)).to_have_count(1)
    expect(page.get_by_role("rowheader", name="Nobody independent")).to_have_count(1)
    row.get_by_role("link", name="Weekly count of lamp oil").click()
    page.get_by_role("heading", name="Checks").wait_for()
    expect(page.get_by_role("link", name="Record a check")).to_have_count(0)
    page.get_by_role("link", name="LH1 Lighthouse rota LH1").first.click()
    page.get_by_role("heading", name="Controls on causes").wait_for()
    expect(page.get_by_text("1 other risk leans on it")).to_have_count(1)


PAGES = {
    "controls": "/controls",
    "nothing fits": "/controls?q=xyzzy",
    "control": "/controls/C1",
    "stood down": "/controls/C2",
    "assurance": "/controls/assurance",
    "concentration": "/controls/concentration",
    "add": "/controls/add",
    "risk": "/risks/LH1",
}


@pytest.mark.slow
def test_pages_full_of_controls_are_accessible_fit_and_print(
    desks: Callable[..., Desk], harbour: Staffed
) -> None:
    by, today = harbour.risk_manager, timezone.localdate()
    for number, kind in enumerate(("assurance", "assessment", "attestation", "assessment"), start=2):
        value = ControlValue(f"Lamp {number}" + "lighthouse" * 20)
        control = changes.add_control(by=by, value=value, effective_on=MARCH, owner_post=harbour.action_post)
        risk = Risk.objects.get(key="LH1").pk
        changes.apply_control(by=by, control=control, risk=risk, part="ii", from_on=MARCH)
        line = {"assurance": 3, "assessment": 2, "attestation": 1}[kind]
        check = Check(
            kind,  # type: ignore[arg-type]  # one of the kinds
            line,
            today,
            "Oil Officer" if line == 1 else "Head of Audit",
            "effective",
            "not effective" if number == 3 else "effective",
            Sample(9, 2) if number == 4 else Sample(200, number),
            "Looked at",
        )
        changes.record_check(by=by, control=control, value=check)
        if number == 2:
            changes.stand_down(by=by, control=control, version=1, on=today, reason="Gone")
    wrong: list[str] = []
    for width, dark in ((DESK, False), (PHONE, False), (DESK, True)):
        desk = desks(width=width, dark=dark)
        desk.sign_in("runa@calder.test")
        for name, address in PAGES.items():
            page = desk.open(address)
            if width == DESK and not dark:
                desk.keep(f"controls-{name.replace(' ', '-')}")
            page.evaluate("document.querySelectorAll('main details').forEach(fold => { fold.open = true; })")
            wrong += [f"{width}, {name}: {each}" for each in violations(page, colours_only=dark)]
            if overflow(page) > 0:
                wrong.append(f"{width}, {name}: {overflow(page)} pixels too wide")
            if width == DESK and not dark:
                page.emulate_media(media="print")
                wrong += [f"print, {name}: {each}" for each in violations(page, colours_only=True)]
                page.emulate_media(media="screen")
    assert wrong == []

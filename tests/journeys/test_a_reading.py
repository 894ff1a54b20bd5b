"""One reading's way: posted by a program, it moves verdict, register, review and the next paper."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import cycle, islice
from pathlib import Path

import httpx
import pypdfium2
import pytest
from django.utils import timezone
from playwright.sync_api import expect

from cast import Staffed, a_paper, a_risk, a_staffed_force, accepted, said
from journeys.conftest import PHONE, Desk, overflow, violations
from journeys.test_main_job import publish
from watchkeep.apps.indicators import changes
from watchkeep.apps.people import changes as people
from watchkeep.apps.register import changes as register
from watchkeep.apps.register.models import Risk
from watchkeep.domain.indicator import Definition, Reading
from watchkeep.domain.period import Period, containing
from watchkeep.gateways.mail import Letter
from watchkeep.jobs.notices import tell_all

pytestmark = pytest.mark.journey

# A reading of the quarter that ended last: its review is the one that opens today.
QUARTER = containing(timezone.localdate()).previous()
STEADY = tuple(islice(cycle((10.0, 11.0, 9.0, 10.0, 12.0, 8.0)), 20))
ONE_OUT = 30.0  # far beyond three sigma of readings between 8 and 12: one is a sign, two of three are certain


@dataclass
class Box:
    """A post box that keeps what it gets."""

    letters: list[Letter] = field(default_factory=list)

    def send(self, letter: Letter) -> None:
        self.letters.append(letter)


def before(period: Period, quarters: int) -> Period:
    """The quarter that lies so many earlier."""
    return period if not quarters else before(period.previous(), quarters - 1)


@pytest.fixture
def harbour(transactional_db: None) -> Staffed:
    """A risk of the Head of Harbour, and its lamps: steady for twenty quarters, then one reading far out."""
    force = a_staffed_force()
    last = QUARTER.previous()
    accepted(force, a_paper(a_risk("LH1", trends=()), day=last.ends, period=said(last.label), doubts=()))
    risk = Risk.objects.get(key="LH1")
    register.set_owner(
        by=force.risk_manager, risk=risk.pk, version=risk.version, post=force.owner_post, on=last.ends
    )
    first = before(QUARTER, len(STEADY) + 1)
    lamps = Definition("Lamps dark at dusk", "lamps", "down", "quarter", kind="count", from_on=first.starts)
    which = changes.open_indicator(by=force.risk_manager, definition=lamps, owner_post=force.owner_post)
    values = (*STEADY, ONE_OUT)
    readings = [
        Reading(before(QUARTER, len(values) - place).starts, value) for place, value in enumerate(values)
    ]
    changes.observe(by=force.risk_manager, indicator=which, readings=readings, source="The lamp book")
    changes.attach(
        by=force.risk_manager,
        indicator=which,
        risk=risk.pk,
        side="cause",
        leads=True,
        from_on=first.starts,
    )
    return force


def test_a_reading_that_a_program_posts_reaches_the_next_paper(
    desks: Callable[..., Desk], harbour: Staffed, tmp_path: Path
) -> None:
    manager = desks(scripts=False)
    manager.sign_in("runa@calder.test")
    chart = manager.open("/indicators/K1")
    expect(chart.locator("main")).not_to_contain_text("orsening for certain")
    row = manager.open("/register").get_by_role("row", name="LH1").first
    expect(row).not_to_contain_text("worsening", ignore_case=True)

    assert post(harbour, manager.base) == {"added": 1, "corrected": 0, "unchanged": 0}

    box, noon = Box(), timezone.localtime().replace(hour=12)
    tell_all(box, address=manager.base, now=noon)
    told = [each.to for each in box.letters if "K1 Lamps dark at dusk" in each.text]
    assert "oda@calder.test" in told
    tell_all(box, address=manager.base, now=noon)
    assert len([each for each in box.letters if "K1 Lamps" in each.text]) == len(told)  # once a crossing

    owner = desks(width=PHONE)
    owner.sign_in("oda@calder.test")
    row = owner.open("/register").get_by_role("row", name="LH1").first
    expect(row).to_contain_text("worsening", ignore_case=True)
    assert overflow(owner.page) <= 0
    assert violations(owner.page) == []

    asked(manager, owner)
    paper = pypdfium2.PdfDocument(publish(manager, tmp_path).read_bytes())
    words = " ".join(page.get_textpage().get_text_range() for page in paper)
    assert "Lamps dark at dusk" in words


def post(force: Staffed, base: str) -> dict[str, int]:
    """Post the quarter's reading as a program does, with a token; how much was new."""
    person = force.people["risk_manager"]
    token = people.make_token(
        by=force.risk_manager, person=person.pk, name="The lamp book", days=1, posts_readings=True
    )
    row = {"indicator": "K1", "on": str(QUARTER.ends), "value": ONE_OUT - 1}
    answer = httpx.post(
        f"{base}/api/v1/observations",
        json={"observations": [row]},
        headers={"Authorization": f"Bearer {token.secret}"},
        timeout=20,
    )
    assert answer.status_code == 200, answer.text
    return {name: answer.json()[name] for name in ("added", "corrected", "unchanged")}


def asked(manager: Desk, owner: Desk) -> None:
    """The quarter's review asks the owner of what the reading moved."""
    page = manager.open("/review/open")
    page.get_by_label("Quarter").fill(QUARTER.label)
    page.get_by_role("button", name="Open it and ask the owners").click()
    page.get_by_text("The review is open: every owner is asked.").wait_for()
    page = owner.open("/review")
    page.get_by_role("link", name=QUARTER.label).first.click()
    page.get_by_role("table").get_by_role("link", name="LH1").click()
    expect(page.locator("main")).to_contain_text("Its indicators say worsening.")
    expect(page.locator("main")).to_contain_text("K1 Lamps dark at dusk")

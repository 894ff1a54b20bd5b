"""Every page, at the desk and on a phone, by day and by night: nothing that axe finds, nothing beyond the edge."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from cast import Force
from journeys.conftest import DESK, EXAMPLES, PHONE, Desk, bring, overflow, violations

from watchkeep.apps.intake import changes, queries
from watchkeep.apps.publication import changes as publication
from watchkeep.apps.register import queries as registers
from watchkeep.domain.errors import Unreadable
from watchkeep.formats.writers import write
from watchkeep.gateways.storage import FolderStore

pytestmark = pytest.mark.journey


@pytest.fixture
def addresses(police: Force, files: Path) -> dict[str, str]:
    """The example force with a register, a draft of the next quarter, a refused file and an edition."""
    by = police.administrator
    bring(police, files, EXAMPLES / "2025-26-q3.xlsx", accept=True)
    draft = bring(police, files, EXAMPLES / "2025-26-q4.pdf", accept=False)
    store = FolderStore(files)
    refused = changes.receive_file(by=by, name="scan.pdf", sha256=store.put(b"%PDF-scan"), size=9)
    claim = changes.claim_next(by=police.reading)
    assert claim is not None
    problem = Unreadable(
        where="scan.pdf", why="Its pages are pictures without text.", remedy="Bring the original."
    )
    changes.record_refusal(by=police.reading, claim=claim, problem=problem)
    waiting = changes.receive_file(by=by, name="later.csv", sha256=store.put(b"Ref"), size=3)
    register = registers.registers(by)[0]
    edition = publication.freeze(by=by, register=register.id, audience="committee")
    html = write(registers.document(by, register.slug), "html")
    publication.attach_file(
        by=by, edition=edition, kind="html", sha256=store.put(html), size=len(html), name="paper.html"
    )
    publication.publish(by=by, edition=edition)
    risk = registers.document(by, register.slug).risks[0].key
    page = queries.import_page(by, draft)
    place = next(each for each in page.risks[0].value.name.places if each.kind == "page")
    box = "_".join(f"{edge:.0f}" for edge in place.box)
    return {
        "home": "/",
        "register": "/register",
        "register-grouped": "/register?group=band&moved=worsening",
        "register-nothing": "/register?q=xyzzy",
        "risk": f"/risks/{risk}",
        "bring-in": "/bring-in",
        "waiting": f"/bring-in/{waiting}",
        "refused": f"/bring-in/{refused}",
        "draft": f"/bring-in/{draft}",
        "review": f"/bring-in/{draft}/correct?risk={page.risks[0].key}",
        "correct": f"/bring-in/{draft}/correct?risk={page.risks[0].key}&field=owner",
        "place": f"/files/{page.sha256}/place?page={place.page}&boxes={box}",
        "papers": "/papers",
        "edition": f"/papers/{register.slug}/1",
        "history": "/history",
        "verify": "/history/verify",
        "gallery": "/gallery",
    }


@pytest.mark.parametrize(("width", "dark"), [(DESK, False), (PHONE, False), (DESK, True)])
def test_every_page_is_accessible_and_fits(
    desks: Callable[..., Desk], addresses: dict[str, str], width: int, dark: bool
) -> None:
    desk = desks(width=width, dark=dark)
    desk.open("/sign-in")
    found = {"sign-in": violations(desk.page)}
    beyond = {"sign-in": overflow(desk.page)}
    desk.sign_in()
    for name, address in addresses.items():
        page = desk.open(address)
        if width == DESK and not dark:
            desk.keep(name)
        page.evaluate("document.querySelectorAll('main details').forEach(fold => { fold.open = true; })")
        found[name], beyond[name] = violations(page), overflow(page)
    desk.complaints.clear()
    desk.page.goto(desk.base + "/no/such/page")
    found["not found"] = violations(desk.page)
    desk.complaints.clear()  # the browser reports the 404 that was asked for
    assert {name: each for name, each in found.items() if each} == {}
    assert {name: each for name, each in beyond.items() if each > 0} == {}


def test_the_first_tab_leads_past_the_menu(desks: Callable[..., Desk], addresses: dict[str, str]) -> None:
    desk = desks()
    desk.sign_in()
    page = desk.open("/register")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to main content")
    assert skip.evaluate("link => link === document.activeElement")
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")


def test_what_can_be_touched_is_large_enough(desks: Callable[..., Desk], addresses: dict[str, str]) -> None:
    """Buttons, boxes and choices are 44 pixels high; links within text are bound by their line instead."""
    desk = desks(width=PHONE)
    desk.sign_in()
    small: list[str] = []
    for name, address in addresses.items():
        page = desk.open(address)
        for each in page.locator(
            "main button, main input:not([type=hidden]):not([type=radio]), main select"
        ).all():
            box = each.bounding_box()
            if box and each.is_visible() and box["height"] < 44:
                small.append(
                    f"{name}: {each.evaluate('node => node.outerHTML')[:100]} is {box['height']:.0f} high"
                )
    assert small == []

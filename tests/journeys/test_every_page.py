"""Every page, at the desk and on a phone, by day and by night: nothing for axe to find, nothing cut off."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from cast import Force
from journeys.conftest import DESK, EXAMPLES, PHONE, Desk, bring, overflow, too_small, violations
from watchkeep.apps.intake import changes, queries
from watchkeep.apps.publication import changes as publication
from watchkeep.apps.register import queries as registers
from watchkeep.domain.errors import Unreadable
from watchkeep.formats.writers import write
from watchkeep.gateways.storage import FolderStore
from watchkeep.jobs.reading import read_all_waiting

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


# By day the walk over every route looks at the others; these it does not meet, or not so full.
FULL = {"home", "register", "register-grouped", "register-nothing", "risk", "waiting", "refused", "draft"}
PICTURES = bool(os.environ.get("WATCHKEEP_SCREENSHOTS"))
WINDOWS = {"at the desk": (DESK, False), "on a phone": (PHONE, False), "at night": (DESK, True)}


@pytest.mark.slow
def test_every_page_is_accessible_fits_and_can_be_touched(
    desks: Callable[..., Desk], addresses: dict[str, str]
) -> None:
    wrong: list[str] = []
    for window, (width, dark) in WINDOWS.items():
        desk = desks(width=width, dark=dark)
        desk.open("/sign-in")
        wrong += [f"{window}, sign-in: {each}" for each in look(desk, width, dark=dark)]
        desk.sign_in()
        for name, address in addresses.items():
            if not (dark or name in FULL or PICTURES):
                continue
            page = desk.open(address)
            if window == "at the desk":
                desk.keep(name)
            page.evaluate("document.querySelectorAll('main details').forEach(fold => { fold.open = true; })")
            wrong += [f"{window}, {name}: {each}" for each in look(desk, width, dark=dark)]
        assert desk.complaints == []
        desk.open("/no/such/page")
        wrong += [f"{window}, not found: {each}" for each in look(desk, width, dark=dark)]
        desk.complaints.clear()  # the browser reports the 404 that was asked for
    assert wrong == []


LONG = "Harbourlightkeeping" * 15  # 285 letters without a place to break
UGLY = f"""Ref,Risk name,Risk description,Owner,Controls,Residual risk rating,Q1,Q2
{LONG[:90]},{LONG},{LONG},{LONG},{LONG},{LONG[:60]},↑,↓
R2,Lamps,A lamp fails,{LONG},Spare lamps,High,↑,↔
"""


@pytest.mark.slow
def test_words_that_cannot_be_broken_widen_no_page(
    desks: Callable[..., Desk], police: Force, files: Path, tmp_path: Path
) -> None:
    by = police.administrator
    bring(police, files, EXAMPLES / "2025-26-q3.xlsx", accept=True)
    ugly = tmp_path / f"{LONG[:150]}.csv"
    ugly.write_text(UGLY, encoding="utf-8")
    store = FolderStore(files)
    data = ugly.read_bytes()
    number = changes.receive_file(
        by=by, name=ugly.name, sha256=store.put(data), size=len(data), register_name=LONG
    )
    assert read_all_waiting(store) == 1
    changes.accept_all(by=by, paper=number)
    draft = bring(police, files, ugly, accept=False)
    row = next(each for each in registers.registers(by) if each.name == LONG)
    risk = next(each.key for each in registers.document(by, row.slug).risks if each.key != "R2")
    edition = publication.freeze(by=by, register=row.id, audience="committee", marking=LONG[:60])
    html = write(registers.document(by, row.slug), "html")
    publication.attach_file(
        by=by, edition=edition, kind="html", sha256=store.put(html), size=len(html), name=ugly.name
    )
    publication.publish(by=by, edition=edition)
    pages = (
        "/",
        "/register",
        f"/register?register={row.slug}",
        f"/register?register={row.slug}&group=band",
        f"/risks/{risk}?register={row.slug}",
        "/bring-in",
        f"/bring-in/{number}",
        f"/bring-in/{draft}",
        f"/bring-in/{number}/correct?risk={risk}",
        f"/bring-in/{number}/correct?risk={risk}&field=owner",
        "/papers",
        f"/papers/{row.slug}/1",
        "/history",
    )
    wrong = []
    for width in (PHONE, DESK):
        desk = desks(width=width)
        desk.sign_in()
        for address in pages:
            page = desk.open(address)
            page.evaluate("document.querySelectorAll('main details').forEach(fold => { fold.open = true; })")
            if overflow(page) > 0:
                wrong.append(f"at {width}, {address[:60]}: {overflow(page)} pixels too wide")
        desk.complaints.clear()
    assert wrong == []


def look(desk: Desk, width: int, *, dark: bool) -> list[str]:
    """Everything that is wrong with the page that stands open."""
    found = violations(desk.page, colours_only=dark)
    if overflow(desk.page) > 0:
        found.append(f"it is {overflow(desk.page)} pixels wider than the window")
    return found + (too_small(desk.page) if width == PHONE else [])


def test_the_first_tab_leads_past_the_menu(desks: Callable[..., Desk], police: Force) -> None:
    desk = desks()
    desk.sign_in()
    page = desk.open("/register")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to main content")
    assert skip.evaluate("link => link === document.activeElement")
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")

"""A browser, the site behind a real address, and the people who sign in to it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from cast import PASSWORD, Force, a_force
from watchkeep.apps.intake import changes
from watchkeep.gateways.storage import FolderStore
from watchkeep.jobs.reading import read_all_waiting

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # the browser's driver keeps a loop in this thread

HERE = Path(__file__).resolve().parents[2]
EXAMPLES = HERE / "examples" / "calder_vale"
SCREENSHOTS = HERE / "docs" / "screenshots"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
DESK, PHONE = 1280, 320
expect.set_options(timeout=20_000)  # a busy machine draws a page slowly; what never comes is still red
PAPER = 718  # A4 between its margins, in the pixels that a browser prints with


@dataclass
class Desk:
    """A browser window on the site, which remembers everything that the browser complained of."""

    base: str
    context: BrowserContext
    page: Page
    complaints: list[str] = field(default_factory=list)

    def open(self, address: str) -> Page:
        self.page.goto(self.base + address)
        return self.page

    def sign_in(self, email: str = "edda@calder.test") -> None:
        self.open("/sign-in")
        self.page.get_by_label("E-mail address").fill(email)
        self.page.get_by_label("Password").fill(PASSWORD)
        self.page.get_by_role("button", name="Sign in").click()
        self.page.get_by_role("button", name="Sign out").wait_for()

    def keep(self, name: str) -> None:
        """A picture for the documentation, only when asked for."""
        if os.environ.get("WATCHKEEP_SCREENSHOTS"):
            SCREENSHOTS.mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=False)


@pytest.fixture
def police(transactional_db: None) -> Force:
    """Calder Vale Police, where a server in another thread can see them."""
    return a_force()


@pytest.fixture
def desks(browser: Browser, live_server: object) -> Iterator[type[Desk] | object]:
    """Opens windows: `desks(width=320)`; fails the test if the browser complained in any of them."""
    opened: list[Desk] = []

    def open_desk(*, width: int = DESK, scripts: bool = True, dark: bool = False) -> Desk:
        context = browser.new_context(
            viewport={"width": width, "height": 860 if width == DESK else 640},
            java_script_enabled=scripts,
            color_scheme="dark" if dark else "light",
            locale="en-GB",
        )
        context.set_default_timeout(20_000)
        desk = Desk(live_server.url, context, context.new_page())  # type: ignore[attr-defined]  # pytest-django's
        desk.page.on("console", lambda said: said.type == "error" and desk.complaints.append(said.text))
        desk.page.on("pageerror", lambda error: desk.complaints.append(str(error)))
        opened.append(desk)
        return desk

    yield open_desk
    complaints = [complaint for desk in opened for complaint in desk.complaints]
    for desk in opened:
        desk.context.close()
    assert complaints == []


def bring(police: Force, files: Path, path: Path, *, accept: bool) -> int:
    """Bring a file in as the command does, and have it read; the import's number."""
    store = FolderStore(files)
    data = path.read_bytes()
    number = changes.receive_file(
        by=police.administrator, name=path.name, sha256=store.put(data), size=len(data)
    )
    assert read_all_waiting(store) == 1
    if accept:
        changes.accept_all(by=police.administrator, paper=number)
    return number


def violations(page: Page, *, colours_only: bool = False) -> list[str]:
    """What axe finds wrong with the page, a line a finding; in another theme only colours can differ."""
    page.wait_for_load_state()
    rules = (
        {"type": "rule", "values": ["color-contrast"]} if colours_only else {"type": "tag", "values": RULES}
    )
    found = Axe().run(page, options={"runOnly": rules})
    return [
        f"{each['id']}: {node['html'][:160]}"
        for each in found.response["violations"]
        for node in each["nodes"]
    ]


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than its window."""
    page.wait_for_load_state()
    width = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return int(width)


def too_small(page: Page) -> list[str]:
    """Buttons and boxes less than 44 pixels high; links within text are bound by their line instead."""
    heights = page.evaluate(
        """() => [...document.querySelectorAll('main button, main input, main select, main textarea')]
            .filter(each => each.offsetParent && !['hidden', 'radio'].includes(each.type))
            .map(each => [each.outerHTML.slice(0, 100), each.getBoundingClientRect().height])"""
    )
    return [f"{html} is {height:.0f} pixels high" for html, height in heights if height < 44]

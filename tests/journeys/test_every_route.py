"""Every route that shows a page, whoever it opens for: no barrier for axe, nothing cut off, nor on paper."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from cast import APPOINTED, STAFF, a_staffed_force
from journeys.conftest import DESK, PAPER, PHONE, Desk, overflow, too_small, violations
from once import once
from watchkeep.apps.people.queries import viewer_of
from watchkeep.apps.treatment import changes as treatment
from watchkeep.domain.commitment import Promise
from watchkeep.domain.control import ControlValue
from watchkeep.gateways.storage import FolderStore
from watchkeep.web.permissions import ROUTES, refusal
from web.addresses import PAGES
from web.conftest import Site, a_site, signed_in

pytestmark = pytest.mark.journey

WHO = ("stranger", "risk_manager", "administrator", "secretary", "owner", "auditor")  # each opens the rest
# Files, a piece of a page, and the paper, which runs no script, not even a test's.
NO_PAGES = {
    "api-chart",
    "api-indicator",
    "api-indicators",
    "api-nothing",
    "api-openapi",
    "api-readings",
    "api-risks",
    "attachment",
    "board-decisions",
    "controls-export",
    "decisions",
    "edition-file",
    "file",
    "import-progress",
    "preview",
    "promises-file",
    "register-file",
    "words-file",
}
# These open only at a moment of a journey, or lead on: test_people and test_a_risks_life go there.
ELSEWHERE = {
    "account_reset_password_from_key",
    "answer",
    "mfa_activate_totp",
    "mfa_authenticate",
    "mfa_deactivate_totp",
    "mfa_generate_recovery_codes",
    "mfa_reauthenticate",
    "mfa_view_recovery_codes",
    "place-picture",
    "risk-bring-back",
    "risk-open",
    "risk-reopen",
    "risk-return",
    "view",
}


# These ask for the password once more, unless it was given just now: a desk gave it, a client never does.
PASSWORD_FIRST = {"make-token"}
# What can be done with what is settled opens for nothing else; see `settled`.
SETTLED = {
    "promise-again": "/promises/P3/again",
    "promise-effect": "/promises/P4/effect",
    "control-stand-up": "/controls/C2/stand-up",
}


@pytest.fixture
def site(transactional_db: None, files: Path) -> Site:
    """The site of the web's own tests, where a browser can reach it."""
    return once(lambda: settled(a_site(a_staffed_force(), FolderStore(files))), folder=files.parent)


def settled(site: Site) -> Site:
    """P3 was dropped, P4 is done, and C2 was stood down."""
    by, on = site.force.risk_manager, APPOINTED
    dropped, done = (
        treatment.promise(by=by, kind="action", value=value, on=on)
        for value in (Promise("Paint"), Promise("Sweep", expected_effect="Nobody slips", expected_by=on))
    )
    treatment.drop(by=by, commitment=dropped, version=1, reason="No brush", on=on)
    treatment.report_done(by=by, commitment=done, version=1, note="Swept", on=on)
    control = treatment.add_control(by=by, value=ControlValue("Fog bell"), effective_on=on)
    treatment.stand_down(by=by, control=control, version=1, reason="It cracked", on=on)
    return site


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_no_page_has_a_barrier_or_is_cut_off(desks: Callable[..., Desk], site: Site, width: int) -> None:
    left = {*PAGES} - NO_PAGES - ELSEWHERE
    wrong: dict[str, list[str]] = {}
    for who in WHO:
        desk = desks(width=width)
        if who != "stranger":
            desk.sign_in(email_of(who))
        for route in pages_for(site, who, left):
            left.remove(route)
            page = desk.open(address(site, route))
            if found := faults(page, width):
                wrong[route] = found
    assert wrong == {}
    assert left == set()


def address(site: Site, route: str) -> str:
    """Where the route leads to something that it opens for."""
    return SETTLED.get(route) or site.address(route)


def email_of(who: str) -> str:
    """The address that somebody of the staffed force signs in with."""
    name = STAFF[who][0] if who in STAFF else "Edda"
    return f"{name.split()[0].lower()}@calder.test"


def pages_for(site: Site, who: str, among: set[str]) -> list[str]:
    """Those of the routes that answer this person with a page."""
    if who == "stranger":
        may, client = [route for route in among if ROUTES[route] == "anyone"], site.stranger
    else:
        viewer, client = viewer_of(site.force.people[who]), signed_in(site.force.people[who])
        may = [route for route in among if refusal(ROUTES[route], viewer) is None]
    return [
        route
        for route in sorted(may)
        if route in PASSWORD_FIRST or client.get(address(site, route)).status_code == 200
    ]


def faults(page: Page, width: int) -> list[str]:
    """Everything that is wrong with the page that stands open, its folds unfolded."""
    page.evaluate("document.querySelectorAll('main details').forEach(fold => { fold.open = true; })")
    found = violations(page)
    if overflow(page) > 0:
        found.append(f"it is {overflow(page)} pixels wider than the window")
    if width == PHONE:
        return found + too_small(page)
    page.emulate_media(media="print")
    page.set_viewport_size({"width": PAPER, "height": 1000})
    if overflow(page) > 0:
        found.append(f"it is {overflow(page)} pixels wider than the paper")
    page.emulate_media(media="screen")
    page.set_viewport_size({"width": DESK, "height": 860})
    return found

"""People come and go, and posts stay: an administrator's day, and how somebody new comes to sign in."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail
from playwright.sync_api import Page

from cast import Force
from journeys.conftest import DESK, PHONE, Desk, overflow, violations
from watchkeep.apps.history import queries as history
from watchkeep.apps.people import queries
from watchkeep.apps.people.models import Post

pytestmark = pytest.mark.journey

NEW = "a password of my own"


WITHOUT_SCRIPTS: set[Page] = set()  # axe is a script, and waits for ever in a window that runs none


def sound(page: Page) -> None:
    """The page breaks no rule of accessibility and keeps inside its window."""
    if page not in WITHOUT_SCRIPTS:
        assert violations(page) == [], page.url
        assert overflow(page) <= 0, page.url


WINDOWS = pytest.mark.parametrize(
    ("width", "scripts"),
    [
        pytest.param(DESK, True, id="desk"),
        pytest.param(PHONE, True, id="phone", marks=pytest.mark.slow),  # each of its halves is walked here
        pytest.param(PHONE, False, id="no scripts"),
    ],
)


def window(desks: Callable[..., Desk], width: int, scripts: bool) -> Desk:
    desk = desks(width=width, scripts=scripts)
    if not scripts:
        WITHOUT_SCRIPTS.add(desk.page)
    return desk


@WINDOWS
def test_a_person_leaves_and_their_post_stays(
    desks: Callable[..., Desk], police: Force, width: int, scripts: bool
) -> None:
    """Given a body without units or posts."""
    desk = window(desks, width, scripts)
    desk.sign_in()
    page = desk.open("/settings/units")
    page.get_by_text("No units yet").wait_for()
    sound(page)

    # When an administrator opens a unit and a post in it,
    page.get_by_role("link", name="Open the first unit").click()
    sound(page)
    page.get_by_role("button", name="Open the unit").click()
    page.get_by_role("link", name="Enter the name of the unit.").wait_for()
    desk.complaints.clear()  # the browser reports the 400
    sound(page)
    page.get_by_label("Name").fill("Harbour Command")
    page.get_by_role("button", name="Open the unit").click()
    page.get_by_text("Harbour Command is open.").wait_for()
    sound(page)
    page.get_by_role("link", name="Harbour Command").click()
    sound(page)
    page.get_by_role("link", name="Open a post in it").click()
    page.get_by_label("Title").fill("Head of Harbour")
    page.get_by_role("button", name="Open the post").click()
    page.get_by_text("Nobody holds it.").wait_for()
    sound(page)

    # and appoints somebody, and a deputy,
    appoint(page, "Ivo Marsh", "As the holder, after whoever holds it now")
    page.get_by_text("Ivo Marsh has held it since").wait_for()
    appoint(page, "Edda Holm", "As a deputy")
    page.get_by_text("Edda Holm deputises.").wait_for()
    sound(page)
    desk.keep("post")

    # and then the person leaves the force,
    desk.open("/settings/people")
    sound(page)
    page.get_by_role("link", name="Ivo Marsh").click()
    sound(page)
    page.get_by_role("link", name="Stop them signing in").click()
    page.get_by_label("Why are they stopped?").fill("Retired.")
    sound(page)
    page.get_by_role("button", name="Stop them").click()
    page.get_by_text("Ivo Marsh is out, and has left every post.").wait_for()
    sound(page)

    # then the post is there, with its deputy and everybody who held it.
    desk.open("/settings/posts")
    page.get_by_text("1 post; nobody holds Head of Harbour.").wait_for()
    sound(page)
    page.get_by_role("cell", name="Edda Holm").wait_for()
    page.get_by_role("rowheader").get_by_role("link", name="Head of Harbour").click()
    page.get_by_role("rowheader", name="Ivo Marsh").wait_for()
    page.get_by_text("Retired.").wait_for()
    for address in ("/settings", "/settings/body", "/settings/roles", "/settings/people/add", "/account"):
        desk.open(address)
        sound(page)
    by = police.administrator
    assert [each.title for each in queries.posts(by)] == ["Head of Harbour"]
    assert [each.name for each in queries.holders(by, Post.objects.get().pk)] == ["Edda Holm"]
    assert history.verify(by).holds


def appoint(page: Page, who: str, place: str) -> None:
    page.get_by_role("link", name="Appoint somebody").click()
    page.get_by_label("Who").select_option(who)
    page.get_by_label("As what").select_option(label=place)
    sound(page)
    page.get_by_role("button", name="Appoint", exact=True).click()


@pytest.fixture
def letters(settings: object) -> list[mail.EmailMessage]:
    """What is sent, kept here instead."""
    mail.outbox = []
    return mail.outbox


@WINDOWS
def test_somebody_new_chooses_a_password_and_turns_on_a_second_factor(
    desks: Callable[..., Desk],
    police: Force,
    letters: list[mail.EmailMessage],
    width: int,
    scripts: bool,
) -> None:
    """Given an administrator who adds them."""
    boss, kit = desks(), window(desks, width, scripts)
    boss.sign_in()
    page = boss.open("/settings/people/add")
    page.get_by_label("Name").fill("Kit Berg")
    page.get_by_label("E-mail address").fill("kit@calder.test")
    page.get_by_role("button", name="Add them").click()
    page.get_by_text("A link to choose a password is on its way to kit@calder.test.").wait_for()
    link = re.search(r"/sign-in/choose/\S+", str(letters[0].body))
    assert link

    # When they follow the link, they choose a password and sign in with it.
    page = kit.open(link[0])
    sound(page)
    page.get_by_label("New password").fill("short")
    page.get_by_role("button", name="Use this password").click()
    page.get_by_role("heading", name="There is a problem").wait_for()
    kit.complaints.clear()  # the browser reports the 400
    sound(page)
    page.get_by_label("New password").fill(NEW)
    page.get_by_role("button", name="Use this password").click()
    page.get_by_role("heading", name="Your password is changed").wait_for()
    sound(page)
    page.get_by_role("link", name="Sign in").click()
    enter(kit, NEW)
    kit.complaints.clear()  # without a role the first page is refused
    kit.open("/account")
    sound(page)

    # When they turn a second factor on, they show once more who they are,
    page.get_by_role("link", name="Turn one on").click()
    page.get_by_role("heading", name="Is it you?").wait_for()
    sound(page)
    page.get_by_label("Password").fill(NEW)
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("heading", name="Turn on a second factor").wait_for()
    sound(page)
    secret = page.locator("code.digest").inner_text()
    page.get_by_label("Code").fill(code_for(secret))
    page.get_by_role("button", name="Turn it on").click()
    page.get_by_role("heading", name="Recovery codes").wait_for()
    sound(page)
    kept = page.locator("li code").first.inner_text()

    # and from then on are asked for it.
    page.get_by_role("button", name="Sign out").click()
    enter(kit, NEW)
    page.get_by_role("heading", name="Enter a code").wait_for()
    sound(page)
    page.get_by_label("Code").fill(kept)
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Sign out").wait_for()
    kit.complaints.clear()
    for address in ("/account", "/account/password"):
        kit.open(address)
        sound(page)


def enter(desk: Desk, password: str) -> None:
    sound(desk.page)
    desk.page.get_by_label("E-mail address").fill("kit@calder.test")
    desk.page.get_by_label("Password").fill(password)
    desk.page.get_by_role("button", name="Sign in").click()
    desk.page.wait_for_load_state()


def code_for(secret: str) -> str:
    """What the app shows now; a new one comes every 30 seconds, and must not come between here and there."""
    if time.time() % 30 > 26:
        time.sleep(4.1)
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))


def test_who_forgot_their_password_finds_the_way(
    desks: Callable[..., Desk], police: Force, letters: list[mail.EmailMessage]
) -> None:
    desk = desks(width=PHONE)
    page = desk.open("/sign-in")
    sound(page)
    page.get_by_role("link", name="I have forgotten my password").click()
    sound(page)
    page.get_by_label("E-mail address").fill("ivo@calder.test")
    page.get_by_role("button", name="Send the link").click()
    page.get_by_role("heading", name="Look in your mail").wait_for()
    sound(page)
    link = re.search(r"/sign-in/choose/\S+", str(letters[0].body))
    assert link
    desk.open(link[0])
    page.get_by_label("New password").fill(NEW)
    page.get_by_role("button", name="Use this password").click()
    page.get_by_role("heading", name="Your password is changed").wait_for()
    desk.open(link[0])
    page.get_by_role("heading", name="This link does not hold any more").wait_for()
    desk.complaints.clear()  # the browser reports the 410
    sound(page)

"""A walk through the past: every page says which day it shows, leads on to that day, and changes nothing."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.http import HttpResponse

from cast import JUNE
from watchkeep.apps.register import changes as registers
from watchkeep.apps.register.models import Risk
from watchkeep.web.permissions import ROUTES
from web.addresses import ADDRESSES, SENT
from web.conftest import SLUG, Site

DAY = JUNE.isoformat()
SIGNING_IN = (
    "account_",
    "mfa_",
    "sign-in",
    "link-sent",
    "password-chosen",
)  # about who comes in, not what is shown


def at_a_day(address: str, day: str) -> str:
    return f"{address}{'&' if '?' in address else '?'}as_at={day}"


def main_of(page: str) -> str:
    return page[page.index("<main") : page.index("</main>")]


def test_a_page_of_the_past_says_so_and_leads_back_to_today(site: Site) -> None:
    page = site.administrator.get(f"/register?as_at={DAY}&sort=name").content.decode()
    assert "This page is as at 30 June 2031, as is now known." in page
    assert 'href="/register?sort=name">Back to today</a>' in page
    plain = site.administrator.get("/register").content.decode()
    assert "Back to today" not in plain


def test_links_and_searches_of_a_past_page_stay_in_its_past(site: Site) -> None:
    page = main_of(site.administrator.get(f"/register?as_at={DAY}").content.decode())
    assert f'href="/risks/LH1?register=harbour-risk-register&amp;as_at={DAY}"' in page or (
        f'href="/risks/LH1?as_at={DAY}"' in page
    )
    lost = [each for each in re.findall(r'<a\b[^>]*href="(/[^"]*)"', page) if "as_at=" not in each]
    assert [each for each in lost if "Back" not in each and not each.startswith("/register?")] == []
    assert f'<input type="hidden" name="as_at" value="{DAY}">' in page


@pytest.mark.parametrize(
    "said", ["as_at=soon", "as_at=2031-02-30", "known_at=2031-01-01", "known_at=9999-12-31T23:59"]
)
def test_a_day_that_is_none_is_told_so(site: Site, said: str) -> None:
    answer = site.administrator.get(f"/register?{said}")
    assert answer.status_code == 400
    told = ("is written like", "choose a moment", "Give a day from 1900 to 2100")
    assert any(each in answer.content.decode() for each in told)


@pytest.mark.parametrize("route", ["promises", "boards", "board", "meeting", "concentration"])
def test_a_day_beyond_the_calendar_of_the_records_is_told_so_and_the_last_one_is_shown(
    site: Site, route: str
) -> None:
    address = site.address(route)
    answer = site.administrator.get(at_a_day(address, "9999-12-31"))
    assert answer.status_code == 400
    assert "Give a day from 1900 to 2100" in answer.content.decode()
    for last in ("2100-12-31", "1900-01-01"):
        assert site.administrator.get(at_a_day(address, last)).status_code in (200, 404)


def test_nothing_is_known_of_what_will_be_known(site: Site) -> None:
    answer = site.administrator.get("/register?known_at=2999-01-01T00:00")
    assert answer.status_code == 400


def test_an_empty_day_is_today(site: Site) -> None:
    assert "Back to today" not in site.administrator.get("/register?as_at=&known_at=").content.decode()


def test_nothing_is_changed_from_a_page_of_the_past(site: Site) -> None:
    address = f"/bring-in/2/accept-all?as_at={DAY}"
    answer = site.administrator.post(address)
    assert answer.status_code == 403
    assert "the past is not changed" in answer.content.decode()


def test_every_page_of_the_past_says_so_and_has_no_form_that_changes_anything(site: Site) -> None:
    wrong = {}
    for route in sorted(set(ADDRESSES) - SENT):
        if route.startswith(SIGNING_IN) or ROUTES[route] == "token":
            continue
        answer = site.administrator.get(at_a_day(site.address(route), DAY))
        if answer.status_code not in {200, 302, 403, 404}:
            wrong[route] = str(answer.status_code)
        elif answer.status_code == 200 and is_a_page_of_ours(answer):
            page = answer.content.decode()
            changing = "formaction" in main_of(page) or 'method="post"' in main_of(page)
            if changing or "Back to today" not in page:
                wrong[route] = "has a form that changes something" if changing else "does not say so"
    assert wrong == {}


def is_a_page_of_ours(answer: HttpResponse) -> bool:
    """A paper is read as it was frozen; a file and a part of a page say nothing of days."""
    plain = answer["Content-Type"].startswith("text/html") and b"<main" in answer.content
    return plain and "sandbox" not in answer.get("Content-Security-Policy", "")


# --- Two days side by side ----------------------------------------------------------------------------------


def test_two_days_are_laid_side_by_side_word_by_word(site: Site) -> None:
    registers.correct_risk(
        by=site.force.administrator,
        risk=Risk.objects.get(key="LH1", register__slug=SLUG).pk,
        version=Risk.objects.get(key="LH1", register__slug=SLUG).version,
        path="treatment",
        text="Tolerate it <for now>",
        effective_on=date(2031, 8, 1),
    )
    page = site.reader.get(f"/compare?register={SLUG}&risk=LH1&earlier={DAY}").content.decode()
    assert "What changed in" in page
    assert "Tolerate it &lt;for now&gt;" in page
    assert "as at 30 June 2031, as is now known" in page


def test_a_comparison_without_days_offers_those_of_the_papers(site: Site) -> None:
    page = site.reader.get(f"/compare?register={SLUG}").content.decode()
    assert "What changed since 31 March 2031" in page


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("earlier=soon", "A day is written like 2031-03-31"),
        ("earlier=", "Give the first of the two days."),
        ("earlier=2031-03-31&later=never", "A day is written like 2031-03-31"),
        ("later=2031-03-31", "Give the first of the two days."),
        ("earlier=9999-12-31", "Give a day from 1900 to 2100, not 9999-12-31."),
        ("earlier=2031-03-31&later=0001-01-01", "Give a day from 1900 to 2100, not 0001-01-01."),
    ],
)
def test_a_comparison_says_what_is_wrong_with_its_days(site: Site, asked: str, told: str) -> None:
    answer = site.reader.get(f"/compare?register={SLUG}&{asked}")
    assert answer.status_code == 400
    page = main_of(answer.content.decode())
    assert page.count(told) == 2, "once above the form and once at the box"


def test_a_comparison_of_no_day_or_of_no_risk_is_told_so(site: Site) -> None:
    assert site.reader.get(f"/compare?register={SLUG}&earlier=soon").status_code == 400
    assert site.reader.get(f"/compare?register={SLUG}&earlier=").status_code == 400
    assert site.reader.get(f"/compare?register={SLUG}&risk=NONE&earlier={DAY}").status_code == 404
    assert site.reader.get("/compare?register=none&earlier=2031-03-31").status_code == 404


@pytest.mark.parametrize("address", ["/risks/LH1", "/controls/C1", "/promises/P1", "/risks/XX9"])
def test_what_was_not_there_on_that_day_is_said_so_with_the_way_back_to_today(
    site: Site, address: str
) -> None:
    answer = site.administrator.get(f"{address}?as_at=2020-01-01")
    page = main_of(answer.content.decode())
    assert answer.status_code == 404
    assert re.search(r"There is no such \w+ as at 1 January 2020, as is now known\.", page)
    assert "Back to today" in answer.content.decode()
    assert "has no past" not in answer.content.decode()

"""Every route stands in the permission table, and the server keeps to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.html import escape

from cast import APPOINTED, PASSWORD, STAFF, a_force
from watchkeep.apps.history.models import Entry
from watchkeep.apps.people import changes
from watchkeep.apps.people.queries import viewer_of
from watchkeep.domain.people import Action
from watchkeep.web import permissions
from watchkeep.web.permissions import ROUTES, Permissions, refusal
from web.addresses import ADDRESSES, SENT
from web.conftest import Site, signed_in


def routes(resolver: URLResolver) -> Iterator[str]:
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            yield from routes(each)
        elif isinstance(each, URLPattern):
            yield each.name or f"(a route without a name: {each.pattern})"


def test_every_route_has_a_row_in_the_permission_table() -> None:
    assert sorted(routes(get_resolver())) == sorted(ROUTES)


def test_every_route_is_tried_by_these_tests() -> None:
    assert sorted(ADDRESSES) == sorted(ROUTES)


def ask(client: Client, route: str, site: Site) -> Any:
    address = site.address(route)
    return client.post(address) if route in SENT else client.get(address)


def for_whom(*, but: str) -> list[str]:
    return sorted(route for route, who in ROUTES.items() if who != but)


def test_a_stranger_is_sent_to_sign_in(site: Site) -> None:
    asked = [route for route in for_whom(but="anyone") if ROUTES[route] != "token"]
    answers = {route: ask(site.stranger, route, site) for route in asked}
    led = {route: answer["Location"][:14] for route, answer in answers.items() if answer.status_code == 302}
    assert led == dict.fromkeys(answers, "/sign-in?next=")


@pytest.mark.parametrize("who", ["administrator", "reader", *STAFF])
def test_a_route_opens_for_whoever_may_do_what_it_is_for_and_for_nobody_else(site: Site, who: str) -> None:
    """The fine checks are the changes' own: here a refusal counts only where the table is what refuses."""
    viewer = viewer_of(site.force.people[who])
    client = signed_in(site.force.people[who])
    for route in sorted(ROUTES, key=lambda each: (each == "sign-out", each)):
        refused = refusal(ROUTES[route], viewer)
        answer = ask(client, route, site)
        assert not answer.get("Location", "").startswith("/sign-in?"), route
        if refused is None:
            assert b"This page opens for nobody" not in answer.content, route
            assert "Ask one of them if you need it done" not in answer.content.decode(), route
        else:
            assert answer.status_code == 403, route
            assert escape(refused.sentence) in answer.content.decode(), route


def test_what_the_table_refuses_is_refused_however_it_is_asked_and_leaves_no_trace(site: Site) -> None:
    before = Entry.objects.count()
    for route, who in ROUTES.items():
        if refusal(who, site.force.reader) is None:
            continue
        address = site.address(route)
        for method in ("get", "post", "put", "delete", "head"):
            answer = getattr(site.reader, method)(address)
            assert answer.status_code == 403, (route, method)
            assert method == "head" or b"Only an administrator" in answer.content, (route, method)
    assert Entry.objects.count() == before


def test_a_reader_may_look(site: Site) -> None:
    expected = {route: 200 for route, who in ROUTES.items() if who == "read"}
    expected |= {"place-picture": 404}  # a text has no pictures
    # A view leads to the register; one without a name is not saved, and another's is not dropped.
    expected |= {"view": 302, "save-view": 400, "drop-view": 403}
    # Whose indicator it is decides; a reader has none, and answers for no risk.
    lines = ("target", "target-end", "rebase", "annotate", "plan", "take-back")
    doing = ("read", "redefine", "attach", "detach", *lines)
    expected |= {f"indicator-{each}": 403 for each in doing}
    assert {route: ask(site.reader, route, site).status_code for route in expected} == expected


def test_the_table_and_the_templates_know_only_actions_that_there_are() -> None:
    actions = {*get_args(Action), "anyone", "signed in", "token"}
    assert set(ROUTES.values()) <= actions
    web = Path(permissions.__file__).parent
    asked = {
        (path.relative_to(web), name)
        for path in web.rglob("*.html")
        for name in re.findall(r"\bmay\.(\w+)", path.read_text(encoding="utf-8"))
    }
    assert asked
    assert {name for _, name in asked} <= set(Permissions.ACTIONS)


def test_no_page_decides_by_the_name_of_a_role() -> None:
    web = Path(permissions.__file__).parent
    named = re.compile(r"""role\s*(?:==|!=|in)\s*[\["'(]""")
    for path in [*web.rglob("*.html"), *web.rglob("*.py")]:
        assert named.search(path.read_text(encoding="utf-8")) is None, path.relative_to(web)


def test_the_menu_offers_what_opens_and_nothing_else(site: Site) -> None:
    manager = signed_in(site.force.people["risk_manager"])
    assert b'href="/bring-in"' in manager.get("/").content
    assert b'href="/bring-in"' not in signed_in(site.force.people["secretary"]).get("/").content


def test_somebody_without_any_role_may_sign_out_and_no_more(site: Site) -> None:
    nobody = changes.add_person(
        by=site.force.administrator, name="Nil Nemo", email="nil@calder.test", role=None, password=PASSWORD
    )
    client = signed_in(nobody)
    assert client.get("/").status_code == 403
    assert b"Nil Nemo is without a role" in client.get("/register").content
    assert client.post("/sign-out").status_code == 302


def test_a_role_that_holds_in_one_unit_opens_the_pages_for_it(site: Site) -> None:
    granted = changes.add_person(
        by=site.force.administrator, name="Una Part", email="una@calder.test", role=None, password=PASSWORD
    )
    changes.grant_role(
        by=site.force.administrator, person=granted.pk, role="reader", unit=site.force.unit, from_on=APPOINTED
    )
    assert signed_in(granted).get("/register").status_code == 200


def test_what_changes_something_is_never_done_by_opening_an_address(site: Site) -> None:
    for route in (each for each in SENT if ROUTES[each] != "token"):
        answer = site.administrator.get(site.address(route))
        assert answer.status_code == 405, route
        assert b"There is no page here to open" in answer.content, route


def test_a_page_that_waits_is_led_to_sign_in_as_a_whole(site: Site) -> None:
    answer = site.stranger.get("/bring-in/2/progress", headers={"HX-Request": "true"})
    assert answer["HX-Redirect"] == "/sign-in"


def test_an_address_without_a_route_is_not_found_for_anybody(site: Site) -> None:
    for client in (site.stranger, site.reader, site.administrator):
        assert client.get("/administration").status_code == 404


def test_a_route_that_lacks_a_row_opens_for_nobody(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(ROUTES, "register")
    assert site.administrator.get("/register").status_code == 403


def test_a_person_who_is_stopped_is_out_at_once(site: Site) -> None:
    assert site.reader.get("/register").status_code == 200
    changes.stop_person(
        by=site.force.administrator, person=site.force.reader_person.pk, reason="left the force"
    )
    assert site.reader.get("/register").status_code == 302


OF_SOMETHING = [
    *sorted(route for route, address in ADDRESSES.items() if re.search("/2|/LH1|{", address)),
    *("edition", "edition-file", "withdraw"),
]
SAID = {"risk": "LH1", "reason": "Because.", "means": "worsening", "code": "x"}


def without_token(answer: Any, asked: str) -> str:
    """The page without its forms' token, and without the id or number that the asker named themselves."""
    page = re.sub(r'value="[A-Za-z0-9]{64}"', "", answer.content.decode())
    for id in re.findall(r"[0-9a-f]{8}-[0-9a-f-]{27}", asked):
        page = page.replace(id, "")
    for number in re.findall(r"/(\d+)(?=/|$)", asked):
        page = page.replace(f"question Q{number}.", "question.")
    return page


def test_a_body_sees_and_changes_nothing_of_another_and_is_not_told_that_it_is_there(site: Site) -> None:
    other = signed_in(a_force("Marsh End Police").administrator_person)
    before = Entry.objects.count()
    for route in OF_SOMETHING:
        theirs = site.address(route)
        nobodys = theirs.replace(site.file, "0" * 64).replace("/LH1", "/XX1")
        nobodys = re.sub(r"/2(?![0-9a-f]{7}-)", "/99", nobodys)  # a number or a day, and no id that begins so
        for id in site.ids.values():
            nobodys = nobodys.replace(id, str(uuid4()))
        nobodys = nobodys.replace("harbour-risk-register/1", "harbour-risk-register/99")
        assert theirs != nobodys, route
        answers = [
            other.post(address, SAID) if route in SENT else other.get(address)
            for address in (theirs, nobodys)
        ]
        assert [answer.status_code for answer in answers] == [404, 404], route
        assert without_token(answers[0], theirs) == without_token(answers[1], nobodys), route
    assert Entry.objects.count() == before
    assert b"LH1" not in other.get("/history").content

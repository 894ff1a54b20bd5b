"""Every route stands in the permission table, and the server keeps to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from cast import a_force
from watchkeep.apps.history.models import Entry
from watchkeep.apps.people import changes
from watchkeep.web.permissions import ROUTES
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
    address = ADDRESSES[route].format(file=site.file)
    return client.post(address) if route in SENT else client.get(address)


def open_to(*who: str) -> list[str]:
    return sorted(route for route, least in ROUTES.items() if least in who)


def test_a_stranger_is_sent_to_sign_in(site: Site) -> None:
    answers = {route: ask(site.stranger, route, site) for route in open_to("reader", "administrator")}
    led = {route: answer["Location"][:14] for route, answer in answers.items() if answer.status_code == 302}
    assert led == dict.fromkeys(answers, "/sign-in?next=")


def test_a_reader_is_refused_what_an_administrator_does(site: Site) -> None:
    before = site.administrator.get("/history").content.count(b"<h3>")
    for route in open_to("administrator"):
        address = ADDRESSES[route].format(file=site.file)
        for method in ("get", "post", "put", "delete", "head"):
            answer = getattr(site.reader, method)(address)
            assert answer.status_code == 403, (route, method)
            assert method == "head" or b"Only an administrator" in answer.content, (route, method)
    assert site.administrator.get("/history").content.count(b"<h3>") == before


def test_a_reader_may_look(site: Site) -> None:
    expected = dict.fromkeys(open_to("reader"), 200)
    expected |= {"place-picture": 404, "sign-out": 302}  # a text has no pictures
    found = {route: ask(site.reader, route, site).status_code for route in expected if route != "sign-out"}
    assert found | {"sign-out": ask(site.reader, "sign-out", site).status_code} == expected


def test_an_administrator_is_refused_nothing(site: Site) -> None:
    for route in sorted(set(ROUTES) - {"sign-out"}):
        answer = ask(site.administrator, route, site)
        assert b"Only an administrator may do this" not in answer.content, route
        assert answer.get("Location", "").startswith("/sign-in") is False, route


def test_what_changes_something_is_never_done_by_opening_an_address(site: Site) -> None:
    for route in SENT:
        answer = site.administrator.get(ADDRESSES[route])
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
    *sorted(route for route, address in ADDRESSES.items() if re.search("/2|/LH1|{file}", address)),
    *("edition", "edition-file", "withdraw"),
]
SAID = {"risk": "LH1", "reason": "Because.", "means": "worsening", "code": "x"}


def without_token(answer: Any) -> bytes:
    return re.sub(rb'value="[A-Za-z0-9]{64}"', b"", answer.content)


def test_a_body_sees_and_changes_nothing_of_another_and_is_not_told_that_it_is_there(site: Site) -> None:
    other = signed_in(a_force("Marsh End Police").administrator_person)
    before = Entry.objects.count()
    for route in OF_SOMETHING:
        theirs = ADDRESSES[route].format(file=site.file)
        nobodys = theirs.replace(site.file, "0" * 64).replace("/2", "/99").replace("/LH1", "/XX1")
        nobodys = nobodys.replace("harbour-risk-register/1", "harbour-risk-register/99")
        assert theirs != nobodys, route
        answers = [
            other.post(address, SAID) if route in SENT else other.get(address)
            for address in (theirs, nobodys)
        ]
        assert [answer.status_code for answer in answers] == [404, 404], route
        assert without_token(answers[0]) == without_token(answers[1]), route
    assert Entry.objects.count() == before
    assert b"LH1" not in other.get("/history").content

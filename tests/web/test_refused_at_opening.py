"""A page that could only be refused says so when it is opened, before anything is written in it."""

from __future__ import annotations

import pytest
from django.test import Client

from web.conftest import Site, signed_in

pytestmark = pytest.mark.django_db
PROMISE = [
    "promise-amend", "promise-slip", "promise-done", "promise-drop", "promise-needs", "promise-freed",
    "promise-bears", "promise-leaves",
]  # fmt: skip
CONTROL = ["control-amend", "control-stand-down", "control-end"]


def of(site: Site, who: str) -> Client:
    return signed_in(site.force.people[who])


@pytest.mark.parametrize("route", [*PROMISE, *CONTROL])
def test_what_is_not_theirs_is_refused_to_a_risk_owner_with_the_reason(site: Site, route: str) -> None:
    answer = of(site, "other_owner").get(site.address(route))
    assert answer.status_code in (403, 404), "what serves no risk of theirs, they may not even see"
    assert '<form method="post" novalidate' not in answer.content.decode()


@pytest.mark.parametrize("route", ["promise-amend", "promise-drop", "promise-bears", "promise-leaves"])
def test_whoever_answers_for_a_promise_is_told_what_others_decide_about_it(site: Site, route: str) -> None:
    answer = of(site, "action_owner").get(site.address(route))
    assert answer.status_code == 403
    assert "That is not open to you" in answer.content.decode()


@pytest.mark.parametrize("route", ["promise-slip", "promise-done", "promise-needs"])
def test_whoever_answers_for_a_promise_may_open_what_is_theirs_to_say(site: Site, route: str) -> None:
    assert of(site, "action_owner").get(site.address(route)).status_code == 200


def test_nobody_is_asked_for_the_effect_of_what_is_not_done_or_is_their_own(site: Site) -> None:
    manager, owner = of(site, "risk_manager"), of(site, "action_owner")
    effect = site.address("promise-effect")
    assert "It is not done yet" in manager.get(effect).content.decode()
    manager.post(site.address("promise-done"), {"version": "2", "on": "2025-01-01", "note": "Seen"})
    assert owner.get(effect).status_code == 403


def test_what_is_over_is_not_ended_again(site: Site) -> None:
    manager = of(site, "risk_manager")
    for route in ("promise-again",):
        assert "nothing to take up again" in manager.get(site.address(route)).content.decode()
    done = {"version": "2", "on": "2025-01-01", "note": "Seen"}
    assert manager.post(site.address("promise-done"), done).status_code == 302
    for route in ("promise-slip", "promise-done", "promise-drop", "promise-needs"):
        answer = manager.get(site.address(route))
        assert answer.status_code == 403, route
        assert "It is done already" in answer.content.decode(), route


def test_a_control_moves_only_where_its_state_lets_it(site: Site) -> None:
    manager = of(site, "risk_manager")
    answer = manager.get(site.address("control-stand-up"))
    assert answer.status_code == 403
    assert "in force already" in answer.content.decode()
    down = {"version": "1", "on": "2026-05-01", "reason": "Sold"}
    assert manager.post(site.address("control-stand-down"), down).status_code == 302
    assert manager.get(site.address("control-stand-down")).status_code == 403
    assert manager.get(site.address("control-stand-up")).status_code == 200
    assert "stood down" in manager.get(site.address("check-record")).content.decode()


def test_nothing_more_is_said_of_a_closed_risk(site: Site) -> None:
    manager = of(site, "risk_manager")
    said = {"reason": "The lamp burns again.", "closed_on": "2031-05-02", "version": "1"}
    assert manager.post(site.address("close"), said).status_code == 302
    for route in ("risk-edit", "risk-assess", "risk-link-new"):
        answer = manager.get(site.address(route))
        assert answer.status_code == 403, route
        assert "Reopen it first" in answer.content.decode(), route

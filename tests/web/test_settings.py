"""The settings: what they say, what they take, and what they cost."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cast import APPOINTED, Staffed
from watchkeep.apps.people import changes, queries
from watchkeep.apps.people.models import Person, Post
from watchkeep.apps.register import changes as register
from watchkeep.apps.register.models import Risk
from web.conftest import Site, signed_in


def text_of(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_the_body_says_its_year_and_an_administrator_changes_it(empty: Site) -> None:
    assert "Its year starts in April" in text_of(empty.reader.get("/settings"))
    assert b"/settings/body" not in empty.reader.get("/settings").content
    said = {"name": "Calder Vale Police", "kind": "police force", "year_starts_month": "1", "version": "1"}
    assert "Its year starts in January" in text_of(
        empty.administrator.post("/settings/body", said, follow=True)
    )
    again = empty.administrator.post("/settings/body", said | {"year_starts_month": "7"})
    assert again.status_code == 409
    assert b"July" in again.content or b">7<" in again.content


def test_posts_say_who_holds_them_and_which_are_vacant(empty: Site) -> None:
    words = text_of(empty.reader.get("/settings/posts"))
    assert "5 posts, each held by somebody." in words
    assert "Oda Strand since 1 April 2024" in words
    by = empty.force.administrator
    changes.stop_person(by=by, person=empty.force.people["other_owner"].pk, reason="Left.")
    changes.stop_person(by=by, person=empty.force.people["secretary"].pk, reason="Left.")
    words = text_of(empty.reader.get("/settings/posts"))
    assert "5 posts; nobody holds Board Secretary and Head of Lamps ." in words


def test_a_post_keeps_everybody_who_held_it(empty: Site) -> None:
    force, today = empty.force, timezone.localdate()
    answer = empty.administrator.post(
        f"/settings/posts/{force.owner_post}/appoint",
        {"person": str(force.people["other_owner"].pk), "place": "succeed", "from_on": today.isoformat()},
        follow=True,
    )
    words = text_of(answer)
    assert "Liv Lantern is Head of Harbour." in words
    assert "Succeeded by Liv Lantern." in words
    assert "Oda Strand Holder 1 April 2024" in words
    yesterday = (today - timedelta(days=1)).isoformat()
    before = text_of(empty.reader.get(f"/settings/posts/{force.owner_post}?as_at={yesterday}"))
    assert "Oda Strand has held it since 1 April 2024." in before


@pytest.mark.parametrize(
    ("address", "sent", "words"),
    [
        ("/settings/units/open", {"name": ""}, "Enter the name of the unit."),
        ("/settings/units/open", {"name": "East Mole"}, "There is already a unit called “East Mole”."),
        ("/settings/posts/open", {"title": "Oil Officer"}, "There is already a post called “Oil Officer”."),
        ("/settings/posts/{post}/appoint", {"from_on": "yesterday"}, "Give the day as a date"),
        ("/settings/holdings/{holding}/end", {"on": "2020-01-01"}, "Oda Strand began on 1 April 2024"),
        ("/settings/people/add", {"name": "X", "email": "nowhere"}, "“nowhere” is not an e-mail address"),
        (
            "/settings/people/add",
            {"name": "X", "email": "IVO@calder.test"},
            "Somebody already signs in as ivo@calder.test.",
        ),
        ("/settings/people/{person}/password", {"password": "short"}, "too short"),
        (
            "/settings/people/{person}/grant",
            {"role": "reader", "from_on": "2031-01-01"},
            "Say in which unit, or in which register; not both.",
        ),
        ("/settings/people/{person}/stop", {"reason": ""}, "Say why."),
    ],
)
def test_what_cannot_be_taken_comes_back_with_the_reason_beside_it(
    site: Site, address: str, sent: dict[str, str], words: str
) -> None:
    answer = site.administrator.post(address.format(**site.ids), sent)
    assert answer.status_code == 400
    assert words in text_of(answer)
    assert "There is a problem" in text_of(answer)
    for value in sent.values():
        assert not value or value == "short" or f'value="{value}"' in answer.content.decode(), value


def test_who_was_second_loses_no_word(empty: Site) -> None:
    post = empty.force.owner_post
    address = f"/settings/posts/{post}/rename"
    assert empty.administrator.post(address, {"title": "Head of Port", "version": "1"}).status_code == 302
    answer = empty.administrator.post(address, {"title": "Head of Sea", "version": "1"})
    assert answer.status_code == 409
    assert "Head of Port" in text_of(answer)
    assert "Head of Sea" in answer.content.decode()
    assert Post.objects.get(pk=post).title == "Head of Port"


def test_what_a_post_leads_is_listed_before_it_is_abolished(site: Site) -> None:
    force, risk = site.force, Risk.objects.get(key="LH1")
    day = date(2031, 6, 30)
    register.set_owner(
        by=force.risk_manager, risk=risk.pk, version=risk.version, post=force.other_post, on=day
    )
    page = site.administrator.get(f"/settings/posts/{force.other_post}/abolish").content.decode()
    assert '<a class="govuk-link" href="/risks/LH1?register=harbour-risk-register">' in page
    assert "What it leads still names it" in page
    page = site.administrator.get(f"/settings/posts/{force.secretary_post}/abolish").content.decode()
    assert "It answers for nothing, and sits on no board." in page


def test_somebody_is_added_stopped_and_let_in_again(empty: Site) -> None:
    client = empty.administrator
    words = text_of(
        client.post(
            "/settings/people/add",
            {"name": "Kit Berg", "email": "Kit@calder.test", "role": "risk owner"},
            follow=True,
        )
    )
    assert "Kit Berg is added, and cannot sign in yet." in words
    assert mail.outbox == []
    assert "They have no password yet, so they cannot sign in." in words
    kit = Person.objects.get(email="kit@calder.test")
    assert "Not yet" in text_of(client.get("/settings/people"))
    words = text_of(client.post(f"/settings/people/{kit.pk}/stop", {"reason": "A mistake."}, follow=True))
    assert "Stopped: they no longer sign in" in words
    words = text_of(client.post(f"/settings/people/{kit.pk}/resume", {"reason": ""}, follow=True))
    assert "Risk owner of the body" in words


def test_who_is_added_chooses_a_password_by_a_link(empty: Site) -> None:
    said = {"name": "Kit Berg", "email": "kit@calder.test", "role": "reader", "send_link": "on"}
    words = text_of(empty.administrator.post("/settings/people/add", said, follow=True))
    assert "A link to choose a password is on its way to kit@calder.test." in words
    (letter,) = mail.outbox
    link = re.search(r"/sign-in/choose/\S+", str(letter.body))
    assert link
    kit = Client()
    opened = kit.get(link[0], follow=True)
    kit.post(opened.redirect_chain[-1][0], {"password1": "a password of my own"})
    assert (
        kit.post("/sign-in", {"login": said["email"], "password": "a password of my own"}).status_code == 302
    )
    assert "Yes" in text_of(empty.administrator.get("/settings/people"))


def test_where_no_mail_can_be_sent_it_is_said(
    empty: Site, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # nothing answers there
    address = f"/settings/people/{empty.force.people['auditor'].pk}/link"
    words = text_of(empty.administrator.post(address, {"sure": "yes"}, follow=True))
    assert "The mail server did not take the link" in words
    for email in ("aud@calder.test", "nobody@calder.test"):
        answer = Client().post("/sign-in/forgotten", {"email": email})
        assert answer.status_code == 503
        assert "No mail can be sent now" in text_of(answer)


def test_an_administrator_helps_who_lost_their_second_factor(empty: Site) -> None:
    auditor = empty.force.people["auditor"]
    Authenticator.objects.create(user=auditor, type="totp", data={"secret": "x"})
    page = f"/settings/people/{auditor.pk}"
    assert "A password and a code" in text_of(empty.administrator.get(page))
    theirs = signed_in(auditor)
    assert empty.administrator.post(f"{page}/code", {"sure": "yes"}).status_code == 302
    assert not Authenticator.objects.exists()
    assert theirs.get("/register").status_code == 302
    assert text_of(empty.administrator.get(page)).count("A password and a code") == 0
    own = f"/settings/people/{empty.force.administrator.id}/code"
    assert empty.administrator.post(own, {"sure": "yes"}).status_code == 403


def test_nobody_is_offered_a_change_of_their_own_role(empty: Site) -> None:
    own = f"/settings/people/{empty.force.administrator.id}"
    page = empty.administrator.get(own).content.decode()
    assert f"{own}/amend" in page
    assert f"{own}/role" not in page
    assert f"{own}/stop" not in page
    answer = empty.administrator.post(f"{own}/role", {"role": "reader", "version": "1"})
    assert answer.status_code == 403
    assert "Nobody changes their own roles" in text_of(answer)


def test_a_role_in_one_unit_opens_what_can_be_done_there_and_not_elsewhere(empty: Site) -> None:
    force = empty.force
    changes.grant_role(
        by=force.administrator,
        person=force.people["auditor"].pk,
        role="administrator",
        unit=force.unit,
        from_on=APPOINTED,
    )
    local = signed_in(force.people["auditor"])
    assert b"/appoint" in local.get(f"/settings/posts/{force.owner_post}").content
    assert b"/appoint" not in local.get(f"/settings/posts/{force.chair_post}").content
    sent = {"person": str(force.people["reader"].pk), "place": "share", "from_on": "2026-01-01"}
    assert local.post(f"/settings/posts/{force.owner_post}/appoint", sent).status_code == 302
    assert local.post(f"/settings/posts/{force.chair_post}/appoint", sent).status_code == 403


def test_roles_are_told_in_prose_with_who_has_them(empty: Site) -> None:
    words = text_of(empty.reader.get("/settings/roles"))
    assert "Reads everything as at any date, drafts and history included, and changes nothing." in words
    assert "Dag Pier , Liv Lantern and Oda Strand , for the whole body." in words


def test_empty_lists_teach(empty: Site) -> None:
    stranger = signed_in(Person.objects.get(pk=empty.force.stranger.id))
    assert "No units yet" in text_of(stranger.get("/settings/units"))
    assert "No posts yet" in text_of(stranger.get("/settings/posts"))


def statements(ask: Callable[[], Any]) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert ask().status_code == 200
    return len(asked)


def grow(force: Staffed) -> None:
    by, today = force.administrator, timezone.localdate()
    for number in range(6):
        unit = changes.open_unit(by=by, name=f"Unit {number}", parent=force.unit)
        post = changes.open_post(by=by, title=f"Post {number}", unit=unit)
        person = changes.add_person(
            by=by, name=f"Person {number}", email=f"p{number}@calder.test", role="reader"
        ).pk
        changes.appoint(by=by, post=post, person=person, from_on=today)
        changes.appoint(by=by, post=force.owner_post, person=person, from_on=today, deputy=True)
        changes.appoint(by=by, post=post, person=force.people["owner"].pk, from_on=today, deputy=True)
        changes.grant_role(by=by, person=force.people["owner"].pk, role="reader", unit=unit, from_on=today)


def test_a_page_costs_the_same_however_much_stands_on_it(empty: Site) -> None:
    force = empty.force
    addresses = [
        "/settings",
        "/settings/units",
        f"/settings/units/{force.unit}",
        "/settings/posts",
        f"/settings/posts/{force.owner_post}",
        f"/settings/posts/{force.owner_post}/appoint",
        "/settings/people",
        f"/settings/people/{force.people['owner'].pk}",
        "/settings/roles",
    ]
    few = {each: statements(lambda each=each: empty.administrator.get(each)) for each in addresses}  # type: ignore[misc]  # the address of this turn
    grow(force)
    many = {each: statements(lambda each=each: empty.administrator.get(each)) for each in addresses}  # type: ignore[misc]  # the address of this turn
    assert few == many
    assert max(many.values()) <= 12
    assert len(queries.posts(force.administrator)) == 11

"""Signing in: plain words, no guessing, no way round."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail
from django.core.cache import cache
from django.test import Client

from cast import PASSWORD, Force
from watchkeep.apps.history import queries as history
from watchkeep.apps.people import changes
from watchkeep.apps.people.models import Person
from watchkeep.web.sign_in.adapter import BROWSER

WRONG = b"The e-mail address and password do not belong together."
EDDA, NEW = "edda@calder.test", "a quite different password"


def sign_in(client: Client, email: str = EDDA, password: str = PASSWORD, **more: str) -> Any:
    return client.post("/sign-in", {"login": email, "password": password, **more})


def is_in(client: Client) -> bool:
    return client.get("/register").status_code == 200


def test_a_person_signs_in_and_out(force: Force) -> None:
    client = Client()
    answer = sign_in(client, "EDDA@calder.test ")
    assert (answer.status_code, answer["Location"]) == (302, "/")
    for name in ("sessionid", BROWSER):
        assert client.cookies[name]["httponly"]
        assert client.cookies[name]["samesite"] == "Lax"
    assert is_in(client)
    assert client.post("/sign-out").status_code == 302
    assert not is_in(client)


@pytest.mark.parametrize(
    ("email", "password"),
    [(EDDA, "wrong"), ("nobody@calder.test", PASSWORD), ("no address", PASSWORD), (EDDA, PASSWORD + " ")],
)
def test_a_wrong_address_and_a_wrong_password_get_one_answer(force: Force, email: str, password: str) -> None:
    answer = sign_in(Client(), email, password)
    assert WRONG in answer.content
    assert b'id="id_login"' in answer.content


def test_who_was_stopped_or_has_no_password_gets_the_same_answer(force: Force) -> None:
    by = force.administrator
    changes.stop_person(by=by, person=force.reader_person.pk, reason="Left.")
    changes.add_person(by=by, name="Kit", email="kit@calder.test", role="reader")
    assert WRONG in sign_in(Client(), "ivo@calder.test").content
    assert WRONG in sign_in(Client(), "kit@calder.test").content
    assert WRONG in sign_in(Client(), "kit@calder.test", "!").content


# --- How often it may be tried ------------------------------------------------------------------------------


def test_five_wrong_passwords_end_in_plain_words(force: Force) -> None:
    client = Client()
    answers = [sign_in(client, password="wrong") for _ in range(6)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [429]
    assert b"Wait 15 minutes" in answers[-1].content
    assert answers[-1]["Retry-After"] == "900"
    assert sign_in(client).status_code == 429
    assert sign_in(Client(REMOTE_ADDR="198.51.100.7")).status_code == 302


def test_guessing_from_many_places_at_once_is_slowed_too(force: Force) -> None:
    answers = [
        sign_in(Client(REMOTE_ADDR=f"198.51.100.{place}"), password="wrong").status_code
        for place in range(1, 25)
    ]
    assert answers == [200] * 20 + [429] * 4
    assert sign_in(Client(REMOTE_ADDR="198.51.100.99")).status_code == 429
    assert sign_in(Client(REMOTE_ADDR="198.51.100.99"), "ivo@calder.test").status_code == 302


def test_nobody_is_locked_out_of_a_browser_that_they_have_used(force: Force) -> None:
    own = Client(REMOTE_ADDR="203.0.113.5")
    assert sign_in(own).status_code == 302
    own.post("/sign-out")
    for place in range(1, 25):
        sign_in(Client(REMOTE_ADDR=f"198.51.100.{place}"), password="wrong")
    assert sign_in(own).status_code == 302


def test_a_browser_is_known_for_the_person_who_used_it_and_is_counted_too(force: Force) -> None:
    theirs = Client()
    assert sign_in(theirs, "ivo@calder.test").status_code == 302
    theirs.post("/sign-out")
    assert [sign_in(theirs, password="wrong").status_code for _ in range(6)] == [200] * 5 + [429]
    own = [sign_in(theirs, "ivo@calder.test", "wrong").status_code for _ in range(11)]
    assert own == [200] * 10 + [429]
    forged = Client()
    forged.cookies[BROWSER] = "forged"
    assert [sign_in(forged, password="wrong").status_code for _ in range(6)][-1] == 429


def test_a_right_password_uses_up_no_attempt(force: Force) -> None:
    for _ in range(8):
        client = Client()
        assert sign_in(client).status_code == 302


def test_another_way_of_writing_an_address_gives_no_further_attempts(force: Force) -> None:
    client = Client()
    ways = (EDDA, "Edda@calder.test", " EDDA@calder.test ", "edda@Calder.test", "ｅdda@calder.test")
    assert [sign_in(client, way, "wrong").status_code for way in ways] == [200] * 5
    assert sign_in(client, "eDDA@calder.test").status_code == 429


@pytest.mark.parametrize(
    "beyond",
    ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)", "/\\elsewhere.example"],
)
def test_signing_in_leads_nowhere_but_into_the_site(force: Force, beyond: str) -> None:
    assert sign_in(Client(), next=beyond)["Location"] == "/"


def test_passwords_may_be_pasted_and_filled_in(client: Client, db: None) -> None:
    page = client.get("/sign-in").content.decode()
    assert 'autocomplete="current-password"' in page
    assert 'autocomplete="username"' in page
    assert "onpaste" not in page


def test_a_new_session_is_begun_at_sign_in(force: Force) -> None:
    client = Client()
    client.get("/sign-in")
    client.session["left"] = "behind"
    before = client.session.session_key
    sign_in(client)
    assert client.session.session_key != before


@pytest.mark.parametrize(
    "address",
    ["/signup", "/accounts/signup/", "/accounts/login/", "/admin", "/admin/login/", "/account/email"],
)
def test_there_is_no_other_way_in(force: Force, client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


# --- Sessions -----------------------------------------------------------------------------------------------


ENDS: dict[str, Callable[[Force], object]] = {
    "a new password": lambda force: changes.change_password(
        by=force.administrator, person=force.reader_person.pk, password=NEW
    ),
    "a stop": lambda force: changes.stop_person(
        by=force.administrator, person=force.reader_person.pk, reason="Left."
    ),
    "a stop that was a mistake": lambda force: (
        changes.stop_person(by=force.administrator, person=force.reader_person.pk, reason="x"),
        changes.resume_person(by=force.administrator, person=force.reader_person.pk),
    ),
    "signing out everywhere": lambda force: changes.end_sessions(
        by=force.reader, person=force.reader_person.pk
    ),
    "another address": lambda force: changes.amend_person(
        by=force.administrator, person=force.reader_person.pk, version=1, name="Ivo", email="i@calder.test"
    ),
}


@pytest.mark.parametrize("way", ENDS)
def test_every_session_ends_with(force: Force, way: str) -> None:
    phone, desk = Client(), Client()
    sign_in(phone, "ivo@calder.test")
    sign_in(desk, "ivo@calder.test")
    assert is_in(phone)
    assert is_in(desk)
    ENDS[way](force)
    assert not is_in(phone)
    assert not is_in(desk)


def test_changing_one_s_own_password_keeps_this_session_and_ends_the_others(force: Force) -> None:
    here, there = Client(), Client()
    sign_in(here)
    sign_in(there)
    wrong = here.post("/account/password", {"oldpassword": "wrong", "password1": NEW})
    assert b"That is not your password." in wrong.content
    weak = here.post("/account/password", {"oldpassword": PASSWORD, "password1": "password123"})
    assert b"too common" in weak.content
    assert here.post("/account/password", {"oldpassword": PASSWORD, "password1": NEW}).status_code == 302
    assert is_in(here)
    assert not is_in(there)
    assert history.entries(force.administrator).rows[0].verb == "change a password"
    assert WRONG in sign_in(Client()).content
    assert sign_in(Client(), password=NEW).status_code == 302


def test_an_address_that_was_given_up_signs_nobody_in(force: Force) -> None:
    sign_in(Client(), "ivo@calder.test")
    ENDS["another address"](force)
    assert WRONG in sign_in(Client(), "ivo@calder.test").content
    assert sign_in(Client(), "i@calder.test").status_code == 302
    assert not EmailAddress.objects.exists()


# --- A forgotten password -----------------------------------------------------------------------------------


def link_in(letter: object) -> str:
    found = re.search(r"https?://testserver(/sign-in/choose/\S+)", str(letter.body))  # type: ignore[attr-defined]  # a mail
    assert found
    return found[1]


def asked(client: Client, email: str = EDDA) -> Any:
    return client.post("/sign-in/forgotten", {"email": email}, follow=True)


def chosen(client: Client, link: str, password: str = NEW) -> Any:
    opened = client.get(link, follow=True)
    if opened.status_code != 200:
        return opened
    assert link not in opened.redirect_chain[-1][0], "the secret stays out of the address that is shown"
    return client.post(opened.redirect_chain[-1][0], {"password1": password}, follow=True)


def test_a_link_by_mail_lets_a_password_be_chosen_once(force: Force) -> None:
    old, client = Client(), Client()
    sign_in(old)
    assert b"Look in your mail" in asked(client).content
    (letter,) = mail.outbox
    assert letter.to == [EDDA]
    assert letter.subject == "A new password for Watchkeep"
    link = link_in(letter)
    assert b"Your password is changed" in chosen(client, link).content
    assert not is_in(client), "the link signs nobody in"
    assert not is_in(old)
    again = chosen(Client(), link)
    assert again.status_code == 410
    assert b"This link does not hold any more" in again.content
    assert sign_in(Client(), password=NEW).status_code == 302
    verb = history.entries(force.administrator).rows[0].verb
    assert verb == "change a password"


def test_nobody_learns_who_signs_in_here(force: Force) -> None:
    known, unknown = asked(Client()), asked(Client(), "nobody@calder.test")
    assert re.sub(rb'value="\w{64}"', b"", known.content) == re.sub(rb'value="\w{64}"', b"", unknown.content)
    assert [letter.to for letter in mail.outbox] == [[EDDA], ["nobody@calder.test"]]
    assert "nobody signs in to Watchkeep with this address" in str(mail.outbox[1].body).replace("\n", " ")
    assert "/sign-in/choose/" not in str(mail.outbox[1].body)


def test_a_link_ends_with_a_day_a_stop_and_another_address(
    force: Force, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    for spoil in ("a stop", "another address", "a new password"):
        Person.objects.get(pk=force.reader_person.pk)
        email = Person.objects.get(pk=force.reader_person.pk).email
        if not Person.objects.get(pk=force.reader_person.pk).is_active:
            changes.resume_person(by=force.administrator, person=force.reader_person.pk)
        mail.outbox.clear()
        asked(Client(), email)
        link = link_in(mail.outbox[0])
        if spoil == "another address":
            version = Person.objects.get(pk=force.reader_person.pk).version
            changes.amend_person(
                by=force.administrator,
                person=force.reader_person.pk,
                version=version,
                name="Ivo",
                email="i@calder.test",
            )
        else:
            ENDS[spoil](force)
        assert chosen(Client(), link).status_code == 410, spoil
    mail.outbox.clear()
    asked(Client())
    link = link_in(mail.outbox[0])
    settings.PASSWORD_RESET_TIMEOUT = -1
    assert chosen(Client(), link).status_code == 410


def test_a_link_is_asked_for_only_so_often(force: Force) -> None:
    answers = [asked(Client()).status_code for _ in range(4)]
    assert answers == [200, 200, 200, 429]
    assert len(mail.outbox) == 3


@pytest.mark.parametrize("forged", ["elsewhere.example", "testserver.elsewhere.example"])
def test_a_forged_host_reaches_no_link(force: Force, forged: str) -> None:
    for header in ("host", "x-forwarded-host", "x-host", "forwarded"):
        mail.outbox.clear()
        said = f"host={forged}" if header == "forwarded" else forged
        Client().post("/sign-in/forgotten", {"email": EDDA}, headers={header: said})
        assert all(forged not in str(letter.body) for letter in mail.outbox), header


# --- A second factor ----------------------------------------------------------------------------------------


def code_for(secret: str) -> str:
    """What the app shows now; a new one comes every 30 seconds, and must not come between here and there."""
    if time.time() % 30 > 28:
        time.sleep(2.1)
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))


def turned_on(client: Client) -> tuple[str, list[str]]:
    """Turn a second factor on, as a person does; the app's secret and the recovery codes."""
    asked_again = client.get("/account/code/on")
    assert asked_again["Location"].startswith("/account/again?next=")
    client.post("/account/again", {"password": PASSWORD, "next": "/account/code/on"})
    page = client.get("/account/code/on").content.decode()
    found = re.search(r"Secret: <code[^>]*>(\w+)</code>", page)
    assert found
    wrong = client.post("/account/code/on", {"code": "000000"})
    assert b"That code does not hold now" in wrong.content
    answer = client.post("/account/code/on", {"code": code_for(found[1])}, follow=True)
    codes = re.findall(r"<li><code>(\d+)</code></li>", answer.content.decode())
    assert len(codes) == 10
    return found[1], codes


def test_a_second_factor_is_asked_for_after_the_password(force: Force) -> None:
    client, other = Client(), Client()
    sign_in(client)
    sign_in(other)
    secret, codes = turned_on(client)
    assert is_in(client)
    assert not is_in(other)
    assert history.entries(force.administrator).rows[0].verb == "turn on a second factor"
    kept = Authenticator.objects.get(type="totp").data
    assert secret not in str(kept), "the secret stands encrypted in the database"

    late = Client()
    answer = sign_in(late)
    assert answer["Location"] == "/sign-in/code"
    assert not is_in(late)
    assert b"That code does not hold now" in late.post("/sign-in/code", {"code": "123456"}).content
    assert not is_in(late)
    assert late.post("/sign-in/code", {"code": code_for(secret)}).status_code == 302
    assert is_in(late)

    spent = Client()
    sign_in(spent)
    spent.post("/sign-in/code", {"code": code_for(secret)})
    assert not is_in(spent), "a code holds once"
    assert spent.post("/sign-in/code", {"code": codes[0]}).status_code == 302
    assert is_in(spent)
    again = Client()
    sign_in(again)
    again.post("/sign-in/code", {"code": codes[0]})
    assert not is_in(again), "a recovery code holds once"


def test_codes_are_guessed_only_so_often(force: Force) -> None:
    client = Client()
    sign_in(client)
    secret, _ = turned_on(client)
    late = Client()
    sign_in(late)
    words = [late.post("/sign-in/code", {"code": "000000"}).content for _ in range(6)]
    assert b"Too many attempts" in words[-1]
    assert b"Too many attempts" in late.post("/sign-in/code", {"code": code_for(secret)}).content
    assert not is_in(late)


def test_the_code_s_page_opens_only_after_the_password(force: Force) -> None:
    assert Client().get("/sign-in/code")["Location"] == "/sign-in"


def test_a_link_by_mail_does_not_go_round_the_second_factor(force: Force) -> None:
    client = Client()
    sign_in(client)
    turned_on(client)
    stranger = Client()
    asked(stranger)
    chosen(stranger, link_in(mail.outbox[0]))
    assert not is_in(stranger)
    assert sign_in(stranger, password=NEW)["Location"] == "/sign-in/code"
    assert not is_in(stranger)


def test_the_second_factor_is_turned_off_only_after_showing_who_it_is(force: Force) -> None:
    client = Client()
    sign_in(client)
    secret, _ = turned_on(client)
    late = Client()
    sign_in(late)
    late.post("/sign-in/code", {"code": code_for(secret)})
    assert late.post("/account/code/off")["Location"].startswith("/account/again")
    assert Authenticator.objects.filter(type="totp").exists()
    assert client.post("/account/code/off").status_code == 302
    assert not Authenticator.objects.exists()
    assert history.entries(force.administrator).rows[0].verb == "turn off a second factor"
    assert is_in(client)
    assert not is_in(late)


# --- How long it takes --------------------------------------------------------------------------------------


def test_an_unknown_address_takes_as_long_as_a_known_one(force: Force) -> None:
    """A password is hashed either way. The medians lie close; twice apart would tell who is here."""

    def median(email: str) -> float:
        took = []
        for place in range(9):
            client = Client(REMOTE_ADDR=f"198.51.100.{place}")
            client.get("/sign-in")
            begun = time.perf_counter()
            sign_in(client, email, "wrong")
            took.append(time.perf_counter() - begun)
        return sorted(took)[len(took) // 2]

    known, unknown = median(EDDA), median("nobody@calder.test")
    assert 0.5 < known / unknown < 2, (known, unknown)


def test_counting_for_many_forgets_nobody(force: Force) -> None:
    """A store that keeps only so much would let whoever guesses crowd out the count of their guesses."""
    for _ in range(5):
        sign_in(Client(), password="wrong")
    for number in range(400):
        cache.set(f"somebody-else-{number}", [0], 900)
    assert sign_in(Client()).status_code == 429

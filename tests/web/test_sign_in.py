"""Signing in: plain words, no guessing, no way round."""

from __future__ import annotations

import pytest
from django.test import Client

from cast import PASSWORD, Force

WRONG = b"The e-mail address and password do not belong together."


def sign_in(client: Client, email: str, password: str, **more: str) -> object:
    return client.post("/sign-in", {"username": email, "password": password, **more}, follow=False)


def test_a_person_signs_in_and_out(force: Force) -> None:
    client = Client()
    answer = client.post("/sign-in", {"username": "EDDA@calder.test ", "password": PASSWORD})
    assert (answer.status_code, answer["Location"]) == (302, "/")
    cookie = client.cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert client.get("/register").status_code == 200
    assert client.post("/sign-out").status_code == 302
    assert client.get("/register").status_code == 302


@pytest.mark.parametrize(
    ("email", "password"), [("edda@calder.test", "wrong"), ("nobody@calder.test", PASSWORD)]
)
def test_a_wrong_address_and_a_wrong_password_get_one_answer(force: Force, email: str, password: str) -> None:
    answer = Client().post("/sign-in", {"username": email, "password": password})
    assert WRONG in answer.content
    assert b'id="id_username"' in answer.content


def test_five_wrong_passwords_end_in_plain_words(force: Force) -> None:
    client = Client()
    answers = [
        client.post("/sign-in", {"username": "edda@calder.test", "password": "wrong"}) for _ in range(5)
    ]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 429]
    assert b"Wait 15 minutes" in answers[-1].content
    assert answers[-1]["Retry-After"] == "900"
    assert client.post("/sign-in", {"username": "edda@calder.test", "password": PASSWORD}).status_code == 429
    elsewhere = Client(REMOTE_ADDR="198.51.100.7")
    assert (
        elsewhere.post("/sign-in", {"username": "edda@calder.test", "password": PASSWORD}).status_code == 302
    )


def test_another_way_of_writing_an_address_gives_no_further_attempts(force: Force) -> None:
    client = Client()
    ways = (
        "edda@calder.test",
        "Edda@calder.test",
        " EDDA@calder.test ",
        "edda@Calder.test",
        "ｅdda@calder.test",
    )
    answers = [client.post("/sign-in", {"username": way, "password": "wrong"}) for way in ways]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 429]
    assert client.post("/sign-in", {"username": "eDDA@calder.test", "password": PASSWORD}).status_code == 429


@pytest.mark.parametrize(
    "beyond", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)"]
)
def test_signing_in_leads_nowhere_but_into_the_site(force: Force, beyond: str) -> None:
    answer = Client().post("/sign-in", {"username": "edda@calder.test", "password": PASSWORD, "next": beyond})
    assert answer["Location"] == "/"


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
    client.post("/sign-in", {"username": "edda@calder.test", "password": PASSWORD})
    assert client.session.session_key != before

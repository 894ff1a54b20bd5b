"""Every form of the site, sent with a wrong day or another wrong value, comes back with what was typed.

The forms are found by walking the pages, so that a new one is walked too.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from django.db import transaction
from django.test import Client
from django.urls import resolve

from web.addresses import PAGES
from web.conftest import Site, signed_in

pytestmark = pytest.mark.django_db
WRONG_DAY = "31/02/2031"
BLANK, NONSENSE, LONG = "", "no-such-choice", "Kittiwake" * 5000
MORE = ("/boards/harbour-board/2091-03-09",)  # a page of a route that has several faces
# What is typed into these is a secret, or no words of anybody: they are not said again.
SECRET = frozenset(
    {"sign-in", "account_login", "account_change_password", "account_reauthenticate", "mfa_authenticate",
     "mfa_reauthenticate", "mfa_activate_totp", "mfa_deactivate_totp", "account_reset_password",
     "account_reset_password_from_key", "set-password", "sign-out", "mfa_generate_recovery_codes"}
)  # fmt: skip


@dataclass
class Box:
    name: str
    kind: str
    value: str = ""
    choices: list[str] = field(default_factory=list)
    required: bool = False


@dataclass
class Form:
    action: str
    page: str
    boxes: list[Box] = field(default_factory=list)

    @property
    def typed(self) -> list[Box]:
        return [each for each in self.boxes if each.kind in ("text", "textarea")]


class Forms(HTMLParser):
    """The forms of a page that change something."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.page, self.found, self.form, self.select, self.area = page, [], None, None, None
        self.found: list[Form]
        self.form: Form | None
        self.select: Box | None
        self.area: Box | None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.form = None
            if said.get("method", "").lower() == "post":
                action = urldefrag(urljoin(self.page, said.get("action") or self.page)).url
                self.form = Form(action, self.page)
                self.found.append(self.form)
        elif self.form is None or (tag != "option" and not said.get("name")):
            return
        elif tag == "input":
            kind = said.get("type", "text")
            if kind == "checkbox" and "checked" not in said:
                return
            self.form.boxes.append(Box(said["name"], kind, said.get("value", "")))
        elif tag == "textarea":
            self.area = Box(said["name"], "textarea")
            self.form.boxes.append(self.area)
        elif tag == "select":
            self.select = Box(said["name"], "select")
            self.form.boxes.append(self.select)
        elif tag == "option" and self.select is not None:
            self.select.choices.append(said.get("value", ""))

    def handle_data(self, data: str) -> None:
        if self.area is not None:
            self.area.value += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self.select = None
        elif tag == "textarea":
            self.area = None
        elif tag == "form":
            self.form = None


def forms_of(site: Site) -> dict[str, tuple[Client, Form]]:
    """One form for each route that takes one, with who may send it."""
    staff = site.force.people
    people = [site.administrator, *(signed_in(staff[who]) for who in ("secretary", "owner", "action_owner"))]
    found: dict[str, tuple[Client, Form]] = {}
    for client in people:
        for address in (*map(site.address, PAGES), *MORE):
            answer = client.get(address)
            if answer.status_code != 200 or "html" not in answer["Content-Type"]:
                continue
            reader = Forms(address)
            reader.feed(answer.content.decode())
            for form in reader.found:
                taken = resolve(urlsplit(form.action).path).url_name or ""
                found.setdefault(taken, (client, form))
    return found


def words_for(box: Box) -> str:
    return f"Kittiwake of {box.name.replace('_', ' ')}"


def sent_with(form: Form, wrong: Box, value: str) -> tuple[dict[str, str], list[str]]:
    """The form filled in, wrong in one box; and the words that were typed into the others."""
    sent: dict[str, str] = {}
    for each in form.boxes:
        if each.kind == "file":
            continue
        if each.kind in ("text", "textarea"):
            sent[each.name] = words_for(each)
        elif each.kind == "select":
            sent[each.name] = next((choice for choice in each.choices if choice), "")
        elif each.kind == "date":
            sent[each.name] = each.value or "2026-05-01"
        else:
            sent.setdefault(each.name, each.value)
    typed = [words_for(each) for each in form.typed if each.name != wrong.name]
    sent[wrong.name] = value
    if value not in (BLANK, NONSENSE):
        typed.append(value)
    return sent, typed


def wrongs(form: Form) -> list[tuple[Box, str]]:
    """Each way in which this form can be wrong and words in it be lost."""
    found = [(each, WRONG_DAY) for each in form.boxes if each.kind == "date"]
    found += [(each, NONSENSE) for each in form.boxes if each.kind == "select"][:1]
    if len(form.typed) > 1:
        found += [(each, BLANK) for each in form.typed[:2]]
    else:
        found += [(each, LONG) for each in form.typed]
    return found


def test_no_form_loses_what_was_typed_when_a_day_or_another_value_is_wrong(site: Site) -> None:
    lost = []
    walked = set()
    for route, (client, form) in sorted(forms_of(site).items()):
        if route in SECRET or not form.typed:
            continue
        for wrong, value in wrongs(form):
            sent, typed = sent_with(form, wrong, value)
            with transaction.atomic():  # each is sent to the site as it was
                answer = client.post(form.action, sent)
                transaction.set_rollback(True)
            if answer.status_code in (302, 303):
                continue  # it was not wrong after all: taken
            walked.add(route)
            shown = unescape(answer.content.decode())
            missing = [each for each in typed if each not in shown]
            beside = "govuk-error-message" if value in (WRONG_DAY, NONSENSE) else "There is a problem"
            if beside not in shown:
                missing.append("what is wrong")
            if answer.status_code != 400 or missing:
                words = ", ".join(each[:60] for each in missing)
                lost.append(f"{route}: {wrong.name}={value[:20]!r} answers {answer.status_code}, not {words}")
    assert not lost, "\n".join(lost)

"""Comments and files on the site: said and kept on the record's page, opened only by who may see it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cast import APPOINTED, PASSWORD, a_force
from watchkeep.apps.discussion.models import Attachment, Comment
from watchkeep.apps.people import changes as people
from watchkeep.apps.register import changes as registers
from web.conftest import Site, signed_in

HOSTILE = [
    "evil.html",
    "run.svg",
    'a";filename=b.html',
    "..%2f..%2fetc",
    "x\r\nSet-Cookie: a=b",
    "<img src=x>.png",
]


def words(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


@pytest.fixture
def owner(site: Site) -> Client:
    return signed_in(site.force.people["owner"])


def attach(client: Client, site: Site, name: str = "lamp.jpg", data: bytes = b"bytes") -> Any:
    sent = {"file": SimpleUploadedFile(name, data), "note": "East mole", "back": "/risks/LH1#discussion"}
    return client.post(f"/discussion/risk/{site.ids['risk']}/attach", sent)


def elsewhere(site: Site) -> Client:
    """Somebody whose only role is in a register that has none of these risks."""
    by = site.force.administrator
    other = registers.open_register(by=by, name="Lamp register")
    person = people.add_person(by=by, name="Una Part", email="una@calder.test", role=None, password=PASSWORD)
    people.grant_role(by=by, person=person.pk, role="risk manager", register=other, from_on=APPOINTED)
    return signed_in(person)


def test_what_is_said_stands_on_the_risks_page_and_leads_back_to_it(site: Site, owner: Client) -> None:
    sent = {"text": "@siv, it <b>still</b> smokes.", "back": "/risks/LH1#discussion"}
    answer = owner.post(f"/discussion/risk/{site.ids['risk']}/comment", sent)
    assert (answer.status_code, answer["Location"]) == (302, "/risks/LH1#discussion")
    page = site.reader.get("/risks/LH1").content.decode()
    assert "it &lt;b&gt;still&lt;/b&gt; smokes." in page
    assert "Names Siv Minute" in page


@pytest.mark.parametrize(
    "back", ["//evil.example", "https://evil.example/", "javascript:alert(1)", "/\\evil", ""]
)
def test_a_form_leads_back_to_no_other_site(site: Site, owner: Client, back: str) -> None:
    sent = {"text": f"Said {back or 'so'}.", "back": back}
    assert owner.post(f"/discussion/risk/{site.ids['risk']}/comment", sent)["Location"] == "/"


def test_a_name_that_says_nobody_keeps_the_text_in_its_box(site: Site, owner: Client) -> None:
    sent = {"text": "@nobody, look.", "back": "/risks/LH1"}
    answer = owner.post(f"/discussion/risk/{site.ids['risk']}/comment", sent)
    assert answer.status_code == 400
    assert "Nobody called “nobody” can read this." in words(answer)
    assert "@nobody, look.</textarea>" in answer.content.decode()
    assert Comment.objects.count() == 1


def test_a_comment_is_changed_and_taken_back_by_its_speaker_alone(site: Site, owner: Client) -> None:
    address = f"/comments/{site.ids['comment']}"
    assert owner.post(f"{address}/reword", {"text": "Mine."}).status_code == 403
    assert owner.post(f"{address}/take-back").status_code == 403
    boss = site.administrator
    assert boss.post(f"{address}/reword", {"text": "The east lamp smokes."}).status_code == 302
    assert "What it said before" in words(site.reader.get("/risks/LH1"))
    latest = Comment.objects.get(text="The east lamp smokes.").pk
    assert boss.post(f"/comments/{latest}/take-back").status_code == 302
    page = words(site.reader.get("/risks/LH1"))
    assert "Taken back" in page
    assert "smokes" not in page


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_served_as_a_download_that_can_do_nothing(
    site: Site, owner: Client, name: str
) -> None:
    assert attach(owner, site, name, b"<script>alert(1)</script>").status_code == 302
    kept = Attachment.objects.latest("at")
    answer = site.reader.get(f"/attachments/{kept.pk}")
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox"
    assert answer["Content-Disposition"].startswith("attachment")
    assert "\n" not in answer["Content-Disposition"]
    assert "Set-Cookie" not in answer.headers
    assert answer.content == b"<script>alert(1)</script>"
    assert "<img src=x>" not in site.reader.get("/risks/LH1").content.decode()


def test_a_file_that_is_too_large_empty_or_none_is_refused_and_not_kept(
    site: Site, owner: Client, settings: Any
) -> None:
    settings.WATCHKEEP_UPLOAD_LIMIT = 1024 * 1024
    before = Attachment.objects.count()
    assert "larger than 1 MB" in words(attach(owner, site, data=b"x" * (1024 * 1024 + 1)))
    assert "The file is empty" in words(attach(owner, site, data=b""))
    assert owner.post(f"/discussion/risk/{site.ids['risk']}/attach", {}).status_code == 400
    assert Attachment.objects.count() == before


def test_a_file_taken_away_opens_for_nobody_and_stays_named(site: Site, owner: Client) -> None:
    address = f"/attachments/{site.ids['attachment']}"
    assert owner.post(f"{address}/take-away", {"reason": "Not mine."}).status_code == 403
    assert site.administrator.post(f"{address}/take-away", {"reason": ""}).status_code == 400
    assert site.administrator.post(f"{address}/take-away", {"reason": "A face."}).status_code == 302
    assert site.administrator.get(address).status_code == 404
    page = words(site.reader.get("/risks/LH1"))
    assert re.search(r"lamp\.jpg Taken away", page)
    assert "A face." in page


def test_nothing_is_opened_said_or_taken_away_by_guessing_an_id(site: Site) -> None:
    ids = site.ids
    strangers = [elsewhere(site), signed_in(a_force("Marsh End Police").administrator_person)]
    for client in strangers:
        assert client.get(f"/attachments/{ids['attachment']}").status_code == 404
        for address in (
            f"/attachments/{ids['attachment']}/take-away",
            f"/comments/{ids['comment']}/reword",
            f"/comments/{ids['comment']}/take-back",
            f"/discussion/risk/{ids['risk']}/comment",
        ):
            assert client.post(address, {"reason": "x", "text": "x"}).status_code == 404, address
        assert attach(client, site).status_code == 404
    assert (Comment.objects.count(), Attachment.objects.count()) == (1, 1)


def test_a_stored_file_that_was_altered_is_not_handed_out(site: Site, owner: Client, store: Any) -> None:
    attach(owner, site, data=b"as it was")
    kept = Attachment.objects.latest("at")
    store.path(kept.sha256).chmod(0o600)
    store.path(kept.sha256).write_bytes(b"as it is not")
    assert b"as it is not" not in owner.get(f"/attachments/{kept.pk}").content
    assert "does not hold" in words(site.reader.get("/history/verify")).casefold() or "not the file" in words(
        site.reader.get("/history/verify")
    )


def test_a_page_of_the_past_offers_no_form(site: Site, owner: Client) -> None:
    today = owner.get("/risks/LH1").content.decode()
    past = owner.get("/risks/LH1?as_at=2031-04-01").content.decode()
    assert "Say something" in today
    assert "Say something" not in past
    assert "Attach a file" not in past
    sent = {"text": "In the past.", "back": "/"}
    answer = owner.post(f"/discussion/risk/{site.ids['risk']}/comment?as_at=2026-01-01", sent)
    assert answer.status_code == 403

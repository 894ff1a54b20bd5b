"""Two people who change one thing at once: the second sees both versions and loses no word."""

from __future__ import annotations

from html.parser import HTMLParser

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory

from watchkeep.apps.intake import queries as intake
from watchkeep.domain.errors import Clash, Invalid, Stale
from watchkeep.web.errors import page_for
from web.conftest import Site, signed_in

OWNER = "/bring-in/2/correct?risk=LH1&field=owner"
LONG = "The pilots keep the log.\nTwice a day, “in ink”, and <never> in pencil & chalk. " * 30


class Form(HTMLParser):
    """The fields of the page's form that is sent again, as a browser without JavaScript sends them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.fields: list[tuple[str, str]] = []
        self.files: list[str] = []
        self._area = ""
        self.feed(page[page.index("<main") :])

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attributes}
        if tag == "textarea":
            self.fields.append((said["name"], ""))
            self._area = said["name"]
        elif tag == "input" and said.get("type") == "file":
            self.files.append(said["name"])
        elif tag == "input" and said.get("name") and said["name"] != "csrfmiddlewaretoken":
            self.fields.append((said["name"], said.get("value", "")))

    def handle_data(self, data: str) -> None:
        if self._area:
            name, before = self.fields[-1]
            self.fields[-1] = (name, before + data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            name, text = self.fields[-1]
            self.fields[-1] = (name, text.removeprefix("\n"))  # a browser drops the first line's end
            self._area = ""


def seconds_page(sent: dict[str, object], *clashes: Clash, field: str = "version") -> str:
    request = RequestFactory().post("/risks/LH1/edit?register=harbour", sent)
    answer = page_for(request, Stale("Ivo changed it.", clashes=clashes, version=9, field=field))
    assert answer.status_code == 409
    return answer.content.decode()


def test_every_field_of_any_form_stays_as_it_was_sent(db: None) -> None:
    sent = {
        "text": LONG,
        "reason": "Oil was bought",
        "risks": ["LH1", "LH2"],
        "notes": ["one line here", "and another\nof two"],
        "band": "High",
        "empty": "",
        "quotes": "\"'<b>&amp;",
        "line": "first\n\nthird ",
    }
    page = seconds_page({**sent, "version": "3"}, Clash("text", "Text", LONG, "Short."))
    expected = [
        (name, each)
        for name, value in sent.items()
        for each in ([value] if isinstance(value, str) else value)
    ]
    assert sorted(Form(page).fields) == sorted([*expected, ("version", "9")])


def test_what_goes_with_the_form_again_is_the_version_that_stands(db: None) -> None:
    page = seconds_page({"text": "Mine is this", "risk-version": "3"}, field="risk-version")
    assert ("risk-version", "9") in Form(page).fields
    assert 'action="/risks/LH1/edit?register=harbour"' in page
    assert "csrfmiddlewaretoken" in page


def test_a_form_that_prefixes_its_names_is_sent_again_under_them(db: None) -> None:
    sent: dict[str, object] = {"move-version": "3", "move-reason": "It rains"}
    page = seconds_page(sent, Clash("reason", "Reason", "It rains", "It snows"))
    assert Form(page).fields == [("move-version", "9"), ("move-reason", "It rains")]
    assert "It snows" not in dict(Form(page).fields).values()
    assert "snows" in page


def test_a_field_that_only_the_other_changed_is_left_as_they_wrote_it(db: None) -> None:
    page = seconds_page(
        {"owner": "Harbour master", "cause": "Fog and ice"},
        Clash("owner", "Risk owner", "Harbour master", "Pilot", base="Harbour master"),
        Clash("cause", "Cause", "Fog and ice", "Fog", base="Fog"),
    )
    assert Form(page).fields == [("version", "9"), ("owner", "Pilot"), ("cause", "Fog and ice")]
    assert "somebody else has" in page
    assert "Only you changed this." in page


def test_both_versions_stand_side_by_side_word_by_word(db: None) -> None:
    page = seconds_page(
        {"cause": "Fog in every month"}, Clash("cause", "Cause", "Fog in every month", "Fog in most months")
    )
    assert "Stands now" in page
    assert "most months<span" in page
    assert "every month<span" in page


def test_a_clash_in_what_the_form_has_no_box_for_is_told_all_the_same(db: None) -> None:
    page = seconds_page({"text": "Mine is this"}, Clash("owner", "Risk owner", "Bosun", "Pilot"))
    assert "Risk owner" in page
    assert "Pilot" in page


def test_a_file_is_named_and_asked_for_again(db: None) -> None:
    page = seconds_page({"text": "Mine is this", "proof": SimpleUploadedFile("tide log.pdf", b"%PDF")})
    assert Form(page).files == ["proof"]
    assert "tide log.pdf" in page
    assert 'enctype="multipart/form-data"' in page


def opened(client: Client, address: str) -> dict[str, str]:
    """What the form that stands at the address would send."""
    return dict(Form(client.get(address).content.decode()).fields)


def test_two_who_correct_one_field_of_a_draft_both_are_heard(site: Site) -> None:
    first, second = site.administrator, signed_in(site.force.administrator_person)
    seen = opened(second, OWNER) | {"state": "recorded"}
    assert (
        first.post(OWNER, opened(first, OWNER) | {"state": "recorded", "text": "The pilot"}).status_code
        == 302
    )
    answer = second.post(OWNER, seen | {"text": "The bosun of the east mole"})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "The pilot" in page
    again = dict(Form(page).fields)
    assert again["text"] == "The bosun of the east mole"
    assert second.post(OWNER, again).status_code == 302
    risk = next(each for each in intake.import_page(site.force.administrator, 2).risks if each.key == "LH1")
    assert risk.value.owner.text == "The bosun of the east mole"


def test_two_who_correct_two_fields_of_a_draft_do_not_meet(site: Site) -> None:
    seen = opened(site.administrator, OWNER) | {"state": "recorded", "text": "The pilot"}
    cause = "/bring-in/2/correct?risk=LH1&field=cause"
    other = opened(site.administrator, cause) | {"state": "recorded", "text": "Fog"}
    assert site.administrator.post(cause, other).status_code == 302
    assert site.administrator.post(OWNER, seen).status_code == 302


def test_nobody_accepts_words_that_came_after_they_looked(site: Site) -> None:
    accept = {"risk": "LH1", "version": "0"}
    site.administrator.post(
        OWNER, opened(site.administrator, OWNER) | {"state": "recorded", "text": "The pilot"}
    )
    answer = site.administrator.post("/bring-in/2/accept", accept)
    assert answer.status_code == 409
    assert "risk owner of LH1" in answer.content.decode()
    assert site.administrator.post("/bring-in/2/accept", {"risk": "LH9", "version": "0"}).status_code == 302
    assert site.administrator.post("/bring-in/2/accept-all", {"version": "0"}).status_code == 409
    assert site.administrator.post("/bring-in/2/accept", accept | {"version": "1"}).status_code == 302


def test_what_was_settled_by_another_meanwhile_is_refused_and_no_word_is_lost(site: Site) -> None:
    manager = signed_in(site.force.people["risk_manager"])
    done = {"version": "2", "on": "2025-01-01", "note": "Seen in the shed"}
    assert manager.post(site.address("promise-done"), done).status_code == 302
    late = {"version": "3", "due_on": "2027-01-31", "reason": LONG, "on": "2025-01-02"}
    answer = signed_in(site.force.people["action_owner"]).post(site.address("promise-slip"), late)
    assert answer.status_code == 403
    assert "It is done already" in answer.content.decode()
    assert ("reason", LONG) in [
        (name, text.removeprefix("\n")) for name, text in Form(answer.content.decode()).fields
    ]


def test_a_password_is_never_said_again() -> None:
    request = RequestFactory().post(
        "/settings", {"new_password": "a long secret", "note": "Some words of mine"}
    )
    page = page_for(request, Invalid("note", "Say it otherwise.")).content.decode()
    assert "Some words of mine" in page
    assert "a long secret" not in page

"""What every answer carries, whatever the page: headers, plain words, no room for injected script."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client, RequestFactory

from watchkeep.apps.history.models import Entry
from watchkeep.domain import errors as tree
from watchkeep.web import errors
from web.addresses import ADDRESSES, PAGES
from web.conftest import Site

WEB = Path(errors.__file__).parent
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}


def policy_of(answer: object) -> dict[str, str]:
    header = answer["Content-Security-Policy"]  # type: ignore[index]  # a response
    return dict(
        directive.strip().split(" ", 1) for directive in header.split(";") if " " in directive.strip()
    )


def test_every_page_forbids_what_it_does_not_need(site: Site) -> None:
    for route in sorted(set(PAGES) - {"file", "edition-file", "preview", "place-picture", "attachment"}):
        answer = site.administrator.get(site.address(route))
        if answer.get("Content-Disposition", "").startswith("attachment"):
            assert answer["Content-Security-Policy"] == "sandbox", route
        else:
            assert policy_of(answer) == POLICY, route


def test_every_answer_is_kept_private_and_is_what_it_says_it_is(site: Site) -> None:
    for route in PAGES:
        answer = site.administrator.get(site.address(route))
        assert "no-store" in answer["Cache-Control"] or "no-cache" in answer["Cache-Control"], route
        assert answer["X-Content-Type-Options"] == "nosniff", route
        assert answer["Referrer-Policy"] == "same-origin", route
        assert answer["Cross-Origin-Opener-Policy"] == "same-origin", route
        assert answer["X-Frame-Options"] == "DENY", route


def test_a_download_can_do_nothing_in_the_site(site: Site) -> None:
    for route in ("file", "edition-file", "attachment"):
        answer = site.reader.get(site.address(route))
        assert answer["Content-Security-Policy"] == "sandbox"
        assert answer["Content-Disposition"].startswith("attachment")


def test_a_paper_read_in_place_runs_no_script(site: Site) -> None:
    answer = site.reader.get("/papers/harbour-risk-register/1/html?read")
    policy = policy_of(answer)
    assert policy["default-src"] == "'none'"
    assert "script-src" not in policy
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert "allow-scripts" not in policy["sandbox"]


def test_no_template_carries_script_or_style_of_its_own() -> None:
    forbidden = re.compile(
        r"<style|\sstyle=|\son\w+=|javascript:|<script(?![^>]*\ssrc=)|\|safe\b|autoescape off", re.I
    )
    for path in WEB.rglob("*.html"):
        assert forbidden.search(path.read_text(encoding="utf-8")) is None, path.relative_to(WEB)


def test_every_form_that_sends_carries_a_token() -> None:
    for path in WEB.rglob("*.html"):
        for form in re.findall(
            r'<form[^>]*method="post".*?</form>', path.read_text(encoding="utf-8"), re.DOTALL
        ):
            assert "{% csrf_token %}" in form, path.relative_to(WEB)


HOSTILE = "<script>alert(1)</script>"


def test_what_a_person_types_comes_back_as_text(site: Site) -> None:
    for address in (
        "/register?q=",
        "/history?about=",
        "/bring-in/2?show=",
        "/bring-in/2/correct?risk=LH1&field=",
        "/risks/",
    ):
        assert HOSTILE.encode() not in site.administrator.get(address + HOSTILE).content, address
    assert HOSTILE.encode() not in site.stranger.get("/sign-in?next=" + HOSTILE).content


def test_a_forged_form_is_refused_in_plain_words_wherever_it_is_sent(site: Site) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = site.administrator.cookies
    before = Entry.objects.count()
    for route in (each for each in ADDRESSES if not each.startswith("api-")):  # no cookie opens those
        answer = strict.post(site.address(route), {"register": "harbour-risk-register"})
        assert answer.status_code == 403, route
        assert b"This page has expired" in answer.content, route
    assert Entry.objects.count() == before


def test_what_goes_wrong_is_answered_as_safely_as_what_goes_right(site: Site) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = site.administrator.cookies
    answers = [
        (404, site.reader.get("/no/such/page")),
        (404, site.stranger.get("/no/such/page")),
        (403, site.reader.get("/gallery")),
        (405, site.administrator.get("/papers/publish")),
        (403, strict.post("/papers/publish")),
        (413, site.administrator.post("/bring-in", CONTENT_LENGTH=str(26 * 1024 * 1024))),
        (400, site.administrator.get("/", headers={"host": "elsewhere.example"})),
        (302, site.stranger.get("/register")),
    ]
    for status, answer in answers:
        assert answer.status_code == status
        assert policy_of(answer) == POLICY, status
        assert answer["X-Content-Type-Options"] == "nosniff", status
        assert answer["Cache-Control"] == "no-store", status


def test_a_file_that_is_too_large_is_refused_before_it_is_read(site: Site) -> None:
    answer = site.administrator.post("/bring-in", CONTENT_LENGTH=str(26 * 1024 * 1024))
    assert answer.status_code == 413
    assert b"up to 25 MB" in answer.content


def test_another_host_name_is_refused(site: Site) -> None:
    answer = site.administrator.get("/", headers={"host": "elsewhere.example"})
    assert answer.status_code == 400
    assert b"elsewhere.example" not in answer.content


def test_a_page_that_is_not_there_says_so(site: Site) -> None:
    answer = site.reader.get("/no/such/page")
    assert answer.status_code == 404
    assert b"There is nothing here" in answer.content


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (tree.Refused("Only so."), 403),
        (tree.Invalid("field", "Only so."), 400),
        (tree.Missing("Only so."), 404),
        (tree.Stale("Only so.", version=2), 409),
        (tree.Broken("Only so."), 500),
        (tree.Unreadable(where="Page 2:", why="Only so.", remedy="Try another."), 400),
    ],
)
def test_every_error_of_the_tree_has_a_page_with_its_sentence(
    error: tree.WatchkeepError, status: int
) -> None:
    answer = errors.page_for(RequestFactory().get("/"), error)
    assert answer.status_code == status
    assert b"Only so." in answer.content


def test_a_fault_shows_nothing_of_the_inside(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("the secret inside")

    monkeypatch.setattr("watchkeep.apps.register.queries.registers", fail)
    site.administrator.raise_request_exception = False
    answer = site.administrator.get("/register")
    assert answer.status_code == 500
    assert b"This is a fault of the site" in answer.content
    assert b"secret" not in answer.content


def test_a_nul_in_an_address_is_a_plain_not_found(site: Site) -> None:
    answer = site.administrator.get("/risks/%00")
    assert answer.status_code == 404
    assert "There is no such page" in answer.content.decode()


def test_a_nul_in_a_question_is_no_fault(site: Site) -> None:
    assert site.administrator.get("/register?words=%00").status_code in (200, 400)

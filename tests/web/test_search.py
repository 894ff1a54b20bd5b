"""The search's page and the box in the page's head."""

from __future__ import annotations

import pytest

from apps.test_search import HOSTILE
from web.conftest import Site


def test_what_is_found_leads_to_its_page_with_the_words_marked(site: Site) -> None:
    page = site.reader.get("/search?q=oil").content.decode()
    assert 'href="/risks/LH1?register=harbour-risk-register"' in page
    assert "<mark>oil</mark>" in page


def test_every_page_has_a_box_that_leads_to_the_search(site: Site) -> None:
    assert 'action="/search"' in site.reader.get("/register").content.decode()


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_no_words_break_the_page(site: Site, words: str) -> None:
    for more in ({}, {"kind": words, "page": words}, {"page": "999"}, {"as_at": "2031-03-31"}):
        assert site.reader.get("/search", {"q": words, **more}).status_code == 200


def test_nothing_found_says_so(site: Site) -> None:
    assert "Nothing that you may see" in site.reader.get("/search?q=volcano").content.decode()


def test_a_past_day_finds_what_stood_then(site: Site) -> None:
    link = 'href="/risks/LH1?register=harbour-risk-register'
    assert link not in site.reader.get("/search?q=keepers&as_at=2031-03-30").content.decode()
    page = site.reader.get("/search?q=keepers&as_at=2031-03-31").content.decode()
    assert f'{link}&amp;as_at=2031-03-31"' in page

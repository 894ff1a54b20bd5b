"""A body with several registers: old addresses still lead where they led, and pages say which they show."""

from __future__ import annotations

import re

import pytest

from cast import JUNE, MARCH, a_paper, a_risk, accepted, bring, said
from watchkeep.gateways.storage import FolderStore
from web.conftest import Site
from web.test_pages import statements, text_of

HARBOUR, QUAY = "harbour-risk-register", "quay-risk-register"


@pytest.fixture
def both(empty: Site, store: FolderStore) -> Site:
    """The harbour's register as at March; then the quay's as at June, which shares the reference LH2."""
    store.put(b"first paper")
    store.put(b"quay paper")
    accepted(empty.force)
    risks = [a_risk(reference) for reference in ("Q1", "Q2", "Q3", "Q4", "LH2")]
    quay = a_paper(*risks, name=said("Quay risk register"), day=JUNE, words="quay paper")
    accepted(empty.force, quay, "quay paper")
    return empty


def test_a_risk_is_found_by_its_reference_in_whichever_register_has_it(both: Site) -> None:
    for key, register in (("LH1", "Harbour risk register"), ("Q1", "Quay risk register")):
        answer = both.reader.get(f"/risks/{key}")
        assert answer.status_code == 200
        assert register in text_of(answer)
    assert both.reader.get("/risks/LH7").status_code == 404


def test_a_reference_of_two_registers_offers_both_and_guesses_neither(both: Site) -> None:
    page = both.reader.get("/risks/LH2")
    assert page.status_code == 200
    for slug in (HARBOUR, QUAY):
        assert f'href="/risks/LH2?register={slug}"' in page.content.decode()
        named = both.reader.get(f"/risks/LH2?register={slug}")
        assert f'href="/register?register={slug}"' in named.content.decode()
    assert both.reader.get(f"/risks/LH1?register={QUAY}").status_code == 404


def test_a_choice_of_registers_shows_nothing_of_another_body(both: Site) -> None:
    from cast import a_force
    from web.conftest import signed_in

    other = a_force("Blackwater Police")
    assert signed_in(other.reader_person).get("/risks/LH2").status_code == 404


def test_finding_a_risk_asks_as_much_of_three_registers_as_of_two(both: Site, store: FolderStore) -> None:
    two = statements(both.reader, "/risks/LH1")
    store.put(b"third paper")
    third = a_paper(a_risk("T1"), name=said("Third register"), words="third paper")
    accepted(both.force, third, "third paper")
    assert statements(both.reader, "/risks/LH1") == two


def test_a_risk_is_closed_in_the_register_whose_page_was_open(both: Site) -> None:
    page = both.administrator.get("/risks/LH1").content.decode()
    action = re.search(r'action="(/register/close[^"]*)"', page)
    assert action is not None
    form = {"reason": "Over.", "closed_on": "2031-08-01", "version": "1"}
    assert both.administrator.post("/register/close?risk=LH2", form).status_code == 400
    answer = both.administrator.post(action[1].replace("&amp;", "&"), form)
    assert "Closed on 1 August 2031" in text_of(both.reader.get(answer["Location"]))


def test_home_and_the_register_begin_with_the_most_recent_paper_and_name_the_others(both: Site) -> None:
    for address in ("/", "/register"):
        page = both.reader.get(address).content.decode()
        assert 0 < page.index("Quay risk register") < page.index("Harbour risk register"), address
        assert f"register={HARBOUR}" in page, address
    assert "five risks" in text_of(both.reader.get("/")).lower()


def test_accepting_a_paper_leads_to_its_own_register(both: Site, store: FolderStore) -> None:
    store.put(b"older paper")
    older = a_paper(a_risk("LH1"), a_risk("LH5"), day=MARCH, words="older paper")
    number = bring(both.force, older, "older paper")
    answer = both.administrator.post(f"/bring-in/{number}/accept-all")
    assert answer["Location"] == f"/register?register={HARBOUR}"

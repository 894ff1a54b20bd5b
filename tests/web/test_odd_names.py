"""Names that are meant to deceive or to burst: shown for what they are, and kept inside their place."""

from __future__ import annotations

import pytest

from cast import a_paper, a_risk, accepted, bring, said
from watchkeep.gateways.storage import FolderStore
from web.conftest import Site

OVERRIDE = "\N{RIGHT-TO-LEFT OVERRIDE}"
PAGES = ("/", "/register", "/risks/LH1", "/bring-in", "/bring-in/1", "/papers", "/history")


@pytest.fixture
def deceiving(empty: Site, store: FolderStore) -> Site:
    store.put(b"first paper")
    risk = a_risk("LH1", name=said(f"Lamp {OVERRIDE}xslx.exe"), owner=said(f"Keeper {OVERRIDE}"))
    accepted(empty.force, a_paper(risk, name=said(f"Harbour {OVERRIDE}register")))
    return empty


@pytest.mark.parametrize("address", PAGES)
def test_no_page_carries_a_sign_that_reorders_what_stands_around_it(deceiving: Site, address: str) -> None:
    page = deceiving.administrator.get(address)
    assert page.status_code == 200
    assert OVERRIDE not in page.content.decode()
    if address in ("/register", "/risks/LH1"):
        assert "Lamp [U+202E]xslx.exe" in page.content.decode()


def test_what_is_kept_is_not_altered_by_how_it_is_shown(deceiving: Site) -> None:
    from watchkeep.apps.register import queries

    row = queries.registers(deceiving.force.reader)[0]
    assert OVERRIDE in (queries.document(deceiving.force.reader, row.slug).risks[0].name.text or "")


def test_the_draft_of_a_name_with_a_mark_of_its_own_script_is_left_alone(
    empty: Site, store: FolderStore
) -> None:
    store.put(b"first paper")
    mark = "\N{RIGHT-TO-LEFT MARK}"
    bring(empty.force, a_paper(a_risk("LH1", name=said(f"נמל{mark}"))))
    assert f"נמל{mark}" in empty.administrator.get("/bring-in/1").content.decode()


# --- Error pages --------------------------------------------------------------------------------------------


def test_an_error_page_leads_back_to_the_page_of_ours_that_it_came_from(site: Site) -> None:
    page = site.reader.get(
        "/risks/none", headers={"referer": "http://testserver/register?band=High", "host": "testserver"}
    ).content.decode()
    assert '<a class="govuk-button govuk-button--secondary" href="/register?band=High">' in page
    assert "Answer" not in page
    assert 'href="/">Go to the home page' in page


@pytest.mark.parametrize(
    "elsewhere",
    ["http://evil.example/x", "javascript:alert(1)", "http://testserver.evil/", "//testserver//e"],
)
def test_an_error_page_leads_back_to_nowhere_else(site: Site, elsewhere: str) -> None:
    page = site.reader.get("/risks/none", headers={"referer": elsewhere, "host": "testserver"})
    content = page.content.decode()
    assert "evil" not in content
    assert "javascript:" not in content
    assert 'href="//' not in content

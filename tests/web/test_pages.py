"""What each page shows, and how much it asks of the database."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cast import JUNE, MARCH, a_paper, a_risk, accepted, said
from watchkeep.domain.document import Assessment, Band, Level, Scale, Trend
from watchkeep.domain.finding import finding
from watchkeep.gateways.storage import FolderStore
from watchkeep.web.register.heat import heat
from watchkeep.web.register.rows import all_rows, chosen, grouped, natural
from web.conftest import Site


def text_of(answer: object) -> str:
    page = answer.content.decode()  # type: ignore[attr-defined]  # a response
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


# --- The empty site teaches ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "words"),
    [("/", "No register yet"), ("/register", "No register yet"), ("/papers", "Nothing to publish yet")],
)
def test_an_empty_page_says_what_would_be_here_and_starts_it(empty: Site, address: str, words: str) -> None:
    page = empty.administrator.get(address)
    assert words in text_of(page)
    assert b'href="/bring-in"' in page.content


def test_a_reader_of_an_empty_site_is_offered_no_button_that_would_refuse(empty: Site) -> None:
    for address in ("/", "/register", "/papers"):
        assert b'href="/bring-in"' not in empty.reader.get(address).content


# --- Home ---------------------------------------------------------------------------------------------------


def test_home_says_the_finding_with_each_part_a_link(site: Site) -> None:
    page = site.reader.get("/").content.decode()
    assert '<a class="govuk-link" href="/register?moved=not+recorded">' in page
    assert (
        '<a class="govuk-link" href="/register">Of three risks</a>' in page
        or "all three risks" in page.lower()
    )


def test_home_asks_the_administrator_to_settle_the_draft_and_the_reader_for_nothing(site: Site) -> None:
    assert "Settle and accept paper.txt" in text_of(site.administrator.get("/"))
    assert "Settle and accept" not in text_of(site.reader.get("/"))


# --- Register -----------------------------------------------------------------------------------------------


def references(page: object) -> list[str]:
    return re.findall(r'<span class="reference">(\w+)</span>', page.content.decode())  # type: ignore[attr-defined]  # a response


def test_the_register_shows_every_risk_with_band_trend_and_owner(site: Site) -> None:
    page = site.reader.get("/register")
    assert references(page) == ["LH1", "LH2", "LH3"]
    words = text_of(page)
    owners = re.findall(r'data-label="Owner">\s*<bdi>([^<]*)</bdi>', page.content.decode())
    assert owners == ["Harbour master"] * 3
    assert words.count("Worsening") >= 3
    assert "Weekly count of oil" in words


def test_a_lost_trend_is_not_recorded(site: Site) -> None:
    row = site.reader.get("/register").content.decode().split('data-label="Q4">')[1]
    assert "Not recorded" in row.split("</td>")[0]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("q=LH2", ["LH2"]),
        ("q=nothing+says+this", []),
        ("band=High", ["LH1", "LH2", "LH3"]),
        ("band=Low", []),
        ("moved=not+recorded", ["LH1", "LH2", "LH3"]),
        ("moved=worsening", []),
        ("missing=category", ["LH1", "LH2", "LH3"]),
        ("sort=name", ["LH1", "LH2", "LH3"]),
        ("band=Purple&sort=sideways&group=moon", ["LH1", "LH2", "LH3"]),
    ],
)
def test_the_address_chooses_the_risks(site: Site, query: str, expected: list[str]) -> None:
    assert references(site.reader.get(f"/register?{query}")) == expected


def test_references_sort_as_people_count() -> None:
    assert sorted(["R10", "R2", "R1"], key=natural) == ["R1", "R2", "R10"]


def levels(name: str, *names: str) -> dict[str, tuple[Level, ...]]:
    return {name: tuple(Level(name=each, rank=rank) for rank, each in enumerate(names, 1))}


def scored(reference: str, likelihood: str, impact: str, rating: str) -> object:
    field = a_risk("X").name.model_copy
    said = {
        name: field(update={"text": text})
        for name, text in (("likelihood", likelihood), ("impact", impact), ("rating", rating))
    }
    return a_risk(reference, assessments=(Assessment(stage="residual", **said),))


def test_the_heat_map_names_each_risk_in_the_cell_of_its_likelihood_and_impact() -> None:
    bands = (Band(name="Low", rank=1), Band(name="High", rank=2))
    scale = Scale(bands=bands, **levels("likelihood", "1", "2"), **levels("impact", "1", "2"))
    paper = a_paper(
        scored("A1", "2", "1", "High"),
        scored("A2", "2", "1", "High"),
        scored("A3", "1", "2", "Low"),
        scale=scale,
    )  # type: ignore[arg-type]  # risks
    found = heat(paper, all_rows(paper, finding(paper)))
    assert found is not None
    cells = [[[each.reference for each in cell.risks] for cell in row.cells] for row in found.rows]
    assert [row.likelihood for row in found.rows] == ["2", "1"]
    assert cells == [[["A1", "A2"], []], [[], ["A3"]]]


def test_a_register_rated_in_words_alone_has_no_heat_map() -> None:
    paper = a_paper()
    assert heat(paper, all_rows(paper, finding(paper))) is None


def test_groups_by_band_put_the_gravest_first() -> None:
    scale = Scale(bands=(Band(name="Low", rank=1), Band(name="High", rank=2)))
    low = Assessment(stage="residual", rating=a_risk("X").name.model_copy(update={"text": "Low"}))
    paper = a_paper(a_risk("A1", assessments=(low,)), a_risk("A2"), scale=scale)
    found = finding(paper)
    groups = grouped(chosen(all_rows(paper, found), {}, found), "band")
    assert [(group.heading, len(group.rows)) for group in groups] == [("High", 1), ("Low", 1)]


# --- Risk ---------------------------------------------------------------------------------------------------


def test_a_risk_shows_each_field_with_the_passage_it_was_read_from(site: Site) -> None:
    page = site.reader.get("/risks/LH1")
    words = text_of(page)
    assert "Too few keepers" in words
    assert "Placed with 80 per cent confidence: joined by order alone" in words
    assert f"/files/{site.file}/place?lines=" in page.content.decode()
    assert "Accepted by Edda Holm" in words


def test_a_risk_names_what_the_register_does_not_say(site: Site) -> None:
    words = text_of(site.reader.get("/risks/LH1"))
    assert re.search(r"Not recorded\s+(?:[\w ]+, )*Category\b", words)
    assert re.search(r"Not applicable\s+(?:[\w ]+, )*Cause\b", words)
    assert not re.search(r"Not recorded\s+(?:[\w ]+, )*Risk owner\b", words)


def test_a_risk_lists_controls_under_their_parts(site: Site) -> None:
    words = text_of(site.reader.get("/risks/LH1"))
    assert re.search(r"Part i\s+Too few keepers\s+Weekly count of oil", words)


def test_an_administrator_closes_a_risk_with_a_reason_and_a_reader_is_offered_no_form(site: Site) -> None:
    said = {"reason": "The lamp burns again.", "closed_on": "2031-05-02", "version": "1"}
    assert "Close this risk" in text_of(site.administrator.get("/risks/LH1"))
    assert "Close this risk" not in text_of(site.reader.get("/risks/LH1"))
    for wrong in ({"reason": " "}, {"closed_on": ""}, {"closed_on": "soon"}):
        assert site.administrator.post("/register/close?risk=LH1", said | wrong).status_code == 400
    assert site.administrator.post("/register/close?risk=nothing", said).status_code == 404
    assert site.administrator.post("/register/close?risk=LH1", said).status_code == 302
    page = text_of(site.reader.get("/risks/LH1"))
    assert "Closed on 2 May 2031" in page
    assert "The lamp burns again." in page
    assert "Close this risk" not in text_of(site.administrator.get("/risks/LH1"))
    assert site.administrator.post("/register/close?risk=LH1", said).status_code == 409


def test_a_risk_that_changed_meanwhile_is_not_closed_and_the_page_says_so(site: Site) -> None:
    said = {"reason": "Over.", "closed_on": "2031-07-01", "version": "1"}
    site.administrator.post("/bring-in/2/accept", {"risk": "LH1"})
    answer = site.administrator.post("/register/close?risk=LH1", said)
    assert answer.status_code == 409
    assert "Somebody changed LH1" in text_of(answer)
    assert "Closed on" not in text_of(site.reader.get("/risks/LH1"))


def test_closed_risks_are_named_under_the_register_and_stay_out_of_its_table(site: Site) -> None:
    assert "Closed risks" not in text_of(site.reader.get("/register"))
    said = {"reason": "Over.", "closed_on": "2031-05-02", "version": "1"}
    site.administrator.post("/register/close?risk=LH2", said)
    page = site.reader.get("/register")
    assert "LH2" not in references(page)
    assert re.search(r"1 risk is closed\s+LH2 Lighthouse rota LH2\s*, closed on 2 May 2031", text_of(page))


def test_a_risk_says_where_it_stood_by_quarter(empty: Site, store: FolderStore) -> None:
    for day, period, rating, words in (
        (MARCH, "2030/31 Q4", "Low", "first paper"),
        (JUNE, "2031/32 Q1", "High", "second paper"),
    ):
        store.put(words.encode())
        quarter = "Q4" if day == MARCH else "Q1"
        told = a_risk(
            "LH1",
            assessments=(Assessment(stage="residual", rating=said(rating)),),
            trends=(Trend(state="recorded", text="Worse", period=quarter, movement="worsening"),),
        )
        accepted(empty.force, a_paper(told, day=day, words=words, period=said(period)), words)
    page = text_of(empty.reader.get("/risks/LH1"))
    assert re.search(
        r"2030/31 Q4\s+Low\s+Worsening\s+2031/32 Q1\s+High\s+Worsening", page[page.index("Where it stood") :]
    )


def test_a_risk_tells_its_history_by_its_reference_alone(site: Site) -> None:
    history = text_of(site.reader.get("/risks/LH1")).rpartition(" History ")[2]
    assert "Opened LH1" in history
    assert "Lighthouse rota LH1" not in history  # its whole name stands above, once


def test_the_passage_is_shown_among_its_lines(site: Site) -> None:
    page = site.reader.get(f"/files/{site.file}/place?lines=1-1").content.decode()
    assert '<li class="found"><span class="at">1</span><span class="kept">first paper</span>' in page


@pytest.mark.parametrize(
    "query", ["lines=9-1", "lines=0-0", "page=x&boxes=1_2", "boxes=%00", "lines=1-99999999999", "at=%3Cb%3E"]
)
def test_a_place_that_makes_no_sense_is_passed_over(site: Site, query: str) -> None:
    assert site.reader.get(f"/files/{site.file}/place?{query}").status_code == 200


# --- History ------------------------------------------------------------------------------------------------


def test_the_history_tells_who_did_what_and_verifies(site: Site) -> None:
    words = text_of(site.reader.get("/history"))
    assert "Published Harbour risk register" in words
    assert "Edda Holm" in words
    verified = text_of(site.reader.get("/history/verify"))
    assert "The history verifies" in verified
    assert "Every record against what the history last said of it." in verified


def test_the_history_comes_in_pages(empty: Site) -> None:
    accepted(empty.force, a_paper(*(a_risk(f"LH{number}") for number in range(60))))
    first, last = empty.reader.get("/history"), empty.reader.get("/history?page=2")
    assert "Page 1 of 2" in text_of(first)
    assert "Opened Calder Vale Police" in text_of(last)
    assert "Opened Calder Vale Police" not in text_of(first)


# --- How much is asked of the database ----------------------------------------------------------------------


def statements(client: Client, address: str) -> int:
    client.get(address)  # once for what is only asked once, such as content types
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


ASKED = (
    "/",
    "/register",
    "/risks/LH1",
    "/bring-in",
    "/bring-in/1",
    "/bring-in/1/correct?risk=LH1",
    "/papers",
    "/history",
)


@pytest.mark.parametrize("address", ASKED)
def test_a_page_asks_as_much_of_fifty_risks_as_of_five(empty: Site, store: FolderStore, address: str) -> None:
    store.put(b"first paper")
    store.put(b"second paper")
    accepted(empty.force, a_paper(*(a_risk(f"LH{number}") for number in range(1, 6))))
    few = statements(empty.administrator, address)
    fifty = a_paper(*(a_risk(f"LH{number}") for number in range(1, 51)), day=JUNE, words="second paper")
    accepted(empty.force, fifty, "second paper")
    assert statements(empty.administrator, address.replace("/bring-in/1", "/bring-in/2")) == few


def test_the_history_marks_only_the_words_that_changed_and_says_so_without_colour(
    empty: Site, store: FolderStore
) -> None:
    for words, owner, day in (
        ("first paper", "Harbour master", MARCH),
        ("second paper", "Harbour mistress", JUNE),
    ):
        store.put(words.encode())
        accepted(empty.force, a_paper(a_risk("LH1", owner=said(owner)), day=day, words=words), words)
    page = empty.reader.get("/risks/LH1").content.decode()
    removed, added = (re.search(rf"<{tag}>.*?</{tag}>", page) for tag in ("del", "ins"))
    assert removed is not None
    assert added is not None
    assert "removed:" in removed[0]
    assert "master" in removed[0]
    assert "added:" in added[0]
    assert "mistress" in added[0]
    assert "Harbour" not in removed[0] + added[0]


def test_the_history_says_which_field_of_which_risk_was_corrected(site: Site) -> None:
    site.administrator.post(
        "/bring-in/2/correct?risk=LH1&field=owner", {"state": "recorded", "text": "Lamp lighter"}
    )
    told = text_of(site.administrator.get("/history"))
    assert "Corrected the draft of Import 2: paper.txt – Risk owner of LH1 is “Lamp lighter”" in told

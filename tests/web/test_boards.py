"""Boards on the site: pack, minutes, proposals, and what each person may do."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from watchkeep.apps.people.queries import viewer_of
from watchkeep.apps.register.models import Risk
from watchkeep.apps.reviews import changes, queries
from watchkeep.apps.reviews.models import AgendaItem, BoardDecision, Meeting
from watchkeep.domain.board import Cadence
from watchkeep.web.boards.layout import decisions_taken
from web.conftest import MEETS, MET, Site, signed_in

BOARD = "/boards/harbour-board"
PLANNED, HELD = f"{BOARD}/{MEETS}", f"{BOARD}/{MET}"


def words(answer: Any) -> str:
    page = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return re.sub(r"\s+", " ", page)


@pytest.fixture
def secretary(site: Site) -> Client:
    return signed_in(site.force.people["secretary"])


@pytest.mark.parametrize("address", ["/boards", BOARD, HELD, PLANNED, "/boards/new", f"{BOARD}/edit"])
def test_every_page_of_boards_opens(secretary: Client, address: str) -> None:
    assert secretary.get(address).status_code == 200


def test_the_list_says_which_board_missed_a_meeting(site: Site) -> None:
    page = words(site.reader.get("/boards"))
    assert "1 board meets. A meeting is missing of Harbour Board ." in page
    assert "Should have met by 30 June 2026" in page
    assert "1 of 1" in page


def test_the_next_four_meetings_stand_open_and_the_later_ones_are_folded(site: Site) -> None:
    by = site.force.people["secretary"]
    changes.open_board(
        by=viewer_of(by), name="Fog Board", cadence=Cadence(months=1), opened_on=date(2026, 1, 5)
    )
    page = site.reader.get("/boards/fog-board").content.decode()
    ahead = page[page.index('id="ahead"') : page.index('id="meetings"')]
    shown, folded = ahead.split("<details", 1)
    assert shown.count("<li>") == 4
    assert folded.count("<li>") > 1
    assert f"{folded.count('<li>')} later meetings" in folded


@pytest.mark.parametrize(("number", "said"), [(0, "no decision"), (1, "1 decision"), (2, "2 decisions")])
def test_a_meeting_takes_so_many_decisions_or_none(number: int, said: str) -> None:
    assert decisions_taken(number) == said


def test_a_pack_says_how_each_risk_stands_and_when_it_was_last_here(site: Site) -> None:
    page = words(site.reader.get(PLANNED))
    assert "1 item is on the agenda" in page
    assert "LH1 Lighthouse rota LH1" in page
    assert "Last here on 10 March 2026" in page
    assert re.search(r"Sits on it: Chair of the Board \(chair\)", page)


def test_a_reader_and_a_member_read_and_are_offered_no_button_that_would_refuse(site: Site) -> None:
    for who in ("reader", "board_member", "auditor"):
        client = signed_in(site.force.people[who])
        for address in (BOARD, HELD, PLANNED):
            page = client.get(address).content.decode()
            for offered in (
                "Plan a meeting",
                "Put it on",
                "Take off",
                ">Minute<",
                "Seat it",
                "Stand it down",
            ):
                assert offered not in page, (who, address, offered)
        assert client.get(f"{HELD}/items/{site.ids['item']}/minute").status_code == 403
        assert client.get(f"{BOARD}/edit").status_code == 403


def test_a_risk_is_put_on_the_agenda_moved_and_taken_off_by_buttons(site: Site, secretary: Client) -> None:
    second = str(Risk.objects.get(key="LH2").pk)
    sent = {"item-risk": second, "item-purpose": "decide", "version": "2"}
    assert secretary.post(f"{PLANNED}/agenda", sent).status_code == 302
    added = AgendaItem.objects.get(risk_id=second)
    assert secretary.post(f"{PLANNED}/items/{added.pk}/move", {"up": "1", "version": "3"}).status_code == 302
    assert re.search(r"1\. LH2.*2\. LH1", words(secretary.get(PLANNED)))
    assert secretary.post(f"{PLANNED}/items/{added.pk}/take-off", {"version": "4"}).status_code == 302
    assert "LH2" not in words(secretary.get(PLANNED)).split("Put something on")[0]


def test_who_was_second_is_shown_both_and_loses_nothing(site: Site, secretary: Client) -> None:
    address = f"{HELD}/items/{site.ids['item']}/minute"
    lost = secretary.post(address, {"challenge": "Why so little oil?", "answer": "Gale.", "version": "1"})
    assert lost.status_code == 409
    assert "Why so little oil?" in words(lost)
    assert "Who counts the oil?" in words(lost)


def test_a_decision_is_minuted_with_what_somebody_is_to_do(site: Site, secretary: Client) -> None:
    address = f"{HELD}/items/{site.ids['item']}/decide"
    wrong = secretary.post(address, {"decide-text": "Buy oil.", "decide-due_on": "2026-05-01"})
    assert wrong.status_code == 400
    assert "Say what is to be done" in words(wrong)
    sent = {"decide-text": "Buy oil.", "decide-to_do": "Buy 40 barrels", "decide-due_on": "2026-05-01"}
    assert secretary.post(address, sent).status_code == 302
    page = words(site.reader.get("/risks/LH1"))
    assert "Decided: Buy oil." in page
    assert "Buy 40 barrels" in page


def test_a_minute_is_corrected_with_a_reason_and_the_first_words_stay(site: Site, secretary: Client) -> None:
    address = f"{HELD}/decisions/{site.ids['decision']}"
    assert secretary.post(address, {"text": "Count it daily.", "reason": ""}).status_code == 400
    assert secretary.post(address, {"text": "Count it daily.", "reason": "Misheard."}).status_code == 302
    assert BoardDecision.objects.count() == 2
    page = words(site.reader.get(HELD))
    assert re.search(r"Decided Count it daily\. .*Minuted before as.*Count it twice\.", page)


def test_the_export_has_the_rows_of_the_page_and_no_formula(site: Site, secretary: Client) -> None:
    secretary.post(f"{HELD}/items/{site.ids['item']}/decide", {"decide-text": "=1+1"})
    for address in ("/boards/decisions.csv", f"{BOARD}/decisions.csv"):
        lines = site.reader.get(address).content.decode("utf-8-sig").splitlines()
        assert len(lines) == 3
        assert '"Count it twice."' in "".join(lines)
        assert '"\'=1+1"' in "".join(lines)


def test_a_meeting_is_planned_held_and_its_minutes_are_a_sheet_to_print(
    site: Site, secretary: Client
) -> None:
    assert secretary.post(f"{BOARD}/plan", {"plan-on": "soon"}).status_code == 400
    taken = secretary.post(f"{BOARD}/plan", {"plan-on": MET.isoformat()})
    assert taken.status_code == 400
    assert "The board meets on 10 March 2026 already" in words(taken)
    assert secretary.post(f"{BOARD}/plan", {"plan-on": "2026-06-09"}).status_code == 302
    assert "Passed, not minuted" in words(site.reader.get(f"{BOARD}/2026-06-09"))
    sent = {"hold-note": "The Chair and the Head of Harbour.", "version": "1"}
    assert secretary.post(f"{BOARD}/2026-06-09/hold", sent).status_code == 302
    assert Meeting.objects.get(on="2026-06-09").state == "held"
    assert "The Chair and the Head of Harbour." in words(site.reader.get(f"{BOARD}/2026-06-09"))


def test_a_board_is_opened_changed_seated_and_stood_down(site: Site, secretary: Client) -> None:
    assert secretary.post("/boards/new", {"name": "", "of": "months"}).status_code == 400
    again = secretary.post("/boards/new", {"name": "Harbour Board", "of": "months"})
    assert "There is already a board called" in words(again)
    sent = {"name": "Lamp Board", "terms": "Lamps.", "every": "6", "of": "weeks"}
    assert secretary.post("/boards/new", sent).status_code == 302
    page = "/boards/lamp-board"
    assert "Every 6 weeks" in words(site.reader.get(page))
    changed = sent | {"every": "1", "of": "months", "version": "1"}
    assert secretary.post(f"{page}/edit", changed).status_code == 302
    seat = {"seat-post": str(site.force.chair_post), "seat-role": "chair", "seat-from_on": "2026-01-01"}
    assert secretary.post(f"{page}/seats", seat).status_code == 302
    assert secretary.post(f"{page}/seats", seat).status_code == 400
    down = {"down-on": "2026-06-01", "down-reason": "", "version": "2"}
    assert "Say why the board stands down" in words(secretary.post(f"{page}/stand-down", down))
    done = secretary.post(f"{page}/stand-down", down | {"down-reason": "Every lamp is lit."})
    assert done.status_code == 302
    assert "It stood down on 1 June 2026." in words(site.reader.get(page))


@pytest.mark.parametrize("address", ["/boards", BOARD, PLANNED])
def test_a_page_of_boards_costs_the_same_however_much_is_on_it(
    site: Site, secretary: Client, address: str
) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as told:
            assert secretary.get(address).status_code == 200
        return len(told)

    secretary.get(address)
    before = cost()
    by = site.force.secretary
    board = queries.board(by, "harbour-board")
    meeting = next(each for each in board.meetings if each.on == MEETS)
    for number, key in enumerate(("LH2", "LH3")):
        changes.put_on_agenda(
            by=by,
            meeting=meeting.id,
            version=meeting.version + number,
            risk=Risk.objects.get(key=key).pk,
            purpose="note",
        )
    changes.open_board(by=by, name="Lamp Board")
    assert cost() == before

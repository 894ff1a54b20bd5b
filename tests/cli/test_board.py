"""`watchkeep board`, as an operator types it."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from cast import Staffed, a_staffed_force, accepted
from once import made_once
from watchkeep.cli.board import board

BODY = ("--body", "Calder Vale Police")


@pytest.fixture
@made_once
def staff(transactional_db: None) -> Staffed:
    force = a_staffed_force()
    accepted(force)
    return force


def said(*words: str, code: int = 0) -> str:
    result = CliRunner().invoke(board, [*words, *BODY])
    assert result.exit_code == code, result.output
    return result.output


def test_a_board_is_opened_meets_asks_and_decides(staff: Staffed) -> None:
    assert "opened as harbour-board; it meets quarterly" in said(
        "open", "Harbour Board", "--every-months", "3", "--since", "2026-01-01"
    )
    said("meeting", "harbour-board", "2026-03-10")
    said("agenda", "harbour-board", "2026-03-10", "--risk", "LH1")
    shown = said("agenda", "harbour-board", "2026-03-10", "--title", "The year", "--purpose", "note")
    assert shown == "1  LH1 Lighthouse rota LH1  (to challenge)\n2  The year  (to note)\n"
    said("challenge", "harbour-board", "2026-03-10", "1", "--asked", "Who counts?")
    said(
        *("decide", "harbour-board", "2026-03-10", "1", "Count it twice."),
        *("--to-do", "Count the oil", "--owner", "Oil Officer", "--due", "2026-09-01"),
    )
    assert "held" in said("meeting", "harbour-board", "2026-03-10", "--held")
    told = said("agenda", "harbour-board", "2026-03-10")
    assert "asked: Who counts?" in told
    assert "answered: not recorded" in told
    assert "decided: Count it twice." in told
    assert "1 of 1 held" in said("list")
    assert "decided on 10 March 2026: Count it twice." in said("show", "harbour-board")


def test_what_cannot_be_is_refused_in_one_sentence(staff: Staffed) -> None:
    assert "not both" in said("open", "B", "--every-months", "1", "--every-weeks", "2", code=2)
    said("open", "Harbour Board")
    assert "no such meeting" in said("agenda", "harbour-board", "2026-03-10", code=2)
    said("meeting", "harbour-board", "2026-03-10")
    assert "no item 3" in said("decide", "harbour-board", "2026-03-10", "3", "Yes.", code=2)
    assert "that day on" in said("meeting", "harbour-board", "2091-03-10", "--held", code=2)


def test_a_board_is_called_by_its_name_as_well_as_by_its_address(staff: Staffed) -> None:
    said("open", "Harbour Board")
    assert "planned" in said("meeting", "Harbour Board", "2026-03-10")
    said("agenda", "harbour  board", "2026-03-10", "--title", "The year", "--purpose", "note")
    said("challenge", "Harbour Board", "2026-03-10", "1", "--asked", "Who counts?")
    said("decide", "Harbour Board", "2026-03-10", "1", "Count it twice.")
    assert said("show", "Harbour Board") == said("show", "harbour-board")
    assert "Count it twice." in said("decisions", "Harbour Board")
    assert "There is no board called “Pier Board”." in said("show", "Pier Board", code=2)

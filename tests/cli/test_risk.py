"""`watchkeep risk`, as an operator types it."""

from __future__ import annotations

from datetime import date

import pytest
from typer.testing import CliRunner

from cast import Staffed, a_paper, a_staffed_force, accepted
from once import made_once
from watchkeep.apps.register import changes
from watchkeep.cli.risk import risk

BODY = ("--body", "Calder Vale Police")
HARBOUR = ("--register", "harbour-risk-register")
ON = ("--on", "2026-05-31")


@pytest.fixture
@made_once
def staff(transactional_db: None) -> Staffed:
    force = a_staffed_force()
    accepted(force, a_paper(day=date(2026, 4, 30)))
    changes.open_register(by=force.administrator, name="Corporate register")
    return force


def said(*words: str, code: int = 0) -> str:
    result = CliRunner().invoke(risk, [*words, *BODY])
    assert result.exit_code == code, result.output
    return result.output


def test_a_risk_is_drafted_opened_judged_closed_and_reopened(staff: Staffed) -> None:
    assert "draft" in said("open", "Fog", "--draft", *HARBOUR, *ON)
    assert "draft-1  draft  Fog" in said("list", *HARBOUR)
    assert said("open", "draft-1", *HARBOUR, *ON) == "LH4 is open.\n"
    said("assess", "LH4", "--rating", "High", "--because", "No horn", *ON)
    assert "Say why" in said("close", "LH4", *ON, code=2)
    said("close", "LH4", "--reason", "A horn was bought", *ON)
    assert "LH4" not in said("list", *HARBOUR)
    said("reopen", "LH4", "--reason", "The horn broke", "--on", "2026-06-30")
    shown = said("show", "LH4")
    for words in ("residual as at 31 May 2026: High", "closed from 31 May 2026: A horn was bought"):
        assert words in shown


def test_a_risk_is_escalated_taken_in_and_brought_back(staff: Staffed) -> None:
    said("escalate", "LH1", "--to", "corporate-register", "--reason", "Beyond us", *ON)
    assert "offered by Harbour risk register" in said("list", "--register", "corporate-register")
    assert (
        said("open", "from-LH1", "--reference", "C1", "--register", "corporate-register", *ON)
        == "C1 is open.\n"
    )
    assert "Lighthouse rota LH1" in said("show", "C1")
    said("bring-back", "LH1", "--reason", "Held now", *ON)
    assert "Open since 31 May 2026" in said("show", "LH1")


def test_risks_are_linked_told_of_and_merged(staff: Staffed) -> None:
    said("link", "LH1", "causes", "LH2", "--note", "Oil", *ON)
    said("event", "LH1", "Collision", "--kind", "incident", *ON)
    shown = said("show", "LH1")
    assert "causes LH2" in shown
    assert "31 May 2026, incident: Collision" in shown
    assert "one of these ways" in said("link", "LH1", "resembles", "LH3", code=2)
    said("merge", "LH1", "--into", "LH3", "--reason", "One and the same", *ON)
    assert "Merged since 31 May 2026" in said("show", "LH1")
    assert "no risk called" in said("show", "LH9", code=2)

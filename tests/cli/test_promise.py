"""`watchkeep promise`, as an operator types it."""

from __future__ import annotations

from datetime import date

import pytest
from typer.testing import CliRunner

from cast import Staffed, a_paper, a_staffed_force, accepted
from once import made_once
from watchkeep.apps.treatment import queries
from watchkeep.cli.promise import promise

BODY = ("--body", "Calder Vale Police")


@pytest.fixture
@made_once
def staff(transactional_db: None) -> Staffed:
    force = a_staffed_force()
    accepted(force, a_paper(day=date(2025, 3, 31)))
    return force


def said(*words: str, code: int = 0) -> str:
    result = CliRunner().invoke(promise, [*words, *BODY])
    assert result.exit_code == code, result.output
    return result.output


def test_a_promise_is_made_slips_is_done_and_had_no_effect(staff: Staffed) -> None:
    made = said(
        *("add", "Replace the lamp", "--risk", "LH1", "--owner", "Oil Officer", "--due", "June 2025"),
        *("--effect", "Oil lasts longer", "--effect-by", "2025-12-31", "--on", "2025-04-01"),
    )
    assert made.startswith("P1  Overdue")
    assert "say why" in said("slip", "P1", "--due", "31 August 2025", "--on", "2025-06-01", code=2)
    assert "slipped 62 days" in said(
        "slip", "P1", "--due", "31 August 2025", "--reason", "No glass", "--on", "2025-06-01"
    )
    assert "Done 2 days late" in said("done", "P1", "--on", "2025-09-02", "--becomes-control", "A new lamp")
    assert "Delivered without effect" in said(
        "effect", "P1", "--not-seen", "--note", "The log", "--on", "2026-01-05"
    )
    shown = said("show", "P1")
    for words in ("slipped on 1 June 2025 from 30 June 2025 to 31 August 2025: No glass", "bears on LH1"):
        assert words in shown
    assert [each.name for each in queries.controls(staff.auditor)] == ["A new lamp"]


def test_the_list_is_of_a_day_a_state_or_a_post(staff: Staffed) -> None:
    said("add", "Paint", "--due", "30 June 2025", "--owner", "Oil Officer", "--on", "2025-04-01")
    said("add", "Sweep", "--on", "2025-05-01")
    assert [line[:2] for line in said("list").splitlines()] == ["P1", "P2"]
    assert said("list", "--state", "no date").startswith("P2  No date")
    assert said("list", "--owner", "Oil Officer").count("\n") == 1
    assert said("list", "--as-at", "2025-04-15") == "P1  Due in 76 days  Oil Officer  Paint\n"
    said("drop", "P2", "--reason", "No broom")
    assert "Sweep" not in said("list", "--state", "open")
    assert "names no day" in said("slip", "P1", "--due", "shortly", code=2)
    assert "There is no such promise" in said("show", "P9", code=2)


def test_a_promise_becomes_a_new_control_or_one_that_is_there_by_its_reference(staff: Staffed) -> None:
    said("add", "Replace the lamp", "--on", "2025-04-01")
    said("add", "Paint", "--on", "2025-04-01")
    assert "There is no control C99" in said("done", "P1", "--becomes-control", "c99", code=2)
    told = said("done", "P1", "--becomes-control", "A new lamp", "--on", "2025-09-02")
    assert "A new control stands in its place: A new lamp.\n" in told
    again = said("done", "P2", "--becomes-control", "C1", "--on", "2025-09-02")
    assert "C1 A new lamp stands in its place.\n" in again
    assert [each.name for each in queries.controls(staff.auditor)] == ["A new lamp"]

"""`watchkeep indicator`: from its opening to a line that was said in error, on a test's database."""

from __future__ import annotations

from typing import Any

import pytest
from typer.testing import CliRunner

from cast import Force, accepted
from watchkeep.cli import app, commands

commands.attach(app)


def run(*arguments: str) -> Any:
    """Run one `watchkeep indicator` command here."""
    return CliRunner().invoke(app, ("indicator", *arguments))


def done(*arguments: str) -> str:
    """What one says that must be done."""
    answer = run(*arguments)
    assert answer.exit_code == 0, (arguments, answer.stderr)
    return answer.stdout


@pytest.mark.django_db
def test_an_indicators_lines_are_said_ended_and_taken_back(force: Force) -> None:
    accepted(force)
    done("open", "Lamps lit", "--better", "up", "--unit", "%", "--on", "2024-01-01")
    done("attach", "K1", "LH1", "--side", "cause", "--on", "2024-01-01")
    done("target", "K1", "90", "--on", "2024-01-01")
    done("annotate", "K1", "The oil ran out", "--on", "2024-02-01")
    done("rebase", "K1", "--reason", "New lamps", "--on", "2024-03-01")
    done("plan", "K1", "2024-04-01=95")
    assert "1 risk" in done("list")
    shown = done("show", "K1")
    for said in ("target 90 from 2024-01-01", "2024-02-01: The oil ran out", "rebased 2024-03-01: New lamps"):
        assert said in shown, said

    done("end", "K1", "--on", "2024-06-01", "--reason", "The contract ended")
    assert "target 90 from 2024-01-01 until 2024-06-01" in done("show", "K1")
    again = run("end", "K1")
    assert (again.exit_code, "no target that holds without an end" in again.stderr) == (2, True), again.stderr

    done("take-back", "K1", "note", "2024-02-01", "--reason", "It was another lamp")
    done("take-back", "K1", "rebase", "2024-03-01", "--reason", "The lamps came in April")
    done("take-back", "K1", "plan", "2024-04-01", "--reason", "Nobody planned it")
    shown = done("show", "K1")
    assert ("The oil ran out" in shown, "New lamps" in shown, "target 90" in shown) == (False, False, True)
    gone = run("take-back", "K1", "note", "2024-02-01", "--reason", "Once more")
    assert (gone.exit_code, "expected one note" in gone.stderr) == (2, True), gone.stderr

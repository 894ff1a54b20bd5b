"""The review of a quarter from the command line: opened, looked at, rolled forward with a reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.processes import CSV, watchkeep


@pytest.fixture(scope="module")
def register(home: Path) -> Path:
    """Two risks as at the end of 2030/31 Q4."""
    paper = home / "harbour.csv"
    paper.write_text(CSV, encoding="utf-8")
    brought = watchkeep(
        home, "import", str(paper), "--register", "Harbour risks", "--as-at", "2031-03-31", "--accept"
    )
    assert brought.returncode == 0, brought.stderr
    return home


def test_a_quarter_is_opened_looked_at_and_rolled_forward_with_a_reason(register: Path) -> None:
    assert "has no review yet" in watchkeep(register, "review", "status").stderr
    opened = watchkeep(register, "review", "open", "2031/32 Q1", "--on", "2031-06-30")
    assert opened.returncode == 0, opened.stderr
    assert "two wait for the owner" in opened.stdout
    again = watchkeep(register, "review", "open", "2031/32 Q1", "--on", "2031-06-30")
    assert again.returncode == 2
    assert "was opened already" in again.stderr
    told = watchkeep(register, "review", "status").stdout
    assert "LH1 Too few keepers: waits for its update" in told
    assert "Asked of nobody." in told
    refused = watchkeep(register, "review", "roll-forward", "--on", "2031-08-04")
    assert refused.returncode == 2
    assert "neither signed off nor carried over" in refused.stderr
    rolled = watchkeep(
        register, "review", "roll-forward", "--carry-over", "no owner yet", "--on", "2031-08-04"
    )
    assert rolled.returncode == 0, rolled.stderr
    assert "two of them carried over" in rolled.stdout
    assert "rolled forward on 4 August 2031" in watchkeep(register, "review", "list").stdout
    assert watchkeep(register, "verify").returncode == 0

"""`watchkeep finding`, as an operator types it."""

from __future__ import annotations

import re

import pytest
from typer.testing import CliRunner

from cast import APPOINTED, Staffed, a_paper, a_risk, a_staffed_force, accepted
from watchkeep.cli.finding import finding
from watchkeep.domain.document import Item

BODY = ("--body", "Calder Vale Police")


@pytest.fixture
def staff(transactional_db: None) -> Staffed:
    force = a_staffed_force()
    line = Item(state="recorded", text="Training of the crew starts shortly")
    accepted(force, a_paper(a_risk("LH1", controls=(line,)), day=APPOINTED))
    return force


def said(*words: str, code: int = 0) -> str:
    result = CliRunner().invoke(finding, [*words, *BODY])
    assert result.exit_code == code, result.output
    return result.output


def key_of(code: str) -> str:
    found = re.search(rf"^(\w+)  \w+ {code}  LH1 ", said("list", "--open", "--risk", "LH1"), re.MULTILINE)
    assert found, said("list")
    return found.group(1)


def test_a_finding_is_answered_counts_no_more_and_is_opened_again(staff: Staffed) -> None:
    key = key_of("STALE-02")
    told = said("answer", key, "--reason", "The rota says when")
    assert "It stands as it is written: The rota says when" in told
    assert key not in said("list", "--open")
    assert key in said("list")
    assert "It stands" not in said("take-back", key, "--reason", "The rota is gone")
    assert key in said("list", "--open")
    assert "The finding is wrong: No" in said("answer", key, "--wrong", "--reason", "No")


def test_an_answer_needs_one_finding_and_a_reason(staff: Staffed) -> None:
    key = key_of("STALE-02")
    assert "Say why" in said("answer", key, "--reason", " ", code=2)
    assert "No finding of this register" in said("answer", "zzz", "--reason", "So", code=2)
    assert "Nothing is answered here" in said("take-back", key, code=2)

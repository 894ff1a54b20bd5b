"""`watchkeep statement`, as an operator types it."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from cast import APPOINTED, Staffed, a_paper, a_risk, a_staffed_force, accepted
from once import made_once
from watchkeep.apps.register.models import Risk
from watchkeep.apps.treatment import changes as treatment
from watchkeep.cli.statement import statement
from watchkeep.domain.commitment import Promise
from watchkeep.domain.document import Item

BODY = ("--body", "Calder Vale Police")


@pytest.fixture
@made_once
def staff(transactional_db: None) -> Staffed:
    force = a_staffed_force()
    line = Item(state="recorded", text="The lamps have improved. Of all lamps 12% were out.")
    accepted(force, a_paper(a_risk("LH1", controls=(line,)), day=APPOINTED))
    value, risk = Promise("Buy lamps"), Risk.objects.get(key="LH1").pk
    treatment.promise(by=force.risk_manager, kind="action", value=value, risk=risk, on=APPOINTED)
    return force


def said(*words: str, code: int = 0) -> str:
    result = CliRunner().invoke(statement, [*words, *BODY])
    assert result.exit_code == code, result.output
    return result.output


def test_a_sentence_is_bound_judged_looked_at_again_and_unbound(staff: Staffed) -> None:
    assert "0 of 2 sentences rest on something; 1 claim of improvement does not." in said("list")
    assert said("list", "--claims").startswith("LH1  unbound  The lamps have improved.")
    assert "commitment  P1 Buy lamps" in said("bind", "LH1", "have improved", "--promise", "P1")
    assert "LH1  bound" in said("bind", "LH1", "12%", "--reading", "12%", "--source", "The lamp log")
    judged = said("judge", "LH1", "have improved", "--post", "Head of Lamps", "--reason", "I saw them")
    assert "judgement  Head of Lamps" in judged
    assert said("renew", "LH1", "12%").startswith("LH1  bound")
    assert "2 of 2 sentences rest on something." in said("list", "--risk", "LH1")
    off = said("unbind", "LH1", "have improved", "--basis", "buy lamps", "--reason", "It was not that")
    assert off.startswith("LH1  judged")
    assert "Buy lamps" not in off


def test_what_is_meant_must_be_one_thing(staff: Staffed) -> None:
    for words, sentence in (
        (("bind", "LH1", "lamps", "--promise", "P1"), "3 have the words “lamps”"),
        (("bind", "LH1", "fog", "--promise", "P1"), "none has the words “fog”"),
        (("bind", "LH1", "12%", "--promise", "P9"), "Say which promise is meant"),
        (("bind", "LH1", "12%"), "Say one thing that it rests on"),
        (("unbind", "LH1", "12%", "--reason", "Wrong"), "rests on nothing"),
        (("judge", "LH1", "12%", "--post", "Keeper", "--reason", "So"), "no post"),
    ):
        assert sentence in said(*words, code=2), words

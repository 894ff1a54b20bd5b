"""`watchkeep statement`, as an operator types it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from typer.testing import CliRunner

from cast import APPOINTED, Staffed, a_paper, a_risk, a_staffed_force, accepted
from once import made_once
from watchkeep.apps.indicators import changes as indicators
from watchkeep.apps.register.models import Risk
from watchkeep.apps.treatment import changes as treatment
from watchkeep.cli.statement import statement
from watchkeep.domain.commitment import Promise
from watchkeep.domain.days import later_by_months
from watchkeep.domain.document import Item
from watchkeep.domain.indicator import Definition, Reading

DAY = timedelta(days=1)
THIS = timezone.localdate().replace(day=1)
LAST, BEFORE = later_by_months(THIS, -1), later_by_months(THIS, -2)
BODY = ("--body", "Calder Vale Police")


@pytest.fixture
@made_once
def staff(transactional_db: None) -> Staffed:
    force = a_staffed_force()
    line = Item(state="recorded", text="The lamps have improved. Of all lamps 12% were out.")
    accepted(force, a_paper(a_risk("LH1", controls=(line,)), day=APPOINTED))
    value, risk = Promise("Buy lamps"), Risk.objects.get(key="LH1").pk
    treatment.promise(by=force.risk_manager, kind="action", value=value, risk=risk, on=APPOINTED)
    out = Definition("Lamps out", "%", "down", "month", kind="share", from_on=APPOINTED)
    lamps = indicators.open_indicator(by=force.risk_manager, definition=out)
    readings = [Reading(BEFORE, 12.0), Reading(LAST, 11.5)]
    indicators.observe(by=force.risk_manager, indicator=lamps, readings=readings, source="The lamp log")
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


def test_a_sentence_is_bound_to_the_reading_of_the_period_that_is_named_or_to_the_latest(
    staff: Staffed,
) -> None:
    named = said("bind", "LH1", "12%", "--indicator", "k1", "--period", f"{BEFORE:%b %Y}")
    assert f"observation  K1 Lamps out, {BEFORE:%B} {BEFORE.year}, {LAST - DAY}: 12%, counts until" in named
    latest = said("bind", "LH1", "12%", "--indicator", "K1")
    assert f"observation  K1 Lamps out, {LAST:%B} {LAST.year}, {THIS - DAY}: 11.5%" in latest


def test_what_is_meant_must_be_one_thing(staff: Staffed) -> None:
    for words, sentence in (
        (("bind", "LH1", "lamps", "--promise", "P1"), "3 have the words “lamps”"),
        (("bind", "LH1", "fog", "--promise", "P1"), "none has the words “fog”"),
        (("bind", "LH1", "12%", "--promise", "P9"), "Say which promise is meant"),
        (("bind", "LH1", "12%"), "Say one thing that it rests on"),
        (("bind", "LH1", "12%", "--indicator", "K1", "--promise", "P1"), "Say one thing that it rests on"),
        (("bind", "LH1", "12%", "--promise", "P1", "--verdict"), "name it with --indicator"),
        (("bind", "LH1", "12%", "--indicator", "K9"), "There is no indicator K9"),
        (("bind", "LH1", "12%", "--indicator", "K1", "--period", "lately"), "“lately” is none"),
        (("bind", "LH1", "12%", "--indicator", "K1", "--period", "2024-08"), "the latest is that of"),
        (("bind", "LH1", "12%", "--indicator", "K1", "--verdict"), "Too little to say"),
        (("unbind", "LH1", "12%", "--reason", "Wrong"), "rests on nothing"),
        (("judge", "LH1", "12%", "--post", "Keeper", "--reason", "So"), "no post"),
    ):
        assert sentence in said(*words, code=2), words

"""When a risk may be closed."""

from __future__ import annotations

from datetime import date

from watchkeep.domain.closing import may_close

OPENED = date(2031, 3, 31)


def test_an_open_risk_may_be_closed_from_the_day_it_is_first_told_of() -> None:
    assert may_close("LH1", closed=False, opened_on=OPENED, on=OPENED) is None


def test_a_closed_risk_is_not_closed_again() -> None:
    refusal = may_close("LH1", closed=True, opened_on=OPENED, on=date(2031, 6, 30))
    assert refusal
    assert refusal.sentence == "LH1 is already closed."


def test_a_risk_cannot_have_closed_before_it_was_told_of() -> None:
    refusal = may_close("LH1", closed=False, opened_on=OPENED, on=date(2031, 3, 30))
    assert refusal
    assert "31 March 2031" in refusal.sentence

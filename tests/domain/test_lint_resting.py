"""What a sentence says against what it rests on."""

from __future__ import annotations

from datetime import date

import pytest

from watchkeep.domain.document import Basis, BasisKind, Statement
from watchkeep.domain.lint import lint
from watchkeep.domain.lint.samples import register, risk


def told(
    text: str, *bases: tuple[str, str], kind: BasisKind = "observation", judged_by: str = ""
) -> list[str]:
    """The codes of what is found where a sentence rests on these: what each says, and its verdict."""
    rests_on = tuple(
        Basis(kind=kind, key=str(place), label=f"K{place}", on=date(2026, 3, 31), says=says, verdict=verdict)
        for place, (says, verdict) in enumerate(bases)
    )
    said = Statement(
        field="controls:0",
        start=0,
        end=len(text),
        text=text,
        standing="bound",
        rests_on=rests_on,
        judged_by=judged_by,
    )
    found = lint(register(risk(controls=(text,), statements=(said,))), as_at=date(2026, 3, 31))
    return [each.code for each in found if each.code in ("NUMBER-03", "TREND-04")]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("In March 2026, 7.2% of calls were abandoned.", "9.8%"),
        ("In March 2026, 9 per cent of calls were abandoned.", "9.8%"),
        ("In March 2026, 1,200 cases waited.", "1,240 cases"),
        ("In March 2026 the fund held £2.4m.", "£2.6m"),
        ("In March 2026 the fund held £2.4 million.", "£2,600,000"),
        ("In March 2026 calls abandoned fell to 7%.", "9.8 % of calls"),
        ("In March 2026 one case in ten, about 10%, was late.", "16%"),
    ],
)
def test_a_figure_that_is_not_the_one_that_was_read_is_told(text: str, says: str) -> None:
    assert told(text, (says, "")) == ["NUMBER-03"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("In March 2026, 10% of calls were abandoned.", "9.8%"),
        ("In March 2026, about 1,200 cases waited.", "1,240 cases"),
        ("In March 2026 the fund held £2.5m.", "£2,540,000"),
        ("In March 2026 it fell from 14% to 9.8%.", "9.8%"),  # two shares: which was read is not certain
        ("In March 2026 it was below 10%.", "7.2%"),
        ("In March 2026 calls were lost.", "40 calls"),
        ("In March 2026 it fell by 3%.", "7.2%"),
        ("The target of 5% was missed in March 2026.", "7.2%"),
        ("In March 2026, 40 officers took 12 calls each.", "7.2%"),
        ("In March 2026 it missed its 5% target.", "7.2%"),
        ("In March 2026, 7.2% of calls were abandoned.", "as before"),
    ],
)
def test_a_figure_that_agrees_or_is_no_reading_is_left_alone(text: str, says: str) -> None:
    assert told(text, (says, "")) == []


def test_a_figure_that_another_basis_may_hold_is_left_alone() -> None:
    text = "In March 2026, 7.2% of calls were abandoned."
    assert told(text, ("9.8%", ""), ("7.2%", "")) == []
    assert told(text, ("9.8%", ""), ("40 litres", "")) == ["NUMBER-03"]
    assert told(text, ("9.8%", ""), ("as in the log", "")) == []
    assert told(text, ("9.8%", ""), judged_by="Head of Calls") == []
    assert told(text, ("9.8%", ""), kind="document") == []


@pytest.mark.parametrize(
    ("text", "verdict", "found"),
    [
        ("Abandoned calls have fallen.", "worsening", ["TREND-04"]),
        ("Abandoned calls have fallen.", "steady", ["TREND-04"]),
        ("Abandoned calls have fallen.", "improving", []),
        ("Abandoned calls have fallen.", "worsening, not confirmed", []),
        ("Abandoned calls have risen.", "worsening", []),
        ("The team aims to reduce abandoned calls.", "worsening", []),
    ],
)
def test_a_claim_of_improvement_against_its_chart_is_told(text: str, verdict: str, found: list[str]) -> None:
    assert told(text, ("What it says.", verdict)) == found

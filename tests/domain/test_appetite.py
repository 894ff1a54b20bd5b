"""Inside or outside appetite and tolerance, and since when: a table of situations."""

from __future__ import annotations

from datetime import date

import pytest

from watchkeep.domain.appetite import (
    Moment,
    Rank,
    Statement,
    Verdict,
    checked,
    stands,
    stands_since,
    tally,
)
from watchkeep.domain.errors import Invalid

NAMES = ("Low", "Medium", "High", "Extreme")
D1, D2, D3, D4 = (date(2031, month, 1) for month in (1, 4, 7, 10))


def a_statement(appetite: int = 2, tolerance: int = 3, on: date = D1) -> Statement:
    return Statement(on, appetite, tolerance, NAMES[appetite - 1], NAMES[tolerance - 1], "The board", on)


def rank(number: int) -> Rank:
    return Rank(number, NAMES[number - 1])


@pytest.mark.parametrize(
    ("band", "verdict"),
    [(1, "inside"), (2, "inside"), (3, "outside appetite"), (4, "outside tolerance")],
)
def test_a_band_is_compared_with_appetite_and_tolerance(band: int, verdict: Verdict) -> None:
    assert stands(rank(band), a_statement()).verdict == verdict


@pytest.mark.parametrize(
    ("at", "statement", "categorised", "why"),
    [
        (rank(1), None, False, "has no category"),
        (rank(1), None, True, "no appetite is stated"),
        (Rank(None), a_statement(), True, "not rated"),
        (Rank(None, "", "assessed on another scale"), a_statement(), True, "another scale"),
    ],
)
def test_what_cannot_be_said_says_why(
    at: Rank, statement: Statement | None, categorised: bool, why: str
) -> None:
    said = stands(at, statement, categorised=categorised)
    assert said.verdict == "cannot be said"
    assert why in said.reason


def moment(on: date, band: int | None, statement: Statement | None) -> Moment:
    return Moment(on, True, rank(band) if band else Rank(None), statement)


def test_since_when_is_the_first_day_of_the_unbroken_run() -> None:
    told = [
        moment(D1, 4, a_statement()),
        moment(D2, 1, a_statement()),
        moment(D3, 4, a_statement()),
        moment(D4, 4, a_statement()),
    ]
    said = stands_since(told)
    assert (said.verdict, said.since) == ("outside tolerance", D3)


def test_a_graver_band_with_the_same_verdict_breaks_no_run() -> None:
    low = a_statement(1, 2)
    assert stands_since([moment(D1, 3, low), moment(D2, 4, low)]).since == D1


def test_a_new_statement_begins_a_run_though_the_risk_did_not_move() -> None:
    told = [moment(D1, 3, a_statement()), moment(D3, 3, a_statement(1, 2, D3))]
    said = stands_since(told)
    assert (said.verdict, said.since) == ("outside tolerance", D3)


def test_a_risk_of_which_nothing_is_said_stands_nowhere() -> None:
    assert stands_since([]).verdict == "cannot be said"


@pytest.mark.parametrize(
    ("appetite", "tolerance", "field"),
    [(None, 2, "appetite"), (2, None, "tolerance"), (3, 2, "tolerance")],
)
def test_a_statement_that_no_scale_can_hold_is_refused(
    appetite: int | None, tolerance: int | None, field: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        checked(appetite, tolerance)
    assert refusal.value.field == field


def test_what_is_wanted_may_be_all_that_is_borne() -> None:
    assert checked(2, 2) == (2, 2)


def test_verdicts_are_counted_the_gravest_first() -> None:
    assert tally(["inside", "outside tolerance", "inside"]) == (("outside tolerance", 1), ("inside", 2))

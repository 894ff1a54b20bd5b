"""What an older paper said of the quarters stands under the newer paper's columns, by quarter."""

from __future__ import annotations

from datetime import date

import pytest

from watchkeep.domain.document import Column, Movement, Risk, Trend
from watchkeep.domain.period import parse
from watchkeep.domain.restating import before_opening, columns_of_trends, restated


def told(**ways: Movement) -> Risk:
    """A risk with a mark for each column."""
    return Risk(
        key="A1",
        trends=tuple(
            Trend(period=period, state="recorded", text=way, movement=way) for period, way in ways.items()
        ),
    )


@pytest.mark.parametrize(
    ("older", "newer", "columns", "expected"),
    [
        # a quarter that both papers have, one that left, one that is new
        ("2025/26 Q2", "2025/26 Q3", "Q1 Q2 Q3", ["worsening", "improving", None]),
        ("2025/26 Q2", "2025/26 Q4", "Q2 Q3 Q4", ["improving", None, None]),
        # a year on, the same labels mean other quarters
        ("2025/26 Q2", "2026/27 Q2", "Q1 Q2", [None, None]),
        ("2025/26 Q2", "2026/27 Q1", "Q2 Q1", ["improving", None]),
        # whatever the order and the names of the columns
        ("2025/26 Q2", "2025/26 Q3", "current previous", [None, "improving"]),
    ],
)
def test_a_mark_stands_under_the_column_of_its_own_quarter(
    older: str, newer: str, columns: str, expected: list[str | None]
) -> None:
    found = restated(
        told(Q1="worsening", Q2="improving"),
        told_in=parse(older),
        columns=tuple(columns.split()),
        paper=parse(newer),
    )
    assert [each.period for each in found.trends] == columns.split()
    assert [each.movement for each in found.trends] == expected
    assert [each.state == "recorded" for each in found.trends] == [each is not None for each in expected]


@pytest.mark.parametrize(("older", "newer"), [(None, "2025/26 Q3"), ("2025/26 Q2", None), (None, None)])
def test_where_a_quarter_cannot_be_known_nothing_is_recorded(older: str | None, newer: str | None) -> None:
    found = restated(
        told(Q2="improving"),
        told_in=parse(older) if older else None,
        columns=("Q2", "Q3"),
        paper=parse(newer) if newer else None,
    )
    assert [(each.period, each.state) for each in found.trends] == [
        ("Q2", "not recorded"),
        ("Q3", "not recorded"),
    ]


def test_columns_are_the_headings_then_what_only_the_risks_have() -> None:
    headings = [Column(heading=each, meaning=f"trends:{each}") for each in ("Q3", "Q4")]
    others = [Column(heading="Ref", meaning="reference"), Column(heading="Moon", meaning="extra")]
    assert columns_of_trends([others[0], *headings, others[1]], [told(Q4="steady", Q1="steady")]) == (
        "Q3",
        "Q4",
        "Q1",
    )
    assert columns_of_trends([], []) == ()


@pytest.mark.parametrize(
    ("opened_on", "states"),
    [
        (date(2025, 9, 30), ["not applicable", "recorded"]),  # on the last day of Q2: it was open in it
        (date(2025, 10, 1), ["not applicable", "recorded"]),
        (date(2025, 6, 30), ["recorded"]),  # Q1 had not ended: what is not said stays unsaid
    ],
)
def test_a_quarter_that_ended_before_the_opening_does_not_apply(opened_on: date, states: list[str]) -> None:
    found = before_opening(
        told(Q2="improving"), columns=("Q1", "Q2"), paper=parse("2025/26 Q2"), opened_on=opened_on
    )
    assert [each.state for each in found.trends] == states


def test_what_somebody_recorded_of_an_earlier_quarter_stays_and_an_unknown_column_says_nothing() -> None:
    given = {"columns": ("Q1", "Before"), "opened_on": date(2026, 1, 1)}
    found = before_opening(told(Q1="worsening"), paper=parse("2025/26 Q2"), **given)  # type: ignore[arg-type]
    assert [(each.period, each.state) for each in found.trends] == [("Q1", "recorded")]
    assert before_opening(Risk(key="A1"), paper=None, **given).trends == ()  # type: ignore[arg-type]

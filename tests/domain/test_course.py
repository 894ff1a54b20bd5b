"""Where a risk stood, quarter after quarter, by every paper that told of it."""

from __future__ import annotations

from datetime import date

from watchkeep.domain.course import Stood, Told, course
from watchkeep.domain.document import Assessment, Field, Movement, Trend
from watchkeep.domain.period import Period, parse


def rated(text: str) -> Assessment:
    return Assessment(stage="residual", rating=Field(state="recorded", text=text))


def told(period: str, rating: str, *, on: date | None = None, **ways: Movement | None) -> Told:
    """What a paper of that quarter said; on another day, what a person said after it."""
    quarter = parse(period)
    trends = tuple(
        Trend(period=label, state="recorded", text=way, movement=way) if way else Trend(period=label)
        for label, way in ways.items()
    )
    return Told(on or quarter.ends, rated(rating), trends, period, quarter, quarter.ends)


def lines(rows: tuple[Stood, ...]) -> list[tuple[str, str | None, str | None]]:
    return [
        (
            row.label,
            row.standing.rating.text if row.standing else None,
            (row.trend.movement or row.trend.state) if row.trend else None,
        )
        for row in rows
    ]


def test_a_mark_that_rolled_off_the_latest_paper_is_still_known() -> None:
    found = course(
        [
            told("2025/26 Q4", "High", Q3="worsening", Q4="steady"),
            told("2026/27 Q1", "Low", Q4="steady", Q1="improving"),
        ]
    )
    assert lines(found) == [
        ("2025/26 Q3", None, "worsening"),
        ("2025/26 Q4", "High", "steady"),
        ("2026/27 Q1", "Low", "improving"),
    ]


def test_a_mark_that_a_later_paper_lost_was_still_told() -> None:
    found = course([told("2025/26 Q2", "High", Q2="worsening"), told("2025/26 Q3", "High", Q2=None, Q3=None)])
    assert lines(found) == [("2025/26 Q2", "High", "worsening"), ("2025/26 Q3", "High", "not recorded")]


def test_the_last_word_on_a_quarter_stands() -> None:
    found = course([told("2025/26 Q2", "High", Q2="worsening"), told("2025/26 Q2", "Low", Q2="steady")])
    assert lines(found) == [("2025/26 Q2", "Low", "steady")]


def test_what_a_person_says_between_papers_belongs_to_the_quarter_of_its_day() -> None:
    paper = told("2025/26 Q2", "High", Q2="worsening")
    said = told("2025/26 Q2", "Low", on=date(2025, 11, 5), Q2="worsening")
    assert lines(course([paper, said])) == [
        ("2025/26 Q2", "High", "worsening"),
        ("2025/26 Q3", "Low", None),
    ]


def test_a_paper_without_a_quarter_stands_under_its_own_words_or_its_day() -> None:
    unsaid = Told(date(2025, 9, 30), rated("High"), (Trend(period="Q2"),), "Autumn")
    nothing = Told(date(2025, 12, 31), None, ())
    assert lines(course([unsaid, nothing])) == [("Autumn", "High", None), ("31 December 2025", None, None)]


def test_quarters_stand_in_time_whatever_order_the_columns_had() -> None:
    found = course([told("2026/27 Q1", "High", Q1="steady", Q4="worsening", Q3="improving")])
    assert [row.quarter for row in found] == [Period(2025, 3), Period(2025, 4), Period(2026, 1)]

"""Trend marks: what arrows, symbol fonts and words say, and what they do not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from watchkeep.domain.document import Trend
from watchkeep.domain.indicator.verdict import Spoken
from watchkeep.domain.period import Period
from watchkeep.domain.trend import (
    Derived,
    Reading,
    derived,
    mark_by,
    movement_of,
    overridden,
    read_mark,
    rising_in_key,
    with_mark,
)


@pytest.mark.parametrize(
    "mark", ["↑", "▲", "⬆️", "⇧", "↗", "🔺", "\uf0e1", "\uf0f1", "Increasing", "Risen", "↑ Increased"]
)
def test_a_rising_mark_points_up(mark: str) -> None:
    read = read_mark(mark)
    assert (read.state, read.direction) == ("recorded", "up")


@pytest.mark.parametrize("mark", ["↓", "▼", "⬇", "⇩", "↘", "\uf0e2", "Decreasing", "reduced", "Down"])
def test_a_falling_mark_points_down(mark: str) -> None:
    read = read_mark(mark)
    assert (read.state, read.direction) == ("recorded", "down")


@pytest.mark.parametrize(
    "mark", ["→", "↔", "►", "◄►", "⇒", "➡️", "=", "\uf0e0", "Static", "No change", "stable", "Unchanged"]
)
def test_a_level_mark_is_steady(mark: str) -> None:
    read = read_mark(mark)
    assert (read.state, read.direction, read.movement) == ("recorded", "level", "steady")


def test_words_that_judge_set_the_movement_and_no_direction() -> None:
    assert (read_mark("Worsening").movement, read_mark("Worsening").direction) == ("worsening", None)
    assert (read_mark("improved").movement, read_mark("improved").direction) == ("improving", None)


@pytest.mark.parametrize("mark", ["", " ", "?", "-", "–", "\ue000", "\ufffd", "□"])
def test_a_lost_or_unknown_mark_is_not_recorded(mark: str) -> None:
    read = read_mark(mark)
    assert (read.state, read.direction, read.movement) == ("not recorded", None, None)


@pytest.mark.parametrize("mark", ["n/a", "N/A", "n.a.", "Not applicable", "NEW", "New risk"])
def test_a_risk_that_was_not_open_yet_has_no_trend(mark: str) -> None:
    assert read_mark(mark).state == "not applicable"


@pytest.mark.parametrize(
    "mark", ["↑↓", "↑ decreasing", "Under review", "12", "rising costs may well push the whole budget down"]
)
def test_words_that_name_no_one_direction_are_kept_but_not_interpreted(mark: str) -> None:
    read = read_mark(mark)
    assert (read.state, read.direction, read.movement) == ("recorded", None, None)


@pytest.mark.parametrize(
    ("direction", "rising_means", "movement"),
    [
        ("up", "worsening", "worsening"),
        ("down", "worsening", "improving"),
        ("up", "improving", "improving"),
        ("down", "improving", "worsening"),
        ("level", "improving", "steady"),
    ],
)
def test_an_arrow_means_what_the_register_says_arrows_mean(
    direction: str, rising_means: str, movement: str
) -> None:
    assert movement_of(direction, rising_means) == movement  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("key", "meaning"),
    [
        ("▲ improving   ▼ worsening   ► static", "improving"),
        ("Key: ↑ risk increasing; ↓ risk decreasing", "worsening"),
        ("↑ = worse, ↓ = better", "worsening"),
        ("↑ up ↓ down", None),
        ("No arrows here", None),
        ("As at March. An arrow that points up means that the risk is getting worse.", "worsening"),
        ("An upward arrow shows that things improved.", "improving"),
        ("A downward arrow: the risk is improving.", "worsening"),
        ("Arrows are drawn up by the risk team, whose report got better.", None),
    ],
)
def test_a_key_says_what_a_rising_arrow_means(key: str, meaning: str | None) -> None:
    assert rising_in_key(key) == meaning


# --- What the evidence makes of a quarter -------------------------------------------------------------------

Q4, Q1 = Period(2030, 4), Period(2031, 1)
LONG_AGO = date(2029, 4, 1)


def reading(band: str, rank: int | None = None, **more: Any) -> Reading:
    return Reading(band, scale=more.pop("scale", "one"), rank=rank, **more)


def verdict(before: Reading | None, after: Reading | None, **more: Any) -> tuple[str, str]:
    given: dict[str, Any] = {"quarter": Q1, "opened_on": LONG_AGO, "looked_at": "looked at in its review"}
    given |= more
    found = derived(before, after, **given)
    return found.verdict, found.basis


def test_a_graver_band_is_worsening_and_a_lesser_one_improving() -> None:
    low, high = reading("Low", 1), reading("High", 3)
    assert verdict(low, high) == ("worsening", "From Low in 2030/31 Q4 to High in 2031/32 Q1.")
    assert verdict(high, low)[0] == "improving"
    assert verdict(high, high)[0] == "steady"


def test_within_one_band_likelihood_and_impact_decide_where_they_agree() -> None:
    def at(likelihood: int, impact: int) -> Reading:
        names = {"likelihood": f"L{likelihood}", "impact": f"I{impact}"}
        return reading("High", 3, likelihood_rank=likelihood, impact_rank=impact, **names)

    assert verdict(at(2, 3), at(3, 3)) == ("worsening", "High stayed High; likelihood went from L2 to L3.")
    assert verdict(at(3, 3), at(2, 2))[0] == "improving"
    assert verdict(at(2, 3), at(3, 2))[0] == "steady", "one rose, the other fell: the band is the same"


def test_readings_of_two_scales_are_not_compared_unless_one_is_restated() -> None:
    old, new = reading("Amber", 2, scale="old"), reading("High", 3, scale="new")
    assert verdict(old, new) == (
        "too little to say",
        "Amber and High are of two scales, and cannot be compared.",
    )
    restated = replace(old, restated="which is Medium, by the stated counterpart in version 2")
    assert verdict(restated, new)[0] == "worsening"
    assert "which is Medium" in verdict(restated, new)[1]


def test_bands_without_an_order_are_not_compared() -> None:
    assert verdict(reading("Red-ish"), reading("Mauve"))[0] == "too little to say"
    assert verdict(reading("Mauve"), reading("Mauve"))[0] == "steady"


def test_a_risk_opened_later_is_not_applicable_and_one_opened_now_has_too_little_behind_it() -> None:
    opened = {"opened_on": date(2031, 7, 1)}
    assert verdict(None, None, **opened)[0] == "not applicable"
    said = verdict(None, reading("High", 3), opened_on=date(2031, 5, 1))
    assert said == ("too little to say", "High is its first rating: it was opened in 2031/32 Q1.")
    assert verdict(None, None) == ("too little to say", "It is not rated.")


def test_a_rating_that_merely_stands_says_too_little_until_somebody_looked() -> None:
    high = reading("High", 3)
    assert verdict(high, high, looked_at="")[0] == "too little to say"
    judged = replace(high, on=date(2031, 5, 1))
    assert verdict(high, judged, looked_at="")[0] == "steady"


def test_indicators_speak_where_the_bands_do_not_move() -> None:
    high = reading("High", 3)
    worse = Spoken("worsening", "K1 Ships aground: eight readings above the mean.")
    said, basis = verdict(high, high, indicators=worse)
    assert (said, basis.removeprefix(verdict(high, high)[1])) == (
        "worsening",
        " By its indicators worsening: K1 Ships aground: eight readings above the mean.",
    )
    assert verdict(high, reading("Low", 1), indicators=worse)[0] == "improving"
    assert (
        "Its indicators say worsening: K1 Ships aground"
        in verdict(high, reading("Low", 1), indicators=worse)[1]
    )


def test_silent_indicators_move_nothing_and_are_told() -> None:
    high, silent = reading("High", 3), Spoken("too little to say", "K1 Ships aground: four readings.")
    assert verdict(high, high, indicators=silent)[0] == "steady"
    assert "too little to say: K1" in verdict(high, high, indicators=silent)[1]


def test_what_a_paper_or_a_person_said_stays_and_the_evidence_stands_beside() -> None:
    found = Derived("steady", "High and High.")
    paper = Trend(period="Q1", state="recorded", text="↑", direction="up", movement="worsening")
    beside = mark_by(found, paper, Q1)
    assert (beside.text, beside.movement, beside.derived, beside.basis) == (
        "↑",
        "worsening",
        "steady",
        "High and High.",
    )
    mark = mark_by(found, None, Q1)
    assert (mark.period, mark.movement) == ("2031/32 Q1", "steady")
    turned = overridden(mark, "improving", by="Oda Strand", reason="The lamps are new.")
    again = mark_by(Derived("worsening", "Other."), turned, Q1)
    assert (again.movement, again.derived, again.overridden_by) == ("improving", "worsening", "Oda Strand")
    assert mark_by(Derived("too little to say", "None."), None, Q1).state == "not recorded"
    assert mark_by(Derived("not applicable", "Later."), None, Q1).state == "not applicable"


def test_a_quarters_mark_takes_its_place_and_only_the_last_four_are_carried_on() -> None:
    papers = tuple(Trend(period=f"Q{each}") for each in (2, 3, 4))
    mark = mark_by(Derived("steady", "."), None, Q1)
    four = with_mark(papers, mark, Q1, Q4)
    assert [each.period for each in four] == ["Q2", "Q3", "Q4", "2031/32 Q1"]
    second = mark_by(Derived("steady", "."), None, Q1.next())
    assert [each.period for each in with_mark(four, second, Q1.next(), Q4)] == [
        "Q3",
        "Q4",
        "2031/32 Q1",
        "2031/32 Q2",
    ]
    again = with_mark(four, mark_by(Derived("improving", "."), four[2], Q4), Q4, Q4)
    assert [each.period for each in again] == ["Q2", "Q3", "Q4", "2031/32 Q1"]
    assert again[2].movement == "improving"

"""Trend marks: what arrows, symbol fonts and words say, and what they do not."""

from __future__ import annotations

import pytest

from watchkeep.domain.trend import movement_of, read_mark, rising_in_key


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

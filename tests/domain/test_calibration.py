"""Chances and ranges that people stated are scored as worked out by hand, and a few outcomes say nothing."""

from __future__ import annotations

from datetime import date

import pytest

from watchkeep.domain.calibration import (
    Guess,
    Question,
    QuestionKind,
    Settled,
    by_category,
    by_forecaster,
    may_guess,
    may_settle,
    reliability,
)
from watchkeep.domain.errors import Invalid
from watchkeep.domain.people import Actor

OPENS, SETTLED = date(2031, 1, 1), date(2031, 3, 31)
ASKED = Question("Will the pier open?", "Estate", OPENS, SETTLED)
ANALYST = Actor("person", "one", "Ada", "performance analyst", "body", posts=frozenset({"Pier"}))


def stated(chance: float, came: int, who: str = "Pier", category: str = "Estate") -> Settled:
    return Settled(category, who, "yes or no", Guess(chance), came)


def ranged(low: float, high: float, came: float) -> Settled:
    return Settled("Estate", "Pier", "number", Guess(low=low, high=high), came)


def test_a_forecaster_who_says_80_and_is_right_in_eight_of_ten_is_scored_by_hand() -> None:
    """(8 × 0.2² + 2 × 0.8²) / 10 = 0.16, which is what always saying 80 % scores: 0.8 × 0.2."""
    (score,) = by_forecaster([stated(0.8, 1)] * 8 + [stated(0.8, 0)] * 2)
    assert (score.brier, score.uncertainty) == (pytest.approx(0.16), pytest.approx(0.16))
    assert "no better than always saying how often it came" in score.sentence


def test_nine_outcomes_say_nothing() -> None:
    (score,) = by_category([stated(1.0, 1)] * 9)
    assert score.brier is None
    assert score.sentence == "9 chances have been settled, too few to say: it takes 10."


def test_each_category_and_each_forecaster_is_scored_apart() -> None:
    settled = [stated(0.5, 1, "Quay", "people")] + [stated(1.0, 1)] * 10
    assert [(each.name, each.chances, each.brier) for each in by_category(settled)] == [
        ("Estate", 10, 0.0),
        ("people", 1, None),
    ]
    assert [each.name for each in by_forecaster(settled)] == ["Pier", "Quay"]


@pytest.mark.parametrize(
    ("inside", "words"),
    [(16, "16 of 20 ranges held the number, and four in five were to."), (8, "too narrow"), (20, "wider")],
)
def test_ranges_are_counted_and_told_when_they_were_too_narrow_or_too_wide(inside: int, words: str) -> None:
    (score,) = by_forecaster([ranged(1, 2, 2)] * inside + [ranged(1, 2, 3)] * (20 - inside))
    assert score.held == inside / 20
    assert words in score.sentence


def test_chances_stand_in_tenths_beside_how_often_it_came() -> None:
    found = reliability([stated(0.3, 1), stated(0.39, 0), stated(1.0, 1), stated(0.0, 0), ranged(1, 2, 3)])
    assert [(each.low, each.size, each.came) for each in found] == [
        (0.0, 1, 0.0),
        (0.3, 2, 0.5),
        (0.9, 1, 1.0),
    ]
    assert found[1].stated == pytest.approx(0.345)


@pytest.mark.parametrize(
    ("guess", "kind"),
    [
        (Guess(), "yes or no"),
        (Guess(1.2), "yes or no"),
        (Guess(0.5, 1, 2), "yes or no"),
        (Guess(0.5), "number"),
        (Guess(low=1), "number"),
        (Guess(low=2, high=1), "number"),
    ],
)
def test_a_guess_that_does_not_answer_the_question_is_refused(guess: Guess, kind: QuestionKind) -> None:
    with pytest.raises(Invalid):
        guess.must_fit(kind)


def test_guesses_are_taken_while_a_question_is_open_and_outcomes_after() -> None:
    assert may_guess(ANALYST, ASKED, SETTLED) is None
    assert may_guess(ANALYST, ASKED, date(2030, 12, 31)) is not None
    assert may_guess(ANALYST, ASKED, date(2031, 4, 1)) is not None
    assert may_settle(ANALYST, ASKED, [], [], SETTLED) is None
    assert may_settle(ANALYST, ASKED, [], [], date(2031, 3, 30)) is not None


@pytest.mark.parametrize(("posts", "people"), [(["Pier"], []), ([], ["one"])])
def test_nobody_says_the_outcome_of_their_own_guess(posts: list[str], people: list[str]) -> None:
    refusal = may_settle(ANALYST, ASKED, posts, people, SETTLED)
    assert refusal is not None
    assert "You guessed here" in refusal.sentence


@pytest.mark.parametrize(
    ("text", "category", "until"),
    [("", "Estate", SETTLED), ("Will it?", " ", SETTLED), ("Will it?", "Estate", OPENS)],
)
def test_a_question_says_what_it_asks_of_what_and_until_when(text: str, category: str, until: date) -> None:
    with pytest.raises(Invalid):
        Question(text, category, OPENS, until)

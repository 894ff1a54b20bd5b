"""Forecasts, expected effects, questions and guesses are kept as they were said and scored when settled."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from cast import Force, a_force
from told_forecast import a_forecast
from watchkeep.apps.history.models import Entry
from watchkeep.apps.indicators.changes import open_indicator
from watchkeep.apps.indicators.changes.effects import expect_effect
from watchkeep.apps.indicators.changes.forecasts import keep_forecast
from watchkeep.apps.indicators.changes.questions import ask_question, guess, settle_question
from watchkeep.apps.indicators.models import ForecastGuess, ForecastRun
from watchkeep.apps.indicators.queries.effects import effects_of
from watchkeep.apps.indicators.queries.forecasts import forecast_of
from watchkeep.apps.indicators.queries.questions import questions, scores
from watchkeep.apps.treatment import changes as treatment
from watchkeep.domain.calibration import Guess, Question
from watchkeep.domain.clock import Clock
from watchkeep.domain.commitment import Promise
from watchkeep.domain.errors import Invalid, Missing, Refused
from watchkeep.domain.forecast import Expected
from watchkeep.domain.indicator import Definition

pytestmark = pytest.mark.django_db


def an_indicator(force: Force):
    definition = Definition("Lamps out", "lamps", "down", "day", kind="count", from_on=date(2026, 2, 1))
    return open_indicator(by=force.administrator, definition=definition)


def a_question(force: Force, *, days_ago: int = 9, due_in: int = 0):
    today = timezone.localdate()
    asked = Question("Will a lamp go out?", "Light", today - timedelta(days_ago), today + timedelta(due_in))
    return ask_question(by=force.administrator, question=asked)


def test_the_same_forecast_is_kept_once_and_read_again_as_it_was(force: Force) -> None:
    which, made = an_indicator(force), a_forecast()
    assert keep_forecast(by=force.administrator, indicator=which, forecast=made)
    assert not keep_forecast(by=force.administrator, indicator=which, forecast=made)
    assert ForecastRun.objects.count() == 1
    assert forecast_of(force.reader, "K1") == made
    later = a_forecast("b" * 64)
    assert keep_forecast(by=force.administrator, indicator=which, forecast=later)
    assert forecast_of(force.reader, "K1") == later
    first = ForecastRun.objects.order_by("known_at")[0].known_at
    assert forecast_of(force.reader, "K1", Clock(known_at=first)) == made


def test_who_only_reads_keeps_no_forecast(force: Force) -> None:
    which = an_indicator(force)
    with pytest.raises(Refused):
        keep_forecast(by=force.reader, indicator=which, forecast=a_forecast())
    assert forecast_of(force.reader, which) is None


def test_an_expected_effect_is_said_again_only_with_a_reason_and_both_stay_in_the_history(
    force: Force,
) -> None:
    by, which, begins = force.administrator, an_indicator(force), date(2026, 3, 1)
    promised = treatment.promise(by=by, kind="action", value=Promise("New lamps"))
    first, second = Expected("change", -2.0, date(2026, 6, 1)), Expected("level", 1.0, date(2026, 6, 20))
    expect_effect(by=by, commitment=promised, indicator=which, expected=first, from_on=begins)
    with pytest.raises(Invalid, match="say why"):
        expect_effect(by=by, commitment=promised, indicator=which, expected=second, from_on=begins)
    expect_effect(
        by=by, commitment=promised, indicator=which, expected=second, from_on=begins, why="Dearer lamps"
    )
    (row,) = effects_of(by, promised)
    assert (row.reference, row.expected) == ("K1", second)
    assert Entry.objects.filter(verb="expect an effect").count() == 2
    with pytest.raises(Invalid, match="after the one"):
        expect_effect(
            by=by, commitment=promised, indicator=which, expected=first, from_on=first.by, why="x y"
        )


def test_the_last_guess_counts_and_the_one_before_stays(force: Force) -> None:
    question = a_question(force)
    guess(by=force.administrator, question=question, value=Guess(0.9))
    guess(by=force.administrator, question=question, value=Guess(0.2), why="It was mended.")
    (row,) = questions(force.reader)
    assert [(each.forecaster, each.value.chance) for each in row.guesses] == [(force.administrator.name, 0.2)]
    assert ForecastGuess.objects.count() == 2


def test_who_guessed_does_not_settle_and_nobody_guesses_afterwards(force: Force) -> None:
    question, other = a_question(force), replace(force.administrator, id="another")
    guess(by=force.administrator, question=question, value=Guess(0.2))
    with pytest.raises(Refused, match="You guessed here"):
        settle_question(by=force.administrator, question=question, came=0, source="The lamp book")
    settle_question(by=other, question=question, came=0, source="The lamp book")
    with pytest.raises(Refused, match="is settled"):
        guess(by=force.administrator, question=question, value=Guess(0.0))
    with pytest.raises(Invalid, match="say why"):
        settle_question(by=other, question=question, came=1, source="The lamp book")
    found = scores(force.reader)
    assert found.settled == 1
    assert found.categories[0].sentence == "One chance has been settled, too few to say: it takes 10."


def test_nothing_is_settled_before_its_day_nor_guessed_by_another_body(force: Force) -> None:
    question = a_question(force, due_in=5)
    with pytest.raises(Refused, match="and not before"):
        settle_question(by=force.administrator, question=question, came=0, source="The lamp book")
    elsewhere = a_force("Mole Vale Police").administrator
    with pytest.raises(Missing):
        guess(by=elsewhere, question=question, value=Guess(0.5))


def test_questions_cost_three_statements_however_many_there_are(
    force: Force, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for size in (1, 3):
        while len(questions(force.reader)) < size:
            guess(by=force.administrator, question=a_question(force), value=Guess(0.5))
        with django_assert_num_queries(3):
            assert len(questions(force.reader)) == size

"""What was asked and guessed, what came of it, and how well the guesses held."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from uuid import UUID

from django.db.models import QuerySet

from watchkeep.apps.indicators.models import ForecastGuess, ForecastOutcome, ForecastQuestion
from watchkeep.domain.calibration import (
    Bin,
    Guess,
    QuestionKind,
    Score,
    Settled,
    by_category,
    by_forecaster,
    reliability,
)
from watchkeep.domain.clock import PRESENT, Clock
from watchkeep.domain.errors import Missing
from watchkeep.domain.people import Actor, must

Row = TypeVar("Row", ForecastQuestion, ForecastGuess, ForecastOutcome)


@dataclass(frozen=True, slots=True)
class GuessRow:
    """The last guess of one who guesses: a post by its title, or a person where no post was named."""

    forecaster: str
    value: Guess
    on: date
    why: str


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """A question with what is guessed now and what came, where that is known."""

    id: UUID
    number: int
    text: str
    category: str
    kind: QuestionKind
    unit: str
    opens_on: date
    resolves_on: date
    guesses: tuple[GuessRow, ...]
    came: float | None
    source: str
    guessed_by: frozenset[str]  # the ids of all who ever guessed
    posts: frozenset[str]  # and of the posts that they did it for


@dataclass(frozen=True, slots=True)
class Scores:
    """How well the body guesses."""

    categories: tuple[Score, ...]
    forecasters: tuple[Score, ...]
    reliability: tuple[Bin, ...]
    settled: int


def questions(viewer: Actor, clock: Clock = PRESENT) -> tuple[QuestionRow, ...]:
    """Every question of the body by its number, in three statements however many there are."""
    must(viewer, "read")
    rows = _known(ForecastQuestion.objects.filter(body_id=viewer.body), clock).order_by("number")
    if clock.day is not None:
        rows = rows.filter(opens_on__lte=clock.day)
    found = list(rows)
    ids = [each.pk for each in found]
    guesses = list(
        _known(ForecastGuess.objects.filter(question__in=ids), clock)
        .select_related("post")
        .order_by("number")
    )
    outcomes = _known(ForecastOutcome.objects.filter(question__in=ids), clock)
    # Later ones come later and so take the place of those before.
    last = {(each.question_id, each.post_id or each.actor): each for each in guesses}
    came = {each.question_id: each for each in outcomes.order_by("number")}
    return tuple(
        _row(
            each,
            [one for (which, _), one in last.items() if which == each.pk],
            came.get(each.pk),
            [one for one in guesses if one.question_id == each.pk],
        )
        for each in found
    )


def question_numbered(viewer: Actor, number: int) -> QuestionRow:
    """The question of that number (Q3 is 3)."""
    found = next((each for each in questions(viewer) if each.number == number), None)
    if found is None:
        raise Missing(f"There is no question Q{number}.")
    return found


def scores(viewer: Actor, clock: Clock = PRESENT) -> Scores:
    """Brier scores and ranges that held, by category and by who guessed, of all that is settled."""
    rows = [each for each in questions(viewer, clock) if each.came is not None]
    settled = [
        Settled(each.category, one.forecaster, each.kind, one.value, each.came)
        for each in rows
        for one in each.guesses
        if each.came is not None
    ]
    return Scores(by_category(settled), by_forecaster(settled), reliability(settled), len(rows))


def _known(rows: QuerySet[Row], clock: Clock) -> QuerySet[Row]:
    return rows if clock.known_at is None else rows.filter(known_at__lte=clock.known_at)


def _row(
    row: ForecastQuestion,
    guesses: list[ForecastGuess],
    outcome: ForecastOutcome | None,
    every: list[ForecastGuess],
) -> QuestionRow:
    stated = sorted(
        (
            GuessRow(
                each.post.title if each.post else each.by,
                Guess(each.chance, each.low, each.high),
                each.on,
                each.why,
            )
            for each in guesses
        ),
        key=lambda each: each.forecaster.casefold(),
    )
    return QuestionRow(
        row.pk,
        row.number,
        row.text,
        row.category,
        "number" if row.kind == "number" else "yes or no",
        row.unit,
        row.opens_on,
        row.resolves_on,
        tuple(stated),
        outcome.came if outcome else None,
        outcome.source if outcome else "",
        frozenset(each.actor for each in every),
        frozenset(str(each.post_id) for each in every if each.post_id),
    )

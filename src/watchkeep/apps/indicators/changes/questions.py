"""What people hold likely: ask, guess, and say what came. What is said later takes nothing away."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Max
from django.utils import timezone

from watchkeep.apps.history.changes import recording
from watchkeep.apps.indicators.changes.holding import post_named, said_by
from watchkeep.apps.indicators.models import ForecastGuess, ForecastOutcome, ForecastQuestion
from watchkeep.domain.calibration import (
    Guess,
    Question,
    QuestionKind,
    may_ask,
    may_guess,
    may_settle,
    must_be_an_outcome,
)
from watchkeep.domain.errors import Invalid, Missing, Refused
from watchkeep.domain.naming import in_words
from watchkeep.domain.people import Actor, answers_for, obey


def ask_question(*, by: Actor, question: Question) -> UUID:
    """Ask something that will be settled on a day; its id. It gets the body's next number."""
    with recording(by=by, verb="ask a forecast question") as entry:
        obey(may_ask(by))
        last = ForecastQuestion.objects.filter(body_id=by.body).aggregate(last=Max("number"))["last"]
        made = ForecastQuestion(
            body_id=UUID(by.body),
            number=(last or 0) + 1,
            text=in_words(question.text),
            category=in_words(question.category),
            kind=question.kind,
            unit=question.unit.strip(),
            opens_on=question.opens_on,
            resolves_on=question.resolves_on,
            known_at=timezone.now(),
            by=said_by(by),
        )
        entry.about("question", made.pk, str(made))
        made.save()
    return made.pk


def guess(*, by: Actor, question: UUID, value: Guess, post: UUID | None = None, why: str = "") -> None:
    """Say what is held likely, for a post that is answered for or for oneself. It takes the place of what was
    guessed for the same before; both stay, and the last one before the day counts.
    """
    with recording(by=by, verb="guess", reason=why) as entry:
        found, today = _question(by, question), timezone.localdate()
        obey(may_guess(by, question_of(found), today))
        if found.outcomes.exists():
            raise Refused(f"Q{found.number} is settled: no guess counts any more.")
        holder = post_named(by, post)
        if holder is not None and not answers_for(by, holder.pk):
            raise Refused(f"You do not hold the post {holder.title}; guess for one that you hold.")
        value.must_fit(question_of(found).kind)
        last = found.guesses.aggregate(last=Max("number"))["last"]
        made = ForecastGuess(
            question=found,
            number=(last or 0) + 1,
            post=holder,
            actor=by.id,
            by=said_by(by),
            chance=value.chance,
            low=value.low,
            high=value.high,
            on=today,
            known_at=timezone.now(),
            why=in_words(why),
        )
        entry.about("question", found.pk, str(found))
        made.save()


def settle_question(*, by: Actor, question: UUID, came: float, source: str, why: str = "") -> None:
    """Say what came and where it can be read. Said again, it says why the first was wrong."""
    with recording(by=by, verb="settle a forecast question", reason=why) as entry:
        found = _question(by, question)
        guesses = list(found.guesses.values_list("post_id", "actor"))
        posts = [str(post) for post, _ in guesses if post]
        actors = [actor for _, actor in guesses]
        obey(may_settle(by, question_of(found), posts, actors, timezone.localdate()))
        must_be_an_outcome(came, question_of(found).kind)
        if not in_words(source):
            raise Invalid("source", "Say where it can be read that it came, or did not.")
        last = found.outcomes.aggregate(last=Max("number"))["last"]
        if last and not in_words(why):
            raise Invalid("why", f"Q{found.number} is settled already: say why that was wrong.")
        made = ForecastOutcome(
            question=found,
            number=(last or 0) + 1,
            came=came,
            source=in_words(source),
            known_at=timezone.now(),
            by=said_by(by),
            why=in_words(why),
        )
        entry.about("question", found.pk, str(found))
        made.save()


def question_of(row: ForecastQuestion) -> Question:
    """What is asked, as the rules know it."""
    kind: QuestionKind = "number" if row.kind == "number" else "yes or no"
    return Question(row.text, row.category, row.opens_on, row.resolves_on, kind, row.unit)


def _question(by: Actor, question: UUID) -> ForecastQuestion:
    found = ForecastQuestion.objects.select_for_update().filter(pk=question, body_id=by.body).first()
    if found is None:
        raise Missing("There is no such question.")
    return found

"""What was said of the demo's figures later: corrections, waiting files, effects, sentences, guesses."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from watchkeep.cli.demo import papers
from watchkeep.cli.demo.names import REGISTER
from watchkeep.cli.demo.proof import sentence_told
from watchkeep.cli.demo.told import Told

if TYPE_CHECKING:
    from watchkeep.domain.people import Actor

ENDS: Final = ("chance", "low", "high")


def say_once(by: Actor, told: Told, folder: Path) -> None:
    """Say all of it, unless anything has been asked already."""
    from django.db import transaction

    from watchkeep.apps.indicators.queries.questions import questions
    from watchkeep.cli.work import tools
    from watchkeep.jobs import loading

    if questions(by):
        return
    path = folder / told["waiting"]["file"]
    with transaction.atomic():
        for each in told["correction"]:
            _set_right(by, each)
        loading.bring(by, tools().store, path.read_bytes(), path.name)
        for each in told["expected"]:
            _expect(by, each)
        _rest(by, told)
        for each in told["question"]:
            _ask(by, each)


def _named(by: Actor, name: str) -> UUID:
    from watchkeep.apps.indicators import queries

    return next(each.id for each in queries.indicators(by) if each.definition.name == name)


def _set_right(by: Actor, told: Told) -> None:
    from watchkeep.apps.indicators import changes, queries
    from watchkeep.domain.indicator import Reading

    which = _named(by, told["name"])
    was = next(each for each in queries.series(by, which).readings if each.on == told["on"])
    cases, of = (was.numerator or 0) + told["add"], was.denominator or 1
    right = Reading(told["on"], round(100 * cases / of, 2), cases, of)
    changes.observe(by=by, indicator=which, readings=[right], source="A second reader", reason=told["reason"])


def _expect(by: Actor, told: Told) -> None:
    """What a promise is to do to an indicator."""
    from watchkeep.apps.indicators.changes.effects import expect_effect
    from watchkeep.apps.treatment.queries import commitments
    from watchkeep.domain.forecast import Expected

    promised = next(each for each in commitments(by) if each.value.title == told["promise"])
    expect_effect(
        by=by,
        commitment=promised.id,
        indicator=_named(by, told["name"]),
        expected=Expected(told["measured"], told["amount"], told["by"]),
        from_on=told["from"],
    )


def _rest(by: Actor, told: Told) -> None:
    """Bind sentences to a reading, or to what the chart says."""
    from watchkeep.apps.evidence import changes
    from watchkeep.apps.register import queries
    from watchkeep.cli.publish import register_named

    register = register_named(by, REGISTER).id
    words = {risk.key: risk for risk in queries.document(by, register).risks}
    for each in told["statement"]:
        changes.bind(
            by=by,
            risk=papers.risk_named(by, each["risk"]),
            field=each["field"],
            text=sentence_told(words[each["risk"]], each),
            rests=changes.OnObservation(
                _named(by, each["name"]), each.get("period"), verdict="period" not in each
            ),
            on=each["on"],
        )


def _ask(by: Actor, told: Told) -> None:
    """Ask, and guess for each post. A demo that is made after the day of the answer has no guesses."""
    from django.utils import timezone

    from watchkeep.apps.indicators.changes.questions import ask_question, guess
    from watchkeep.domain.calibration import Guess, Question

    said: dict[str, Any] = {name: told[name] for name in ("kind", "unit") if name in told}
    question = Question(told["text"], told["category"], told["opens_on"], told["resolves_on"], **said)
    asked = ask_question(by=by, question=question)
    if not question.opens_on <= timezone.localdate() < question.resolves_on:
        return
    for each in told["guess"]:
        holder, post = papers.holder_of(by, each["post"])
        guessed = Guess(**{end: each[end] for end in ENDS if end in each})
        guess(by=holder, question=asked, value=guessed, post=post, why=each.get("why", ""))

"""Whether chances and ranges that people stated held: by category and by who stated them.

A question is settled by its outcome alone, and the guess that counts is the last one made before the day on
which it is settled. A few outcomes say nothing of how well somebody guesses, and it is said so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from watchkeep.domain.errors import Invalid
from watchkeep.domain.naming import in_words
from watchkeep.domain.people import Actor, Refusal, answers_for, may
from watchkeep.quant.scores import brier, kupiec

QuestionKind = Literal["yes or no", "number"]
KINDS: Final[tuple[QuestionKind, ...]] = ("yes or no", "number")
LEAST: Final = 10  # outcomes without which nothing is said of how well somebody guesses
LEVEL: Final = 0.80  # of the ranges that are asked for
TENTHS: Final = 10
TEXT_LENGTH: Final = 400


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, and between which days: guesses are taken from the first, until the second is over."""

    text: str
    category: str
    opens_on: date
    resolves_on: date
    kind: QuestionKind = "yes or no"
    unit: str = ""

    def __post_init__(self) -> None:
        if not in_words(self.text):
            raise Invalid("text", "Say what is asked, so that nobody can doubt later whether it came.")
        if len(self.text) > TEXT_LENGTH:
            raise Invalid("text", f"A question has up to {TEXT_LENGTH} characters; shorten it.")
        if not in_words(self.category):
            raise Invalid("category", "Say which category it is of: guesses are scored by it.")
        if self.kind not in KINDS:
            raise Invalid("kind", f"A question is one of {', '.join(KINDS)}; “{self.kind}” is neither.")
        if self.resolves_on <= self.opens_on:
            raise Invalid("resolves_on", "A question is settled on a day after the one on which it opens.")


@dataclass(frozen=True, slots=True)
class Guess:
    """A chance from 0 to 1 for yes, or the ends of a range that holds the number four times in five."""

    chance: float | None = None
    low: float | None = None
    high: float | None = None

    def must_fit(self, kind: QuestionKind) -> None:
        """Refuse what does not answer a question of that kind."""
        if kind == "yes or no":
            if self.chance is None or self.low is not None or self.high is not None:
                raise Invalid("chance", "Give a chance from 0 to 100 % that the answer is yes.")
            if not 0 <= self.chance <= 1:
                raise Invalid("chance", "A chance lies between 0 and 100 %, both included.")
        elif self.chance is not None or self.low is None or self.high is None:
            raise Invalid("low", "Give a range, from where to where: four times in five it should hold.")
        elif not self.low <= self.high:
            raise Invalid("high", "A range goes from the lower end to the higher one.")


@dataclass(frozen=True, slots=True)
class Settled:
    """A guess that counted, and what came: 1 or 0 for yes or no, or the number."""

    category: str
    forecaster: str
    kind: QuestionKind
    guess: Guess
    came: float


@dataclass(frozen=True, slots=True)
class Bin:
    """Chances that were stated between two tenths: how many, their mean, and how often it came."""

    low: float
    high: float
    size: int
    stated: float
    came: float


@dataclass(frozen=True, slots=True)
class Score:
    """How the guesses of a category or a forecaster held. None: too few outcomes to say."""

    name: str
    chances: int
    ranges: int
    brier: float | None
    uncertainty: float | None  # what always saying how often it came would have scored
    held: float | None  # the share of ranges that held the number
    sentence: str


def may_ask(actor: Actor) -> Refusal | None:
    """Who keeps the body's indicators asks what is to be guessed."""
    return may(actor, "keep indicators")


def may_guess(actor: Actor, question: Question, day: date) -> Refusal | None:
    """Anyone who may comment guesses, while the question is open and not over."""
    if day < question.opens_on:
        return Refusal(f"The question opens on {_day(question.opens_on)}.")
    if day > question.resolves_on:
        return Refusal(
            f"The question was to be settled on {_day(question.resolves_on)}: no guess counts now."
        )
    return may(actor, "comment")


def may_settle(
    actor: Actor, question: Question, posts: Iterable[str], guessed_by: Iterable[str], day: date
) -> Refusal | None:
    """Nobody says the outcome of what they themselves guessed, nor before its day."""
    if day < question.resolves_on:
        return Refusal(f"The question is settled on {_day(question.resolves_on)}, and not before.")
    if actor.id in set(guessed_by) or any(answers_for(actor, post) for post in posts):
        return Refusal("You guessed here: somebody else says what came.")
    return may(actor, "keep indicators")


def must_be_an_outcome(came: float, kind: QuestionKind) -> None:
    """Refuse an outcome that does not answer a question of that kind."""
    if kind == "yes or no" and came not in (0, 1):
        raise Invalid("came", "Say yes or no: the question asks for nothing else.")


def by_category(settled: Iterable[Settled]) -> tuple[Score, ...]:
    """A score for each category, in the order of their names."""
    return _scores(settled, lambda each: each.category)


def by_forecaster(settled: Iterable[Settled]) -> tuple[Score, ...]:
    """A score for each who guessed, in the order of their names: whom it is better than is not said."""
    return _scores(settled, lambda each: each.forecaster)


def reliability(settled: Iterable[Settled]) -> tuple[Bin, ...]:
    """Of the chances that were stated in each tenth, how often it came; tenths without any are left out."""
    tenths: dict[int, list[Settled]] = defaultdict(list)
    for each in settled:
        if each.guess.chance is not None:
            # 30 % times 10 is a hair more or less than 3; which tenth it is must not hang on that.
            tenths[min(int(round(each.guess.chance * TENTHS, 9)), TENTHS - 1)].append(each)
    return tuple(_bin(tenth, tenths[tenth]) for tenth in sorted(tenths))


def _bin(tenth: int, group: Sequence[Settled]) -> Bin:
    stated = sum(each.guess.chance or 0.0 for each in group) / len(group)
    return Bin(
        tenth / TENTHS,
        (tenth + 1) / TENTHS,
        len(group),
        stated,
        sum(each.came for each in group) / len(group),
    )


def _scores(settled: Iterable[Settled], named: Callable[[Settled], str]) -> tuple[Score, ...]:
    groups: dict[str, list[Settled]] = defaultdict(list)
    for each in settled:
        groups[named(each)].append(each)
    return tuple(_score(name, groups[name]) for name in sorted(groups, key=str.casefold))


def _score(name: str, group: Sequence[Settled]) -> Score:
    chances = [(each.guess.chance, each.came) for each in group if each.guess.chance is not None]
    held = [
        each.guess.low <= each.came <= each.guess.high
        for each in group
        if each.guess.low is not None and each.guess.high is not None
    ]
    said: list[str] = []
    found = share = None
    if chances:
        if len(chances) >= LEAST:
            found = brier(*zip(*chances, strict=True))
            said.append(_chances_said(found.score, found.uncertainty, len(chances)))
        else:
            said.append(_too_few(len(chances), "chance"))
    if held:
        if len(held) >= LEAST:
            share = sum(held) / len(held)
            said.append(_ranges_said(sum(held), len(held)))
        else:
            said.append(_too_few(len(held), "range"))
    return Score(
        name, len(chances), len(held), found.score if found else None,
        found.uncertainty if found else None, share, " ".join(said),
    )  # fmt: skip


def _chances_said(score: float, base: float, size: int) -> str:
    against = "no better than" if score >= base else "better than"
    return (
        f"Of {size} chances the Brier score is {score:.3f}, {against} always saying how often it came "
        f"({base:.3f})."
    )


def _ranges_said(inside: int, size: int) -> str:
    off = kupiec(inside, size, LEVEL).probability < 0.05
    word = ""
    if off:
        word = ": they were too narrow" if inside < LEVEL * size else ": they were wider than they had to be"
    return f"{inside} of {size} ranges held the number, and four in five were to{word}."


def _too_few(size: int, what: str) -> str:
    count = f"One {what} has" if size == 1 else f"{size} {what}s have"
    return f"{count} been settled, too few to say: it takes {LEAST}."


def _day(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"

"""Answers to what lint finds: which finding each answer stands for, and who may give one.

An answer holds as long as the words, and what the finding rests on. Where either changed it holds no longer,
and stands beside the new ones as what was said of the old.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from typing import Final, Literal

from watchkeep.domain.errors import Invalid
from watchkeep.domain.lint import Found
from watchkeep.domain.lint.found import place_of_words
from watchkeep.domain.lint.report import WEIGHTS
from watchkeep.domain.people import Actor, Refusal, Where
from watchkeep.domain.risk_state import may_change

Answer = Literal["accepted", "wrong"]
ANSWERS: Final[dict[Answer, str]] = {
    "accepted": "It stands as it is written",
    "wrong": "The finding is wrong",
}
ALIKE: Final = 0.5  # of the words of an earlier answer must stand in the new ones


@dataclass(frozen=True, slots=True)
class Given:
    """What somebody answered to a finding, the latest of those to these words; an answer that was taken
    back is none any more.
    """

    risk: str  # its key, as in the finding
    key: str
    code: str
    field: str
    text: str
    number: int  # how often these words were answered, this time included
    answer: Answer | None
    reason: str
    by: str
    on: date


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found, with the answer that stands for these words, or what was answered before they
    changed.
    """

    found: Found
    answer: Given | None = None
    before: Given | None = None
    number: int = 0  # how often these words were answered: what a new answer has looked at

    @property
    def open(self) -> bool:
        """Whether nobody has answered it."""
        return self.answer is None


def matched(found: Iterable[Found], given: Iterable[Given]) -> tuple[Finding, ...]:
    """Each finding with its answer; the weightiest first, and within a weight in the register's own order.

    An answer whose words are gone is shown with the open finding of the same rule in the same field of the
    same risk that is most like it, once.
    """
    every = list(found)
    by_key = {each.key: each for each in given}
    standing = {each.key for each in every}
    gone = [each for each in by_key.values() if each.answer and each.key not in standing]
    earlier = _earlier([each for each in every if not _answered(by_key.get(each.key))], gone)
    rows = []
    for place, each in enumerate(every):
        latest = by_key.get(each.key)
        rows.append(
            (
                WEIGHTS.index(each.weight),
                place,
                Finding(
                    each,
                    latest if _answered(latest) else None,
                    earlier.get(each.key),
                    latest.number if latest else 0,
                ),
            )
        )
    return tuple(row for _, _, row in sorted(rows, key=lambda row: row[:2]))


def may_answer(actor: Actor, where: Where, owner_post: object | None = None) -> Refusal | None:
    """Whether `actor` may answer findings about a risk there: who may change its words. Never a program."""
    if actor.kind == "system":
        return Refusal("A program finds; only a person answers.")
    return may_change(actor, where, owner_post)


def answer_named(text: str) -> Answer:
    """The answer of that name."""
    for each in ANSWERS:
        if each == text:
            return each
    raise Invalid("answer", "Say whether the words stand as they are, or the finding is wrong.")


@dataclass(frozen=True, slots=True)
class Quote:
    """The characters of a finding inside their text, for a page to mark."""

    before: str
    marked: str
    after: str


BESIDE: Final = 140  # characters of the text that are shown on each side


def quoted(text: str, start: int, end: int) -> Quote:
    """What stands at these characters, with the text around it; cut at a word where that is long."""
    before, after = text[:start], text[end:]
    if len(before) > BESIDE:
        before = f"… {before[-BESIDE:].partition(' ')[2]}"
    if len(after) > BESIDE:
        after = f"{after[:BESIDE].rpartition(' ')[0]} …"
    return Quote(before, text[start:end], after)


# --- Beneath them -------------------------------------------------------------------------------------------


def _answered(given: Given | None) -> bool:
    return given is not None and given.answer is not None


def _earlier(open_ones: Sequence[Found], gone: Iterable[Given]) -> dict[str, Given]:
    """By the key of an open finding, the answer to words that stood there before."""
    there: defaultdict[tuple[str, str, str], list[Found]] = defaultdict(list)
    for each in open_ones:
        there[each.risk, each.code, place_of_words(each.field)].append(each)
    found: dict[str, Given] = {}
    for given in sorted(gone, key=lambda each: (each.on, each.number), reverse=True):
        beside = there[given.risk, given.code, place_of_words(given.field)]
        alike = [(_likeness(given, each), each.key) for each in beside if each.key not in found]
        likeness, key = max(alike, default=(0.0, ""))
        if likeness >= ALIKE:
            found[key] = given
    return found


def _likeness(given: Given, found: Found) -> float:
    """How much of the words is the same; words in the very same place count as alike, whatever they say."""
    same = SequenceMatcher(None, given.text.split(), found.text.split(), autojunk=False).ratio()
    return same + (ALIKE if given.field == found.field else 0)

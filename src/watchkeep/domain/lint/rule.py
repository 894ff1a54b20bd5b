"""A rule of the lint: what it looks for, why, and how good and bad words read."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, get_args

from watchkeep.domain.document import RegisterDocument
from watchkeep.domain.lint.found import Found, Weight
from watchkeep.domain.lint.paper import Paper, Passage

Family = Literal[
    "stale",
    "undated promise",
    "unowned",
    "wording",
    "control that is an activity or a meeting",
    "unmeasured claim",
    "number without unit, period or source",
    "arithmetic that does not close",
    "jargon not expanded",
    "unchanged for quarters",
    "trend that contradicts its evidence",
    "cross-reference to nothing",
]
FAMILIES: Final[tuple[Family, ...]] = get_args(Family)


@dataclass(frozen=True, slots=True)
class Example:
    """Words of a register, and the register that they stand in: what a rule finds there can be tried."""

    words: str
    document: RegisterDocument
    as_at: date | None = None
    before: tuple[RegisterDocument, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that is looked for. `code` is never given to another rule, nor changed."""

    code: str
    family: Family
    title: str
    reason: str  # why it matters to the people who read the paper
    good: Example
    bad: Example
    weight: Weight
    look: Callable[[Paper], Iterable[Found]]
    beside: tuple[str, ...] = ()  # rules that find the same thing, each for its own reason

    def at(
        self, passage: Passage, start: int, end: int, sentence: str, advice: str = "", basis: str = ""
    ) -> Found:
        """A finding of this rule at some characters of a text."""
        return Found(
            self.code,
            passage.risk.key,
            passage.path,
            start,
            end,
            passage.text[start:end],
            sentence,
            advice,
            self.weight,
            basis,
        )

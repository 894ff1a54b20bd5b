"""What a control chart says, as a page draws it: a shape and a word, the same shape as the chart's points."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from watchkeep.domain.spc import Capability, Verdict, VerdictWord

Look = Literal["concern", "improvement", "change", "mixed", "steady", "silent"]

LOOKS: Final[dict[VerdictWord, tuple[Look, str]]] = {
    "worsening": ("concern", "Worsening"),
    "improving": ("improvement", "Improving"),
    "mixed": ("mixed", "Signals both ways"),
    "changed high": ("change", "Higher than before"),
    "changed low": ("change", "Lower than before"),
    "steady": ("steady", "Steady"),
    "too little to say": ("silent", "Too little to say"),
    "stale": ("silent", "Stale"),
}
ABLE: Final[dict[Capability, str]] = {
    "consistently meets": "Consistently meets its target",
    "hit and miss": "Hits and misses its target",
    "consistently fails": "Consistently fails its target",
}


@dataclass(frozen=True, slots=True)
class VerdictMark:
    """A verdict as it is drawn. `more` says how surely, where that is less than for certain."""

    look: Look
    word: str
    more: str = ""


@dataclass(frozen=True, slots=True)
class AbleMark:
    """Whether a process as it is will meet its target, in words."""

    word: str = ""
    fails: bool = False


def verdict_mark(verdict: Verdict) -> VerdictMark:
    """The mark of a verdict."""
    look, word = LOOKS[verdict.word]
    first = verdict.word in ("worsening", "improving") and not verdict.confirmed
    doubts = [*(["first sign"] if first else []), *(["provisional"] if verdict.provisional else [])]
    return VerdictMark(look, word, ", ".join(doubts))


def able_mark(capability: Capability | None) -> AbleMark:
    """The mark of a target's prospects; no word where there is no target to meet."""
    if capability is None:
        return AbleMark()
    return AbleMark(ABLE[capability], capability == "consistently fails")

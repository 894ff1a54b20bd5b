"""What a risk's indicators say together: one word by a stated rule, and its basis in one sentence.

The rule: indicators of causes lead, for a cause moves before its consequence does; where none is attached to
a cause, those of controls lead, then those of consequences. One leading indicator that worsens for certain
makes the risk worsening; it improves only where one improves for certain and no leading one worsens. The
others are told and move nothing. A person's word is never changed by it: where the two differ, both stand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from watchkeep.domain.document import Movement
from watchkeep.domain.finding import in_words
from watchkeep.domain.spc.values import Verdict

Side = Literal["cause", "control", "consequence"]
Word = Literal["improving", "steady", "worsening", "too little to say"]
SIDES: tuple[Side, ...] = ("cause", "control", "consequence")
SILENT = ("too little to say", "stale")


@dataclass(frozen=True, slots=True)
class Voice:
    """One indicator of a risk, and what its chart says. `leads` is a person's word that it does."""

    key: str
    name: str
    side: Side
    verdict: Verdict
    leads: bool = False


@dataclass(frozen=True, slots=True)
class Spoken:
    """What the indicators of a risk say together, on what, and which of them it was taken from."""

    word: Word
    basis: str
    leading: tuple[str, ...] = ()
    watched: tuple[str, ...] = ()  # leading ones with a first sign that is not certain yet

    @property
    def movement(self) -> Movement | None:
        """The movement, where there is one to speak of."""
        return None if self.word == "too little to say" else self.word


def spoken(voices: Sequence[Voice]) -> Spoken | None:
    """What the indicators of one risk say together; none where none is attached."""
    if not voices:
        return None
    leading = leading_of(voices)
    rest = tuple(each for each in voices if each not in leading)
    worse = tuple(each for each in leading if _certain(each, "worsening"))
    better = tuple(each for each in leading if _certain(each, "improving"))
    watched = tuple(
        each
        for each in leading
        if each.verdict.word in ("improving", "worsening") and not each.verdict.confirmed
    )
    against = tuple(each for each in leading if each.verdict.word in ("worsening", "mixed"))
    said: Word
    if worse:
        said, first = "worsening", worse
    elif better and not against:
        said, first = "improving", better
    elif all(each.verdict.word in SILENT for each in leading):
        said, first = "too little to say", leading
    else:
        said, first = "steady", tuple(dict.fromkeys((*better, *against, *watched)))
    told = first or leading
    return Spoken(
        said,
        _sentence(told, tuple(each for each in (*leading, *rest) if each not in told)),
        tuple(each.key for each in leading),
        tuple(each.key for each in watched),
    )


def leading_of(voices: Sequence[Voice]) -> tuple[Voice, ...]:
    """Those that lead: the ones that a person named, else all of the first side that has any."""
    if named := tuple(each for each in voices if each.leads):
        return named
    side = next(side for side in SIDES if any(each.side == side for each in voices))
    return tuple(each for each in voices if each.side == side)


def contradiction(judged: Movement | None, said: Spoken | None) -> str:
    """Where a person's word and the indicators differ, and what these rest on; empty where they do not."""
    found = difference(judged, said)
    return f"{found} {said.basis}" if found and said else ""


def difference(judged: Movement | None, said: Spoken | None, period: str = "") -> str:
    """A person's word (of a period, where one is named) and the indicators' in one sentence, where they
    differ; else empty.

    *Improving* beside steady indicators is a claim that nothing bears out, and told; *worsening* beside
    steady ones is caution, and is not.
    """
    if judged is None or said is None or said.movement is None or judged == said.movement:
        return ""
    if judged == "worsening" and said.movement == "steady":
        return ""
    first = f"In {period} it was judged {judged}" if period else f"It is judged {judged}"
    if said.movement == "steady":
        return f"{first}; its indicators do not bear that out."
    return f"{first}; its indicators say {said.movement}."


def _certain(voice: Voice, word: str) -> bool:
    return voice.verdict.word == word and voice.verdict.confirmed


def _sentence(told: Sequence[Voice], others: Sequence[Voice]) -> str:
    named = "; ".join(f"{each.key} {each.name}: {each.verdict.sentence.rstrip('.')}" for each in told)
    if not others:
        return f"{named}."
    counts: dict[str, int] = {}
    for each in others:
        counts[each.verdict.word] = counts.get(each.verdict.word, 0) + 1
    rest = ", ".join(f"{in_words(count)} {word}" for word, count in counts.items())
    return f"{named}. Beside {'it' if len(told) == 1 else 'them'}: {rest}."

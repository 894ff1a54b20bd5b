"""How a sentence stands on a day, by what it was bound to: and where its words are now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from difflib import SequenceMatcher
from textwrap import shorten
from typing import Final

from watchkeep.domain import document
from watchkeep.domain.document import Basis, Risk, Standing
from watchkeep.domain.finding import written
from watchkeep.domain.statement.grounds import SHELVES, GroundKind
from watchkeep.domain.statement.needing import Sentence, sentences_of

ALIKE: Final = 0.6  # of two sentences' words, the share that is the same: less, and it is another sentence
QUOTED: Final = 160


@dataclass(frozen=True, slots=True)
class Ground:
    """One thing that a sentence rests on. `moved` is why it is no longer what it was, if so."""

    kind: GroundKind
    key: str
    label: str
    on: date
    text: str = ""  # the sentence as it read when it was bound to this
    says: str = ""
    place: str = ""  # where in a document
    holds_until: date | None = None
    moved: str = ""
    id: str = ""  # of its binding
    indicator: str = ""  # by its reference, where it is a reading of one or what its chart says
    verdict: str = ""  # what its chart said
    newer: str = ""  # what has come since that could take its place, in a sentence

    def expired(self, day: date) -> bool:
        """Whether its shelf life is over."""
        return self.holds_until is not None and day > self.holds_until

    @property
    def named(self) -> str:
        """What it is, for a sentence: its label, with the place in it."""
        return f"{self.label}, {self.place}" if self.place else self.label


@dataclass(frozen=True, slots=True)
class Held:
    """A sentence that somebody stood behind, as it last read then, and all that it rests on."""

    id: str
    version: int
    field: str
    text: str
    grounds: tuple[Ground, ...]
    taken_from: str = (
        ""  # the risk that it was bound in, where this one was escalated from it or took it over
    )


@dataclass(frozen=True, slots=True)
class Placed:
    """A sentence of a risk as it stands: where, how, and by which statement it is held, if by any."""

    sentence: Sentence
    standing: Standing
    because: str = ""
    held: Held | None = None

    @property
    def flagged(self) -> bool:
        """Whether somebody must look again."""
        return self.standing in ("moved", "expired")

    @property
    def reworded(self) -> bool:
        """Whether its own words changed since."""
        return self.held is not None and _reworded(self.held, self.sentence.text) is not None

    @property
    def grounds(self) -> tuple[Ground, ...]:
        """What it rests on."""
        return self.held.grounds if self.held else ()

    @property
    def statement(self) -> document.Statement:
        """The same for a register document, which names posts and no people."""
        judged = [each for each in self.grounds if each.kind == "judgement"]
        latest = max(judged, key=lambda each: each.on, default=None)
        ends = [each.holds_until for each in self.grounds]
        known = [each for each in ends if each is not None]
        return document.Statement(
            field=self.sentence.path,
            start=self.sentence.start,
            end=self.sentence.end,
            text=self.sentence.text,
            standing=self.standing,
            rests_on=tuple(_basis(each) for each in self.grounds if each.kind != "judgement"),
            judged_by=latest.label if latest else "",
            judged_on=latest.on if latest else None,
            holds_until=max(known) if known and len(known) == len(ends) else None,
            because=self.because,
        )


def squeezed(text: str) -> str:
    """The words alone: two sentences are the same whatever space stands between their words."""
    return " ".join(text.split())


def placed(risk: Risk, held: Iterable[Held], day: date) -> tuple[Placed, ...]:
    """Every sentence that needs a basis or has one, in the document's order.

    A statement whose sentence is gone from its text falls away; one whose words changed is shown at the
    sentence that it became. One of another risk, that this one took over, holds the same words here.
    """
    sentences = tuple(sentences_of(risk))
    by_place = _matched(sentences, _together(each for each in held if each.grounds))
    found = []
    for number, sentence in enumerate(sentences):
        own = by_place.get(number)
        if own is not None:
            standing, because = stands(own, sentence.text, day)
            found.append(Placed(sentence, standing, because, own))
        elif sentence.needs:
            found.append(Placed(sentence, "unbound"))
    return tuple(found)


def stands(held: Held, text: str, day: date) -> tuple[Standing, str]:
    """How a statement stands on a day, and why somebody must look again, if so."""
    moved = [each.moved for each in held.grounds if each.moved]
    if (before := _reworded(held, text)) is not None:
        quoted = shorten(squeezed(before), QUOTED, placeholder=" …")
        where = f" in {held.taken_from}" if held.taken_from else ""
        moved.insert(0, f"The sentence read “{quoted}”{where} when it was last looked at.")
    if moved:
        return "moved", " ".join(moved)
    live = [each for each in held.grounds if not each.expired(day)]
    if not live:
        last = max(held.grounds, key=lambda each: each.holds_until or each.on)
        what = "The judgement" if last.kind == "judgement" else f"The {SHELVES[last.kind].name}"
        until = f" counted until {written(last.holds_until)}" if last.holds_until else " no longer counts"
        told = f"{what} of {written(last.on)}{until}."
        return "expired", f"{told} {last.newer}".rstrip()
    judged = all(each.kind == "judgement" for each in live)
    return ("judged" if judged else "bound"), ""


def _together(held: Iterable[Held]) -> tuple[Held, ...]:
    """A risk's own statements first, each with what the same words rested on in a risk that it took over."""
    found: dict[tuple[str, str], Held] = {}
    left = []
    for each in sorted(held, key=lambda one: bool(one.taken_from)):
        known = each.field, squeezed(each.text)
        if not each.taken_from:
            found.setdefault(known, each)
            left += [] if found[known] is each else [each]
        elif known in found:
            found[known] = replace(found[known], grounds=(*found[known].grounds, *each.grounds))
        else:
            found[known] = each
    own = [each for each in found.values() if not each.taken_from]
    return (*own, *left, *(each for each in found.values() if each.taken_from))


def _reworded(held: Held, text: str) -> str | None:
    """The words that something was bound to that are no longer the sentence's own."""
    own = squeezed(text)
    return next((each.text for each in held.grounds if squeezed(each.text) != own), None)


def _matched(sentences: Sequence[Sentence], held: Sequence[Held]) -> dict[int, Held]:
    """Which statement holds which sentence: the same words first, then the most alike of what is left."""
    found: dict[int, Held] = {}
    for each in held:
        words = squeezed(each.text)
        for number, sentence in enumerate(sentences):
            if number not in found and sentence.field == each.field and squeezed(sentence.text) == words:
                found[number] = each
                break
    left = [each for each in held if each not in found.values()]
    pairs = [
        (-likeness, place, number)
        for place, each in enumerate(left)
        for number, sentence in enumerate(sentences)
        if number not in found
        and sentence.field == each.field
        and (likeness := _likeness(each.text, sentence.text)) >= ALIKE
    ]
    taken: set[int] = set()
    for _, place, number in sorted(pairs):
        if number not in found and place not in taken:
            found[number] = left[place]
            taken.add(place)
    return found


def _likeness(one: str, other: str) -> float:
    before, after = one.casefold().split(), other.casefold().split()
    return SequenceMatcher(None, before, after, autojunk=False).ratio()


def _basis(ground: Ground) -> Basis:
    if ground.kind == "judgement":
        raise ValueError("a judgement is a statement's own, and no basis of another kind")
    return Basis(
        kind=ground.kind,
        key=ground.key,
        label=ground.named,
        on=ground.on,
        says=ground.says,
        verdict=ground.verdict,
    )

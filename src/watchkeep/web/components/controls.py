"""Small marks of controls, each a word and a shape: how effective, how fresh, what a sample leaves open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from watchkeep.apps.treatment.queries import ControlRow
from watchkeep.domain.assurance import Cell
from watchkeep.domain.check import Check, Freshness, Sample, share
from watchkeep.domain.effectiveness import Answer, Judged
from watchkeep.domain.finding import written

WORDS: dict[str, str] = {
    "effective": "Effective",
    "partly effective": "Partly effective",
    "not effective": "Not effective",
    "too few to say": "Too few to say",
    "not tested": "Not tested",
    "not judged": "Not judged",
}
LINES = {1: "first line", 2: "second line", 3: "third line"}


@dataclass(frozen=True, slots=True)
class EffectMark:
    """An answer as it is drawn; `step` names its shape."""

    answer: str

    @property
    def word(self) -> str:
        """As it is written."""
        return WORDS[self.answer]

    @property
    def shape(self) -> str:
        """The last part of its class: effective, partly, not, few, untested."""
        shapes = {
            "effective": "effective",
            "partly effective": "partly",
            "not effective": "not",
            "too few to say": "few",
        }
        return shapes.get(self.answer, "untested")


@dataclass(frozen=True, slots=True)
class FreshMark:
    """How a check counts, with its day."""

    freshness: Freshness | None
    on: date | None = None


@dataclass(frozen=True, slots=True)
class SpanMark:
    """An interval as a bar from 0 to 100 with its ends in words; drawn in whole per cent."""

    words: str
    x: int
    width: int
    seen: int


@dataclass(frozen=True, slots=True)
class MapCell:
    """One line of defence of one control: what it last found, or nothing."""

    line: int
    effect: EffectMark | None
    fresh: FreshMark
    kind: str
    by: str


def effect(answer: Answer | str) -> EffectMark:
    """The mark of an answer."""
    return EffectMark(answer)


def span(sample: Sample | None) -> SpanMark | None:
    """The bar of a sample: where the share of all cases that fail may lie."""
    if sample is None:
        return None
    found = sample.interval
    low, high = round(100 * found.low), round(100 * found.high)
    ends = f"between {share(found.low)} and {share(found.high)} of all, 95 times of 100"
    words = f"{sample.failures} of {sample.size} cases failed: {ends}"
    return SpanMark(words, low, max(1, high - low), round(100 * sample.failures / sample.size))


def fresh(row: ControlRow) -> FreshMark:
    """How the checks of a control count."""
    return FreshMark(row.effectiveness.freshness, row.effectiveness.checked_on)


def cell(found: Cell) -> MapCell:
    """A cell of the assurance map; where a check judged operation, that is its result."""
    check = found.check
    if check is None:
        return MapCell(found.line, None, FreshMark(None), "", "")
    word = check.design if check.operation == "not judged" else check.operation
    return MapCell(found.line, EffectMark(word), FreshMark(found.freshness, check.on), check.kind, check.by)


def told(check: Check) -> str:
    """Who checked, how and when: the head of a check on the timeline."""
    verb = {"attestation": "attested", "assessment": "assessed it", "assurance": "tested it"}[check.kind]
    return f"{check.by} {verb} on {written(check.on)}"


def line_of(check: Check) -> str:
    """“Assurance, third line”."""
    return f"{check.kind.capitalize()}, {LINES[check.line]}"


def because(judged: Judged, aspect: str) -> str:
    """Why the answer is what it is, in one or two sentences."""
    if judged.check is None:
        if judged.last is None:
            return f"Nobody has judged its {aspect} yet."
        word, on = getattr(judged.last, aspect), written(judged.last.on)
        return f"Its {aspect} was last judged {word} on {on}; that is too old to count."
    said = f"{told(judged.check)} and called its {aspect} {getattr(judged.check, aspect)}."
    if judged.freshness == "fading":
        said += f" That has been fading since {written(judged.check.fading_from)}."
    return f"{said} {judged.sample.sentence}" if judged.sample else said


def otherwise(judged: Judged, aspect: str) -> tuple[str, ...]:
    """Who that counts says something else."""
    return tuple(
        f"{told(each)} and called its {aspect} {getattr(each, aspect)}." for each in judged.otherwise
    )

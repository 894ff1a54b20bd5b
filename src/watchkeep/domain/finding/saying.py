"""The sentence, in parts that can be linked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from watchkeep.domain.document import RegisterDocument
from watchkeep.domain.finding.bands import BandCount
from watchkeep.domain.finding.missing import Missing
from watchkeep.domain.finding.moving import Moved, MovedCount
from watchkeep.domain.finding.periods import named_period, previous_period, quarter_of, spoken_period
from watchkeep.domain.finding.words import counted, in_words, written

MOST_BANDS_NAMED = 4  # a sentence that names more is not read


@dataclass(frozen=True, slots=True)
class Part:
    """A run of the sentence. `code` names what it counts, for a link; it is empty on the words between."""

    text: str
    code: str = ""
    risks: tuple[str, ...] = ()


def joined(sentences: Iterable[list[Part]]) -> tuple[Part, ...]:
    """Sentences one after the other, each with a capital letter and a full stop."""
    parts: list[Part] = []
    for sentence in sentences:
        if parts:
            parts.append(Part(" "))
        first, *rest = sentence
        parts += [Part(first.text[:1].upper() + first.text[1:], first.code, first.risks), *rest, Part(".")]
    return tuple(parts)


def _series(parts: list[Part]) -> list[Part]:
    """Parts with commas between, and `and` before the last."""
    spaced: list[Part] = []
    for place, part in enumerate(parts):
        if place:
            spaced.append(Part(" and " if place == len(parts) - 1 else ", "))
        spaced.append(part)
    return spaced


def _is(count: int) -> str:
    return "is" if count == 1 else "are"


def standing_sentence(
    document: RegisterDocument,
    bands: tuple[BandCount, ...],
    unrated: tuple[str, ...],
    scores: tuple[tuple[str, int], ...],
) -> list[Part]:
    """Where the risks stand: how many in each band, or the highest score."""
    total = len(document.risks)
    everything = tuple(risk.key for risk in document.risks)
    if total == 0:
        return [Part("the register holds no risks", "risks")]
    present = [band for band in bands if band.risks]
    if not present and scores:
        top, count = scores[0]
        stand = "scores" if count == 1 else "score"
        return [
            Part("the one risk" if total == 1 else f"of {total:,} risks", "risks", everything),
            Part(" " if total == 1 else ", "),
            Part(
                f"scores {top}" if total == 1 else f"{in_words(count)} {stand} {top}, the highest",
                f"score:{top}",
            ),
        ]
    if not present:
        text = (
            "the one risk has no rating"
            if total == 1
            else f"none of the {in_words(total)} risks has a rating"
        )
        return [Part(text, "rating:not recorded", unrated)]
    if total == 1:
        return [Part(f"the one risk is {present[0].name}", f"band:{present[0].name}", everything)]
    if len(present) == 1 and not unrated:
        return [
            Part(f"all {in_words(total)} risks are {present[0].name}", f"band:{present[0].name}", everything)
        ]
    return _several_bands(present, unrated, total, everything)


def _several_bands(
    present: list[BandCount], unrated: tuple[str, ...], total: int, everything: tuple[str, ...]
) -> list[Part]:
    named = present if len(present) <= MOST_BANDS_NAMED + 1 else present[:MOST_BANDS_NAMED]
    others = tuple(key for band in present[len(named) :] for key in band.risks)
    clauses = [
        Part(
            f"{in_words(band.count)} {_is(band.count)} {band.name}"
            if not place
            else f"{in_words(band.count)} {band.name}",
            f"band:{band.name}",
            band.risks,
        )
        for place, band in enumerate(named)
    ]
    if others:
        clauses.append(Part(f"{in_words(len(others))} in other bands", "band:other", others))
    if unrated:
        clauses.append(Part(f"{in_words(len(unrated))} not rated", "rating:not recorded", unrated))
    return [Part(f"of {in_words(total)} risks", "risks", everything), Part(", "), *_series(clauses)]


def since_when(document: RegisterDocument, latest: str | None) -> str:
    """When it moved: in a known quarter, else since the column before, else in the only one."""
    before = previous_period(document)
    if before and quarter_of(document, latest) is None:
        return f"since {spoken_period(before)}, "
    return f"in {named_period(document, latest or '')}, "


def movement_sentence(moved: tuple[MovedCount, ...], latest: str, since: str, *, known: bool) -> list[Part]:
    """`known` says that the register's arrows have a meaning, so that any without one is an exception."""
    if not moved:
        return []
    count = {each.moved: each for each in moved}
    unknown = count["not recorded"]
    verbs: dict[Moved, tuple[str, str]] = {
        "worsening": ("worsened", "worsened"),
        "rising": ("rose", "rose"),
        "falling": ("fell", "fell"),
        "improving": ("improved", "improved"),
        "steady": ("was steady", "were steady"),
        "not applicable": ("did not apply", "did not apply"),
    }
    clauses = [
        Part(f"{in_words(count[way].count)} {verb[count[way].count != 1]}", f"moved:{way}", count[way].risks)
        for way, verb in verbs.items()
        if count[way].count
    ]
    if not any(each.count for each in moved if each.moved not in ("not applicable", "not recorded")):
        return [Part(f"no trend is recorded for {latest}", "moved:not recorded", unknown.risks)]
    sentence = [Part(since), *_series(clauses)]
    if unknown.count:
        text = f"{counted(unknown.count, 'trend')} {_is(unknown.count)} not recorded"
        sentence += [Part("; "), Part(text, "moved:not recorded", unknown.risks)]
    if pointing := count["rising"].count + count["falling"].count:
        verb = "means" if pointing == 1 else "mean"
        text = f"what {in_words(pointing)} of the arrows {verb}" if known else "what a rising arrow means"
        sentence += [Part("; "), Part(f"{text} is not recorded", "rising_means:not recorded")]
    return sentence


def missing_sentence(document: RegisterDocument, missing: tuple[Missing, ...]) -> list[Part]:
    """Who answers for the risk, and by when where the register keeps dates: without them nothing is chased.

    A register that dates no risk keeps no such date; that stands among what it does not record.
    """
    total = len(document.risks)
    found = [
        each for each in missing if each.field == "owner" or (each.field == "due_date" and each.count < total)
    ]
    sentence: list[Part] = []
    for each in found:
        if sentence:
            sentence.append(Part("; "))
        if each.count < total:
            text = f"{in_words(each.count)} {_has(each.count)} no {each.what}"
        else:
            text = (
                f"it has no {each.what}" if total == 1 else f"no risk has {_article(each.what)} {each.what}"
            )
        sentence.append(Part(text, f"{each.field}:not recorded", each.risks))
    return sentence


def _article(word: str) -> str:
    return "an" if word[0] in "aeiou" else "a"


def _has(count: int) -> str:
    return "has" if count == 1 else "have"


def due_sentence(document: RegisterDocument, past: tuple[str, ...]) -> list[Part]:
    """How many due dates had passed by the register's day."""
    if not past or document.as_at.on is None:
        return []
    text = f"{counted(len(past), 'due date')} had passed by {written(document.as_at.on)}"
    return [Part(text, "due_date:past", past)]

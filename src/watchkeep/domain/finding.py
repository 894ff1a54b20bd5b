"""What a register amounts to, in counts and in a sentence that anybody can check by counting.

Only counts: bands and scores are ordinal, so they are compared and tallied, never added up or averaged.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from watchkeep.domain import period as periods
from watchkeep.domain.document import Field, Item, RegisterDocument, Risk, Trend
from watchkeep.domain.period import Period

# A rising or falling arrow that nobody has given a meaning stays one: it is neither good nor bad.
Moved = Literal["worsening", "rising", "steady", "falling", "improving", "not applicable", "not recorded"]

WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
MOVED: tuple[Moved, ...] = (
    "worsening",
    "rising",
    "steady",
    "falling",
    "improving",
    "not applicable",
    "not recorded",
)
MOST_BANDS_NAMED = 4  # a sentence that names more is not read


# --- What is counted ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class BandCount:
    """How many risks stand in one band. `rank` is none for a word that the scale does not know."""

    name: str
    rank: int | None
    risks: tuple[str, ...]  # keys

    @property
    def count(self) -> int:
        """How many."""
        return len(self.risks)


@dataclass(frozen=True, slots=True)
class MovedCount:
    """How many risks moved one way in one period."""

    period: str
    moved: Moved
    risks: tuple[str, ...]

    @property
    def count(self) -> int:
        """How many."""
        return len(self.risks)


@dataclass(frozen=True, slots=True)
class Missing:
    """What some risks do not say. `field` is the field's name in the document, `what` its name for people."""

    field: str
    what: str
    risks: tuple[str, ...]

    @property
    def count(self) -> int:
        """How many risks do not say it."""
        return len(self.risks)


@dataclass(frozen=True, slots=True)
class Part:
    """A run of the sentence. `code` names what it counts, for a link; it is empty on the words between."""

    text: str
    code: str = ""
    risks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """The sentence in linkable parts, and every count behind it."""

    parts: tuple[Part, ...]
    risks: int
    bands: tuple[BandCount, ...]  # highest first, then words that the scale does not know
    unrated: tuple[str, ...]
    scores: tuple[tuple[str, int], ...]  # each score and how many risks have it, highest first
    latest: str | None  # the period that `moved` speaks of, as its column is headed
    latest_named: str  # the same for a sentence: its full quarter where that is known
    moved: tuple[MovedCount, ...]  # always all seven ways, if there is any trend
    history: tuple[MovedCount, ...]  # the same for every period, in the source's order
    not_recorded: tuple[Missing, ...]  # only what at least one risk does not say
    controls: int
    dated_controls: int
    actions: int
    dated_actions: int
    past_due: tuple[str, ...]
    still_to_come: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """The finding as plain text."""
        return "".join(part.text for part in self.parts)


def finding(document: RegisterDocument) -> Finding:
    """Count the register, and say in one breath what a committee would want to know first."""
    bands, unrated = _bands(document)
    latest = latest_period(document)
    named = named_period(document, latest or "")
    history = tuple(count for each in document.periods() for count in _moved(document, each))
    moved = tuple(count for count in history if count.period == latest)
    scores = _scores(document)
    missing = _not_recorded(document)
    past, coming = _due(document)
    controls = [item for risk in document.risks for item in risk.controls if item.recorded]
    actions = [item for risk in document.risks for item in risk.actions if item.recorded]
    known = document.rising_basis in ("stated", "confirmed")
    sentences = (
        _standing_sentence(document, bands, unrated, scores),
        _movement_sentence(moved, named, _since(document, latest), known=known),
        _missing_sentence(document, missing),
        _due_sentence(document, past),
    )
    return Finding(
        parts=_joined(each for each in sentences if each),
        risks=len(document.risks),
        bands=bands,
        unrated=unrated,
        scores=scores,
        latest=latest,
        latest_named=named,
        moved=moved,
        history=history,
        not_recorded=missing,
        controls=len(controls),
        dated_controls=sum(names_a_date(item.text or "") for item in controls),
        actions=len(actions),
        dated_actions=sum(names_a_date(item.text or "") for item in actions),
        past_due=past,
        still_to_come=coming,
    )


# --- Words --------------------------------------------------------------------------------------------------


def in_words(number: int) -> str:
    """Numbers up to ten in words, larger ones in figures."""
    return WORDS[number] if 0 <= number < len(WORDS) else f"{number:,}"


def counted(number: int, one: str, many: str | None = None) -> str:
    """`one risk`, `two risks`, `14 risks`, `no risks`."""
    return f"{in_words(number)} {one if number == 1 else (many or one + 's')}"


def listed(things: Iterable[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    *first, last = list(things) or [""]
    return f"{', '.join(first)} and {last}" if first else last


def written(day: date) -> str:
    """31 March 2021."""
    return f"{day.day} {day:%B} {day.year}"


# A day and month, a month and year, or a day in figures; a bare or financial year is not to be waited for.
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DATE = re.compile(
    rf"\b\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}(?![a-z])"
    rf"|\b(?=(?-i:[A-Z])){_MONTH}\s+[0-3]?\d(?:st|nd|rd|th)?\b(?!\s*%)"  # “may 12 officers …” is no date
    rf"|\b{_MONTH}\s*(?:['’‘-]?\s*\d{{4}}|['’‘-]\s*\d{{2}})\b"
    rf"|\b(?:by|in|during|until|from|since|before|after|of|for|mid|early|late)[\s-]+(?=(?-i:[A-Z])){_MONTH}(?![a-z])"
    r"|\b\d{1,2}[/.]\d{1,2}[/.](?:\d{4}|\d{2})\b"
    r"|\b\d{4}-\d{2}-\d{2}\b",
    re.IGNORECASE,
)


def names_a_date(text: str) -> bool:
    """Whether `text` names a day or a month of a year: something that can be waited for."""
    return _DATE.search(text) is not None


# --- Counting -----------------------------------------------------------------------------------------------


def standing_rating(risk: Risk) -> Field:
    """The rating in words that the risk stands at, or that none is recorded."""
    found = risk.standing
    return found.rating if found else Field()


def _bands(document: RegisterDocument) -> tuple[tuple[BandCount, ...], tuple[str, ...]]:
    keys: dict[str, list[str]] = {}
    names: dict[str, str] = {}
    unrated = []
    for risk in document.risks:
        text = " ".join((standing_rating(risk).text or "").split())
        if not text:
            unrated.append(risk.key)
            continue
        keys.setdefault(text.casefold(), []).append(risk.key)
        names.setdefault(text.casefold(), text)
    known = sorted(document.scale.bands, key=lambda band: -band.rank)
    counts = [BandCount(band.name, band.rank, tuple(keys.pop(band.name.casefold(), ()))) for band in known]
    counts += [BandCount(names[word], None, tuple(found)) for word, found in keys.items()]
    return tuple(counts), tuple(unrated)


def _scores(document: RegisterDocument) -> tuple[tuple[str, int], ...]:
    tally: Counter[str] = Counter()
    for risk in document.risks:
        found = risk.standing
        if found and found.score.text and _number(found.score.text) is not None:
            tally[found.score.text.strip()] += 1
    return tuple(sorted(tally.items(), key=lambda pair: -(_number(pair[0]) or 0)))


def _number(text: str) -> float | None:
    """The number that a score is, if it is nothing else."""
    return float(text) if re.fullmatch(r"\s*\d{1,4}(?:\.\d{1,2})?\s*", text) else None


def moved_of(trend: Trend | None) -> Moved:
    """Which way a trend goes; an arrow without a meaning is told as the way it points."""
    if trend is None or trend.state == "not recorded":
        return "not recorded"
    if trend.state == "not applicable":
        return "not applicable"
    if trend.movement or trend.direction is None:
        return trend.movement or "not recorded"
    pointing: dict[str, Moved] = {"up": "rising", "level": "steady", "down": "falling"}
    return pointing[trend.direction]


def _moved(document: RegisterDocument, period: str) -> tuple[MovedCount, ...]:
    found: dict[Moved, list[str]] = {each: [] for each in MOVED}
    for risk in document.risks:
        trend = next((each for each in risk.trends if each.period == period), None)
        found[moved_of(trend)].append(risk.key)
    return tuple(MovedCount(period, each, tuple(keys)) for each, keys in found.items())


def _in_time(document: RegisterDocument) -> list[str]:
    """The periods, oldest first: by their quarters where all are known, else in the source's order.

    Bare quarters that run backwards (Q4, Q3, Q2) are read from the last; anything else keeps its order, since
    Q4 followed by Q1 may well be the next year.
    """
    found = list(document.periods())
    if found == ["current", "previous"]:
        return found[::-1]
    dated = [quarter_of(document, each) for each in found]
    if all(dated):
        return [name for _, name in sorted(zip([each.starts for each in dated if each], found, strict=True))]
    bare = [re.fullmatch(r"\s*Q(?:uarter)?\s*([1-4])\s*", each, re.IGNORECASE) for each in found]
    numbers = [int(each[1]) for each in bare if each]
    if len(numbers) == len(found) > 1 and numbers == sorted(set(numbers), reverse=True):
        return found[::-1]
    return found


def quarter_of(document: RegisterDocument, period: str | None) -> Period | None:
    """The quarter that a period is in this register, where it can be known."""
    return periods.meant(period, periods.find(document.period.text or "")) if period else None


def named_period(document: RegisterDocument, period: str) -> str:
    """A period by its full quarter where that is known, else as it is spoken of."""
    quarter = quarter_of(document, period)
    return quarter.label if quarter else spoken_period(period)


def latest_period(document: RegisterDocument) -> str | None:
    """The period that the newest trend column speaks of."""
    found = _in_time(document)
    return found[-1] if found else None


def previous_period(document: RegisterDocument) -> str | None:
    """The one before it, if the register has it."""
    found = _in_time(document)
    return found[-2] if len(found) > 1 else None


def spoken_period(period: str) -> str:
    """A period inside a sentence; readers call a lone trend column `current`, its neighbour `previous`."""
    return {"current": "this period", "previous": "the last period"}.get(period, period)


def _recorded(field: Field) -> bool:
    """A field that does not apply is not missing."""
    return field.state != "not recorded"


def _any(items: tuple[Item, ...]) -> bool:
    return any(item.recorded for item in items)


def _stage_says(risk: Risk, what: str) -> bool:
    return any(_recorded(getattr(each, what)) for each in risk.assessments if each.stage != "target")


_LOOKED_FOR: tuple[tuple[str, str, Callable[[Risk], bool]], ...] = (
    ("owner", "owner", lambda risk: _recorded(risk.owner)),
    ("due_date", "due date", lambda risk: _recorded(risk.due_date)),
    ("review_date", "review date", lambda risk: _recorded(risk.review_date)),
    ("date_raised", "date raised", lambda risk: _recorded(risk.date_raised)),
    ("rating", "rating", lambda risk: _recorded(standing_rating(risk)) or _stage_says(risk, "score")),
    ("likelihood", "likelihood", lambda risk: _stage_says(risk, "likelihood")),
    ("impact_level", "impact level", lambda risk: _stage_says(risk, "impact")),
    ("target", "target", lambda risk: risk.assessment("target") is not None),
    ("category", "category", lambda risk: _recorded(risk.category)),
    ("objective", "objective", lambda risk: _recorded(risk.objective)),
    ("cause", "cause", lambda risk: _recorded(risk.cause)),
    ("description", "description", lambda risk: _recorded(risk.description) or _recorded(risk.event)),
    ("impact", "impact in words", lambda risk: _recorded(risk.impact)),
    ("controls", "control", lambda risk: _any(risk.controls)),
    ("actions", "action", lambda risk: _any(risk.actions)),
)


def _not_recorded(document: RegisterDocument) -> tuple[Missing, ...]:
    counts = (
        Missing(field, what, tuple(risk.key for risk in document.risks if not says(risk)))
        for field, what, says in _LOOKED_FOR
    )
    return tuple(each for each in counts if each.risks)


def _due(document: RegisterDocument) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Risks whose certain due date had passed, and had not, on the day the register speaks of."""
    day = document.as_at.on
    dated = [(risk.key, risk.due_date.on) for risk in document.risks if risk.due_date.on]
    if day is None:
        return (), ()
    return (
        tuple(key for key, due in dated if due and due < day),
        tuple(key for key, due in dated if due and due >= day),
    )


# --- The sentence -------------------------------------------------------------------------------------------


def _joined(sentences: Iterable[list[Part]]) -> tuple[Part, ...]:
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


def _standing_sentence(
    document: RegisterDocument,
    bands: tuple[BandCount, ...],
    unrated: tuple[str, ...],
    scores: tuple[tuple[str, int], ...],
) -> list[Part]:
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


def _since(document: RegisterDocument, latest: str | None) -> str:
    """When it moved: in a known quarter, else since the column before, else in the only one."""
    before = previous_period(document)
    if before and quarter_of(document, latest) is None:
        return f"since {spoken_period(before)}, "
    return f"in {named_period(document, latest or '')}, "


def _movement_sentence(moved: tuple[MovedCount, ...], latest: str, since: str, *, known: bool) -> list[Part]:
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


def _missing_sentence(document: RegisterDocument, missing: tuple[Missing, ...]) -> list[Part]:
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


def _due_sentence(document: RegisterDocument, past: tuple[str, ...]) -> list[Part]:
    if not past or document.as_at.on is None:
        return []
    text = f"{counted(len(past), 'due date')} had passed by {written(document.as_at.on)}"
    return [Part(text, "due_date:past", past)]

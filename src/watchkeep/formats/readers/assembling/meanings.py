"""Settles what a column holds by looking into it: an Impact in words or in numbers, a Risk that is name or
text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

from watchkeep.formats.readers.assembling.headings import Heading
from watchkeep.formats.readers.assembling.ratings import looks_like_level, read_rating
from watchkeep.formats.readers.assembling.rows import REFERENCE, Record, Segment
from watchkeep.formats.readers.assembling.text import one_line

DATES = frozenset({"date_raised", "due_date", "review_date"})
LISTS = frozenset({"controls", "actions"})
MANY = LISTS | {"cause", "impact", "description"}
TREATMENTS = re.compile(
    r"^(?:treat\w*|tolerat\w*|transfer\w*|terminat\w*|accept\w*|avoid\w*|mitigat\w*|reduc\w*|shar\w*|monitor\w*|exploit\w*|"
    r"enhanc\w*|control\w*|manag\w*|escalat\w*|contain\w*|remov\w*|watch\w*|take|retain\w*|eliminat\w*)\b",
    re.IGNORECASE,
)
# "Mitigate", "Reduce - two more pumps": what is chosen comes first, in a word.
OPENS_WITH_TREATMENT = re.compile(
    r"^(?:treat|tolerate|transfer|terminate|accept|avoid|mitigate|reduce|share|monitor|exploit|enhance|retain|"
    r"eliminate|escalate|control)\b(?:$|\s*[-–—:;,(/&.]|\s+(?:with|by|through|via|and|or)\b)",
    re.IGNORECASE,
)
YET_TO_COME = re.compile(r"\b(?:recommended|proposed|planned|further|future)\b", re.IGNORECASE)
IN_PLACE = re.compile(r"\b(?:existing|current|currently|in place|controls?|taken)\b", re.IGNORECASE)
PLAN = re.compile(
    r"\b(?:mitigat\w+|plans?|strateg\w+|response|recommended|treatment|prevention)\b", re.IGNORECASE
)
AFTER_RISK = re.compile(r"^(?:the |key |main |top )?(?:risks?|hazards?|threats?)\b", re.IGNORECASE)
STATUS_COLOURS = re.compile(
    r"^(?:red|amber|green|yellow|black|blue|r|a|g|amber/\w+|\w+/amber)$", re.IGNORECASE
)


def settle(segment: Segment) -> Segment:
    """The segment with every column's meaning decided; what competes and loses becomes an extra."""
    headings = list(segment.headings)
    values = {heading.index: _values(segment.records, heading.index) for heading in headings}
    headings = [_by_content(heading, values[heading.index], headings) for heading in headings]
    headings = _severity(headings)
    headings = _stages_by_neighbour(headings)
    headings = _stages_by_order(headings)
    headings = _planned(headings)
    headings = _unnamed_reference(headings, values)
    headings = _named_after_risk(headings, values)
    headings = _named_twice(headings, values)
    headings = _one_of_each(headings)
    headings = _names(headings, values)
    return Segment(tuple(headings), segment.records, segment.name)


def _values(records: Sequence[Record], index: int) -> list[str]:
    cells = (record.cells.get(index) for record in records)
    return [text for cell in cells if cell is not None and (text := one_line(cell.text))]


def _most(values: Sequence[str], test: Callable[[str], object], share: float = 0.7) -> bool:
    return bool(values) and sum(1 for value in values if test(value)) >= share * len(values)


def _by_content(heading: Heading, values: Sequence[str], headings: Sequence[Heading]) -> Heading:
    meaning = heading.meaning
    if meaning == "impact?":
        level = _most(values, looks_like_level) or (
            not values and any("likelihood" in each.meaning for each in headings)
        )
        return replace(heading, meaning="assessments:not stated:impact" if level else "impact")
    if meaning == "impact" and _most(values, looks_like_level, 0.9):
        free = not any(each.meaning == "assessments:not stated:impact" for each in headings)
        return replace(heading, meaning="assessments:not stated:impact" if free else "extra")
    if meaning in DATES and _most(values, lambda value: len(value.split()) > 8, 0.5):
        return replace(heading, meaning="extra", confidence=1.0, reason="")
    if meaning.startswith("letter:"):
        return replace(heading, meaning="extra", confidence=1.0, reason="")
    if meaning == "status" and _most(values, STATUS_COLOURS.match):
        return replace(
            heading,
            meaning="assessments:not stated:rating",
            confidence=0.9,
            reason="the column holds colours",
        )
    if meaning in ("treatment", "contingency", "category", "status", "owner", "objective"):
        return _not_a_sentence(heading, values, headings)
    if meaning.startswith("assessments:"):
        return _rating_or_text(heading, values, headings)
    if meaning == "cause" and _most(values, looks_like_level, 0.9) and values:
        return replace(heading, meaning="extra")
    return heading


def _not_a_sentence(heading: Heading, values: Sequence[str], headings: Sequence[Heading]) -> Heading:
    if heading.meaning == "treatment":
        words = sum(len(value.split()) for value in values) / max(1, len(values))
        if words > 5 and not _most(values, OPENS_WITH_TREATMENT.match, 0.7):
            taken = {each.meaning for each in headings}
            homes = ("actions", "controls") if YET_TO_COME.search(heading.text) else ("controls", "actions")
            home = next((each for each in homes if each not in taken), "extra")
            return replace(
                heading,
                meaning=home,
                confidence=0.8,
                reason="the column holds sentences, not one of the 4 Ts",
            )
    return heading


def _rating_or_text(heading: Heading, values: Sequence[str], headings: Sequence[Heading]) -> Heading:
    dimension = heading.meaning.rpartition(":")[2]
    if not values:
        return heading
    if dimension in ("score", "rating"):
        long = _most(values, lambda value: len(value.split()) > 6 and read_rating(value) is None)
        return replace(heading, meaning="extra") if long else heading
    if dimension == "impact" and not _most(values, lambda value: len(value.split()) <= 5, 0.5):
        return replace(
            heading, meaning="impact" if "impact" not in {h.meaning for h in headings} else "extra"
        )
    return heading


def _severity(headings: Sequence[Heading]) -> list[Heading]:
    """Beside an impact and a likelihood, a "severity" is what they come to."""
    result = list(headings)
    for each in headings:
        stage, _, dimension = each.meaning.removeprefix("assessments:").partition(":")
        if dimension != "impact" or "sever" not in each.text.casefold():
            continue
        others = [other for other in headings if other.meaning == each.meaning and other is not each]
        free = not any(other.meaning == f"assessments:{stage}:rating" for other in headings)
        if free and any("sever" not in other.text.casefold() for other in others):
            result[result.index(each)] = replace(
                each,
                meaning=f"assessments:{stage}:rating",
                confidence=0.85,
                reason="it stands beside an impact: read as what likelihood and impact come to",
            )
    return result


def _stages_by_neighbour(headings: Sequence[Heading]) -> list[Heading]:
    """A likelihood told twice without a stage has the stage that the heading before it names."""
    result = list(headings)
    for dimension in ("likelihood", "impact", "score", "rating"):
        unmarked = [each for each in headings if each.meaning == f"assessments:not stated:{dimension}"]
        stages = [_stage_before(headings, each) for each in unmarked]
        if len(unmarked) < 2 or "" in stages or len(set(stages)) < len(stages):
            continue
        for stage, each in zip(stages, unmarked, strict=True):
            meaning = f"assessments:{stage}:{dimension}"
            if not any(other.meaning == meaning for other in headings):
                reason = "the heading before it names the stage"
                result[result.index(each)] = replace(each, meaning=meaning, confidence=0.8, reason=reason)
    return result


def _stage_before(headings: Sequence[Heading], heading: Heading) -> str:
    before = headings[: list(headings).index(heading)]
    stages = (
        each.meaning.split(":")[1] for each in reversed(before) if each.meaning.startswith("assessments:")
    )
    return next((stage for stage in stages if stage != "not stated"), "")


def _stages_by_order(headings: Sequence[Heading]) -> list[Heading]:
    """Two or three sets of the same unmarked ratings: the first stands before the controls, the next after
    them.
    """
    result = list(headings)
    dimensions = ("likelihood", "impact", "score", "rating")
    unmarked = {
        dimension: [each for each in headings if each.meaning == f"assessments:not stated:{dimension}"]
        for dimension in dimensions
    }
    sets = Counter({dimension: len(found) for dimension, found in unmarked.items()})
    if sets["likelihood"] < 2 and sets["impact"] < 2:
        return result
    order = ("inherent", "residual", "target")
    if max(sets.values()) > len(order):
        return result
    used = {each.meaning.split(":")[1] for each in headings if each.meaning.startswith("assessments:")} - {
        "not stated"
    }
    if used:
        return result
    for dimension, found in unmarked.items():
        if len(found) < max(sets.values()):
            continue
        for stage, each in zip(order, found, strict=False):
            result[result.index(each)] = replace(
                each,
                meaning=f"assessments:{stage}:{dimension}",
                confidence=0.8,
                reason=(
                    "the headings repeat without saying which stage: read as before and after the "
                    "controls, in order"
                ),
            )
    return result


def _planned(headings: Sequence[Heading]) -> list[Heading]:
    """Beside a column of existing controls, a "mitigation plan" says what is still to be done."""
    result = list(headings)
    if any(each.meaning == "actions" for each in headings):
        return result
    measures = [each for each in headings if each.meaning == "controls"]
    existing = [each for each in measures if IN_PLACE.search(each.text)]
    if not existing:
        return result
    for each in measures:
        if each not in existing and PLAN.search(each.text):
            reason = "it stands beside a column of controls in place"
            result[result.index(each)] = replace(each, meaning="actions", confidence=0.9, reason=reason)
    return result


def _unnamed_reference(headings: Sequence[Heading], values: dict[int, list[str]]) -> list[Heading]:
    """A column without a heading that holds references is the reference."""
    result = list(headings)
    if any(each.meaning == "reference" for each in headings):
        return result
    for position, each in enumerate(headings):
        own = values[each.index]
        if not each.text and own and _most(own, REFERENCE.match, 0.9) and len(set(own)) == len(own):
            result[position] = replace(
                each,
                meaning="reference",
                confidence=0.85,
                reason="the column has no heading and holds references",
            )
            break
    return result


def _named_after_risk(headings: Sequence[Heading], values: dict[int, list[str]]) -> list[Heading]:
    """Where no known heading names the risk, one that begins with "risk" and holds texts does."""
    result = list(headings)
    if any(each.meaning in ("name", "description", "event") for each in headings):
        return result
    for position, each in enumerate(headings):
        texts = values[each.index]
        told = len(set(texts)) * 2 > len(texts) and sum(len(text.split()) for text in texts) >= 3 * len(texts)
        if each.meaning == "extra" and AFTER_RISK.match(each.text) and told:
            reason = "no other heading names the risk"
            result[position] = replace(each, meaning="name", confidence=0.8, reason=reason)
            break
    return result


def _named_twice(headings: Sequence[Heading], values: dict[int, list[str]]) -> list[Heading]:
    """Of two columns that name the risk the one with longer texts describes it."""
    result = list(headings)
    claimants = [each for each in headings if each.meaning == "name"]
    if len(claimants) != 2 or any(each.meaning == "description" for each in headings):
        return result
    lengths = [sum(map(len, values[each.index])) / max(1, len(values[each.index])) for each in claimants]
    if not all(lengths):
        return result
    longer = claimants[0] if lengths[0] > lengths[1] else claimants[1]
    result[result.index(longer)] = replace(longer, meaning="description")
    return result


def _one_of_each(headings: Sequence[Heading]) -> list[Heading]:
    """Where two columns claim one field, the surer and plainer heading has it; the other is kept as an
    extra.
    """
    result = list(headings)
    by_meaning: dict[str, list[Heading]] = {}
    for each in headings:
        by_meaning.setdefault(each.meaning, []).append(each)
    for meaning, claimants in by_meaning.items():
        if meaning == "extra" or len(claimants) < 2:
            continue
        claimants.sort(key=lambda each: (-each.confidence, each.rank, each.index))
        for loser in claimants[1:]:
            if meaning in LISTS and loser.confidence >= 0.8:
                continue
            result[result.index(loser)] = replace(loser, meaning="extra", confidence=1.0, reason="")
    return result


def _names(headings: Sequence[Heading], values: dict[int, list[str]]) -> list[Heading]:
    """A lone column "Risk" that holds paragraphs is the description, not the name."""
    result = list(headings)
    meanings = {each.meaning for each in headings}
    for position, each in enumerate(headings):
        if each.meaning != "name" or "description" in meanings:
            continue
        own = values[each.index]
        average = sum(map(len, own)) / max(1, len(own))
        if average > 90:
            result[position] = replace(each, meaning="description")
    return result

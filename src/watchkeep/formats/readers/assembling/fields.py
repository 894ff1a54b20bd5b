"""Makes the fields of a risk out of the cells that stand under their headings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from watchkeep.domain.days import day_of
from watchkeep.domain.document import (
    Assessment,
    DateField,
    Extra,
    Field,
    Item,
    PartedField,
    Risk,
    Stage,
    Trend,
)
from watchkeep.domain.trend import read_mark
from watchkeep.formats.cells import Cell
from watchkeep.formats.readers.assembling.headings import Heading
from watchkeep.formats.readers.assembling.lists import items, parts
from watchkeep.formats.readers.assembling.ratings import (
    NOT_APPLICABLE,
    NOT_RECORDED,
    NOTHING,
    Rated,
    read_rating,
)
from watchkeep.formats.readers.assembling.text import cell_text, one_line

TEXTS = frozenset(
    {"cause", "event", "category", "objective", "owner", "status", "treatment", "contingency", "name"}
    | {"proximity", "velocity", "confidence", "unknowns", "whole_rule"}
)
PARTED = frozenset({"description", "impact"})
DATES = frozenset({"date_raised", "due_date", "review_date"})
STAGES: tuple[Stage, ...] = ("inherent", "residual", "target", "not stated")
Pair = tuple[Heading, Cell]


def certainty(heading: Heading, cell: Cell) -> dict[str, Any]:
    """How sure a text is of its place: as sure as the heading, and as the reader that placed the lines."""
    reasons = [each for each in (heading.reason if heading.confidence < 1 else "", cell.reason) if each]
    return {"confidence": min(heading.confidence, cell.confidence), "reason": "; ".join(reasons)}


def field(heading: Heading, cell: Cell) -> dict[str, Any]:
    """The keywords of a field that holds a cell's text: recorded, not applicable, or not recorded."""
    text = cell_text(cell)
    known = {"places": cell.places, **certainty(heading, cell)}
    if NOT_APPLICABLE.match(one_line(text)):
        return {"state": "not applicable", **known}
    if not text or not re.search(r"\w", text):
        return {"state": "not recorded", **known}
    return {"state": "recorded", "text": text, **known}


def risk(key: str, pairs: Sequence[Pair], extras: Sequence[Extra] = ()) -> Risk:
    """One risk, from its cells by meaning; every cell with text ends in exactly one field."""
    made: dict[str, Any] = {"key": key}
    controls: list[Item] = []
    actions: list[Item] = []
    trends: list[Trend] = []
    more: list[Extra] = list(extras)
    ratings: list[tuple[str, str, Heading, Cell]] = []
    for heading, cell in pairs:
        meaning = heading.meaning
        if NOT_RECORDED.match(one_line(cell.text)):  # as papers of our own say it
            cell = Cell()
        if not cell.text and not (cell.fill and meaning.startswith("assessments:")):
            if meaning.startswith("trends:"):
                trends.append(Trend(period=meaning.partition(":")[2]))
            continue
        if meaning in ("controls", "actions"):
            (controls if meaning == "controls" else actions).extend(_items(heading, cell))
        elif meaning.startswith("trends:"):
            trends.append(trend(meaning.partition(":")[2], heading, cell))
        elif meaning.startswith("assessments:"):
            _, stage, dimension = meaning.split(":")
            ratings.append((stage, dimension, heading, cell))
        elif meaning in made or meaning == "extra":
            more.append(Extra(heading=heading.text or "(no heading)", **_kept(heading, cell)))
        elif meaning == "reference":
            made[meaning] = Field(**{**field(heading, cell), **_reference(cell)})
        elif meaning in PARTED:
            made[meaning] = PartedField(**field(heading, cell), parts=parts(cell))
        elif meaning in DATES:
            made[meaning] = date_field(heading, cell)
        elif meaning in TEXTS:
            made[meaning] = Field(**field(heading, cell))
    assessments, spare = assess(ratings)
    return Risk(
        **made, controls=tuple(controls), actions=tuple(actions), trends=tuple(trends),
        assessments=assessments,
        extra=(*more, *spare,),
    )  # fmt: skip


def _reference(cell: Cell) -> dict[str, Any]:
    text = one_line(cell.text)
    return {"state": "recorded", "text": text} if text else {}


def _kept(heading: Heading, cell: Cell) -> dict[str, Any]:
    """An extra keeps even a lone dash: it is the source's word, and nobody else's field."""
    made = field(heading, cell)
    if made["state"] == "not recorded" and cell.text:
        return {**made, "state": "recorded", "text": cell.text}
    return made


def _items(heading: Heading, cell: Cell) -> list[Item]:
    if NOTHING.match(one_line(cell.text)) or NOT_APPLICABLE.match(one_line(cell.text)):
        return []
    sure = certainty(heading, cell)
    return [each.model_copy(update=sure) for each in items(cell)]


def date_field(heading: Heading, cell: Cell) -> DateField:
    """A date as written; the day only where the text names one."""
    made = field(heading, cell)
    on = day_of(made["text"]) if made["state"] == "recorded" else None
    return DateField(**made, on=on)


def trend(period: str, heading: Heading, cell: Cell) -> Trend:
    """A trend mark; one that cannot be read is not recorded, with its place and the reason."""
    text = cell_text(cell)
    mark = read_mark(text)
    sure = certainty(heading, cell)
    reason = "; ".join(each for each in (sure["reason"], mark.reason) if each)
    return Trend(
        period=period, state=mark.state, text=text if mark.state == "recorded" else None, places=cell.places,
        confidence=sure["confidence"], reason=reason, direction=mark.direction, movement=mark.movement,
    )  # fmt: skip


def assess(ratings: Sequence[tuple[str, str, Heading, Cell]]) -> tuple[tuple[Assessment, ...], list[Extra]]:
    """The assessments of a risk, one a stage; a rating text that has no home left becomes an extra."""
    stages: dict[str, dict[str, Any]] = {}
    spare: list[Extra] = []
    for stage, dimension, heading, cell in ratings:
        made = stages.setdefault(stage, {})
        for name, value in _split(dimension, heading, cell).items():
            if name in made and made[name].recorded:
                if value.recorded and value.text != made[name].text:
                    spare.append(Extra(heading=heading.text, **_kept(heading, cell)))
            else:
                made[name] = value
        if cell.fill and dimension in ("score", "rating") and not made.get("fill"):
            made["fill"] = cell.fill
    found = tuple(
        Assessment(stage=stage, **stages[stage])
        for stage in STAGES
        if stage in stages
        and (
            stages[stage].get("fill")
            or any(
                (isinstance(v, Field) and v.state != "not recorded") or (isinstance(v, Field) and v.places)
                for v in stages[stage].values()
            )
        )
    )
    return found, spare


def _split(dimension: str, heading: Heading, cell: Cell) -> dict[str, Field]:
    base = field(heading, cell)
    text = one_line(cell_text(cell))
    if base["state"] == "recorded" and NOTHING.match(text):
        return {
            dimension: Field(
                **{
                    **base,
                    "state": "not recorded",
                    "text": None,
                    "reason": base["reason"] or f"the cell says only “{text}”",
                }
            )
        }
    if base["state"] != "recorded":
        return {dimension: Field(**base)}
    if dimension in ("likelihood", "impact"):
        return {dimension: Field(**base)}
    rated = read_rating(text)
    if rated is None:
        return {dimension: Field(**base)}
    return _rated(rated, base, heading.text)


def _rated(rated: Rated, base: dict[str, Any], heading: str) -> dict[str, Field]:
    made: dict[str, Field] = {}
    swapped = bool(
        re.search(
            r"\b(?:i|impact|c|consequence|severity)\s*[x×*]\s*(?:l|p|likelihood|probability)",
            heading.casefold(),
        )
    )
    told = swapped or bool(
        re.search(
            r"\b(?:l|p|likelihood|probability)\s*[x×*]\s*(?:i|c|s|impact|consequence|severity)",
            heading.casefold(),
        )
    )
    likelihood, impact = (
        (rated.impact, rated.likelihood)
        if swapped and not rated.sure_order
        else (rated.likelihood, rated.impact)
    )
    factors = dict(base)
    if not rated.sure_order and not told:
        factors["confidence"] = min(base["confidence"], 0.6)
        factors["reason"] = "; ".join(
            each
            for each in (
                base["reason"],
                "nothing says which factor is the likelihood: read in the usual order",
            )
            if each
        )
    for name, text, known in (
        ("likelihood", likelihood, factors),
        ("impact", impact, factors),
        ("score", rated.score, base),
        ("rating", rated.rating, base),
    ):
        if text:
            made[name] = Field(**{**known, "text": text})
    return made

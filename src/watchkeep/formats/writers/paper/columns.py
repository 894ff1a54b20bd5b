"""Which columns a paper has: the source's own, then whatever is recorded that none of them shows."""

from __future__ import annotations

from collections.abc import Iterable

from watchkeep.domain.document import Assessment, Column, Field, Item, RegisterDocument, Risk
from watchkeep.domain.fields import JUDGED, RATED, assessed
from watchkeep.formats.columns import printed_heading
from watchkeep.formats.writers.paper.values import NOT_RECORDED


def columns_of(document: RegisterDocument) -> tuple[Column, ...]:
    """The source's columns in the source's order, then whatever is recorded that none of them shows.

    Columns that were read into one field are shown once, under all their headings.
    """
    merged: dict[str, Column] = {}
    for column in document.columns:
        key = f"extra:{column.heading}" if column.meaning == "extra" else column.meaning
        if key in merged:
            both = merged[key].model_copy(update={"heading": f"{merged[key].heading} / {column.heading}"})
            merged[key] = both if column.heading not in merged[key].heading.split(" / ") else merged[key]
        else:
            merged[key] = column
    for meaning, heading in _recorded_meanings(document):
        key = f"extra:{heading}" if meaning == "extra" else meaning
        merged.setdefault(key, Column(heading=heading, meaning=meaning))
    return tuple(merged.values())


_FIELDS = (
    "reference",
    "name",
    "category",
    "objective",
    "description",
    "cause",
    "event",
    "impact",
    "owner",
    "status",
    "treatment",
    "controls",
    "actions",
    "contingency",
    "date_raised",
    "due_date",
    "review_date",
    "proximity",
    "velocity",
    "confidence",
    "unknowns",
    "whole_rule",
)


def _recorded_meanings(document: RegisterDocument) -> Iterable[tuple[str, str]]:
    """Each field that at least one risk says something in, with the heading that writers print for it."""
    for name in _FIELDS:
        if any(_says(getattr(risk, name)) for risk in document.risks):
            yield name, printed_heading(name)
    for meaning in _recorded_assessments(document):
        yield meaning, printed_heading(meaning)
    for period in document.periods():
        yield f"trends:{period}", printed_heading(f"trends:{period}")
    for period in document.periods():
        if any(each.period == period and each.derived for risk in document.risks for each in risk.trends):
            yield f"derived:{period}", printed_heading(f"derived:{period}")
    for heading in dict.fromkeys(extra.heading for risk in document.risks for extra in risk.extra):
        yield "extra", heading


_ASSESSED = ("likelihood", "impact", "score", "rating", "rationale", "basis", "by", "on")


def _recorded_assessments(document: RegisterDocument) -> Iterable[str]:
    """The whole of each stage first, then its parts in the order in which risks have them."""
    every = [each for risk in document.risks for each in risk.assessments]
    for stage in ("inherent", "residual", "not stated", "target"):
        of_stage = [each for each in every if each.stage == stage]
        for part in sorted({each.part for each in of_stage}, key=lambda part: (part is not None, part)):
            for dimension in _ASSESSED:
                if any(each.part == part and _assessed_says(each, dimension) for each in of_stage):
                    yield f"assessments:{assessed(stage, part)}:{dimension}"


def _assessed_says(assessment: Assessment, dimension: str) -> bool:
    said = getattr(assessment, dimension)
    return said.state != NOT_RECORDED if isinstance(said, Field) else bool(said)


def _says(value: Field | tuple[Item, ...]) -> bool:
    if isinstance(value, tuple):
        return bool(value)
    return value.state != NOT_RECORDED


def each_field(risk: Risk) -> Iterable[tuple[str, Field]]:
    """Every field of a risk with what people call it."""
    for name in _FIELDS:
        value = getattr(risk, name)
        for field in value if isinstance(value, tuple) else (value,):
            yield printed_heading(name).lower(), field
    for trend in risk.trends:
        yield f"trend {trend.period}", trend
    for assessment in risk.assessments:
        for dimension in (*RATED, *(name for name in JUDGED if getattr(assessment, name).recorded)):
            meaning = f"assessments:{assessed(assessment.stage, assessment.part)}:{dimension}"
            yield printed_heading(meaning).lower(), getattr(assessment, dimension)
    for extra in risk.extra:
        yield extra.heading, extra

"""What one risk says under one column, and what it is called."""

from __future__ import annotations

from datetime import date

from watchkeep.domain.document import (
    Column,
    Extra,
    Field,
    Item,
    PartedField,
    RegisterDocument,
    Risk,
    Scale,
    Trend,
)
from watchkeep.domain.fields import JUDGED, assessed
from watchkeep.domain.finding import moved_of, written
from watchkeep.domain.scale import shade
from watchkeep.formats.writers.paper.lines import paragraphs, parted_lines
from watchkeep.formats.writers.paper.values import NOT_APPLICABLE, NOT_RECORDED, Cell, Line, capital

ARROWS = {"up": "↑", "level": "→", "down": "↓"}


def step_of(scale: Scale, name: str) -> int:
    """Which of the five shades a band has (5 is the darkest); 0 for a word that the scale does not order."""
    return shade(scale, name) or 0


def cell_of(risk: Risk, column: Column, document: RegisterDocument) -> Cell:
    """What `risk` says under `column`."""
    kind, _, rest = column.meaning.partition(":")
    if kind == "trends":
        return _trend_cell(next((each for each in risk.trends if each.period == rest), None), document)
    if kind == "derived":
        return _derived_cell(next((each for each in risk.trends if each.period == rest), None))
    if kind == "assessments":
        return _assessment_cell(risk, rest, document)
    if kind in ("controls", "actions"):
        return items_cell(getattr(risk, kind))
    if kind != "extra" and kind in Risk.model_fields:
        return _field_cell(getattr(risk, kind), kind)
    return _extra_cell(risk.extra, column.heading)


def _field_cell(field: Field, name: str) -> Cell:
    if not field.recorded:
        return _absent(field)
    if isinstance(field, PartedField) and field.parts:
        return Cell("text", lines=parted_lines(field))
    text = (field.text or "").strip()
    if name == "reference" or ("date" in name and len(text) < 20):
        return Cell("label", " ".join(text.split()))
    return Cell("text", lines=paragraphs(text))


def _extra_cell(extras: tuple[Extra, ...], heading: str) -> Cell:
    wanted = [each for each in extras if each.heading in (heading, *heading.split(" / "))]
    if not any(each.recorded for each in wanted):
        return _absent(wanted[0]) if wanted else _absent(Field())
    return Cell("text", lines=tuple(line for each in wanted if each.text for line in paragraphs(each.text)))


def _assessment_cell(risk: Risk, rest: str, document: RegisterDocument) -> Cell:
    which, _, dimension = rest.rpartition(":")
    found = next((each for each in risk.assessments if assessed(each.stage, each.part) == which), None)
    said = getattr(found, dimension, None) if found else None
    if dimension in ("by", "on"):
        text = written(said) if isinstance(said, date) else said or ""
        return Cell("label" if dimension == "on" else "text", text) if text else _absent(Field())
    field: Field = said or Field()
    if not field.recorded:
        return _absent(field)
    if dimension in JUDGED:
        return Cell("text", lines=paragraphs(field.text or ""))
    text = " ".join((field.text or "").split())
    if dimension == "rating":
        return Cell("band", text, step=step_of(document.scale, text))
    return Cell("label" if len(text) < 20 else "text", text, lines=() if len(text) < 20 else (Line(text),))


def _trend_cell(trend: Trend | None, document: RegisterDocument) -> Cell:
    if trend is None or not trend.recorded:
        return _absent(trend or Field())
    moved = moved_of(trend)
    arrow = ARROWS.get(trend.direction or "", "") or _arrow_for(moved, document)
    if moved == NOT_RECORDED:
        return Cell("trend", (trend.text or "").strip(), arrow="", moved=NOT_RECORDED)
    return Cell("trend", moved, arrow=arrow, moved=moved)


def _derived_cell(trend: Trend | None) -> Cell:
    """What the evidence makes of a trend, and why a person said otherwise."""
    if trend is None or not trend.derived:
        return _absent(Field())
    lines = [Line(f"{capital(trend.derived)}. {trend.basis}".strip())]
    if trend.override_reason:
        lines.append(Line(f"Overridden: {trend.override_reason}"))
    return Cell("text", lines=tuple(lines))


def _arrow_for(moved: str, document: RegisterDocument) -> str:
    """The arrow for a movement that the source gives in a word, under this register's own rule."""
    if moved == "steady":
        return "→"
    if moved not in ("worsening", "improving"):
        return ""
    return "↑" if (moved == document.rising_means) else "↓"


def _absent(field: Field) -> Cell:
    return Cell("absent", NOT_APPLICABLE if field.state == NOT_APPLICABLE else NOT_RECORDED)


def items_cell(items: tuple[Item, ...]) -> Cell:
    """Controls or actions as lines: the first of each part carries the part's marker, the others a bullet."""
    recorded = [item for item in items if item.recorded]
    if not recorded:
        return _absent(items[0]) if items else _absent(Field())
    lines = []
    part: str | None = None
    for item in recorded:
        opens = item.part is not None and item.part != part
        part = item.part if item.part is not None else part
        lines.append(Line(" ".join((item.text or "").split()), f"({item.part})" if opens else "•"))
    if len(lines) == 1 and lines[0].marker == "•":
        return Cell("text", lines=(Line(lines[0].text),))
    return Cell("list", lines=tuple(lines))


def called(risk: Risk) -> str:
    """Reference and name, or what there is."""
    said = [" ".join(field.text.split()) for field in (risk.reference, risk.name) if field.text]
    return " ".join(said) or f"Risk {risk.key}"

"""The register as plain nested lists and texts: the JSON that `watchkeep read --json` writes."""

from __future__ import annotations

from typing import Any

from watchkeep.domain.document import Assessment, Field, Item, Loose, Part, RegisterDocument, Risk, Trend

TEXT_FIELDS = (
    ("id", "reference"), ("name", "name"), ("description", "description"), ("cause", "cause"), ("event",
    "event"),
    ("impact", "impact"), ("contingency", "contingency"), ("owner", "owner"), ("category", "category"),
    ("objective", "objective"), ("status", "status"), ("treatment", "treatment"), ("date_raised",
    "date_raised"),
    ("due_date", "due_date"), ("review_date", "review_date"),
)  # fmt: skip
LATER_FIELDS = ("proximity", "velocity", "confidence", "unknowns", "whole_rule")  # only where they are said
DIMENSIONS = (
    ("likelihood", "likelihood"),
    ("impact_level", "impact"),
    ("score", "score"),
    ("rating", "rating"),
)


def flat(document: RegisterDocument) -> dict[str, Any]:
    """The document's risks with their provenance and confidence by field, and all text that no risk took."""
    return {
        "body": document.body.text,
        "register": document.name.text,
        "period": document.period.text,
        "as_at": document.as_at.text,
        "reader": document.source.reader if document.source else None,
        "risks": [flat_risk(risk) for risk in document.risks],
        "header": [_loose(each) for each in document.header],
        "unassigned": [_loose(each) for each in document.unassigned],
        "furniture": [_loose(each) for each in document.furniture],
        "doubts": [
            {"code": each.code, "sentence": each.sentence, "risk": each.risk, "field": each.field}
            for each in document.doubts
        ],
    }


def flat_risk(risk: Risk) -> dict[str, Any]:
    """One risk; a field that the source does not give is null."""
    made: dict[str, Any] = {}
    provenance: dict[str, Any] = {}
    confidence: dict[str, float] = {}
    for key, name in TEXT_FIELDS:
        _note(key, getattr(risk, name), made, provenance, confidence)
    for name in LATER_FIELDS:
        if getattr(risk, name).state != "not recorded":
            key = "confidence_said" if name == "confidence" else name  # “confidence” is the reader's own
            _note(key, getattr(risk, name), made, provenance, confidence)
    if made["description"] is None and made["event"]:
        # A register that tells its risk as cause, event and consequence describes it by the event.
        made["description"] = made["event"]
    made["description_parts"] = [_part(part) for part in risk.description.parts]
    made["impact_parts"] = [_part(part) for part in risk.impact.parts]
    for key, listed in (("controls", risk.controls), ("actions", risk.actions)):
        made[key] = [_item(item) for item in listed]
        if listed:
            provenance[key] = _short(place for item in listed for place in item.places)
            confidence[key] = min(item.confidence for item in listed)
    made["trends"] = {trend.period: _trend(trend) for trend in risk.trends}
    made["trends_as_written"] = {trend.period: trend.text for trend in risk.trends if trend.text}
    if risk.trends:
        provenance["trends"] = {trend.period: _short(trend.places) for trend in risk.trends if trend.places}
    for assessment in risk.assessments:
        _assessment(assessment, made, provenance, confidence)
    made["extra"] = {}
    for extra in risk.extra:
        heading = extra.heading
        while heading in made["extra"]:
            heading += " (again)"
        made["extra"][heading] = "n/a" if extra.state == "not applicable" else extra.text
        provenance[f"extra:{heading}"] = _short(extra.places)
    return {**made, "provenance": provenance, "confidence": confidence}


def _note(
    key: str, field: Field, made: dict[str, Any], provenance: dict[str, Any], confidence: dict[str, float]
) -> None:
    made[key] = field.text
    if field.state == "not applicable":
        made.setdefault("not_applicable", {})[key] = "n/a"
    if field.places:
        provenance[key] = _short(field.places)
    if field.recorded:
        confidence[key] = field.confidence


def _short(places: Any) -> list[str]:
    return list(dict.fromkeys(place.short for place in places))


def _part(part: Part) -> dict[str, Any]:
    return {
        "part": part.marker.strip("() .:-–—").casefold() or part.marker,
        "text": part.text,
        "marker": part.marker,
    }


def _item(item: Item) -> dict[str, Any]:
    return {"text": item.text, "part": item.part, "marker": item.marker, "source": _short(item.places)}


def _trend(trend: Trend) -> str | None:
    if trend.state == "not applicable":
        return "n/a"
    if trend.direction:
        return trend.direction
    return {"worsening": "up", "improving": "down", "steady": "level"}.get(trend.movement or "", trend.text)


def _assessment(
    assessment: Assessment, made: dict[str, Any], provenance: dict[str, Any], confidence: dict[str, float]
) -> None:
    prefix = "" if assessment.stage == "not stated" else f"{assessment.stage}_"
    if assessment.part is not None:
        prefix = f"part_{assessment.part}_{prefix}"
    for key, name in DIMENSIONS:
        _note(prefix + key, getattr(assessment, name), made, provenance, confidence)
    for key in ("rationale", "basis"):
        if getattr(assessment, key).recorded:
            _note(prefix + key, getattr(assessment, key), made, provenance, confidence)
    if assessment.by:
        made[f"{prefix}assessed_by"] = assessment.by
    if assessment.on:
        made[f"{prefix}assessed_on"] = assessment.on.isoformat()
    if assessment.fill:
        made[f"{prefix}fill"] = assessment.fill


def _loose(loose: Loose) -> dict[str, Any]:
    return {"text": loose.text, "source": _short(loose.places), "reason": loose.reason}

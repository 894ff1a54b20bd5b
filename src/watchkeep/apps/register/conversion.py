"""Rows to document values and back: what is stored of a risk is exactly what the document said of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter

from watchkeep.apps.history.models import Recorded
from watchkeep.apps.register.models import Assessment, ExtraText, Line, Part, RiskVersion, Step, TrendMark
from watchkeep.domain import document
from watchkeep.domain.document import Place, State
from watchkeep.domain.fields import (
    DATES,
    JUDGED,
    LISTS,
    PARTED,
    RATED,
    TEXTS,
    assessed,
    escaped,
    fields_of,
    parts_of,
)

PLACES: TypeAdapter[tuple[Place, ...]] = TypeAdapter(tuple[Place, ...])


@dataclass(frozen=True, slots=True)
class Origin:
    """The file that a value was read from, and who confirmed it when; without a file, a person said it."""

    file_sha256: str
    file_name: str
    confirmed_by: str
    confirmed_at: str


Passages = dict[str, dict[str, Any]]


# --- From a document ----------------------------------------------------------------------------------------


def columns_of(value: document.Risk) -> dict[str, Any]:
    """The columns of a RiskVersion that hold `value`'s own fields."""
    said: dict[str, Any] = {}
    names = (*TEXTS, *PARTED, *DATES)
    for name in names:
        said[name] = getattr(value, name).text or "" if getattr(value, name).recorded else ""
    for name in DATES:
        said[f"{name}_on"] = getattr(value, name).on
    not_applicable = [name for name in names if getattr(value, name).state == "not applicable"]
    return said | {"not_applicable": "\n".join(not_applicable)}


def passages_of(value: document.Risk, origin: Origin, standing: Passages | None = None) -> Passages:
    """Where each field was read; one whose places did not change keeps its origin from `standing`."""
    found: Passages = {}
    every: list[tuple[str, document.Field | document.Part]] = [*fields_of(value), *parts_of(value)]
    for path, field in every:
        passage: dict[str, Any] = {"places": PLACES.dump_python(field.places, mode="json")}
        if isinstance(field, document.Field):
            passage |= {"confidence": field.confidence, "reason": field.reason}
        before = (standing or {}).get(path)
        if before and all(before.get(name) == passage[name] for name in passage):
            found[path] = before
        elif passage["places"] or passage.get("reason"):
            # What a person says anew was still read, before, where it was read.
            moved = before is None or before["places"] != passage["places"]
            kept = None if moved or origin.file_sha256 else before
            found[path] = passage | {
                "file": kept["file"] if kept else origin.file_sha256,
                "file_name": kept["file_name"] if kept else origin.file_name,
                "by": origin.confirmed_by,
                "at": origin.confirmed_at,
            }
    return found


def children_of(version: RiskVersion, value: document.Risk) -> list[list[Recorded]]:
    """The rows that hang on a version: a list a model, ready to be inserted."""
    parts: list[Recorded] = [
        Part(version=version, field=name, position=position, marker=part.marker, text=part.text)
        for name in PARTED
        for position, part in enumerate(getattr(value, name).parts)
    ]
    lines: list[Recorded] = [
        Line(
            version=version,
            kind=kind,
            position=position,
            part=item.part,
            marker=item.marker,
            state=item.state,
            text=item.text or "",
        )
        for kind in LISTS
        for position, item in enumerate(getattr(value, kind))
    ]
    trends: list[Recorded] = [
        TrendMark(
            version=version,
            position=position,
            period=trend.period,
            state=trend.state,
            text=trend.text or "",
            direction=trend.direction or "",
            movement=trend.movement or "",
            derived=trend.derived or "",
            basis=trend.basis,
            overridden_by=trend.overridden_by,
            override_reason=trend.override_reason,
        )
        for position, trend in enumerate(value.trends)
    ]
    assessments: list[Recorded] = [
        Assessment(
            version=version,
            position=position,
            stage=each.stage,
            fill=each.fill or "",
            part=each.part,
            by=each.by,
            on=each.on,
            **{name: getattr(each, name).text or "" for name in (*RATED, *JUDGED)},
            **{f"{name}_state": getattr(each, name).state for name in RATED},
        )
        for position, each in enumerate(value.assessments)
    ]
    extras: list[Recorded] = [
        ExtraText(
            version=version, position=position, heading=each.heading, state=each.state, text=each.text or ""
        )
        for position, each in enumerate(value.extra)
    ]
    return [rows for rows in (parts, lines, trends, assessments, extras) if rows]


# --- To a document ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Children:
    """The rows of one version, each in its order."""

    parts: tuple[Part, ...] = ()
    lines: tuple[Line, ...] = ()
    trends: tuple[TrendMark, ...] = ()
    assessments: tuple[Assessment, ...] = ()
    extras: tuple[ExtraText, ...] = ()


def risk_of(key: str, version: RiskVersion, children: Children, *, file: str | None = None) -> document.Risk:
    """The document's risk. With `file`, places in another are left out: they would name the wrong one."""
    passages: Passages = json.loads(version.passages)
    not_applicable = set(version.not_applicable.splitlines())

    def about(path: str) -> dict[str, Any]:
        return _provenance(passages.get(path), file)

    def state_of(name: str) -> State:
        if getattr(version, name):
            return "recorded"
        return "not applicable" if name in not_applicable else "not recorded"

    said: dict[str, Any] = {"key": key}
    for name in (*TEXTS, *PARTED, *DATES):
        said[name] = {"state": state_of(name), "text": getattr(version, name) or None} | about(name)
    for name in DATES:
        said[name]["on"] = getattr(version, f"{name}_on")
    for name in PARTED:
        rows = [part for part in children.parts if part.field == name]
        said[name]["parts"] = [
            {
                "marker": part.marker,
                "text": part.text,
                "places": _provenance(passages.get(f"{name}:parts:{part.position}"), file).get("places", ()),
            }
            for part in rows
        ]
    for kind in LISTS:
        said[kind] = [
            {"state": each.state, "text": each.text or None, "part": each.part, "marker": each.marker}
            | about(f"{kind}:{each.position}")
            for each in children.lines
            if each.kind == kind
        ]
    said["trends"] = _numbered("trends", children.trends, lambda each: each.period, _trend, about)
    said["extra"] = _numbered("extra", children.extras, lambda each: each.heading, _extra, about)
    said["assessments"] = _all_assessed(children.assessments, about)
    return document.Risk.model_validate(said)


def outline_of(key: str, children: Children) -> document.Risk:
    """Only how a version rates the risk and what moved, for its course; where that was read is left out."""

    def about(_path: str) -> dict[str, Any]:
        return {}

    said: dict[str, Any] = {"key": key}
    said["trends"] = [_trend(each) for each in children.trends]
    said["assessments"] = _all_assessed(children.assessments, about)
    return document.Risk.model_validate(said)


def file_of(version: RiskVersion) -> str:
    """The file that the version's trends were read from, else its rest; none where a person said it all."""
    passages: Passages = json.loads(version.passages)
    files = [
        (not path.startswith("trends:"), passage["file"])
        for path, passage in passages.items()
        if passage["file"]
    ]
    return min(files, key=lambda each: each[0])[1] if files else ""


def _provenance(passage: Mapping[str, Any] | None, file: str | None) -> dict[str, Any]:
    if passage is None:
        return {}
    known = {name: passage[name] for name in ("places", "confidence", "reason") if name in passage}
    if file is not None and passage["file"] != file:
        known["places"] = ()
    return known


def _numbered(kind: str, rows: Iterable[Any], name_of: Any, shape: Any, about: Any) -> list[dict[str, Any]]:
    """Rows that are named by their own words; the second of a name has `#2`, as in `fields_of`."""
    met: dict[str, int] = {}
    said = []
    for each in rows:
        path = f"{kind}:{escaped(name_of(each))}"
        met[path] = met.get(path, 0) + 1
        said.append(shape(each) | about(path if met[path] == 1 else f"{path}#{met[path]}"))
    return said


def _trend(each: TrendMark) -> dict[str, Any]:
    return {
        "period": each.period,
        "state": each.state,
        "text": each.text or None,
        "direction": each.direction or None,
        "movement": each.movement or None,
        "derived": each.derived or None,
        "basis": each.basis,
        "overridden_by": each.overridden_by,
        "override_reason": each.override_reason,
    }


def _extra(each: ExtraText) -> dict[str, Any]:
    return {"heading": each.heading, "state": each.state, "text": each.text or None}


def _all_assessed(rows: Iterable[Assessment], about: Any) -> list[dict[str, Any]]:
    met: dict[str, int] = {}
    said = []
    for each in rows:
        shape: dict[str, Any] = {
            "stage": each.stage,
            "fill": each.fill or None,
            "part": each.part,
            "by": each.by,
            "on": each.on,
        }
        for name in (*RATED, *JUDGED):
            text = getattr(each, name) or None
            if name in RATED or text:
                path = f"assessments:{assessed(each.stage, each.part)}:{name}"
                met[path] = met.get(path, 0) + 1
                state = getattr(each, f"{name}_state", "recorded")
                shape[name] = {"state": state, "text": text}
                shape[name] |= about(path if met[path] == 1 else f"{path}#{met[path]}")
        said.append(shape)
    return said


def steps_of(scale: document.Scale) -> Iterable[tuple[str, int, int, str]]:
    """A scale's bands and levels as (kind, position, rank, name)."""
    for position, band in enumerate(scale.bands):
        yield "band", position, band.rank, band.name
    for kind in ("likelihood", "impact"):
        for position, level in enumerate(getattr(scale, kind)):
            yield kind, position, level.rank, level.name


def same_scale(standing: Iterable[Step], scale: document.Scale) -> bool:
    """Whether the stored steps are exactly those of `scale`."""
    stored = sorted((each.kind, each.position, each.rank, each.name) for each in standing)
    return stored == sorted(steps_of(scale))

"""A risk laid out for its page: what is recorded, controls under their parts, and what is missing by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from watchkeep.domain.document import Field, PartedField, Risk, Scale
from watchkeep.domain.fields import (
    DATES,
    JUDGED,
    LISTS,
    PARTED,
    TEXTS,
    assessed,
    fields_of,
    label_of,
)
from watchkeep.web.components.marks import BandMark, TrendMark, band_mark, trend_mark
from watchkeep.web.components.pieces import Source

TITLES = {"reference", "name"}  # stand in the heading
ORDER = (
    "description",
    "cause",
    "event",
    "impact",
    *(name for name in TEXTS if name not in {"cause", "event"}),
    *DATES,
)
STAGES = {
    "inherent": "Inherent",
    "residual": "Residual",
    "target": "Target",
    "not stated": "Stage not stated",
}


@dataclass(frozen=True, slots=True)
class Named:
    """A field with the name that people know it by, its name in the document, and where it was read."""

    path: str
    label: str
    field: Field
    source: Source | None

    @property
    def parted(self) -> bool:
        """Whether it comes in parts."""
        return isinstance(self.field, PartedField) and bool(self.field.parts)


@dataclass(frozen=True, slots=True)
class Stage:
    """An assessment: its rating as a mark, and whatever else it says."""

    name: str
    rating: Named | None
    mark: BandMark
    others: tuple[Named, ...]
    by: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Movement:
    """A trend with the field it was read from."""

    mark: TrendMark
    named: Named


@dataclass(frozen=True, slots=True)
class Bundle:
    """Controls or actions that stand under one part; no part where the paper names none."""

    part: str
    about: str
    items: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything on the page but its history."""

    risk: Risk
    said: tuple[Named, ...]
    stages: tuple[Stage, ...]
    trends: tuple[Movement, ...]
    controls: tuple[Bundle, ...]
    actions: tuple[Bundle, ...]
    missing: tuple[str, ...]
    inapplicable: tuple[str, ...]


def sheet(
    scale: Scale, risk: Risk, sources: Mapping[str, Source], quarters: Mapping[str, str] | None = None
) -> Sheet:
    """Lay the risk out. `quarters` are full names for its trend columns, where they are known."""
    full = quarters or {}
    named = {path: Named(path, label_of(path), field, sources.get(path)) for path, field in fields_of(risk)}
    plain = [named[path] for path in ORDER if path not in TITLES]
    extra = [each for path, each in named.items() if path.startswith("extra:")]
    return Sheet(
        risk=risk,
        said=tuple(each for each in (*plain, *extra) if each.field.recorded),
        stages=_stages(scale, risk, named),
        trends=tuple(
            Movement(trend_mark(trend, full.get(trend.period, trend.period)), each)
            for trend, each in zip(risk.trends, _under("trends", named), strict=True)
        ),
        controls=_bundles(risk, "controls", named),
        actions=_bundles(risk, "actions", named),
        missing=_missing(risk, plain),
        inapplicable=tuple(each.label for each in plain if each.field.state == "not applicable"),
    )


def _under(kind: str, named: Mapping[str, Named]) -> list[Named]:
    return [each for path, each in named.items() if path.startswith(f"{kind}:")]


def _stages(scale: Scale, risk: Risk, named: Mapping[str, Named]) -> tuple[Stage, ...]:
    stages = []
    for each in risk.assessments:
        prefix = f"assessments:{assessed(each.stage, each.part)}:"
        others = [
            named[prefix + name]
            for name in ("likelihood", "impact", "score", *JUDGED)
            if getattr(each, name).recorded
        ]
        name = STAGES[each.stage] if each.part is None else f"{STAGES[each.stage]}, part {each.part}"
        rating = named.get(f"{prefix}rating")
        stages.append(Stage(name, rating, band_mark(scale, each.rating), tuple(others), each.by, each.on))
    return tuple(stages)


def _bundles(risk: Risk, kind: str, named: Mapping[str, Named]) -> tuple[Bundle, ...]:
    """Lines under the part they belong to, in the order that parts first appear."""
    about = {part.marker: part.text for name in reversed(PARTED) for part in getattr(risk, name).parts}
    found: dict[str, list[Named]] = {}
    for position, item in enumerate(getattr(risk, kind)):
        if item.recorded:
            found.setdefault(item.part or "", []).append(named[f"{kind}:{position}"])
    return tuple(Bundle(part, about.get(part, ""), tuple(items)) for part, items in found.items())


def _missing(risk: Risk, plain: list[Named]) -> tuple[str, ...]:
    """The names of what the register does not say of this risk."""
    whole = any(getattr(risk, name).parts for name in PARTED)  # only then does it need a rule
    plain = [each for each in plain if each.path != "whole_rule" or whole]
    names = [each.label for each in plain if each.field.state == "not recorded"]
    rated = [each for each in risk.assessments if each.stage != "target"]
    for what, label in (("likelihood", "Likelihood"), ("impact", "Impact score"), ("rating", "Rating")):
        if all(getattr(each, what).state == "not recorded" for each in rated):
            names.append(label)
    if risk.assessment("target") is None:
        names.append("Target")
    names += [kind.capitalize() for kind in LISTS if not any(item.recorded for item in getattr(risk, kind))]
    return tuple(names)

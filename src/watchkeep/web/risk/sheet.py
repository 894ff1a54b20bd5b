"""A risk laid out for its page: what is recorded, field by field; controls under their parts; what is missing, by name."""

from __future__ import annotations

from dataclasses import dataclass

from watchkeep.domain.document import Field, Item, PartedField, RegisterDocument, Risk
from watchkeep.web.components.marks import BandMark, TrendMark, band_mark, trend_mark

FIELDS: tuple[tuple[str, str], ...] = (
    ("description", "Description"),
    ("cause", "Cause"),
    ("event", "Event"),
    ("impact", "Impact"),
    ("category", "Category"),
    ("objective", "Objective"),
    ("owner", "Risk owner"),
    ("status", "Status"),
    ("treatment", "Treatment"),
    ("contingency", "Contingency"),
    ("date_raised", "Date raised"),
    ("due_date", "Due date"),
    ("review_date", "Review date"),
)
STAGES = {"inherent": "Inherent", "residual": "Residual", "target": "Target", "not stated": "Stage not stated"}


@dataclass(frozen=True, slots=True)
class Named:
    """A field with the name that people know it by; `path` is its name in an import's draft."""

    label: str
    field: Field
    path: str

    @property
    def parted(self) -> bool:
        """Whether it may come in parts."""
        return isinstance(self.field, PartedField)


@dataclass(frozen=True, slots=True)
class Stage:
    """An assessment as a row."""

    name: str
    likelihood: Field
    impact: Field
    score: Field
    rating: Field
    mark: BandMark


@dataclass(frozen=True, slots=True)
class Movement:
    """A trend with the field it was read from."""

    mark: TrendMark
    field: Field


@dataclass(frozen=True, slots=True)
class Bundle:
    """Controls or actions that stand under one part; no part where the paper names none."""

    part: str
    about: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything on the page but its history."""

    risk: Risk
    said: tuple[Named, ...]
    extra: tuple[Named, ...]
    stages: tuple[Stage, ...]
    trends: tuple[Movement, ...]
    controls: tuple[Bundle, ...]
    actions: tuple[Bundle, ...]
    missing: tuple[str, ...]
    inapplicable: tuple[str, ...]


def sheet(document: RegisterDocument, risk: Risk) -> Sheet:
    """Lay the risk out."""
    fields = tuple(Named(label, getattr(risk, name), name) for name, label in FIELDS)
    return Sheet(
        risk=risk,
        said=tuple(each for each in fields if each.field.recorded),
        extra=tuple(
            Named(each.heading, each, f"extra.{index}") for index, each in enumerate(risk.extra) if each.recorded
        ),
        stages=tuple(
            Stage(
                STAGES[each.stage], each.likelihood, each.impact, each.score, each.rating, band_mark(document.scale, each.rating)
            )
            for each in risk.assessments
        ),
        trends=tuple(
            Movement(trend_mark(each, each.period), each) for each in risk.trends
        ),
        controls=_bundles(risk, risk.controls),
        actions=_bundles(risk, risk.actions),
        missing=_missing(risk, fields),
        inapplicable=tuple(each.label for each in fields if each.field.state == "not applicable"),
    )


def _bundles(risk: Risk, items: tuple[Item, ...]) -> tuple[Bundle, ...]:
    """Items under the part they belong to, in the order that parts first appear."""
    about = {part.marker: part.text for parted in (risk.impact, risk.description) for part in parted.parts}
    found: dict[str, list[Item]] = {}
    for item in items:
        if item.recorded:
            found.setdefault(item.part or "", []).append(item)
    return tuple(Bundle(part, about.get(part, ""), tuple(each)) for part, each in found.items())


def _missing(risk: Risk, fields: tuple[Named, ...]) -> tuple[str, ...]:
    """The names of what the register does not say of this risk."""
    names = [each.label for each in fields if each.field.state == "not recorded"]
    rated = [each for each in risk.assessments if each.stage != "target"]
    for what, label in (("likelihood", "Likelihood"), ("impact", "Impact score"), ("rating", "Rating")):
        if not any(getattr(each, what).state != "not recorded" for each in rated):
            names.append(label)
    if risk.assessment("target") is None:
        names.append("Target")
    if not any(item.recorded for item in risk.controls):
        names.append("Controls")
    if not any(item.recorded for item in risk.actions):
        names.append("Actions")
    return tuple(names)

"""Stored rows as the domain's plain values."""

from __future__ import annotations

from typing import Any, Final, cast

from watchkeep.apps.indicators.models import (
    AnnotationSaid,
    IndicatorVersion,
    PlanSaid,
    RebaseSaid,
    TargetSaid,
)
from watchkeep.domain.indicator import (
    Annotation,
    Better,
    Definition,
    Family,
    Frequency,
    Kind,
    PlanPoint,
    Rebase,
    Target,
    TargetKind,
)

# What a definition and its stored version call alike.
SAME: Final = (
    "name",
    "unit",
    "source",
    "numerator",
    "denominator",
    "due_after",
    "seasonal",
    "baseline",
    "theme",
    "measure",
)


def definition_of(version: IndicatorVersion) -> Definition:
    """A stored version as a definition; its day is the one as at which it was said."""
    return Definition(
        better=cast(Better, version.better),
        frequency=cast(Frequency, version.frequency),
        kind=cast(Kind, version.kind),
        family=cast(Family, version.family),
        from_on=version.effective_on,
        number=version.number,
        **{name: getattr(version, name) for name in SAME},
    )


def columns_of(definition: Definition) -> dict[str, Any]:
    """A definition as the columns of a version."""
    texts = {name: getattr(definition, name) for name in (*SAME, "better", "frequency", "kind", "family")}
    return {name: each.strip() if isinstance(each, str) else each for name, each in texts.items()}


def target_of(row: TargetSaid) -> Target:
    """A stored line as a target or tolerance."""
    return Target(row.value, row.from_on, row.until_on, cast(TargetKind, row.kind), row.source)


def rebase_of(row: RebaseSaid) -> Rebase:
    """A stored rebase."""
    return Rebase(row.on, row.reason, row.by)


def annotation_of(row: AnnotationSaid) -> Annotation:
    """A stored annotation."""
    return Annotation(row.on, row.text)


def point_of(row: PlanSaid) -> PlanPoint:
    """A stored point of a plan."""
    return PlanPoint(row.on, row.value)

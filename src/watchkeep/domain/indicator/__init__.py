"""A measure that speaks to a risk: what it is, its dated readings, and the lines that it is held against."""

from watchkeep.domain.indicator.values import (
    Annotation,
    Better,
    Definition,
    Family,
    Frequency,
    Kind,
    PlanPoint,
    Reading,
    ReadingState,
    Rebase,
    Series,
    Target,
    TargetKind,
)

__all__ = [
    "Annotation",
    "Better",
    "Definition",
    "Family",
    "Frequency",
    "Kind",
    "PlanPoint",
    "Reading",
    "ReadingState",
    "Rebase",
    "Series",
    "Target",
    "TargetKind",
]

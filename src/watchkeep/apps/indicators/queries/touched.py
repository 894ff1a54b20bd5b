"""Of which indicators something moved, told by the records that were written: so that whoever looks again and
again looks at those alone.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final
from uuid import UUID

from django.db import models

from watchkeep.apps.indicators.models import (
    AnnotationSaid,
    Batch,
    IndicatorUse,
    IndicatorVersion,
    PlanSaid,
    RebaseSaid,
    TargetSaid,
)
from watchkeep.apps.indicators.queries.scope import visible_indicators
from watchkeep.apps.register.models import RiskVersion
from watchkeep.domain.people import Actor

OF_ONE: Final = (IndicatorVersion, IndicatorUse, TargetSaid, RebaseSaid, AnnotationSaid, PlanSaid)


def touched(viewer: Actor, written: Mapping[str, Collection[str]]) -> frozenset[UUID]:
    """The indicators that these records are of: their readings and lines, what is said of them, and of the
    risks that they speak to. `written` has ids by the name of their kind, as the history tells them.
    """
    seen = visible_indicators(viewer)
    found = {UUID(each) for each in written.get(_name(seen.model), ())}
    for kind in OF_ONE:
        if ids := written.get(_name(kind)):
            found.update(kind.objects.filter(pk__in=ids).values_list("indicator", flat=True))
    if ids := written.get(_name(RiskVersion)):
        risks = RiskVersion.objects.filter(pk__in=ids).values("risk")
        found.update(IndicatorUse.objects.filter(risk__in=risks).values_list("indicator", flat=True))
    if ids := written.get(_name(Batch)):
        told = Batch.objects.filter(pk__in=ids, body_id=viewer.body).values_list("indicators", flat=True)
        references = {reference for each in told for reference in each.split()}
        found.update(seen.filter(reference__in=references).values_list("pk", flat=True))
    return frozenset(seen.filter(pk__in=found).values_list("pk", flat=True)) if found else frozenset()


def _name(kind: type[models.Model]) -> str:
    return kind._meta.label_lower

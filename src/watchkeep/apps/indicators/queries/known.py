"""The indicators that a file or a program may name, with what each measures today."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone

from watchkeep.apps.indicators.conversion import definition_of
from watchkeep.apps.indicators.models import Batch, IndicatorVersion
from watchkeep.apps.indicators.queries.scope import visible_indicators
from watchkeep.domain.indicator import Definition
from watchkeep.domain.people import Actor


@dataclass(frozen=True, slots=True)
class Known:
    """An indicator by its reference."""

    id: UUID
    number: int
    reference: str
    definition: Definition
    owner_post: UUID | None


def known(viewer: Actor) -> dict[str, Known]:
    """Every indicator that the viewer may see, by reference; one of the future by its first definition."""
    today = timezone.localdate()
    found: dict[str, Known] = {}
    rows = (
        IndicatorVersion.objects.filter(indicator__in=visible_indicators(viewer))
        .select_related("indicator")
        .order_by("indicator__number", "effective_on", "number")
    )
    for row in rows:
        one = row.indicator
        if row.effective_on <= today or one.reference not in found:
            found[one.reference] = Known(
                one.pk, one.number, one.reference, definition_of(row), row.owner_post_id
            )
    return found


def key_used(viewer: Actor, key: str) -> bool:
    """Whether readings were recorded under that key before."""
    return Batch.objects.filter(body_id=viewer.body, key=key).exists()

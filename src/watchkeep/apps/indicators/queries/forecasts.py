"""The forecasts that were kept, and what promises are expected to do to indicators."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from watchkeep.apps.indicators.models import ExpectedEffect, ForecastRun
from watchkeep.apps.indicators.queries.scope import found_by, visible_indicators
from watchkeep.apps.treatment.queries.commitments import visible_commitments
from watchkeep.domain.clock import PRESENT, Clock
from watchkeep.domain.forecast import Expected, Forecast
from watchkeep.domain.forecast.keeping import read_again
from watchkeep.domain.people import Actor


@dataclass(frozen=True, slots=True)
class EffectRow:
    """What a promise is expected to do to an indicator, as it was last said."""

    commitment: UUID
    indicator: UUID
    reference: str
    name: str
    expected: Expected
    from_on: date
    why: str


def forecast_of(viewer: Actor, which: str | UUID, clock: Clock = PRESENT) -> Forecast | None:
    """The last forecast that was kept of an indicator, or none; nothing is worked out here."""
    runs = ForecastRun.objects.filter(indicator=found_by(viewer, which))
    if clock.day is not None:
        runs = runs.filter(as_at__lte=clock.day)
    if clock.known_at is not None:
        runs = runs.filter(known_at__lte=clock.known_at)
    last = runs.order_by("-known_at").first()
    return read_again(last.result) if last is not None and last.result else None


def effects_of(viewer: Actor, commitment: UUID, clock: Clock = PRESENT) -> tuple[EffectRow, ...]:
    """What a promise that the viewer may see is expected to do, by indicator that they may see."""
    rows = ExpectedEffect.objects.filter(
        commitment__in=visible_commitments(viewer).filter(pk=commitment),
        indicator__in=visible_indicators(viewer),
    )
    if clock.known_at is not None:
        rows = rows.filter(known_at__lte=clock.known_at)
    last = {each.indicator_id: each for each in rows.select_related("indicator").order_by("number")}
    return tuple(
        EffectRow(
            each.commitment_id,
            each.indicator_id,
            each.indicator.reference,
            each.indicator.name,
            Expected("change" if each.measure == "change" else "level", each.amount, each.by_on),
            each.from_on,
            each.why,
        )
        for each in sorted(last.values(), key=lambda each: each.indicator.number)
    )

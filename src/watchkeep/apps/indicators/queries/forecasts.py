"""The forecasts that were kept, and what promises are expected to do to indicators."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Max

from watchkeep.apps.indicators.models import Batch, ExpectedEffect, ForecastRun
from watchkeep.apps.indicators.queries.scope import found_by, visible_indicators
from watchkeep.apps.treatment.queries.commitments import visible_commitments
from watchkeep.domain.clock import PRESENT, Clock
from watchkeep.domain.forecast import Expected, Forecast
from watchkeep.domain.forecast.keeping import read_again
from watchkeep.domain.people import Actor

ON_ITS_WAY: Final = timedelta(minutes=5)  # longer than any batch takes from its first line to its last


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


@dataclass(frozen=True, slots=True)
class Standing:
    """The last time that a forecast was tried: what was made, or why nothing could be."""

    forecast: Forecast | None
    refusal: str
    digest: str
    known_at: datetime


def forecast_of(viewer: Actor, which: str | UUID, clock: Clock = PRESENT) -> Forecast | None:
    """The last forecast that was kept of an indicator, or none; nothing is worked out here."""
    found = standing_of(viewer, which, clock)
    return found.forecast if found else None


def standing_of(viewer: Actor, which: str | UUID, clock: Clock = PRESENT) -> Standing | None:
    """What the last try at a forecast came to; none where none was made yet."""
    runs = ForecastRun.objects.filter(indicator=found_by(viewer, which))
    if clock.day is not None:
        runs = runs.filter(as_at__lte=clock.day)
    if clock.known_at is not None:
        runs = runs.filter(known_at__lte=clock.known_at)
    last = runs.order_by("-known_at").first()
    if last is None:
        return None
    made = read_again(last.result) if last.result else None
    return Standing(made, last.refusal, last.digest, last.known_at)


def awaiting(viewer: Actor) -> tuple[UUID, ...]:
    """The indicators of which readings or rebases became known since a forecast was last tried, in three
    statements. What came shortly before the last try counts as well: it may have been on its way then.
    """
    found = visible_indicators(viewer)
    tried = dict(found.annotate(tried=Max("forecasts__known_at")).values_list("reference", "tried"))
    rebased = found.filter(rebases__isnull=False).annotate(last=Max("rebases__known_at"))
    news: dict[str, datetime] = dict(rebased.values_list("reference", "last"))
    batches = Batch.objects.filter(body_id=viewer.body).exclude(added=0, corrected=0)
    read: set[str] = set()
    for references, known_at in batches.values_list("indicators", "known_at"):
        for each in references.split():
            read.add(each)
            news[each] = max(known_at, news.get(each, known_at))
    waiting = {
        each
        for each, last in tried.items()
        if each in read and (last is None or news[each] > last - ON_ITS_WAY)
    }
    return tuple(found.filter(reference__in=waiting).order_by("number").values_list("pk", flat=True))


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

"""The forecasts that were kept, and which indicators wait for one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Max

from watchkeep.apps.indicators.models import Batch, ForecastRun
from watchkeep.apps.indicators.queries.scope import found_by, visible_indicators
from watchkeep.domain.clock import PRESENT, Clock
from watchkeep.domain.forecast import Forecast
from watchkeep.domain.forecast.keeping import read_again
from watchkeep.domain.people import Actor

ON_ITS_WAY: Final = timedelta(minutes=5)  # longer than any batch takes from its first line to its last


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
    """The indicators of which readings, rebases or a definition became known since a forecast was last tried,
    in four statements. What came shortly before the last try counts as well: it may have been on its way.
    """
    found = visible_indicators(viewer)
    tried = dict(found.annotate(tried=Max("forecasts__known_at")).values_list("reference", "tried"))
    news: dict[str, datetime] = dict(
        found.annotate(last=Max("versions__known_at")).values_list("reference", "last")
    )
    rebased = found.filter(rebases__isnull=False).annotate(last=Max("rebases__known_at"))
    for reference, last in rebased.values_list("reference", "last"):
        news[reference] = max(last, news[reference])
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

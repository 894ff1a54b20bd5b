"""Keep what was forecast, or why nothing could be."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.utils import timezone

from watchkeep.apps.history.changes import recording
from watchkeep.apps.indicators.changes.holding import indicator_of, latest_version
from watchkeep.apps.indicators.models import ForecastRun
from watchkeep.domain.forecast import Forecast
from watchkeep.domain.forecast.keeping import as_text
from watchkeep.domain.indicator.keeping import may_record
from watchkeep.domain.people import Actor, obey


def keep_forecast(*, by: Actor, indicator: UUID, forecast: Forecast) -> bool:
    """Keep a forecast of an indicator; whether it was kept. The same one twice is kept once."""
    with recording(by=by, verb="forecast") as entry:
        found = indicator_of(by, indicator)
        obey(may_record(by, latest_version(found).owner_post_id))
        last = ForecastRun.objects.filter(indicator=found).order_by("-known_at").first()
        if last is not None and last.digest == forecast.digest:
            return False
        run = ForecastRun(
            indicator=found,
            known_at=timezone.now(),
            as_at=forecast.last_on,
            ahead=len(forecast.points),
            vintage=forecast.vintage,
            digest=forecast.digest,
            library=forecast.library,
            result=as_text(forecast),
        )
        entry.about("indicator", found.pk, str(found))
        run.save()
    return True


def keep_refusal(
    *, by: Actor, indicator: UUID, why: str, digest: str, as_at: date, ahead: int, library: str
) -> bool:
    """Keep why none could be made, so that the same readings are not tried again; whether it was kept."""
    with recording(by=by, verb="refuse a forecast") as entry:
        found = indicator_of(by, indicator)
        obey(may_record(by, latest_version(found).owner_post_id))
        last = ForecastRun.objects.filter(indicator=found).order_by("-known_at").first()
        if last is not None and last.digest == digest:
            return False
        run = ForecastRun(
            indicator=found,
            known_at=timezone.now(),
            as_at=as_at,
            ahead=ahead,
            vintage="",
            digest=digest,
            library=library,
            result="",
            refusal=why,
        )
        entry.about("indicator", found.pk, str(found))
        run.save()
    return True

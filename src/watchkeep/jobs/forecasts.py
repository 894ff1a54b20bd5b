"""Makes forecasts where readings came since the last one, so that no page waits for a fit."""

from __future__ import annotations

from uuid import UUID

from watchkeep.apps.indicators.changes.forecasts import keep_forecast
from watchkeep.apps.indicators.queries import all_series, indicator_named, series
from watchkeep.apps.indicators.queries.forecasts import forecast_of as kept
from watchkeep.domain.errors import Refused
from watchkeep.domain.forecast import digest_of, forecast_of
from watchkeep.domain.people import Actor

AHEAD = 6


def make(by: Actor, indicator: UUID, *, ahead: int = AHEAD) -> bool:
    """Forecast one indicator from what is known now and keep it; whether there was anything new to keep.

    Refused where its readings are too few. What has been forecast from the same readings is not made again.
    """
    found = series(by, indicator)
    last = max((each.on for each in found.recorded), default=None)
    if last is None:
        raise Refused(f"{found.key} has no reading yet: there is nothing to forecast from.")
    before = kept(by, indicator)
    if before is not None and before.digest == digest_of(found, as_at=last, ahead=ahead):
        return False
    return keep_forecast(by=by, indicator=indicator, forecast=forecast_of(found, as_at=last, ahead=ahead))


def make_all(by: Actor) -> int:
    """Forecast every indicator that has readings enough; how many were new."""
    made = 0
    for each in all_series(by):
        try:
            made += make(by, indicator_named(by, each.key).id)
        except Refused:
            continue
    return made

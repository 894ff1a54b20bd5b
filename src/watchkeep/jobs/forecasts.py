"""Makes forecasts where readings came since the last one, so that no page waits for a fit."""

from __future__ import annotations

import logging
from uuid import UUID

from watchkeep.apps.indicators.changes.forecasts import keep_forecast, keep_refusal
from watchkeep.apps.indicators.queries import series
from watchkeep.apps.indicators.queries.forecasts import awaiting, standing_of
from watchkeep.apps.people.queries import all_bodies
from watchkeep.domain.errors import Refused
from watchkeep.domain.forecast import Forecast, digest_of, digest_of_inputs, forecast_of
from watchkeep.domain.indicator import Series
from watchkeep.domain.people import Actor
from watchkeep.quant.forecast import library

AHEAD = 6
TOLD = logging.getLogger(__name__)


def make(by: Actor, indicator: UUID, *, ahead: int = AHEAD) -> Forecast:
    """Forecast one indicator from what is known now and keep it, or give what is kept of the same readings.

    Refused where its readings are too few.
    """
    found = series(by, indicator)
    _made(by, indicator, found, ahead)
    kept = standing_of(by, indicator)
    if kept is None or kept.forecast is None:
        raise Refused(f"The forecast of {found.key} was taken over by another. Ask again.")
    return kept.forecast


def make_all(by: Actor) -> int:
    """Forecast every indicator that something new is known of; how many forecasts were new.

    Where none can be made, why is kept, and the same readings are not tried again.
    """
    made = 0
    for each in awaiting(by):
        found = series(by, each)
        try:
            made += _made(by, each, found, AHEAD)
        except Refused as refusal:
            _refused(by, each, found, refusal.sentence)
        except Exception as problem:  # noqa: BLE001 (whatever it was is told; the others are still to be made)
            TOLD.exception("No forecast of %s could be made.", found.key)
            _refused(by, each, found, f"It failed through a fault of Watchkeep ({type(problem).__name__}).")
    return made


def make_all_due() -> int:
    """Forecast for every body, as Watchkeep itself; how many forecasts were new."""
    return sum(
        make_all(
            Actor(kind="system", id="forecasts", name="Watchkeep", role="administrator", body=str(body.id))
        )
        for body in all_bodies()
    )


def _made(by: Actor, indicator: UUID, found: Series, ahead: int) -> bool:
    last = max((each.on for each in found.recorded), default=None)
    if last is None:
        raise Refused(f"{found.key} has no reading yet: there is nothing to forecast from.")
    before = standing_of(by, indicator)
    if before is not None and before.digest == digest_of(found, as_at=last, ahead=ahead):
        return False
    return keep_forecast(by=by, indicator=indicator, forecast=forecast_of(found, as_at=last, ahead=ahead))


def _refused(by: Actor, indicator: UUID, found: Series, why: str) -> None:
    # Where every reading was given up, what was forecast from them no longer stands either.
    last = max((each.on for each in found.readings), default=None)
    before = standing_of(by, indicator)
    if last is None:
        return
    digest = digest_of_inputs(found, as_at=last, ahead=AHEAD)
    if before is None or before.digest != digest:
        keep_refusal(
            by=by, indicator=indicator, why=why, digest=digest, as_at=last, ahead=AHEAD, library=library()
        )

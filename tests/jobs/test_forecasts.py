"""Forecasts are made where readings came, once for the same readings, and a short series stops no other."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest

from cast import Force
from watchkeep.apps.indicators.changes import observe, open_indicator
from watchkeep.apps.indicators.models import ForecastRun
from watchkeep.apps.indicators.queries.forecasts import forecast_of
from watchkeep.domain.indicator import Definition, Reading
from watchkeep.jobs.forecasts import make_all

pytestmark = pytest.mark.django_db
FIRST = date(2026, 2, 2)


def an_indicator(force: Force, days: int) -> UUID:
    definition = Definition("Lamps out", "lamps", "down", "day", kind="count", from_on=FIRST)
    which = open_indicator(by=force.administrator, definition=definition)
    readings = [Reading(FIRST + timedelta(day), float(5 + day % 3)) for day in range(days)]
    observe(by=force.administrator, indicator=which, readings=readings, source="The lamp book")
    return which


def test_a_round_run_twice_acts_once_and_new_readings_make_a_new_forecast(force: Force) -> None:
    an_indicator(force, 3)  # too short
    which = an_indicator(force, 28)
    assert [make_all(force.administrator), make_all(force.administrator)] == [1, 0]
    kept = forecast_of(force.reader, which)
    assert kept is not None
    assert (kept.known, kept.last_on) == (28, FIRST + timedelta(27))
    more = [Reading(FIRST + timedelta(28), 9.0)]
    observe(by=force.administrator, indicator=which, readings=more, source="The lamp book")
    assert make_all(force.administrator) == 1
    assert ForecastRun.objects.count() == 2

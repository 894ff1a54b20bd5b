"""Forecasts are made where readings came, once for the same readings, and a short series stops no other."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest

from cast import Force
from watchkeep.apps.indicators.changes import observe, open_indicator, rebase, redefine
from watchkeep.apps.indicators.models import ForecastRun
from watchkeep.apps.indicators.queries import forecasts as queries
from watchkeep.apps.indicators.queries.forecasts import forecast_of, standing_of
from watchkeep.domain.indicator import Definition, Reading
from watchkeep.jobs.forecasts import make_all, make_all_due

pytestmark = pytest.mark.django_db
FIRST = date(2026, 2, 2)


def an_indicator(force: Force, days: int) -> UUID:
    definition = Definition("Lamps out", "lamps", "down", "day", kind="count", from_on=FIRST)
    which = open_indicator(by=force.administrator, definition=definition)
    readings = [Reading(FIRST + timedelta(day), float(5 + day % 3)) for day in range(days)]
    observe(by=force.administrator, indicator=which, readings=readings, source="The lamp book")
    return which


def test_a_round_run_twice_acts_once_and_new_readings_make_a_new_forecast(force: Force) -> None:
    short = an_indicator(force, 3)
    which = an_indicator(force, 28)
    assert [make_all(force.administrator), make_all(force.administrator)] == [1, 0]
    kept = forecast_of(force.reader, which)
    assert kept is not None
    assert (kept.known, kept.last_on) == (28, FIRST + timedelta(27))
    more = [Reading(FIRST + timedelta(28), 9.0)]
    observe(by=force.administrator, indicator=which, readings=more, source="The lamp book")
    assert make_all(force.administrator) == 1
    assert ForecastRun.objects.filter(indicator=which).count() == 2
    none = standing_of(force.reader, short)
    assert none is not None
    assert (none.forecast, "takes 28 readings" in none.refusal) == (None, True)
    assert ForecastRun.objects.filter(indicator=short).count() == 1, "the same readings are not tried again"


def test_the_worker_looks_only_at_what_something_new_is_known_of(
    force: Force, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "ON_ITS_WAY", timedelta())
    first, second = an_indicator(force, 28), an_indicator(force, 3)
    assert queries.awaiting(force.administrator) == (first, second)
    assert make_all_due() == 1
    assert queries.awaiting(force.administrator) == ()
    more = [Reading(FIRST + timedelta(28), 9.0)]
    observe(by=force.administrator, indicator=second, readings=more, source="The lamp book")
    assert queries.awaiting(force.administrator) == (second,)
    rebase(by=force.administrator, indicator=first, on=FIRST + timedelta(20), reason="New lamps")
    assert queries.awaiting(force.administrator) == (first, second)
    assert make_all_due() == 0
    kept = queries.standing_of(force.reader, first)
    assert kept is not None
    assert "there are 8 readings since the rebase" in kept.refusal


def test_a_definition_alone_makes_a_new_forecast(force: Force, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "ON_ITS_WAY", timedelta())
    by, which = force.administrator, an_indicator(force, 28)
    assert make_all(by) == 1
    said = Definition("Lamps out", "lanterns", "down", "day", kind="count", from_on=FIRST)
    redefine(by=by, indicator=which, version=1, definition=said, owner_post=None, reason="Another word")
    assert make_all(by) == 1
    kept = forecast_of(force.reader, which)
    assert kept is not None
    assert kept.unit == "lanterns"


def test_where_every_reading_was_given_up_the_forecast_no_longer_stands(force: Force) -> None:
    by, which = force.administrator, an_indicator(force, 28)
    make_all(by)
    gone = [Reading(FIRST + timedelta(day), None, state="missing", note="Lost") for day in range(28)]
    observe(by=by, indicator=which, readings=gone, source="The lamp book", reason="The book was another’s")
    assert make_all(by) == 0
    standing = standing_of(force.reader, which)
    assert standing is not None
    assert standing.forecast is None
    assert make_all(by) == 0
    assert ForecastRun.objects.filter(indicator=which).count() == 2

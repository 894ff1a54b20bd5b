"""A sentence rests on an indicator: on its reading of a period, or on what its chart says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

from django.utils import timezone

from watchkeep.apps.evidence.models import Binding
from watchkeep.apps.evidence.queries.measured import chart_of
from watchkeep.apps.indicators.changes.holding import year_start_of
from watchkeep.apps.indicators.models import Indicator
from watchkeep.apps.indicators.queries import indicator_named, series_told
from watchkeep.domain import statement as rules
from watchkeep.domain.clock import PRESENT, Clock
from watchkeep.domain.errors import Invalid, Missing, Refused
from watchkeep.domain.indicator import Series
from watchkeep.domain.indicator.figure import figure
from watchkeep.domain.indicator.periods import first_of
from watchkeep.domain.people import Actor, obey


@dataclass(frozen=True, slots=True)
class OnObservation:
    """The reading of the period in which a day lies, the latest where none is named; or what the chart says
    on the day of binding.
    """

    indicator: UUID
    period: date | None = None
    verdict: bool = False


def columns_read(by: Actor, rests: OnObservation, day: date, asked: date | None) -> dict[str, Any]:
    """The reading or the verdict, as told on the day of binding, of an indicator that the actor may see."""
    found = indicator_named(by, rests.indicator)
    clock = _clock(day)
    series = series_told([found.id], clock).get(found.id)
    if series is None:
        raise Missing(f"Nothing was told of {found.reference} by then.")
    which = Indicator.objects.get(pk=found.id)
    if rests.verdict:
        if rests.period:
            raise Invalid("period", "A verdict is of all readings: name a period, or ask for the verdict.")
        return _verdict(which, series, day, asked)
    period = rests.period and first_of(
        rests.period, series.definition.frequency, year_start=year_start_of(by)
    )
    return _reading(which, series, period, asked)


def columns_again(row: Binding, day: date, asked: date | None) -> dict[str, Any]:
    """The same as it is told now, looked at again on a day: what a chart says has a new shelf life, a reading
    keeps its own.
    """
    indicator, period = row.indicator, row.period
    series = series_told([indicator.pk], _clock(day)).get(indicator.pk) if indicator else None
    if indicator is None or period is None or series is None:
        raise Missing(f"Nothing was told of {row.label} by then.")
    if row.verdict:
        return _verdict(indicator, series, day, asked)
    reading = rules.reading_of(series, period)
    if reading is None or reading.value is None:
        raise Refused(f"{_none(series, period)} Take this one off the sentence first.")
    return _reading(indicator, series, period, None) | {"holds_until": row.holds_until}


def _reading(indicator: Indicator, series: Series, period: date | None, asked: date | None) -> dict[str, Any]:
    definition = series.definition
    reading = rules.reading_of(series, period) if period else rules.latest_of(series)
    if reading is None or reading.value is None:
        raise Invalid("period", _none(series, period))
    on = rules.reading_on(reading.on, definition, timezone.localdate())
    return {
        "kind": "observation",
        "reading": _called(indicator, reading.on.isoformat()),
        "indicator": indicator,
        "period": reading.on,
        "revision": reading.revision,
        "value": reading.value,
        "label": rules.reading_named(series.key, definition, reading.on),
        "says": figure(reading.value, definition.unit),
        "on": on,
        "holds_until": rules.reading_counts_until(on, definition.frequency, asked),
    }


def _verdict(indicator: Indicator, series: Series, day: date, asked: date | None) -> dict[str, Any]:
    verdict, last = chart_of(series, day), rules.latest_of(series)
    obey(rules.may_hold(series.key, verdict))
    if last is None:
        raise Refused(f"The chart of {series.key} has no reading yet.")
    return {
        "kind": "observation",
        "reading": _called(indicator, rules.CHART),
        "indicator": indicator,
        "period": last.on,
        "verdict": rules.verdict_named(verdict),
        "label": rules.chart_named(series.key, series.definition),
        "says": verdict.sentence,
        "on": day,
        "holds_until": rules.shelf_life("observation", day, asked),
    }


def _clock(day: date) -> Clock:
    """Today is the present, in which a reading may be had before its period's end."""
    return PRESENT if day == timezone.localdate() else Clock(day)


def _called(indicator: Indicator, which: str) -> UUID:
    """The same reading of the same indicator is called the same under whatever sentence."""
    return uuid5(NAMESPACE_OID, f"{indicator.pk} {which}")


def _none(series: Series, period: date | None) -> str:
    last = rules.latest_of(series)
    if last is None:
        return f"{series.key} has no reading yet that a sentence could rest on."
    latest = rules.period_named(last.on, series.definition.frequency)
    wanted = rules.period_named(period or last.on, series.definition.frequency)
    given_up = period is not None and rules.reading_of(series, period) is not None
    why = "was given up" if given_up else "is not recorded"
    return f"The reading of {series.key} for {wanted} {why}; the latest is that of {latest}."

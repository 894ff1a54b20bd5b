"""Which readings and charts a sentence of a risk could rest on: those of its own indicators first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone

from watchkeep.apps.evidence.queries.measured import chart_of
from watchkeep.apps.indicators.queries import indicators, series_of_risk, visible_indicators
from watchkeep.domain import statement as rules
from watchkeep.domain.indicator import Reading, Series
from watchkeep.domain.indicator.figure import figure
from watchkeep.domain.people import Actor

READINGS = 12  # of an indicator of the risk: a year of months


@dataclass(frozen=True, slots=True)
class ReadingOffer:
    """A reading by the first day of its period, what that is called, and the figure."""

    period: date
    named: str
    says: str


@dataclass(frozen=True, slots=True)
class IndicatorOffer:
    """An indicator with its latest readings, the last one first. `chart`: what it says, where it says enough
    to rest on; of the risk's own indicators alone.
    """

    id: UUID
    label: str
    own: bool
    readings: tuple[ReadingOffer, ...]
    chart: str = ""


def indicators_offered(viewer: Actor, risk: UUID) -> tuple[IndicatorOffer, ...]:
    """The indicators that speak to the risk, then all others that the viewer may see, each with its last
    reading; in a fixed number of statements.
    """
    day = timezone.localdate()
    own = {each.indicator: each.series for each in series_of_risk(viewer, risk)}
    return (*_own(own, day), *_others(viewer, own))


def any_indicator(viewer: Actor) -> bool:
    """Whether there is an indicator at all that the viewer may see."""
    return visible_indicators(viewer).exists()


def _own(own: dict[UUID, Series], day: date) -> Iterator[IndicatorOffer]:
    for which, series in own.items():
        verdict = chart_of(series, day)
        latest = series.recorded[: -READINGS - 1 : -1]
        if latest:
            yield IndicatorOffer(
                which,
                f"{series.key} {series.definition.name}",
                own=True,
                readings=tuple(_reading(each, series) for each in latest),
                chart="" if rules.may_hold(series.key, verdict) else verdict.sentence,
            )


def _others(viewer: Actor, own: dict[UUID, Series]) -> Iterator[IndicatorOffer]:
    for row in indicators(viewer):
        if row.id not in own and row.last is not None:
            of_it = Series(row.reference, row.definition, (row.last,))
            yield IndicatorOffer(row.id, row.label, own=False, readings=(_reading(row.last, of_it),))


def _reading(reading: Reading, series: Series) -> ReadingOffer:
    frequency, unit = series.definition.frequency, series.definition.unit
    return ReadingOffer(reading.on, rules.period_named(reading.on, frequency), figure(reading.value, unit))

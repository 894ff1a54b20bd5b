"""Indicators that sentences rest on: a reading of a period, or what the chart says, and whether it moved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from watchkeep.apps.evidence.models import Binding
from watchkeep.apps.indicators.queries import series_told
from watchkeep.domain import statement as rules
from watchkeep.domain.clock import Clock
from watchkeep.domain.indicator import Series
from watchkeep.domain.spc import Verdict, judged


@dataclass(frozen=True, slots=True)
class Measured:
    """What is told by the clock of the indicators that bindings name; the verdicts of those that a sentence
    rests on for what their charts say.
    """

    series: Mapping[UUID, Series]
    verdicts: Mapping[UUID, Verdict]

    def moved(self, row: Binding) -> str:
        """Why it is no longer what it was; one of which nothing is told by the clock moves nothing."""
        series = self.series.get(row.indicator_id) if row.indicator_id else None
        if row.indicator_id is None or series is None or row.period is None:
            return ""
        if row.verdict:
            return rules.verdict_moved(series.key, row.verdict, self.verdicts[row.indicator_id])
        return rules.reading_moved(series, row.period, row.value) if row.value is not None else ""

    def newer(self, row: Binding) -> str:
        """The reading that came since, in a sentence."""
        series = self.series.get(row.indicator_id) if row.indicator_id else None
        if series is None or row.period is None:
            return ""
        return rules.reading_newer(series, row.period)


def measured(rows: Iterable[Binding], clock: Clock, day: date) -> Measured:
    """The indicators of these bindings by the clock; nothing is asked where none names one."""
    named = [each for each in rows if each.indicator_id]
    series = series_told({each.indicator_id for each in named if each.indicator_id}, clock)
    charted = {each.indicator_id for each in named if each.verdict}
    verdicts = {key: chart_of(series[key], day) for key in charted if key in series}
    return Measured(series, verdicts)


def chart_of(series: Series, day: date) -> Verdict:
    """What the chart of an indicator says as at a day, for a sentence to rest on."""
    return judged(series, as_at=day).verdict

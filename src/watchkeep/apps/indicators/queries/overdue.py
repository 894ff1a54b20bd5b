"""Readings that should be there and are not, of the indicators that a viewer records."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from watchkeep.apps.indicators.models import Indicator, IndicatorVersion, Observation
from watchkeep.apps.indicators.queries.rows import IndicatorRow, rows_among
from watchkeep.apps.indicators.queries.scope import visible_indicators
from watchkeep.domain.clock import PRESENT
from watchkeep.domain.indicator.keeping import may_record
from watchkeep.domain.indicator.periods import due_on, late_periods
from watchkeep.domain.people import Actor


@dataclass(frozen=True, slots=True)
class Overdue:
    """An indicator, the first days of its late periods, and the day by which the first was to be had."""

    row: IndicatorRow
    periods: tuple[date, ...]
    due_on: date


def overdue(viewer: Actor, today: date) -> tuple[Overdue, ...]:
    """The indicators whose readings are late, the latest first: all for who records the body's, else those
    that the viewer answers for. Found by their last readings, not by their histories.
    """
    rows = [each for each in rows_among(viewer, _recorded(viewer), PRESENT) if _records(viewer, each)]
    waiting = [each for each in rows if each.last and late_periods(each.last.on, (), each.definition, today)]
    given_up = _given_up(waiting)
    found = [
        Overdue(each, tuple(late), due_on(late[0], each.definition))
        for each in waiting
        if each.last and (late := late_periods(each.last.on, given_up[each.number], each.definition, today))
    ]
    return tuple(sorted(found, key=lambda each: each.due_on))


def _recorded(viewer: Actor) -> QuerySet[Indicator]:
    """Those that may be the viewer's to record; whoever once answered for one is looked at more closely."""
    found = visible_indicators(viewer)
    if may_record(viewer) is None:
        return found
    posts = [UUID(each) for each in sorted(viewer.posts)]
    return found.filter(pk__in=IndicatorVersion.objects.filter(owner_post__in=posts).values("indicator"))


def _records(viewer: Actor, row: IndicatorRow) -> bool:
    return may_record(viewer, row.owner_post) is None


def _given_up(rows: list[IndicatorRow]) -> dict[int, set[date]]:
    """By an indicator's number, the periods after its last reading for which it was said that none comes."""
    found: dict[int, set[date]] = defaultdict(set)
    last = {each.number: each.last.on for each in rows if each.last}
    told = Observation.objects.filter(series__in=last, on__gt=min(last.values(), default=date.max))
    for series, on in told.values_list("series", "on"):
        if on > last[series]:
            found[series].add(on)
    return found

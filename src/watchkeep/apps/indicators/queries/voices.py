"""What the indicators of risks say together, judged when it is asked: nothing of it is stored."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.utils import timezone

from watchkeep.apps.indicators.queries.series import Attached, series_of
from watchkeep.domain.clock import PRESENT, Clock
from watchkeep.domain.indicator.verdict import Spoken, Voice, spoken
from watchkeep.domain.people import Actor
from watchkeep.domain.spc import judged


def spoken_of(
    viewer: Actor, risks: Iterable[UUID], clock: Clock = PRESENT, *, since: date | None = None
) -> dict[UUID, Spoken]:
    """By risk, what its indicators say as at the clock's day; no row where none is attached.

    `since` is the day of the last report. A fixed number of statements.
    """
    day = clock.day or timezone.localdate()
    found = {}
    for risk, attached in series_of(viewer, risks, clock).items():
        said = spoken([_voice(each, day, since) for each in attached])
        if said is not None:
            found[risk] = said
    return found


def _voice(each: Attached, day: date, since: date | None) -> Voice:
    verdict = judged(each.series, as_at=day, since=since).verdict
    return Voice(each.series.key, each.series.definition.name, each.side, verdict, each.leads)

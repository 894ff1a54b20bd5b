"""A risk that was escalated to a register has there that register's judgement and its source's words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import date
from uuid import UUID

from watchkeep.apps.register.models import Link
from watchkeep.domain.above import composed
from watchkeep.domain.clock import PRESENT, Clock
from watchkeep.domain.document import Risk as RiskValue
from watchkeep.domain.link import ESCALATED

Values = dict[UUID, RiskValue]
Read = Callable[[Collection[UUID], Clock], Values]


def with_words(values: Values, clock: Clock, read: Read) -> Values:
    """These risks by their ids, each that came from another register with that one's words by the clock.

    One statement where none did, and what `read` takes for each register on the way up.
    """
    found = dict(values)
    for day, came in sources(values, clock).items():
        then = clock if day is None else replace(clock, as_at=day)
        words = with_words(read(set(came.values()), then), then, read)
        for risk, source in came.items():
            if source in words:
                found[risk] = composed(found[risk], words[source])
    return found


def sources(risks: Collection[UUID], clock: Clock = PRESENT) -> dict[date | None, dict[UUID, UUID]]:
    """The risk that each of these came from, under the day that its words were last shared, none where they
    still are.
    """
    rows = Link.objects.filter(kind=ESCALATED, target__in=risks)
    if clock.known_at is not None:
        rows = rows.filter(from_known_at__lte=clock.known_at)
    found: defaultdict[date | None, dict[UUID, UUID]] = defaultdict(dict)
    for each in rows:
        ended = each.until_on
        if ended and clock.known_at and each.until_known_at and each.until_known_at > clock.known_at:
            ended = None
        over = ended is not None and (clock.day is None or clock.day > ended)
        found[ended if over else None][each.target_id] = each.source_id
    return dict(found)

"""Which risks another took over: what was said of them is said there, and rests on the same."""

from __future__ import annotations

from collections import defaultdict
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from watchkeep.apps.history.standing import holding, standing
from watchkeep.apps.register.models import Link, Risk, RiskState
from watchkeep.domain.clock import Clock
from watchkeep.domain.link import ESCALATED


def taken_over(risks: QuerySet[Risk], clock: Clock) -> dict[UUID, tuple[UUID, ...]]:
    """By each risk that was escalated or merged, those of `risks` that say its words by the clock.

    Two statements where there is none, and two more for each step on the way down. No viewer is asked: who
    gave a risk over gave it with what its words rest on.
    """
    found: defaultdict[UUID, set[UUID]] = defaultdict(set)
    level: dict[UUID, set[UUID]] = {}
    for source, taker in _step(risks.order_by(), clock):
        level.setdefault(source, set()).add(taker)
    while level:
        for source, takers in level.items():
            found[source] |= takers
        grown: defaultdict[UUID, set[UUID]] = defaultdict(set)
        for source, taker in _step(Risk.objects.filter(pk__in=sorted(level)), clock):
            if more := level[taker] - found[source]:
                grown[source] |= more
        level = dict(grown)
    return {source: tuple(sorted(takers)) for source, takers in found.items()}


def _step(takers: QuerySet[Risk], clock: Clock) -> list[tuple[UUID, UUID]]:
    """Each risk that one of these says the words of now, with that one."""
    today = timezone.localdate()
    links = holding(Link.objects.filter(kind=ESCALATED, target__in=takers), clock, today)
    once = Risk.objects.filter(states__state="merged", states__into__in=takers)
    merged = standing(RiskState.objects.all(), "risk", once, clock).filter(state="merged", into__in=takers)
    told = [(each.source_id, each.target_id) for each in links]
    return told + [(each.risk_id, each.into_id) for each in merged if each.into_id]

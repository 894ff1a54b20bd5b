"""What happened around a risk, as it is now told; what was told before stays beneath."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from watchkeep.apps.history.standing import told
from watchkeep.apps.register.models import Event, EventRisk
from watchkeep.apps.register.queries.links import bearing
from watchkeep.apps.register.queries.scope import visible_risks
from watchkeep.domain.clock import PRESENT, Clock
from watchkeep.domain.people import Actor


@dataclass(frozen=True, slots=True)
class EventRow:
    """Something that happened. `before` is what was told of it earlier, the latest first."""

    id: UUID
    kind: str
    title: str
    text: str
    outcome: str
    on: date
    known_at: datetime
    by: str
    part: str
    also: tuple[str, ...]  # the other risks that it bears on
    before: tuple[EventRow, ...] = ()


def events(viewer: Actor, risk: UUID, clock: Clock = PRESENT) -> tuple[EventRow, ...]:
    """What happened around a risk, and around those merged into it, the latest first; in three statements."""
    mine = visible_risks(viewer).filter(pk__in=bearing(viewer, risk, clock))
    return _rows(viewer, EventRisk.objects.filter(risk__in=mine), clock, risk)


def every_event(viewer: Actor, register: str = "", clock: Clock = PRESENT) -> tuple[EventRow, ...]:
    """What happened around every risk that the viewer may see, or around those of one register (by its
    slug); each names all the risks that it bears on. In two statements.
    """
    mine = visible_risks(viewer)
    mine = mine.filter(register__slug=register) if register else mine
    return _rows(viewer, EventRisk.objects.filter(risk__in=mine), clock, None)


def _rows(viewer: Actor, about: QuerySet[EventRisk], clock: Clock, risk: UUID | None) -> tuple[EventRow, ...]:
    found = list(told(Event.objects.filter(pk__in=about.values("event")), clock).order_by("pk"))
    bearings: defaultdict[UUID, list[EventRisk]] = defaultdict(list)
    seen = EventRisk.objects.filter(event__in=found, risk__in=visible_risks(viewer)).select_related("risk")
    for each in seen.order_by("risk__key", "part"):
        bearings[each.event_id].append(each)
    by_id = {each.pk: each for each in found}
    superseded = {each.supersedes_id for each in found}
    rows = []
    for event in found:
        if event.pk in superseded:
            continue
        earlier = []
        step = event
        while step.supersedes_id in by_id:
            step = by_id[step.supersedes_id]
            earlier.append(_row(step, risk, bearings[step.pk]))
        rows.append(_row(event, risk, bearings[event.pk], tuple(earlier)))
    return tuple(sorted(rows, key=lambda each: (each.on, each.known_at), reverse=True))


def _row(
    event: Event, risk: UUID | None, bearings: list[EventRisk], before: tuple[EventRow, ...] = ()
) -> EventRow:
    own = next((each for each in bearings if each.risk_id == risk), None)
    return EventRow(
        event.pk,
        event.kind,
        event.title,
        event.text,
        event.outcome,
        event.effective_on,
        event.known_at,
        event.by,
        own.part if own else "",
        tuple(str(each.risk) for each in bearings if each.risk_id != risk),
        before,
    )

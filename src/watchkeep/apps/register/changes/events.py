"""What happened around risks: recorded once, and set right by another record that supersedes it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.utils import timezone

from watchkeep.apps.history.changes import recording
from watchkeep.apps.register import queries
from watchkeep.apps.register.changes.writing import find_risk
from watchkeep.apps.register.models import Event, EventRisk, Risk
from watchkeep.domain.clock import must_have_come
from watchkeep.domain.errors import Invalid, Missing, Refused
from watchkeep.domain.event import check
from watchkeep.domain.naming import in_words, named
from watchkeep.domain.people import Actor, must


def record_event(
    *,
    by: Actor,
    risks: Sequence[UUID],
    kind: str,
    title: str,
    on: date,
    text: str = "",
    outcome: str = "",
    part: str = "",
) -> UUID:
    """Record something that happened, about one risk or several. Whoever may comment there may record it."""
    with recording(by=by, verb="record an event", as_at=on) as entry:
        check(kind, title)
        about = _about(by, risks)
        event = _write(by, kind, title, on, text, outcome)
        EventRisk.objects.bulk_create([EventRisk(event=event, risk=each, part=part) for each in about])
        entry.about("risk", about[0].pk, str(about[0]))
        entry.facts["event"] = {"kind": kind, "title": event.title}
        return event.pk


def correct_event(
    *,
    by: Actor,
    event: UUID,
    kind: str,
    title: str,
    on: date,
    text: str = "",
    outcome: str = "",
    reason: str,
) -> UUID:
    """Say what happened anew; the record that it sets right stays, marked as superseded. Its outcome, once
    there is one, is told so too.
    """
    with recording(by=by, verb="correct an event", reason=reason, as_at=on) as entry:
        check(kind, title)
        before = Event.objects.filter(pk=event, body_id=by.body).first()
        bearings = list(EventRisk.objects.filter(event=before)) if before else []
        seen = (
            {each.pk for each in queries.visible_risks(by).filter(events__event=before)} if before else set()
        )
        if before is None or not seen:
            raise Missing("There is no such event.")
        about = _about(by, [each.risk_id for each in bearings if each.risk_id in seen])
        if Event.objects.filter(supersedes=before).exists():
            raise Refused("This was set right already; set right what stands now.")
        if not in_words(reason):
            raise Invalid("reason", "Say what was wrong, or what became known.")
        made = _write(by, kind, title, on, text, outcome, before)
        EventRisk.objects.bulk_create(
            [EventRisk(event=made, risk_id=each.risk_id, part=each.part) for each in bearings]
        )
        entry.about("risk", about[0].pk, str(about[0]))
        entry.facts["event"] = {"kind": kind, "title": made.title}
        return made.pk


def _about(by: Actor, risks: Sequence[UUID]) -> list[Risk]:
    if not risks:
        raise Invalid("risks", "Say which risk it bears on.")
    found = [find_risk(by, each) for each in dict.fromkeys(risks)]
    for each in found:
        must(by, "comment", queries.where(each.register))
    return found


def _write(
    by: Actor, kind: str, title: str, on: date, text: str, outcome: str, before: Event | None = None
) -> Event:
    now = timezone.now()
    must_have_come("on", on, timezone.localdate(now))
    event = Event(
        body_id=UUID(by.body),
        kind=kind,
        title=named(title)[:300],
        text=in_words(text),
        outcome=in_words(outcome),
        effective_on=on,
        known_at=now,
        by=by.name,
        supersedes=before,
    )
    event.save()
    return event

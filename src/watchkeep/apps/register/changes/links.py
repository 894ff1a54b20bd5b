"""What can be done to how risks bear on one another: link two, end a link, look at one again."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.utils import timezone

from watchkeep.apps.history.changes import recording
from watchkeep.apps.history.spans import end_span
from watchkeep.apps.history.standing import not_over
from watchkeep.apps.register import queries
from watchkeep.apps.register.changes.writing import find_risk, must_change, not_ahead
from watchkeep.apps.register.models import Link, LinkLook
from watchkeep.domain.errors import Invalid, Missing, Refused
from watchkeep.domain.link import ESCALATED, Pair, may_link
from watchkeep.domain.naming import in_words
from watchkeep.domain.people import Actor, obey
from watchkeep.domain.risk_state import may_amend, state_named
from watchkeep.domain.span import may_be_ended


def link_risks(*, by: Actor, source: UUID, target: UUID, kind: str, from_on: date, note: str = "") -> UUID:
    """Say how one risk bears on another: `source` causes, aggravates, depends on … `target`."""
    with recording(by=by, verb="link two risks", as_at=from_on) as entry:
        found = find_risk(by, source)
        must_change(by, found)
        other = find_risk(by, target)
        for each in (found, other):
            obey(may_amend(state_named(each.state), str(each)))
        not_ahead("from_on", from_on, found.register)
        rows = not_over(Link.objects.filter(source__in=(source, target)), from_on)
        pairs = [Pair(each.kind, str(each.source_id), str(each.target_id)) for each in rows]
        obey(may_link(kind, str(source), str(target), pairs))
        link = Link(
            source=found,
            target=other,
            kind=kind,
            note=in_words(note),
            from_on=from_on,
            from_known_at=timezone.now(),
        )
        link.save()
        entry.about("risk", found.pk, str(found))
        entry.facts["link"] = {"kind": kind, "target": str(other)}
        return link.pk


def end_link(*, by: Actor, link: UUID, until_on: date, reason: str) -> None:
    """Say that a link holds no more, and why; that it held stays to be seen."""
    with recording(by=by, verb="end a link", reason=reason, as_at=until_on) as entry:
        found = _link(by, link)
        if found.kind == ESCALATED:
            raise Refused("An escalation is ended by bringing the risk back.")
        if not in_words(reason):
            raise Invalid("reason", "Say why the link holds no more.")
        entry.about("risk", found.source_id, str(found.source))
        entry.facts["link"] = {"kind": found.kind, "target": str(found.target)}
        pair = (found.source_id, found.target_id)
        same = Link.objects.filter(kind=found.kind, source__in=pair, target__in=pair)
        end_span(found, what="This link", on=until_on, reason=reason, field="until_on", beside=same)


def look_at_link(*, by: Actor, link: UUID) -> None:
    """Say that a link was looked at since its other side moved, and still holds."""
    with recording(by=by, verb="look at a link") as entry:
        found = _link(by, link)
        obey(may_be_ended("This link", found.until_on, timezone.localdate()))
        LinkLook(link=found, known_at=timezone.now(), by=by.name).save()
        entry.about("risk", found.source_id, str(found.source))
        entry.facts["link"] = {"kind": found.kind, "target": str(found.target)}


def _link(by: Actor, link: UUID) -> Link:
    """The link, where the actor may see both its ends and change either."""
    found = Link.objects.select_related("source", "target").filter(pk=link).first()
    seen = (
        {each.pk for each in queries.visible_risks(by).filter(pk__in=(found.source_id, found.target_id))}
        if found
        else set()
    )
    if found is None or len(seen) < 2:
        raise Missing("There is no such link.")
    try:
        must_change(by, find_risk(by, found.source_id))
    except Refused:
        must_change(by, find_risk(by, found.target_id))
    return found

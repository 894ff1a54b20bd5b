"""A risk that was escalated to a register has there that register's judgement and its source's words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from watchkeep.apps.history.standing import ends, told
from watchkeep.apps.register.models import Line, Link, RiskVersion
from watchkeep.domain.above import WORDS, composed
from watchkeep.domain.clock import PRESENT, Clock
from watchkeep.domain.document import Risk as RiskValue
from watchkeep.domain.link import ESCALATED

COLUMNS: Final = tuple(name for name in WORDS if hasattr(RiskVersion, name))  # the lists stand in lines
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
    until = ends(rows, clock.known_at)
    for each in rows:
        ended = until[each.pk].on
        over = ended is not None and (clock.day is None or clock.day > ended)
        found[ended if over else None][each.target_id] = each.source_id
    return dict(found)


@dataclass(frozen=True, slots=True)
class Shared:
    """The risk that another has its words from, and the last day on which it did, none while it does."""

    source: UUID
    until: date | None


def shared(risks: Collection[UUID], clock: Clock = PRESENT) -> dict[UUID, Shared]:
    """Where each of these came from, and where that came from, down to the first.

    One statement where none did, and as many more for each register on the way down.
    """
    found: dict[UUID, Shared] = {}
    level = set(risks)
    while level:
        rows = Link.objects.filter(kind=ESCALATED, target__in=level)
        if clock.known_at is not None:
            rows = rows.filter(from_known_at__lte=clock.known_at)
        until = ends(rows, clock.known_at)
        came = {each.target_id: Shared(each.source_id, until[each.pk].on) for each in rows}
        level = {each.source for each in came.values()} - level - found.keys()
        found |= came
    return found


def beneath(risks: Collection[UUID]) -> dict[UUID, tuple[UUID, ...]]:
    """The risks that each of these came from, down to the first: where its words are written, or were.

    One statement where none did, and one more for each register on the way down.
    """
    found: dict[UUID, tuple[UUID, ...]] = {}
    level = {risk: risk for risk in risks}  # the one asked about, by the lowest that is known of its way
    while level:
        rows = Link.objects.filter(kind=ESCALATED, target__in=level).values_list("target", "source")
        below = {source: level[target] for target, source in rows}
        for source, risk in below.items():
            found[risk] = (*found.get(risk, ()), source)
        level = below
    return found


def reworded(risks: Collection[UUID], since: datetime, clock: Clock = PRESENT) -> dict[UUID, list[datetime]]:
    """The moments after `since` at which each risk was given other words: a rating or a trend is none."""
    if not risks:
        return {}
    rows = told(RiskVersion.objects.filter(risk__in=risks), clock).order_by("risk", "number")
    versions = list(rows.values("pk", "risk", "known_at", "not_applicable", *COLUMNS))
    lines: defaultdict[UUID, list[Any]] = defaultdict(list)
    for row in Line.objects.filter(version__in=[each["pk"] for each in versions]).order_by("pk"):
        lines[row.version_id].append((row.kind, row.position, row.part, row.text))
    found: defaultdict[UUID, list[datetime]] = defaultdict(list)
    before: dict[UUID, tuple[Any, ...]] = {}
    for each in versions:
        says = (each["not_applicable"], *(each[name] for name in COLUMNS), sorted(lines[each["pk"]]))
        if each["known_at"] > since and before.get(each["risk"]) != says:
            found[each["risk"]].append(each["known_at"])
        before[each["risk"]] = says
    return dict(found)

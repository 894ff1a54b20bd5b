"""A risk that was escalated to a register has there that register's judgement and its source's words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection
from dataclasses import dataclass
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
At = tuple[UUID, date | None]  # a risk, and the day that its words are asked for; none for the clock's own
Read = Callable[[Collection[At], Clock], dict[At, RiskValue]]


def with_words(values: Values, clock: Clock, read: Read) -> Values:
    """These risks by their ids, each that came from another register with that one's words by the clock.

    One statement where none did; else what `read` takes, and one or two for each register on the way down:
    the days on which words stopped being shared make none.
    """
    came = shared(values, clock)
    if not came:
        return dict(values)

    def source_of(risk: UUID, day: date | None) -> At | None:
        if risk not in came:
            return None
        ended, asked = came[risk].until, day or clock.day
        over = ended is not None and (asked is None or asked > ended)
        return came[risk].source, ended if over else day

    wanted: set[At] = set()
    for risk in values:
        at = source_of(risk, None)
        while at is not None and at not in wanted:
            wanted.add(at)
            at = source_of(*at)
    words = read(wanted, clock)

    def worded(risk: UUID, day: date | None, value: RiskValue) -> RiskValue:
        at = source_of(risk, day)
        if at is None or at not in words:
            return value
        return composed(value, worded(*at, words[at]))

    return {risk: worded(risk, None, value) for risk, value in values.items()}


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

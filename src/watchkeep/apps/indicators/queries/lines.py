"""Targets, rebases, annotations and plans as they stood: of each the last telling that was known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from watchkeep.apps.indicators.conversion import annotation_of, point_of, rebase_of, target_of
from watchkeep.apps.indicators.models import AnnotationSaid, PlanSaid, RebaseSaid, Said, TargetSaid
from watchkeep.apps.indicators.queries.scope import found_by
from watchkeep.domain.clock import PRESENT, Clock
from watchkeep.domain.indicator import Annotation, PlanPoint, Rebase, Target
from watchkeep.domain.people import Actor

Telling = TypeVar("Telling", TargetSaid, RebaseSaid, AnnotationSaid, PlanSaid)


@dataclass(frozen=True, slots=True)
class Lines:
    """What readings are held against and what explains them, of one indicator."""

    targets: tuple[Target, ...] = ()
    rebases: tuple[Rebase, ...] = ()
    annotations: tuple[Annotation, ...] = ()
    plan: tuple[PlanPoint, ...] = ()


@dataclass(frozen=True, slots=True)
class SaidRow:
    """One line, rebase, annotation or point of a plan with the id by which it is put right or taken back."""

    id: UUID
    what: Target | Rebase | Annotation | PlanPoint
    number: int
    known_at: datetime
    by: str
    why: str

    @property
    def place(self) -> tuple[str, date]:
        """Which kind of line it is, and the day that it is of or begins on."""
        if isinstance(self.what, Target):
            return self.what.kind, self.what.from_on
        kinds = {Rebase: "rebase", Annotation: "note", PlanPoint: "plan"}
        return kinds[type(self.what)], self.what.on


def lines_of(among: Iterable[UUID], clock: Clock = PRESENT) -> dict[UUID, Lines]:
    """By an indicator's id, all its lines, in four statements. As at a day: those that had begun, and the
    whole plan, for a plan looks ahead.
    """
    ids, day = list(among), clock.day or date.max
    targets, rebases = _told(TargetSaid, ids, clock), _told(RebaseSaid, ids, clock)
    annotations, plan = _told(AnnotationSaid, ids, clock), _told(PlanSaid, ids, clock)
    return {
        each: Lines(
            tuple(target_of(row) for row in targets[each] if row.from_on <= day),
            tuple(rebase_of(row) for row in rebases[each] if row.on <= day),
            tuple(annotation_of(row) for row in annotations[each] if row.on <= day),
            tuple(point_of(row) for row in plan[each]),
        )
        for each in ids
    }


def said_of(viewer: Actor, which: str | UUID, clock: Clock = PRESENT) -> tuple[SaidRow, ...]:
    """Everything that was said beside an indicator's readings, each with the id by which it is put right."""
    ids = [found_by(viewer, which).pk]
    told: list[tuple[Said, Target | Rebase | Annotation | PlanPoint]] = [
        *((row, target_of(row)) for row in _told(TargetSaid, ids, clock)[ids[0]]),
        *((row, rebase_of(row)) for row in _told(RebaseSaid, ids, clock)[ids[0]]),
        *((row, annotation_of(row)) for row in _told(AnnotationSaid, ids, clock)[ids[0]]),
        *((row, point_of(row)) for row in _told(PlanSaid, ids, clock)[ids[0]]),
    ]
    return tuple(SaidRow(row.said, what, row.number, row.known_at, row.by, row.why) for row, what in told)


def _told(model: type[Telling], ids: list[UUID], clock: Clock) -> dict[UUID, list[Telling]]:
    """The last tellings that were known, in the order of their days."""
    rows = model.objects.filter(indicator__in=ids)
    if clock.known_at is not None:
        rows = rows.filter(known_at__lte=clock.known_at)
    last = {row.said: row for row in rows.order_by("number")}
    found: dict[UUID, list[Telling]] = defaultdict(list)
    for row in sorted(last.values(), key=_place):
        if not row.withdrawn:
            found[row.indicator_id].append(row)
    return found


def _place(row: TargetSaid | RebaseSaid | AnnotationSaid | PlanSaid) -> tuple[date, str]:
    return (row.from_on, row.kind) if isinstance(row, TargetSaid) else (row.on, "")

"""One promise with all that is known of it: what was said when, who waits for it, and for whom it waits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from watchkeep.apps.history.standing import over, told
from watchkeep.apps.register.queries import visible_risks
from watchkeep.apps.treatment.models import Commitment, CommitmentUse, CommitmentVersion
from watchkeep.apps.treatment.queries.commitments import (
    BearingRow,
    CommitmentRow,
    bearings_by,
    open_waiting,
    rows_of,
    visible_commitments,
)
from watchkeep.apps.treatment.queries.promised import held_of
from watchkeep.domain.clock import PRESENT, Clock
from watchkeep.domain.commitment import Held
from watchkeep.domain.errors import Missing
from watchkeep.domain.people import Actor


@dataclass(frozen=True, slots=True)
class SaidRow:
    """One version: the day it speaks of, when it was learned, who said it, and what it says of the day."""

    number: int
    effective_on: date
    known_at: datetime
    by: str
    title: str
    due_on: date | None
    outcome: str


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """Another promise that waits for this one, or that this one waits for."""

    id: UUID  # of the waiting
    row: CommitmentRow


@dataclass(frozen=True, slots=True)
class CommitmentPage:
    """Everything known of one promise. `held` answers what may be done about it, today."""

    row: CommitmentRow
    held: Held
    dependants: tuple[WaitingRow, ...]
    needs: tuple[WaitingRow, ...]
    ended: tuple[BearingRow, ...]
    versions: tuple[SaidRow, ...]


def commitment(viewer: Actor, which: str | UUID, clock: Clock = PRESENT) -> CommitmentPage:
    """The promise of that reference, or that id."""
    named = {"pk": which} if isinstance(which, UUID) else {"reference": which}
    found = visible_commitments(viewer).filter(**named).first()
    rows = rows_of(viewer, Commitment.objects.filter(pk=found.pk), clock) if found else ()
    if found is None or not rows:
        raise Missing("There is no such promise.")
    dependants, needs = _around(viewer, found, clock)
    return CommitmentPage(
        row=rows[0],
        held=held_of(found),
        dependants=dependants,
        needs=needs,
        ended=_ended(viewer, found, clock),
        versions=_versions(found, clock),
    )


def _around(
    viewer: Actor, found: Commitment, clock: Clock
) -> tuple[tuple[WaitingRow, ...], tuple[WaitingRow, ...]]:
    """Who waits for it, and for whom it waits, as far as the viewer may see them."""
    pairs = open_waiting(clock)
    waiting = dict(pairs.filter(needs=found).values_list("dependant_id", "pk"))
    needed = dict(pairs.filter(dependant=found).values_list("needs_id", "pk"))
    near = visible_commitments(viewer).filter(pk__in=[*waiting, *needed])
    rows = rows_of(viewer, near, clock) if waiting or needed else ()
    return (
        tuple(WaitingRow(waiting[each.id], each) for each in rows if each.id in waiting),
        tuple(WaitingRow(needed[each.id], each) for each in rows if each.id in needed),
    )


def _ended(viewer: Actor, found: Commitment, clock: Clock) -> tuple[BearingRow, ...]:
    uses = CommitmentUse.objects.filter(commitment=found, risk__in=visible_risks(viewer))
    return tuple(bearings_by(over(uses, clock, timezone.localdate()), clock)[found.pk])


def _versions(found: Commitment, clock: Clock) -> tuple[SaidRow, ...]:
    rows: Iterable[CommitmentVersion] = told(CommitmentVersion.objects.filter(commitment=found), clock)
    return tuple(
        SaidRow(each.number, each.effective_on, each.known_at, each.by, each.title, each.due_on, each.outcome)
        for each in sorted(rows, key=lambda each: -each.number)
    )

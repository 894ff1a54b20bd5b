"""The controls and promises of risks, as the review asks about them: how they stand now, and stood then."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from uuid import UUID

from watchkeep.apps.indicators.queries.effects import proposals
from watchkeep.apps.treatment.models import Commitment, Control
from watchkeep.apps.treatment.queries.commitments import rows_of as promise_rows
from watchkeep.apps.treatment.queries.controls import ControlRow
from watchkeep.apps.treatment.queries.controls import rows_of as control_rows
from watchkeep.domain.clock import Clock
from watchkeep.domain.people import Actor
from watchkeep.domain.staleness import Holding, Promise


def controls_of(
    viewer: Actor, risks: Iterable[UUID], then: Clock | None, now: Clock
) -> Mapping[UUID, list[Holding]]:
    """What holds each risk back. Without an earlier clock, nothing is said to have changed."""
    among = Control.objects.filter(uses__risk__in=list(risks)).distinct()
    before = {each.id: each for each in control_rows(viewer, among, then)} if then else {}
    found: defaultdict[UUID, list[Holding]] = defaultdict(list)
    for each in control_rows(viewer, among, now):
        was = before.get(each.id, each)
        told = Holding(
            each.reference, each.name, _says(each), _says(was), _faded(each), _faded(was) and was is not each
        )
        for use in each.risks:
            found[use.risk].append(told)
    return found


def promises_of(
    viewer: Actor, risks: Iterable[UUID], then: Clock | None, now: Clock
) -> Mapping[UUID, list[Promise]]:
    """What was promised under each risk."""
    among = Commitment.objects.filter(uses__risk__in=list(risks)).distinct()
    before = {each.id: each for each in promise_rows(viewer, among, then)} if then else {}
    found: defaultdict[UUID, list[Promise]] = defaultdict(list)
    rows = promise_rows(viewer, among, now)
    proposed = proposals(viewer, rows, now)
    for each in rows:
        was = before.get(each.id)
        told = Promise(
            each.reference,
            each.title,
            each.due_on,
            was_due_on=was.due_on if was else None,
            waits=not each.standing.settled,
            done_on=each.facts.outcome_on if each.facts.outcome == "done" else None,
            without_effect=" ".join(one.effect.sentence for one in proposed.get(each.id, ())),
        )
        for bearing in each.risks:
            found[bearing.risk].append(told)
    return found


def _says(row: ControlRow) -> str:
    """What may be said of it: its state where it is not in force, else what its checks allow."""
    return row.effectiveness.whole if row.in_force else row.state


def _faded(row: ControlRow) -> bool:
    return row.in_force and row.effectiveness.freshness == "stale"

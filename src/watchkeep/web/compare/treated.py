"""What became of the controls and the promises between two days, each in a sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse

from watchkeep.apps.treatment.queries import (
    CommitmentRow,
    ControlRow,
    commitments,
    controls,
)
from watchkeep.domain.clock import Clock
from watchkeep.domain.people import Actor
from watchkeep.web.components.pieces import Change
from watchkeep.web.components.tags import day


@dataclass(frozen=True, slots=True)
class TreatedRow:
    """A control or a promise of which something changed."""

    label: str
    link: str
    how: str
    changes: tuple[Change, ...] = ()


def controls_changed(
    viewer: Actor, before: Clock, after: Clock, bearing: frozenset[UUID]
) -> tuple[TreatedRow, ...]:
    """The controls that serve, or served, one of these risks."""
    return _changed(controls(viewer, before), controls(viewer, after), bearing, _control, "control")


def promises_changed(
    viewer: Actor, before: Clock, after: Clock, bearing: frozenset[UUID]
) -> tuple[TreatedRow, ...]:
    """The promises that bear, or bore, on one of these risks."""
    return _changed(commitments(viewer, before), commitments(viewer, after), bearing, _promise, "promise")


def _changed(
    before: Iterable[Any],
    after: Iterable[Any],
    bearing: frozenset[UUID],
    facts: Callable[[Any], dict[str, str]],
    route: str,
) -> tuple[TreatedRow, ...]:
    old = {each.reference: each for each in before if bearing & {use.risk for use in each.risks}}
    new = {each.reference: each for each in after if bearing & {use.risk for use in each.risks}}
    rows = []
    for reference in dict.fromkeys((*new, *old)):
        row = new.get(reference) or old[reference]
        link = reverse(route, args=[reference])
        if reference not in old:
            rows.append(TreatedRow(row.label, link, "New"))
        elif reference not in new:
            rows.append(TreatedRow(row.label, link, "No longer bears on it"))
        elif changes := _differing(facts(old[reference]), facts(new[reference])):
            rows.append(TreatedRow(row.label, link, "Changed", changes))
    return tuple(rows)


def _differing(old: dict[str, str], new: dict[str, str]) -> tuple[Change, ...]:
    return tuple(Change(name, old[name], said) for name, said in new.items() if old[name] != said)


def _control(row: ControlRow) -> dict[str, str]:
    return {
        "Name": row.name,
        "Description": row.description,
        "State": row.state,
        "Control owner": row.owner,
        "Effectiveness": row.effectiveness.whole,
    }


def _promise(row: CommitmentRow) -> dict[str, str]:
    return {
        "Title": row.title,
        "State": row.standing.state,  # without its days, which differ between any two days
        "Due": day(row.due_on),
        "Action owner": row.owner,
    }

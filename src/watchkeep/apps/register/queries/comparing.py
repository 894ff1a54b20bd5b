"""One register, or one risk, on two days: what came, what went, and what says something else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from watchkeep.apps.register.models import Cover, Risk
from watchkeep.apps.register.queries.registers import DRAFT, RegisterRow, document, register
from watchkeep.apps.register.queries.scope import visible_risks
from watchkeep.apps.register.queries.states import Stood, stood
from watchkeep.domain.clock import PRESENT, Clock
from watchkeep.domain.difference import FieldChange, between
from watchkeep.domain.people import Actor

How = Literal["new", "gone", "reopened", "changed"]


@dataclass(frozen=True, slots=True)
class ComparedRisk:
    """What became of a risk between two days: its state on each, and the fields that say something else."""

    id: UUID
    key: str
    label: str
    how: How
    before: Stood | None  # none where it was not there yet
    after: Stood
    changes: tuple[FieldChange, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two days of a register: how many risks stood on each, and those of which something changed."""

    register: RegisterRow
    before: int
    after: int
    same: int
    risks: tuple[ComparedRisk, ...]

    def count(self, how: How) -> int:
        """How many risks it is so of."""
        return sum(each.how == how for each in self.risks)


def compare(
    viewer: Actor, which: str | UUID, before: Clock, after: Clock = PRESENT, *, risk: str = ""
) -> Comparison:
    """What differs between two clocks of a register the viewer may read, or of its one risk of a key."""
    row = register(viewer, which)
    among = visible_risks(viewer).filter(register_id=row.id)
    if risk:
        among = among.filter(key=risk)
    old, new = (stood(among, clock, viewer.body) for clock in (before, after))
    if not risk:  # a draft is in no register yet
        old, new = (
            {pk: each for pk, each in found.items() if each.state not in DRAFT} for found in (old, new)
        )
    documents = [document(viewer, row.id, clock, closed_too=True) for clock in (before, after)]
    changes = between(*documents, year_start=row.year_start)
    places = {each.key: place for place, each in enumerate(documents[1].risks)}
    found = sorted(among, key=lambda each: places.get(each.key, len(places)))
    told = tuple(_compared(found, old, new, changes))
    return Comparison(
        register=row,
        before=sum(not each.gone for each in old.values()),
        after=sum(not each.gone for each in new.values()),
        same=len(new) - len(told),
        risks=told,
    )


def risks_of(viewer: Actor, which: str | UUID, key: str = "") -> frozenset[UUID]:
    """The ids of every risk that a register ever had, or of its one risk of a key."""
    row = register(viewer, which)
    among = visible_risks(viewer).filter(register_id=row.id)
    return frozenset((among.filter(key=key) if key else among).values_list("pk", flat=True))


def papers_days(viewer: Actor, which: str | UUID) -> tuple[tuple[date, str], ...]:
    """The days that a register's papers speak of, the latest first, each with its period as it is written."""
    row = register(viewer, which)
    rows = Cover.objects.filter(register_id=row.id).order_by("-effective_on", "-number")
    return tuple(dict(reversed(rows.values_list("effective_on", "period"))).items())[::-1]


def _compared(
    risks: list[Risk],
    old: dict[UUID, Stood],
    new: dict[UUID, Stood],
    changes: dict[str, tuple[FieldChange, ...]],
) -> Iterator[ComparedRisk]:
    for each in risks:
        before, after = old.get(each.pk), new.get(each.pk)
        if after is None:
            continue  # the later question knows less: asked as it was known before the risk was told
        said = changes.get(each.key, ())
        how = _how(before, after, changed=bool(said))
        if how is not None:
            yield ComparedRisk(each.pk, each.key, str(each), how, before, after, said)


def _how(before: Stood | None, after: Stood, *, changed: bool) -> How | None:
    if before is None:
        return None if after.gone else "new"
    if before.gone != after.gone:
        return "gone" if after.gone else "reopened"
    return "changed" if changed or before.state != after.state else None

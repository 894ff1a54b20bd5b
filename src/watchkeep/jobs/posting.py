"""Readings that a program sends: each row judged and named where it is wrong, then all recorded or none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone

from watchkeep.apps.indicators.changes import Taken, observe_many
from watchkeep.apps.indicators.queries.known import Known, known
from watchkeep.apps.people.queries import body_of
from watchkeep.domain.errors import Invalid
from watchkeep.domain.indicator import Reading
from watchkeep.domain.indicator.keeping import may_record
from watchkeep.domain.indicator.observing import completed, fault
from watchkeep.domain.people import Actor


@dataclass(frozen=True, slots=True)
class Sent:
    """One row as it was sent."""

    indicator: str
    on: date
    value: float | None = None
    numerator: float | None = None
    denominator: float | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Wrong:
    """A row that cannot be recorded: its number from 0, the field, why."""

    row: int
    field: str
    sentence: str


class WrongRows(Invalid):
    """Rows that cannot be recorded; nothing of what was sent is."""

    def __init__(self, wrong: Sequence[Wrong]) -> None:
        super().__init__("observations", f"{len(wrong)} of the rows cannot be recorded, so none is.")
        self.wrong = tuple(wrong)


def post(
    by: Actor, sent: Sequence[Sent], *, source: str, key: str = "", reason: str = "", early: bool = False
) -> Taken:
    """Record every row, as one batch; the same `key` with the same rows again writes nothing."""
    there = known(by)
    year_start = body_of(by).year_starts_month
    ready: dict[UUID, dict[date, Reading]] = {}
    wrong: list[Wrong] = []
    for number, row in enumerate(sent):
        one = there.get(row.indicator.strip().upper())
        if one is None:
            wrong.append(Wrong(number, "indicator", f"There is no indicator {row.indicator}."))
            continue
        said = Reading(row.on, row.value, row.numerator, row.denominator, note=row.note)
        reading = completed(one.definition, said, year_start=year_start)
        if problem := _problem(by, one, reading, ready.setdefault(one.id, {}), early=early):
            wrong.append(Wrong(number, *problem))
            continue
        ready[one.id][reading.on] = reading
    if wrong:
        raise WrongRows(wrong)
    readings = {one: tuple(each.values()) for one, each in ready.items()}
    return observe_many(by=by, readings=readings, source=source, key=key, reason=reason, early=early)


def _problem(
    by: Actor, one: Known, reading: Reading, before: dict[date, Reading], *, early: bool
) -> tuple[str, str] | None:
    if refusal := may_record(by, one.owner_post):
        return "indicator", refusal.sentence
    if found := fault(one.definition, reading, timezone.localdate(), early=early):
        return found.field, found.sentence
    if reading.on in before:
        return "on", f"Another row is of the {one.definition.frequency} of {reading.on:%d/%m/%Y} too."
    return None

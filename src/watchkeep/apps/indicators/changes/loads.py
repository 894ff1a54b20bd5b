"""Files of readings that wait for a decision: brought, their columns said, taken or dropped, whole."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Max
from django.utils import timezone

from watchkeep.apps.history.changes import check_version, recording
from watchkeep.apps.indicators.changes.observing import Taken, observe_many
from watchkeep.apps.indicators.models import Feed, Load
from watchkeep.domain.errors import Invalid, Missing, Refused
from watchkeep.domain.indicator import Reading
from watchkeep.domain.indicator.keeping import may_record
from watchkeep.domain.people import Actor, obey

MOST_PROBLEMS = 500  # that are kept of a file; how many there were is kept whole


@dataclass(frozen=True, slots=True)
class File:
    """A file of readings as it came."""

    name: str
    sha256: str
    size: int
    sheet: str = ""
    items: str = ""
    indicator: str = ""  # whose readings they are, where no column says


@dataclass(frozen=True, slots=True)
class Problem:
    """A bad row, as it is kept."""

    line: int
    cell: str
    sentence: str


def bring_load(*, by: Actor, file: File, mapping: str, feed: UUID | None = None) -> UUID:
    """Keep a file of readings until somebody decides; nothing of it counts yet."""
    with recording(by=by, verb="bring in readings") as entry:
        obey(may_record(by))
        if feed is not None and not Feed.objects.filter(pk=feed, body_id=by.body).exists():
            raise Missing("There is no such feed.")
        last = Load.objects.filter(body_id=by.body).aggregate(Max("number"))["number__max"] or 0
        load = Load(
            body_id=UUID(by.body),
            number=last + 1,
            name=file.name[:200],
            sha256=file.sha256,
            size=file.size,
            sheet=file.sheet,
            items=file.items,
            indicator=file.indicator,
            mapping=mapping,
            feed_id=feed,
            brought_at=timezone.now(),
            brought_by=by.name,
        )
        entry.about("readings", load.pk, str(load))
        load.save()
    return load.pk


def remap_load(
    *, by: Actor, load: UUID, version: int, mapping: str, indicator: str = "", sheet: str = ""
) -> None:
    """Say otherwise which column is what."""
    with recording(by=by, verb="say what the columns are") as entry:
        found = _waiting(by, load, version)
        said = (mapping, indicator, sheet)
        if said == (found.mapping, found.indicator, found.sheet):
            return
        entry.about("readings", found.pk, str(found))
        found.mapping, found.indicator, found.sheet = said
        _write(found)


def take_load(
    *,
    by: Actor,
    load: UUID,
    version: int,
    readings: Mapping[UUID, Sequence[Reading]],
    problems: Sequence[Problem] = (),
    without_bad: bool = False,
    reason: str = "",
    correct: bool = False,
) -> Taken:
    """Record the good rows of a file: all of them, or, where one is refused after all, none.

    Where there are bad rows, somebody has said that the good ones are taken `without_bad`.
    """
    with recording(by=by, verb="take in readings", reason=reason) as entry:
        found = _waiting(by, load, version)
        if problems and not without_bad:
            raise Refused(
                f"{len(problems)} rows are refused, so the good ones wait: take those, or drop the file."
            )
        if not any(readings.values()):
            raise Invalid("file", "No row of the file is a reading that can be taken.")
        entry.about("readings", found.pk, str(found))
        entry.facts["file"] = {"name": found.name, "sha256": found.sha256}
        taken = observe_many(
            by=by,
            readings=readings,
            source=found.name,
            key=f"file {found.pk}",
            reason=reason,
            correct=correct,
        )
        _decide(found, by, "taken", sum(map(len, readings.values())), problems)
    return taken


def drop_load(*, by: Actor, load: UUID, version: int, problems: Sequence[Problem] = ()) -> None:
    """Leave a whole file: none of it counts, and the file stays under its digest."""
    with recording(by=by, verb="drop readings") as entry:
        found = _waiting(by, load, version)
        entry.about("readings", found.pk, str(found))
        _decide(found, by, "dropped", 0, problems)


def _waiting(by: Actor, load: UUID, version: int) -> Load:
    obey(may_record(by))
    found = Load.objects.select_for_update().filter(pk=load, body_id=by.body).first()
    if found is None:
        raise Missing("There is no such file of readings.")
    if found.state != "waiting":
        raise Refused(f"{found.name} was {found.state} already, by {found.decided_by}.")
    check_version(found, version)
    return found


def _decide(load: Load, by: Actor, state: str, good: int, problems: Sequence[Problem]) -> None:
    load.state, load.good, load.bad = state, good, len(problems)
    kept = [[each.line, each.cell, each.sentence] for each in problems[:MOST_PROBLEMS]]
    load.problems = json.dumps(kept, ensure_ascii=False) if kept else ""
    load.decided_at, load.decided_by = timezone.now(), by.name
    _write(load)


def _write(load: Load) -> None:
    load.version += 1
    load.save()

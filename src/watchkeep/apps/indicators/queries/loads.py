"""Files of readings: those that wait for a decision, and what became of the others."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from watchkeep.apps.indicators.models import Load
from watchkeep.domain.errors import Missing
from watchkeep.domain.indicator.keeping import may_record
from watchkeep.domain.people import Actor, obey

SHOWN = 50


@dataclass(frozen=True, slots=True)
class LoadRow:
    """A file of readings and where it stands."""

    id: UUID
    number: int
    name: str
    sha256: str
    size: int
    sheet: str
    items: str
    indicator: str
    mapping: str
    state: str
    good: int
    bad: int
    problems: tuple[str, ...]
    brought_at: datetime
    brought_by: str
    decided_at: datetime | None
    decided_by: str
    feed: str
    version: int


def loads(viewer: Actor, *, waiting: bool = False) -> tuple[LoadRow, ...]:
    """The last files, the newest first; only those that wait, if asked."""
    obey(may_record(viewer))
    found = Load.objects.filter(body_id=viewer.body).select_related("feed").order_by("-number")
    if waiting:
        found = found.filter(state="waiting")
    return tuple(_row(each) for each in found[:SHOWN])


def load(viewer: Actor, number: int) -> LoadRow:
    """One file by its number."""
    obey(may_record(viewer))
    found = Load.objects.filter(body_id=viewer.body, number=number).select_related("feed").first()
    if found is None:
        raise Missing(f"There is no file of readings {number}.")
    return _row(found)


def load_of(viewer: Actor, id: UUID) -> LoadRow:
    """One file by its id."""
    obey(may_record(viewer))
    found = Load.objects.filter(body_id=viewer.body, pk=id).select_related("feed").first()
    if found is None:
        raise Missing("There is no such file of readings.")
    return _row(found)


def _row(found: Load) -> LoadRow:
    same = (
        "number",
        "name",
        "sha256",
        "size",
        "sheet",
        "items",
        "indicator",
        "mapping",
        "state",
        "good",
        "bad",
    )
    later = ("brought_at", "brought_by", "decided_at", "decided_by", "version")
    return LoadRow(
        id=found.pk,
        problems=tuple(each[2] for each in json.loads(found.problems)) if found.problems else (),
        feed=found.feed.name if found.feed else "",
        **{name: getattr(found, name) for name in (*same, *later)},
    )

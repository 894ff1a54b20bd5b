"""Everything known of one risk, and the risks that left a register."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from watchkeep.apps.history import queries as history
from watchkeep.apps.history.standing import told
from watchkeep.apps.register.conversion import PLACES, Children, outline_of, risk_of
from watchkeep.apps.register.models import Assessment, Risk, RiskVersion, TrendMark
from watchkeep.apps.register.queries.escalation import with_words
from watchkeep.apps.register.queries.registers import (
    Paper,
    RegisterRow,
    cover_as_at,
    cover_document,
    hanging_on,
    paper_of,
    papers_of,
    read_of,
    register,
    version_as_at,
)
from watchkeep.apps.register.queries.scales import scale_shown
from watchkeep.apps.register.queries.scope import visible_risks, where
from watchkeep.apps.register.queries.states import CLOSING, stood
from watchkeep.domain.clock import PRESENT, Clock
from watchkeep.domain.course import Stood, Told, course
from watchkeep.domain.document import Movement, Place
from watchkeep.domain.document import Risk as RiskValue
from watchkeep.domain.document import Scale as ScaleValue
from watchkeep.domain.errors import Missing
from watchkeep.domain.fields import label_of
from watchkeep.domain.people import Actor, Where
from watchkeep.domain.period import meant


@dataclass(frozen=True, slots=True)
class ClosedRow:
    """A closed risk, for a list."""

    key: str
    label: str
    closed_on: date


@dataclass(frozen=True, slots=True)
class Passage:
    """Where one field was read, how surely, and who confirmed it. Without a file, a person said it."""

    path: str
    label: str
    places: tuple[Place, ...]
    confidence: float
    reason: str
    file_sha256: str
    file_name: str
    confirmed_by: str
    confirmed_at: datetime


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One version of a risk: the day it speaks of, and when Watchkeep learned it."""

    number: int
    effective_on: date
    known_at: datetime
    current: bool


@dataclass(frozen=True, slots=True)
class RiskPage:
    """Everything known of one risk. `version` goes back with a change."""

    id: UUID
    key: str
    label: str
    state: str
    opened_on: date
    closed_on: date | None
    closed_because: str  # the reason that was given, while it is closed
    version: int
    register: RegisterRow
    value: RiskValue
    rising_means: Movement
    rising_basis: str
    scale: ScaleValue
    passages: tuple[Passage, ...]
    versions: tuple[VersionRow, ...]
    quarters: dict[str, str]  # its trend columns' full quarters by their labels, where they can be known
    course: tuple[Stood, ...]  # where it stood, quarter by quarter, by every paper that told of it
    place: Where  # where it stands, for who may do what
    owner_post: UUID | None
    since: date  # in this state

    def passage(self, path: str) -> Passage | None:
        """Where the field at `path` was read."""
        return next((each for each in self.passages if each.path == path), None)


def risk(viewer: Actor, which: str | UUID, reference: str, clock: Clock = PRESENT) -> RiskPage:
    """Everything that the clock lets be known of the risk with this key (its reference, where it has one)."""
    row = register(viewer, which, clock)
    among = visible_risks(viewer).filter(register_id=row.id, key=reference)
    found = among.select_related("register").first()
    states = stood(among, clock, viewer.body)
    if found is None:
        raise Missing("There is no such risk.")
    if found.pk not in states:
        raise Missing("There was no such risk yet.")
    state = states[found.pk]
    current = version_as_at(found.pk, clock)
    children = hanging_on([current.pk])[current.pk]
    cover = cover_document(cover_as_at(row.id, clock), row.name)
    rows = told(RiskVersion.objects.filter(risk=found), clock).order_by("effective_on", "number")
    versions = list(rows.only("number", "effective_on", "known_at", "passages"))
    papers = papers_of(row.id, clock)
    value = with_words({found.pk: risk_of(found.key, current, children)}, clock, read_of)[found.pk]
    return RiskPage(
        id=found.pk,
        key=found.key,
        label=str(found),
        state=state.state,
        opened_on=found.opened_on,
        closed_on=state.since if state.gone else None,
        closed_because=(state.reason or _closed_because(viewer, found.pk)) if state.gone else "",
        version=found.version,
        register=row,
        value=value,
        rising_means=cover.rising_means,
        rising_basis=cover.rising_basis,
        scale=scale_shown(row.family, clock) or cover.scale,
        passages=tuple(_passages(current)),
        versions=tuple(
            VersionRow(each.number, each.effective_on, each.known_at, each.number == current.number)
            for each in reversed(versions)
        ),
        quarters=_named_quarters(value, paper_of(current, papers), row.year_start),
        course=_course(found, versions, papers, row.year_start),
        place=where(found.register),
        owner_post=current.owner_post_id,
        since=state.since,
    )


def closed_risks(viewer: Actor, which: str | UUID, clock: Clock = PRESENT) -> tuple[ClosedRow, ...]:
    """The risks that had left a register, the last gone first."""
    row = register(viewer, which, clock)
    among = Risk.objects.filter(register_id=row.id)
    states = {pk: each for pk, each in stood(among, clock, viewer.body).items() if each.gone}
    found = [
        ClosedRow(each.key, str(each), states[each.pk].since)
        for each in among.order_by("key")
        if each.pk in states
    ]
    return tuple(sorted(found, key=lambda each: each.closed_on, reverse=True))


# --- Beneath the queries ------------------------------------------------------------------------------------


def _closed_because(viewer: Actor, risk_id: UUID) -> str:
    """The ledger's word for why a risk was closed, before its states were kept."""
    closing = history.last(viewer, ("risk", str(risk_id)), CLOSING)
    return closing.reason if closing else ""


def _named_quarters(value: RiskValue, paper: Paper | None, year_start: int) -> dict[str, str]:
    told_in = paper.quarter(year_start) if paper else None
    found = {each.period: meant(each.period, told_in) for each in value.trends}
    return {label: quarter.label for label, quarter in found.items() if quarter}


def _course(
    found: Risk, versions: list[RiskVersion], papers: tuple[Paper, ...], year_start: int
) -> tuple[Stood, ...]:
    """Where the risk stood by each of its versions, oldest first, in two statements."""
    marks: defaultdict[UUID, list[TrendMark]] = defaultdict(list)
    for mark in TrendMark.objects.filter(version__risk=found).order_by("position"):
        marks[mark.version_id].append(mark)
    ratings: defaultdict[UUID, list[Assessment]] = defaultdict(list)
    for rating in Assessment.objects.filter(version__risk=found).order_by("position"):
        ratings[rating.version_id].append(rating)
    tellings = []
    for each in versions:
        children = Children(trends=tuple(marks[each.pk]), assessments=tuple(ratings[each.pk]))
        outline = outline_of(found.key, children)
        paper = paper_of(each, papers)
        tellings.append(
            Told(
                on=each.effective_on,
                standing=outline.standing,
                trends=outline.trends,
                period=paper.period if paper else "",
                quarter=paper.quarter(year_start) if paper else None,
                paper_on=paper.effective_on if paper else None,
            )
        )
    return course(tellings)


def _passages(version: RiskVersion) -> Iterator[Passage]:
    for path, said in json.loads(version.passages).items():
        yield Passage(
            path=path,
            label=label_of(path),
            places=PLACES.validate_python(said["places"]),
            confidence=said.get("confidence", 1.0),
            reason=said.get("reason", ""),
            file_sha256=said["file"],
            file_name=said["file_name"],
            confirmed_by=said["by"],
            confirmed_at=datetime.fromisoformat(said["at"]),
        )

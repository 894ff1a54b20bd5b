"""Categories, objectives and stated appetite; where each risk stands against it, and since when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from watchkeep.apps.history.standing import told
from watchkeep.apps.register.models import (
    Appetite,
    Category,
    Objective,
)
from watchkeep.apps.register.queries.scales import Shelf
from watchkeep.apps.register.queries.scope import visible_risks
from watchkeep.apps.register.queries.walking import Turn, walk, with_categories
from watchkeep.domain.appetite import NOT_RATED, Moment, Rank, Stands, Statement, stands_since
from watchkeep.domain.clock import PRESENT, Clock
from watchkeep.domain.errors import Missing
from watchkeep.domain.people import Actor, must
from watchkeep.domain.rescaling import Said


@dataclass(frozen=True, slots=True)
class AppetiteRow:
    """What was stated of a category once."""

    number: int
    effective_on: date
    known_at: datetime
    scale_name: str
    scale_number: int
    appetite: str
    tolerance: str
    statement: str
    approved_by: str
    approved_on: date


@dataclass(frozen=True, slots=True)
class CategoryRow:
    """A category with what is stated of it, the latest statement first."""

    id: UUID
    name: str
    description: str
    version: int
    retired_on: date | None
    stated: tuple[AppetiteRow, ...]
    standing: AppetiteRow | None  # on the clock's day


@dataclass(frozen=True, slots=True)
class ObjectiveRow:
    """Something that the body sets out to achieve."""

    id: UUID
    name: str
    description: str
    version: int
    retired_on: date | None


def categories(viewer: Actor, clock: Clock = PRESENT) -> tuple[CategoryRow, ...]:
    """Every category of the body in its order, with its appetite, in three statements."""
    must(viewer, "read")
    rows = list(Category.objects.filter(body_id=viewer.body).order_by("position", "name"))
    said = told(Appetite.objects.filter(category__body_id=viewer.body), _known(clock))
    by_category: defaultdict[UUID, list[Appetite]] = defaultdict(list)
    for each in said.select_related("scale__family").order_by("-effective_on", "-number"):
        by_category[each.category_id].append(each)
    shelf = Shelf(each.scale for rows_of in by_category.values() for each in rows_of)
    day = clock.day or timezone.localdate()
    return tuple(_category_row(each, by_category[each.pk], shelf, day) for each in rows)


def category(viewer: Actor, which: str | UUID, clock: Clock = PRESENT) -> CategoryRow:
    """One category, by its id or name."""
    found = next(
        (each for each in categories(viewer, clock) if str(which) in (str(each.id), each.name)), None
    )
    if found is None:
        raise Missing("There is no such category.")
    return found


def objectives(viewer: Actor) -> tuple[ObjectiveRow, ...]:
    """Every objective of the body, in its order."""
    must(viewer, "read")
    rows = Objective.objects.filter(body_id=viewer.body).order_by("position", "name")
    return tuple(
        ObjectiveRow(each.pk, each.name, each.description, each.version, each.retired_on) for each in rows
    )


def objective(viewer: Actor, which: str | UUID) -> ObjectiveRow:
    """One objective, by its id."""
    found = next((each for each in objectives(viewer) if str(which) in (str(each.id), each.name)), None)
    if found is None:
        raise Missing("There is no such objective.")
    return found


def stands(
    viewer: Actor, register: UUID | None, clock: Clock = PRESENT, *, risks: Iterable[UUID] | None = None
) -> dict[UUID, Stands]:
    """Where each risk of a register (or each of `risks`) stands against its category's appetite, and since.

    Only the versions at which a rating or category may have turned are walked, so that the cost follows how
    often a risk moved and not how long its history is.
    """
    among = visible_risks(viewer)
    among = among.filter(register_id=register) if register else among
    among = among.filter(pk__in=list(risks)) if risks is not None else among
    walked = with_categories(walk(among, clock), clock)
    said = _statements(viewer, clock)
    shelf = Shelf.of_body(viewer)
    today = timezone.localdate()
    found: dict[UUID, Stands] = {}
    for risk in among.values_list("pk", flat=True):
        turns = walked.get(risk, ())
        if turns:
            # A register may speak of a day that is still to come: its own last word is then the present.
            day = clock.day or max(today, turns[-1].on)
            category = next((each.category for each in reversed(turns) if each.on <= day), None)
            found[risk] = replace(stands_since(_moments(turns, said, shelf, day)), category=category)
    return found


# --- Beneath the queries ------------------------------------------------------------------------------------


def _statements(viewer: Actor, clock: Clock) -> dict[UUID, list[Appetite]]:
    rows = told(Appetite.objects.filter(category__body_id=viewer.body), _known(clock))
    found: defaultdict[UUID, list[Appetite]] = defaultdict(list)
    for each in rows.order_by("effective_on", "number"):
        found[each.category_id].append(each)
    return found


def _moments(
    turns: tuple[Turn, ...], said: Mapping[UUID, list[Appetite]], shelf: Shelf, day: date
) -> list[Moment]:
    """Every day up to `day` on which the rating, the category or the appetite stated for it changed."""
    days = {each.on for each in turns if each.on <= day}
    first = min(days, default=None)
    if first is None:
        return []
    for each in {turn.category for turn in turns if turn.category}:
        days |= {row.effective_on for row in said.get(each, ()) if first < row.effective_on <= day}
    moments = []
    for on in sorted(days):
        turn = [each for each in turns if each.on <= on][-1]
        row = (
            next((each for each in reversed(said.get(turn.category, [])) if each.effective_on <= on), None)
            if turn.category
            else None
        )
        rank, statement = _compared(turn, row, shelf)
        moments.append(Moment(on, turn.category is not None, rank, statement))
    return moments


def _compared(turn: Turn, row: Appetite | None, shelf: Shelf) -> tuple[Rank, Statement | None]:
    """The rating and the statement on the newer of their two scales' versions."""
    if row is None:
        return Rank(None), None
    stated, judged = shelf.rows[row.scale_id], shelf.rows.get(turn.scale) if turn.scale else None
    statement = _statement(row, shelf)
    if judged is None or not (turn.said.band or turn.said.likelihood):
        return Rank(None, "", NOT_RATED), statement
    newer = judged.family_id == stated.family_id and judged.number > stated.number
    if judged.family_id and newer:
        found = shelf.restated(turn.said, judged, judged)
        wanted, borne = (
            shelf.restated(Said(band=name), stated, judged)
            for name in (statement.appetite_name, statement.tolerance_name)
        )
        if wanted.rank is None or borne.rank is None:
            return Rank(None, "", "its appetite was stated on an earlier version of the scale"), statement
        statement = replace(
            statement,
            appetite=wanted.rank,
            tolerance=borne.rank,
            appetite_name=wanted.name,
            tolerance_name=borne.name,
        )
    else:
        found = shelf.restated(turn.said, judged, stated)
    return Rank(found.rank, found.name, found.basis), statement


def _statement(row: Appetite, shelf: Shelf) -> Statement:
    names = shelf.names(row.scale_id, "band")
    return Statement(
        row.effective_on,
        row.appetite,
        row.tolerance,
        names[row.appetite - 1],
        names[row.tolerance - 1],
        row.approved_by,
        row.approved_on,
        row.statement,
    )


def _known(clock: Clock) -> Clock:
    """The clock without its day: which statement stands is asked day by day."""
    return Clock(known_at=None) if clock.known_at is None else Clock(as_at=date.max, known_at=clock.known_at)


def _category_row(each: Category, said: list[Appetite], shelf: Shelf, day: date) -> CategoryRow:
    rows = tuple(_appetite_row(row, shelf) for row in said)
    return CategoryRow(
        each.pk,
        each.name,
        each.description,
        each.version,
        each.retired_on,
        rows,
        next((row for row in rows if row.effective_on <= day), None),
    )


def _appetite_row(row: Appetite, shelf: Shelf) -> AppetiteRow:
    statement = _statement(row, shelf)
    family = row.scale.family
    return AppetiteRow(
        row.number,
        row.effective_on,
        row.known_at,
        family.name if family else "",
        row.scale.number,
        statement.appetite_name,
        statement.tolerance_name,
        row.statement,
        row.approved_by,
        row.approved_on,
    )

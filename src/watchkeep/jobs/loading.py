"""Files of readings from their bytes to the records: looked at as often as somebody likes, taken once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from uuid import UUID

from django.utils import timezone

from watchkeep.apps.indicators.changes import loads as changes
from watchkeep.apps.indicators.changes.observing import Taken
from watchkeep.apps.indicators.queries import loads as queries
from watchkeep.apps.indicators.queries.known import Known, known
from watchkeep.apps.indicators.queries.readings import readings_of
from watchkeep.apps.people.queries import body_of
from watchkeep.domain.errors import Invalid
from watchkeep.domain.indicator import Reading
from watchkeep.domain.indicator.keeping import may_record
from watchkeep.domain.indicator.observing import completed, fault
from watchkeep.domain.indicator.periods import first_of
from watchkeep.domain.people import Actor, obey
from watchkeep.formats.readings import (
    BadRow,
    Grid,
    Mapping,
    Row,
    Suggested,
    grid_of,
    grid_of_objects,
    once_each,
    read_back,
    rows,
    suggested,
    written,
)
from watchkeep.gateways.storage import FileStore

MOST_SHEETS = 5  # that are looked into for days, after the first
NO_MAPPING = "{}"  # nobody has said, and nothing could be proposed


@dataclass(frozen=True, slots=True)
class Sorted:
    """What a grid holds by a mapping: the readings of each indicator, and the rows that are refused."""

    ready: dict[UUID, tuple[Reading, ...]] = field(default_factory=dict)
    bad: tuple[BadRow, ...] = ()
    blank: int = 0
    added: int = 0
    corrected: int = 0
    unchanged: int = 0

    @property
    def good(self) -> int:
        """How many rows are readings that can be taken."""
        return sum(map(len, self.ready.values()))

    @property
    def problems(self) -> tuple[changes.Problem, ...]:
        """The bad rows, as they are kept."""
        return tuple(changes.Problem(each.line, each.cell, each.sentence) for each in self.bad)


@dataclass(frozen=True, slots=True)
class Looked:
    """A file that waits, as a page shows it."""

    load: queries.LoadRow
    grid: Grid
    proposal: Suggested
    mapping: Mapping | None
    sorted: Sorted
    refused: str = ""  # why this mapping cannot be


def bring(
    by: Actor, store: FileStore, data: bytes, name: str, *, indicator: str = "", sheet: str = ""
) -> UUID:
    """Keep a file, with the mapping that its headings propose; nothing of it counts yet."""
    obey(may_record(by))
    grid, proposal = _fitting(data, name, sheet, frozenset(known(by)))
    mapping = written(proposal.mapping) if proposal.mapping else NO_MAPPING
    file = changes.File(name, store.put(data), len(data), grid.sheet, indicator=indicator)
    return changes.bring_load(by=by, file=file, mapping=mapping)


def _fitting(data: bytes, name: str, sheet: str, references: frozenset[str]) -> tuple[Grid, Suggested]:
    """The sheet that is named; else the first in which days are found, for the first may be a cover."""
    first = grid_of(data, name, sheet=sheet)
    proposal = suggested(first, references=references)
    if sheet or proposal.mapping:
        return first, proposal
    for other in [each for each in first.sheets if each != first.sheet][:MOST_SHEETS]:
        grid = grid_of(data, name, sheet=other)
        if (found := suggested(grid, references=references)).mapping:
            return grid, found
    return first, proposal


def turned_to(viewer: Actor, store: FileStore, load: queries.LoadRow, sheet: str) -> str:
    """The mapping that another sheet of a file proposes, as it is kept."""
    grid = grid_of(store.get(load.sha256), load.name, sheet=sheet)
    proposal = suggested(grid, references=frozenset(known(viewer)))
    return written(proposal.mapping) if proposal.mapping else NO_MAPPING


def looked_at(viewer: Actor, store: FileStore, load: queries.LoadRow) -> Looked:
    """What would come of the file by the mapping that it has now; nothing is written."""
    grid = grid_again(store, load)
    there = known(viewer)
    proposal = suggested(grid, references=frozenset(there))
    if load.mapping == NO_MAPPING:
        return Looked(load, grid, proposal, None, Sorted())
    mapping = read_back(load.mapping)
    try:
        found = sort(viewer, grid, mapping, there, indicator=load.indicator)
    except Invalid as problem:
        return Looked(load, grid, proposal, mapping, Sorted(), problem.sentence)
    return Looked(load, grid, proposal, mapping, found)


def grid_again(store: FileStore, load: queries.LoadRow) -> Grid:
    """The lines of a file that was kept."""
    data = store.get(load.sha256)
    if load.items or load.name.endswith(".json"):
        return grid_of_objects(data, load.name, items=load.items)
    return grid_of(data, load.name, sheet=load.sheet)


def take(
    by: Actor,
    looked: Looked,
    *,
    version: int,
    without_bad: bool = False,
    reason: str = "",
    correct: bool = False,
) -> Taken:
    """Record the good rows, all or none."""
    if looked.mapping is None or looked.refused:
        raise Invalid("mapping", looked.refused or "Say first which column holds the days and the values.")
    return changes.take_load(
        by=by,
        load=looked.load.id,
        version=version,
        readings=looked.sorted.ready,
        problems=looked.sorted.problems,
        without_bad=without_bad,
        reason=reason,
        correct=correct,
    )


def sort(
    viewer: Actor, grid: Grid, mapping: Mapping, there: dict[str, Known], *, indicator: str = ""
) -> Sorted:
    """The rows of a grid by indicator, each judged as the records would judge it."""
    if mapping.reference is None and not mapping.wide and not indicator:
        raise Invalid("indicator", "Say whose readings these are: one indicator, or a column that says it.")
    year_start = body_of(viewer).year_starts_month
    found = rows(grid, replace(mapping, year_start=year_start), reference=indicator)
    by_name = {name.casefold(): one for name, one in there.items()}
    whose: dict[str, Known] = {
        row.reference: one for row in found.rows if (one := by_name.get(row.reference.strip().casefold()))
    }
    strange = [_strange(row) for row in found.rows if row.reference not in whose]
    kept, twice = once_each(
        (row for row in found.rows if row.reference in whose),
        lambda reference, day: first_of(day, whose[reference].definition.frequency, year_start=year_start),
    )
    judged = [_judged(viewer, row, whose[row.reference], year_start) for row in kept]
    bad = [*found.bad, *strange, *twice, *(each for each in judged if isinstance(each, BadRow))]
    good = [each for each in judged if isinstance(each, Row)]
    ready: dict[UUID, list[Reading]] = {}
    for row in good:
        ready.setdefault(whose[row.reference].id, []).append(row.reading)
    return _counted(
        Sorted(
            {one: tuple(sorted(each, key=lambda reading: reading.on)) for one, each in ready.items()},
            tuple(sorted(bad, key=lambda each: (each.line, each.cell))),
            len(found.blank),
        ),
        whose,
    )


def _judged(viewer: Actor, row: Row, one: Known, year_start: int) -> Row | BadRow:
    if refusal := may_record(viewer, one.owner_post):
        return BadRow(row.line, row.cell, one.reference, f"an indicator of yours: {refusal.sentence}")
    said = row.reading
    if one.definition.kind == "share" and said.numerator is not None:
        said = replace(said, value=None)  # what the parts come to is worked out in the indicator's own unit
    reading = completed(one.definition, said, year_start=year_start)
    if wrong := fault(one.definition, reading, timezone.localdate()):
        value = "" if reading.value is None else f"{reading.value:g}"
        return BadRow(row.line, row.cell, value, f"a reading that can be: {wrong.sentence.rstrip('.')}")
    return replace(row, reading=reading)


def _strange(row: Row) -> BadRow:
    return BadRow(row.line, row.cell, row.reference, "the reference of an indicator that there is")


def _counted(found: Sorted, whose: dict[str, Known]) -> Sorted:
    """With how many of the readings are new, correct another, or say what stands already."""
    frequencies = {one.number: one.definition.frequency for one in whose.values()}
    standing = readings_of(frequencies)
    numbers = {one.id: one.number for one in whose.values()}
    said = [
        kind
        for id, readings in found.ready.items()
        for kind in _kinds(readings, {each.on: each for each in standing.get(numbers[id], ())})
    ]
    return replace(
        found, added=said.count("new"), corrected=said.count("other"), unchanged=said.count("same")
    )


def _kinds(readings: tuple[Reading, ...], standing: dict[object, Reading]) -> Iterator[str]:
    for each in readings:
        before = standing.get(each.on)
        if before is None:
            yield "new"
        else:
            same = (each.value, each.numerator, each.denominator) == (
                before.value,
                before.numerator,
                before.denominator,
            )
            yield "same" if same else "other"

"""A file of dated values as a series: its columns found or named, every bad cell told by line and cell."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from watchkeep.domain.errors import Invalid, Unreadable
from watchkeep.domain.indicator.values import (
    Better,
    Definition,
    Family,
    Frequency,
    Reading,
    Rebase,
    Series,
    Target,
)

if TYPE_CHECKING:
    from watchkeep.formats.readings import Found, Grid, Mapping

STANDARD_INPUT = "-"
MOST_TOLD = 20  # bad rows that are told one by one
ALL = 1_000_000  # a baseline that no file is longer than


@dataclass(frozen=True, slots=True)
class Named:
    """Columns as somebody named them: by heading, or by letter where there are none."""

    day: str | None = None
    value: str | None = None
    numerator: str | None = None
    denominator: str | None = None
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class Declared:
    """What a file of values does not say of itself."""

    better: Better
    family: Family
    frequency: Frequency | None
    seasonal: bool
    target: str | None
    baseline: str | None
    rebases: tuple[str, ...]


def series_of(file: Path, named: Named, declared: Declared) -> tuple[Series, tuple[str, ...]]:
    """The series of a file, and what should be said of how it was read."""
    from watchkeep.domain.spc.spacing import usual
    from watchkeep.formats.readings import rows

    grid = _grid(file, named)
    mapping, headings, doubts = _mapping(grid, named, declared.family)
    found = rows(grid, mapping, per=1.0)
    _all_good(found, grid.name)
    readings = _readings(grid, mapping, found)
    days = tuple(each.on for each in readings if each.value is not None)
    frequency = declared.frequency or usual(days)
    notes = [*doubts, *_unsorted(found), *_twice(days, frequency), *_ahead(days), *_sheets(grid, named)]
    percent = _percent(grid, mapping)
    definition = Definition(
        name=_name(file, mapping, headings),
        unit="%" if percent else "",
        better=declared.better,
        frequency=frequency,
        kind="share" if percent or declared.family == "p" else "number",
        family=declared.family,
        seasonal=declared.seasonal,
        baseline=_baseline(declared.baseline),
    )
    targets, doubt = _targets(declared.target, readings, definition)
    notes += [doubt] if doubt else []
    rebases = tuple(_rebase(each, mapping) for each in declared.rebases)
    return Series(file.stem, definition, readings, targets, rebases), tuple(notes)


def _grid(file: Path, named: Named) -> Grid:
    """The file's table; of a workbook without a sheet named, the first sheet that has a column of days."""
    from watchkeep.formats.readings import grid_of, suggested

    data = _bytes(file)
    name = "standard input" if str(file) == STANDARD_INPUT else file.name
    grid = grid_of(data, name, sheet=named.sheet)
    if named.sheet or named.day is not None or suggested(grid).mapping is not None:
        return grid
    others = (grid_of(data, name, sheet=each) for each in grid.sheets if each != grid.sheet)
    return next((each for each in others if suggested(each).mapping is not None), grid)


def _sheets(grid: Grid, named: Named) -> tuple[str, ...]:
    if named.sheet or len(grid.sheets) < 2:
        return ()
    others = ", ".join(f"“{each}”" for each in grid.sheets if each != grid.sheet)
    return (f"The sheet “{grid.sheet}” was read. The workbook has others too ({others}): --sheet names one.",)


def _twice(days: tuple[date, ...], frequency: Frequency) -> tuple[str, ...]:
    """Two readings that fall into one month, quarter or year are told; every fourth week is no mistake."""
    from watchkeep.domain.finding import written
    from watchkeep.domain.spc.spacing import MONTHS

    if frequency not in MONTHS:
        return ()
    periods = [(each.year * 12 + each.month - 1) // MONTHS[frequency] for each in days]
    found = [at for at in range(1, len(days)) if periods[at] == periods[at - 1]]
    if not found:
        return ()
    first, second = (written(days[at]) for at in (found[0] - 1, found[0]))
    more = f", and {len(found) - 1} more such pairs" if len(found) > 1 else ""
    return (f"Two readings are of one {frequency} ({first} and {second}{more}); each counts on its own.",)


def _ahead(days: tuple[date, ...]) -> tuple[str, ...]:
    today = datetime.now().astimezone().date()
    late = [each for each in days if each > today]
    if not late:
        return ()
    number = f"{len(late)} readings are" if len(late) > 1 else "One reading is"
    return (f"{number} of days after today, the last of {late[-1]:%d/%m/%Y}: check that none is a plan.",)


def _bytes(file: Path) -> bytes:
    if str(file) == STANDARD_INPUT:
        return sys.stdin.buffer.read()
    try:
        return file.read_bytes()
    except OSError as problem:
        raise Unreadable(
            where=str(file),
            why=f"The file could not be opened ({(problem.strerror or 'no reason given').lower()}).",
            remedy="Check its name and place.",
        ) from problem


def _mapping(grid: Grid, named: Named, family: Family) -> tuple[Mapping, tuple[str, ...], tuple[str, ...]]:
    """Which column is what: as named, else as its headings and cells suggest."""
    from watchkeep.formats.readings import Mapping, suggested

    proposal = suggested(grid)
    titles = proposal.headings
    mapping = proposal.mapping
    if named.day is not None:
        day = _column(grid, titles, named.day)
        if mapping is None or mapping.day != day:
            order = mapping.order if mapping else "day first"
            mapping = Mapping(day, order=order, headings=_line_of(grid, titles))
    if mapping is None:
        raise Unreadable(where=grid.name, why=proposal.doubts[0], remedy=_no_days(grid))
    sought = (named.value, named.numerator, named.denominator)
    columns = [None if name is None else _column(grid, titles, name) for name in sought]
    if any(each is not None for each in columns) or named.day is not None:
        taken = {mapping.day, mapping.within, *columns}
        found = proposal.mapping
        kept = (found.value, found.numerator, found.denominator) if found else (None, None, None)
        value, numerator, denominator = (
            at if at is not None else (other if other not in taken else None)
            for at, other in zip(columns, kept, strict=True)
        )
        mapping = replace(mapping, value=value, numerator=numerator, denominator=denominator)
    _of_one(grid, mapping)
    mapping = _fitting(grid, replace(mapping, reference=None, note=None), family, named)
    if _decimal_commas(grid, mapping):
        said = "Commas are read as decimal signs: the values fit no other reading."
        return replace(mapping, decimal=","), titles, (*proposal.doubts, said)
    return mapping, titles, proposal.doubts


def _of_one(grid: Grid, mapping: Mapping) -> None:
    """Refuse a file in which a column of references names more than one indicator."""
    if mapping.reference is None:
        return
    body = [each for each in grid.lines if mapping.headings is None or each.number > mapping.headings]
    whose = list(dict.fromkeys(said for line in body if (said := line.cell(mapping.reference))))
    if len(whose) > 1:
        named = ", ".join(f"“{each}”" for each in whose[:3])
        more = f" and {len(whose) - 3} more" if len(whose) > 3 else ""
        raise Unreadable(
            where=grid.name,
            why=f"It has readings of several indicators: {named}{more}.",
            remedy="Give a file of one, or with --value the column of one.",
        )


def _no_days(grid: Grid) -> str:
    from watchkeep.formats.readings.dates import first_day_of

    if grid.width == 1:
        return "The file has one column; it takes two: one of days or months, and one of values."
    if any(sum(first_day_of(cell) is not None for cell in line.cells) > 2 for line in grid.lines[:20]):
        return "Days seem to stand beside one another in a line; put each on a line of its own."
    return "Name it with --date."


def _decimal_commas(grid: Grid, mapping: Mapping) -> bool:
    """Whether some cells of numbers are none with a decimal point, and all are with a decimal comma."""
    from watchkeep.formats.readings.numbers import is_nothing, number_of

    columns = [each for each in (mapping.value, mapping.numerator, mapping.denominator) if each is not None]
    body = [each for each in grid.lines if mapping.headings is None or each.number > mapping.headings]
    cells = [cell for line in body for at in columns if not is_nothing(cell := line.cell(at))]
    return not all(number_of(each) for each in cells) and all(number_of(each, decimal=",") for each in cells)


def _fitting(grid: Grid, mapping: Mapping, family: Family, named: Named) -> Mapping:
    """The columns that a family needs and no others, so that a stray one is not taken for a part of it."""
    both = mapping.numerator is not None and mapping.denominator is not None
    if family in ("p", "u"):
        if not both:
            raise Unreadable(
                where=grid.name,
                why=f"A {family} chart needs a numerator and a denominator, and they were not found.",
                remedy="Name their columns with --numerator and --denominator.",
            )
        return mapping if named.value is not None else replace(mapping, value=None)
    if mapping.value is None and not both:
        raise Unreadable(
            where=grid.name, why="No column of values was found.", remedy="Name it with --value."
        )
    if mapping.value is not None and not both:
        return replace(mapping, numerator=None, denominator=None)
    return mapping


def _column(grid: Grid, titles: tuple[str, ...], name: str) -> int:
    wanted = " ".join(name.split()).casefold()
    plain = [" ".join(each.split()).casefold() for each in titles]
    if wanted in plain:
        return plain.index(wanted)
    letters = {grid.place(1, column)[:-1].casefold(): column for column in range(grid.width)}
    if wanted in letters:
        return letters[wanted]
    there = (
        ", ".join(f"“{each}”" for each in titles if each.strip())
        or f"A to {grid.place(1, grid.width - 1)[:-1]}"
    )
    raise Unreadable(where=grid.name, why=f"There is no column “{name}”.", remedy=f"It has {there}.")


def _line_of(grid: Grid, titles: tuple[str, ...]) -> int | None:
    return next((line.number for line in grid.lines if titles and line.cells == titles), None)


def _all_good(found: Found, name: str) -> None:
    """Refuse the file where a row cannot be read, or where nothing is left."""
    if found.bad:
        told = " ".join(each.sentence for each in found.bad[:MOST_TOLD])
        more = len(found.bad) - MOST_TOLD
        raise Unreadable(
            where=name,
            why=told + (f" And {more} rows more." if more > 0 else ""),
            remedy="Put them right, or leave the cell empty where nothing was read.",
        )
    if not found.rows:
        raise Unreadable(
            where=name, why="There is no reading in it.", remedy="Check that it is the right file."
        )


def _readings(grid: Grid, mapping: Mapping, found: Found) -> tuple[Reading, ...]:
    """The readings in the order of their days, with those that are blank where no other has their day."""
    from watchkeep.formats.readings.dates import first_day_of

    readings = {each.reading.on: each.reading for each in found.rows}
    blank = set(found.blank)
    for line in grid.lines:
        if line.number in blank:
            said = mapping.day_said(line)
            on = first_day_of(said, order=mapping.order, year_start=mapping.year_start)
            if on is not None:
                readings.setdefault(on, Reading(on, None, state="missing"))
    return tuple(readings[on] for on in sorted(readings))


def _unsorted(found: Found) -> tuple[str, ...]:
    days = [each.reading.on for each in found.rows]
    if days == sorted(days):
        return ()
    if days == sorted(days, reverse=True):
        return ("The file has the latest reading first; the readings were put in the order of their days.",)
    return ("The rows are not in the order of their days; the readings were sorted.",)


def _percent(grid: Grid, mapping: Mapping) -> bool:
    """Whether some value is written with a percent sign."""
    return mapping.value is not None and any(
        line.cell(mapping.value).endswith("%")
        for line in grid.lines
        if mapping.headings is None or line.number > mapping.headings
    )


def _name(file: Path, mapping: Mapping, headings: tuple[str, ...]) -> str:
    """What is measured: the heading of its values where it says more than that they are values."""
    at = mapping.value if mapping.value is not None else mapping.numerator
    title = headings[at].strip() if at is not None and at < len(headings) else ""
    if title and title.casefold() not in ("value", "values", "reading", "y", "x"):
        return title
    return file.stem if str(file) != STANDARD_INPUT else title or "readings"


def _baseline(said: str | None) -> int | None:
    from watchkeep.domain.spc import LEAST_BASELINE

    if said is None:
        return None
    if said.strip().casefold() == "all":
        return ALL
    if not said.strip().isdecimal() or int(said) < LEAST_BASELINE:
        raise Invalid(
            "baseline",
            f"--baseline: found “{said}”; expected {LEAST_BASELINE} readings or more (fewer give no limits), "
            "or all.",
        )
    return int(said)


def _targets(
    said: str | None, readings: tuple[Reading, ...], definition: Definition
) -> tuple[tuple[Target, ...], str]:
    """The target in the unit of the values, and what may be wrong with it."""
    from watchkeep.formats.readings.numbers import number_of

    if said is None:
        return (), ""
    number = number_of(said)
    if number is None:
        raise Invalid("target", f"--target: found “{said}”; expected a number, such as 95 or 4.5.")
    value, doubt = number.value, ""
    most = max((abs(each.value) for each in readings if each.value is not None), default=0.0)
    if number.percent and definition.unit != "%" and most <= 1:
        value /= 100  # the values are shares of one
    elif not number.percent and definition.unit == "%" and 0 < abs(value) <= 1 < most:
        doubt = f"The values are told in per cent, and the target is read as {said}%."
    return (Target(value, readings[0].on),), doubt


def _rebase(said: str, mapping: Mapping) -> Rebase:
    """A day, and after a colon the reason."""
    from watchkeep.formats.readings.dates import first_day_of

    day, _, reason = said.partition(":")
    on: date | None = first_day_of(day, order=mapping.order)
    if on is None:
        raise Invalid(
            "rebase",
            f"--rebase: found “{day}”; expected a day, such as 2024-03-01 or “2024-03-01: new system”.",
        )
    return Rebase(on, reason.strip())

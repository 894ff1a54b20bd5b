"""Which column of a file is what: proposed from its headings, confirmed or changed by a person."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from typing import Literal

from rapidfuzz import fuzz, process

from watchkeep.domain import period
from watchkeep.formats.columns.comparing import normal
from watchkeep.formats.columns.known import names_in
from watchkeep.formats.readers.csv import letters
from watchkeep.formats.readings.dates import Order, first_day_of, is_serial, orders
from watchkeep.formats.readings.grid import Grid, Line
from watchkeep.formats.readings.numbers import Decimal, is_nothing, number_of
from watchkeep.formats.readings.years import YEARS, Parts, Within, is_year, joined, parts_in

Part = Literal["day", "value", "numerator", "denominator", "reference", "note"]
LIKENESS_FLOOR = 87
NO_DAYS = "No column was found whose cells are days, months or quarters"
LOOKED_AT = 200  # lines that a proposal rests on
_HEADINGS: dict[Part, tuple[str, ...]] = {
    "day": names_in(
        "date|day|month|week|quarter|period|year|reporting date|reporting period|period start|start date|"
        "week commencing|week beginning|week ending|month ending|month commencing|as at|on|when|time|"
        "date of reading|observation date|measured on|recorded on|effective date|snapshot date"
    )
    + YEARS[1:],
    "value": names_in(
        "value|reading|result|actual|amount|figure|score|measure|measurement|observation|performance|"
        "observed value|actual value|data|percentage|percent|%|rate|number|count|total"
    ),
    "numerator": names_in("numerator|num|numer|successes|events|part|met|within target"),
    "denominator": names_in("denominator|den|denom|out of|opportunities|population|base|sample size|of"),
    "reference": names_in(
        "indicator|indicator reference|reference|ref|indicator ref|indicator id|kpi|kpi ref|kpi reference|"
        "measure reference|metric|metric id|measure id|indicator code|code|series|key"
    ),
    "note": names_in("note|notes|comment|comments|commentary|remark|remarks|annotation"),
}
_OTHERS: tuple[Part, ...] = ("value", "numerator", "denominator", "reference", "note")
_KNOWN: dict[str, Part] = {normal(name): part for part, names in _HEADINGS.items() for name in names}


@dataclass(frozen=True, slots=True)
class Mapping:
    """Columns are counted from 0. `wide` maps further columns each to one indicator's reference; then there
    is no `value`. `headings` is the line of the headings, none where the first line is data already. Where
    `within` is said, the column `day` holds years and that one their months, quarters or weeks (`kind`).
    """

    day: int
    value: int | None = None
    numerator: int | None = None
    denominator: int | None = None
    reference: int | None = None
    note: int | None = None
    wide: tuple[tuple[int, str], ...] = ()
    headings: int | None = None
    order: Order = "day first"
    decimal: Decimal = "."
    year_start: int = period.APRIL
    within: int | None = None
    kind: Within = "month"

    def day_said(self, line: Line) -> str:
        """What a line says of its day: one cell, or its year and what lies within it joined."""
        if self.within is None:
            return line.cell(self.day)
        year, within = line.cell(self.day), line.cell(self.within)
        return joined(year, within, self.kind, year_start=self.year_start)


@dataclass(frozen=True, slots=True)
class Suggested:
    """A proposal: the mapping (none where no column holds days), the headings, and what is in doubt."""

    mapping: Mapping | None
    headings: tuple[str, ...]
    doubts: tuple[str, ...] = ()


def suggested(grid: Grid, *, references: frozenset[str] = frozenset()) -> Suggested:
    """What the columns seem to be. Headings that are among `references` are columns of those indicators."""
    first = _headings_line(grid)
    titles = tuple(first.cells) if first else ()
    body = tuple(line for line in grid.lines if first is None or line.number > first.number)[:LOOKED_AT]
    if not body or (len(grid.lines) == 1 and _is_headings(grid.lines[0])):
        return Suggested(
            None, titles or grid.lines[0].cells, (f"{NO_DAYS}: there is no line under the headings.",)
        )
    named = _named(titles)
    day, parts = _day_of(named, grid, body, titles)
    if isinstance(parts, str) or day is None:
        return Suggested(None, titles, (parts if isinstance(parts, str) else _no_days(titles),))
    value, numerator, denominator, reference, note = (
        column if (column := named.get(part)) != day else None for part in _OTHERS
    )
    mapping = Mapping(
        day, value, numerator, denominator, reference, note, headings=first.number if first else None
    )
    if parts is not None:
        mapping = replace(mapping, within=parts.within, kind=parts.kind)
    mapping = replace(mapping, decimal=_decimal(mapping, grid.width, body))
    mapping = _with_values(mapping, grid, body, titles, references)
    order, doubts = _order(mapping, body)
    mapping = replace(mapping, order=order)
    return Suggested(mapping, titles, (*doubts, *_doubts(mapping, grid, body, titles)))


def _day_of(
    named: dict[Part, int], grid: Grid, body: tuple[Line, ...], titles: tuple[str, ...]
) -> tuple[int | None, Parts | str | None]:
    """The column of the days; with the parts it is joined of, where a year stands beside its month."""
    if "day" not in named:
        return _column_of_days(grid, body), None
    asked = [at for at, title in enumerate(titles) if _KNOWN.get(normal(title)) == "day"] or [named["day"]]
    whole = next((at for at in asked if _are_days(at, body, but_years=True)), None)
    if whole is not None:
        return whole, None
    parts = parts_in(titles)
    if isinstance(parts, Parts):
        return parts.year, parts
    return named["day"], parts


def _are_days(column: int, body: tuple[Line, ...], *, but_years: bool = False) -> bool:
    cells = [text for line in body if (text := line.cell(column))]
    days = [each for each in cells if first_day_of(each) is not None and not (but_years and is_year(each))]
    return len(days) > len(cells) * 0.8


def _is_headings(line: Line) -> bool:
    return not any(number_of(cell) or first_day_of(cell) for cell in line.cells)


def _no_days(titles: tuple[str, ...]) -> str:
    days = [each.strip() for each in titles if first_day_of(each)]
    if len(days) > 1:
        return (
            f"The periods stand beside each other in the headings (“{days[0][:40]}”, “{days[1][:40]}”). Turn "
            "the table so that each period has a line of its own."
        )
    return f"{NO_DAYS}."


def _headings_line(grid: Grid) -> Line | None:
    """The first line that has words in two columns or more (or its only one), followed by a line of data."""
    for line, after in zip(grid.lines[:20], grid.lines[1:21], strict=False):
        filled = [cell for cell in line.cells if cell.strip()]
        if len(filled) < min(2, grid.width):
            continue
        if any(first_day_of(cell) or number_of(cell) for cell in filled[:1]):
            return None
        if any(number_of(cell) or first_day_of(cell) for cell in after.cells):
            return line
    return None


def _named(titles: tuple[str, ...]) -> dict[Part, int]:
    """Parts by their headings: those that are known first, then near misses for what is still open."""
    found: dict[Part, int] = {}
    for column, title in enumerate(titles):
        part = _KNOWN.get(normal(title))
        if part:
            found.setdefault(part, column)
    for column, title in enumerate(titles):
        if column in found.values() or not normal(title):
            continue
        near = process.extractOne(normal(title), list(_KNOWN), scorer=fuzz.ratio, score_cutoff=LIKENESS_FLOOR)
        if near:
            found.setdefault(_KNOWN[near[0]], column)
    return found


def _column_of_days(grid: Grid, body: tuple[Line, ...]) -> int | None:
    return next((column for column in range(grid.width) if _are_days(column, body)), None)


def _with_values(
    mapping: Mapping, grid: Grid, body: tuple[Line, ...], titles: tuple[str, ...], references: frozenset[str]
) -> Mapping:
    folded = {each.casefold(): each for each in references}
    wide = tuple(
        (column, folded[title.strip().casefold()])
        for column, title in enumerate(titles)
        if title.strip().casefold() in folded
    )
    if wide:
        return replace(mapping, value=None, reference=None, wide=wide)
    if mapping.value is not None or (mapping.numerator is not None and mapping.denominator is not None):
        return mapping
    found = _columns_of_numbers(mapping, grid.width, body)
    # One that is all numbers comes first; where a cell is wrong, the cell is to be refused, not the column.
    return (
        replace(mapping, value=max(found, key=lambda column: (found[column], -column))) if found else mapping
    )


def _decimal(mapping: Mapping, width: int, body: tuple[Line, ...]) -> Decimal:
    """A comma before the fractions, where some numbers can be read so only and none with a point only."""
    columns = set(range(width)) - {mapping.day, mapping.within, mapping.reference, mapping.note}
    cells = [line.cell(column) for line in body for column in columns]
    ways = [(number_of(each) is not None, number_of(each, decimal=",") is not None) for each in cells if each]
    return "," if (False, True) in ways and (True, False) not in ways else "."


def _columns_of_numbers(mapping: Mapping, width: int, body: tuple[Line, ...]) -> dict[int, bool]:
    """Columns that are nothing else yet and mostly hold numbers, and whether they hold nothing else."""
    ratio = {mapping.numerator, mapping.denominator}
    taken = {mapping.day, mapping.within, mapping.reference, mapping.note} | ratio
    found: dict[int, bool] = {}
    for column in range(width):
        cells = [text for line in body if not is_nothing(text := line.cell(column))]
        numbers = sum(number_of(cell, decimal=mapping.decimal) is not None for cell in cells)
        if column not in taken and numbers * 2 > len(cells):
            found[column] = numbers == len(cells)
    return found


def _order(mapping: Mapping, body: tuple[Line, ...]) -> tuple[Order, tuple[str, ...]]:
    """Day first, unless some day can only be read with its month first and none only with its day first."""
    ways = [way for line in body if (way := orders(mapping.day_said(line)))]
    only: set[Order] = {next(iter(way)) for way in ways if len(way) == 1}
    if only == {"month first"}:
        return "month first", ("The days are written with the month first (as in 04/30/2024).",)
    if len(only) == 2:
        return "day first", (
            "Some days can only be read with the day first and some only with the month first.",
        )
    if ways and not only and any(len(way) == 2 for way in ways):
        return "day first", (
            "Every day could also be read with the month first; it is read with the day first.",
        )
    return "day first", ()


def _doubts(mapping: Mapping, grid: Grid, body: tuple[Line, ...], titles: tuple[str, ...]) -> list[str]:
    said = []
    if any(is_serial(mapping.day_said(line)) for line in body):
        said.append("Some days are numbers, as a spreadsheet counts them: 45292 is 1 January 2024.")
    if mapping.within is not None:
        year, within = (
            f"{letters(at)} (“{titles[at].strip()[:40]}”)" for at in (mapping.day, mapping.within)
        )
        said.append(f"The year is read from column {year} and its {mapping.kind} from column {within}.")
    if mapping.value is None and not mapping.wide and mapping.numerator is None:
        said.append("No column of values was found.")
    if mapping.decimal == ",":
        said.append("A comma stands before the fractions of its numbers: 1.234,5 is 1,234.5.")
    title = titles[mapping.value] if mapping.value is not None and mapping.value < len(titles) else ""
    if mapping.value is not None and _KNOWN.get(normal(title)) != "value":
        others = [each for each in _columns_of_numbers(mapping, grid.width, body) if each != mapping.value]
        if others:
            place = f"{letters(mapping.value)}{f' (“{title.strip()[:40]}”)' if title.strip() else ''}"
            said.append(f"Several columns hold numbers; the values are read from column {place}.")
    return said


def written(mapping: Mapping) -> str:
    """A mapping as it is stored."""
    return json.dumps(asdict(mapping), sort_keys=True)


def read_back(text: str) -> Mapping:
    """A stored mapping."""
    said = json.loads(text)
    return Mapping(**{**said, "wide": tuple((column, whose) for column, whose in said["wide"])})

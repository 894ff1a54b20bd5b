"""Lines of a grid to readings by a mapping: the good, and the bad by line, cell and what was found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from watchkeep.domain.days import MONTHS
from watchkeep.domain.errors import Invalid
from watchkeep.domain.indicator import Reading
from watchkeep.formats.readings.dates import EXPECTED, WITH_YEAR, first_day_of
from watchkeep.formats.readings.grid import Grid, Line
from watchkeep.formats.readings.mapping import Mapping
from watchkeep.formats.readings.numbers import Number, is_nothing, number_of
from watchkeep.formats.readings.years import JOINED, is_year

LONGEST_NOTE = 1_000
LONGEST_REFERENCE = 40
LONGEST_FOUND = 60  # of a cell's text that is told back
NUMBER = "a number, such as 1,234.5 or 87%"


@dataclass(frozen=True, slots=True)
class Row:
    """A reading, the line that it stands on and whose it is (empty where the file does not say)."""

    line: int
    cell: str
    reference: str
    reading: Reading


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that is refused: where, what was found there, what was expected."""

    line: int
    cell: str
    found: str
    expected: str

    @property
    def sentence(self) -> str:
        """The refusal in one sentence."""
        found = f"“{self.found}”" if self.found else "nothing"
        place = f"Line {self.line}, cell {self.cell}" if self.cell.isalnum() else self.cell
        return f"{place}: found {found}; expected {self.expected}."


@dataclass(frozen=True, slots=True)
class Found:
    """What a file came to. `blank` are the lines whose cells say that nothing was read."""

    rows: tuple[Row, ...]
    bad: tuple[BadRow, ...] = ()
    blank: tuple[int, ...] = ()


class _Bad(Exception):
    """One cell that cannot be taken."""

    def __init__(self, column: int, found: str, expected: str) -> None:
        super().__init__(expected)
        self.column, self.found, self.expected = column, found, expected


def rows(grid: Grid, mapping: Mapping, *, reference: str = "", per: float = 100.0) -> Found:
    """Every reading of the grid. `reference` is whose they are where no column says.

    Where there are a numerator and a denominator and no value, the value is `per` times their ratio.
    """
    _fits(grid, mapping)
    good: list[Row] = []
    bad: list[BadRow] = []
    blank: list[int] = []
    shares = _percent_columns(grid, mapping)
    for line in grid.lines:
        if mapping.headings is not None and line.number <= mapping.headings:
            continue
        try:
            found = list(_read(grid, mapping, line, reference, per, shares))
        except _Bad as problem:
            bad.append(_bad(grid, line, problem))
            continue
        good.extend(each for each in found if isinstance(each, Row))
        bad.extend(each for each in found if isinstance(each, BadRow))
        if not found:
            blank.append(line.number)
    kept, twice = once_each(good)
    return Found(kept, tuple(sorted((*bad, *twice), key=lambda each: each.line)), tuple(blank))


def once_each(
    found: Iterable[Row], first_day: Callable[[str, date], date] = lambda _, day: day
) -> tuple[tuple[Row, ...], tuple[BadRow, ...]]:
    """The rows with their days put to the first of their period, and the later ones of two for one period."""
    seen: dict[tuple[str, date], Row] = {}
    twice: list[BadRow] = []
    for row in found:
        on = first_day(row.reference, row.reading.on)
        before = seen.setdefault((row.reference, on), replace(row, reading=replace(row.reading, on=on)))
        if before.line != row.line or before.cell != row.cell:
            said = f"one reading for a period; line {before.line} has the one for {on:%d/%m/%Y}"
            twice.append(BadRow(row.line, row.cell, _shown(row.reading), said))
    return tuple(seen.values()), tuple(twice)


def _fits(grid: Grid, mapping: Mapping) -> None:
    """A mapping names columns that are there, each for one thing, and something to read."""
    named = [
        mapping.day,
        mapping.value,
        mapping.numerator,
        mapping.denominator,
        mapping.reference,
        mapping.note,
        mapping.within,
    ]
    columns = [each for each in named if each is not None] + [column for column, _ in mapping.wide]
    if any(not 0 <= each < grid.width for each in columns):
        raise Invalid("mapping", f"The file has {grid.width} columns; the mapping names one beyond them.")
    if len(set(columns)) < len(columns):
        raise Invalid("mapping", "A column is one thing only; the mapping gives one of them twice.")
    both = mapping.numerator is not None and mapping.denominator is not None
    if (mapping.numerator is None) != (mapping.denominator is None):
        raise Invalid("mapping", "A numerator and a denominator go together; the mapping names one of them.")
    if mapping.value is None and not mapping.wide and not both:
        raise Invalid("mapping", "Say which column holds the values, or the numerator and the denominator.")


def _read(
    grid: Grid, mapping: Mapping, line: Line, reference: str, per: float, shares: frozenset[int]
) -> Iterator[Row | BadRow]:
    columns: tuple[tuple[int | None, str], ...] = mapping.wide or ((mapping.value, reference),)
    both = (mapping.numerator, mapping.denominator)
    asked = (*(column for column, _ in columns), *both)
    if all(is_nothing(line.cell(each)) for each in asked if each is not None):
        return
    on = _day(mapping, line)
    note = line.cell(mapping.note)[:LONGEST_NOTE] if mapping.note is not None else ""
    if mapping.reference is not None and not mapping.wide:
        reference = line.cell(mapping.reference)
        columns = ((mapping.value, reference),)
        if not reference or len(reference) > LONGEST_REFERENCE:
            raise _Bad(mapping.reference, reference, "the reference of an indicator, such as K1")
    numerator, denominator = _ratio(mapping, line)
    for column, whose in columns:
        try:
            value = _number(mapping, line, column, shares)
        except _Bad as problem:
            yield _bad(grid, line, problem)
            continue
        if value is None and not mapping.wide and numerator is not None and denominator is not None:
            value = per * numerator / denominator
        if value is not None:
            at = column if column is not None else mapping.numerator or 0
            reading = Reading(on, value, numerator, denominator, note=note)
            yield Row(line.number, grid.place(line.number, at), whose, reading)


def _ratio(mapping: Mapping, line: Line) -> tuple[float | None, float | None]:
    """What is counted and out of how many; both or neither, and never out of nothing."""
    if mapping.numerator is None or mapping.denominator is None:
        return None, None
    numerator = _number(mapping, line, mapping.numerator, frozenset())
    denominator = _number(mapping, line, mapping.denominator, frozenset())
    if (numerator is None) != (denominator is None):
        column = mapping.numerator if numerator is None else mapping.denominator
        raise _Bad(column, line.cell(column), "a number: a numerator and a denominator go together")
    if denominator is not None and denominator <= 0:
        raise _Bad(mapping.denominator, line.cell(mapping.denominator), "a number above 0 to divide by")
    return numerator, denominator


def _day(mapping: Mapping, line: Line) -> date:
    said = mapping.day_said(line)
    on = first_day_of(said, order=mapping.order, year_start=mapping.year_start)
    if on is None and mapping.within is not None:
        year, within = line.cell(mapping.day), line.cell(mapping.within)
        raise _Bad(mapping.within if is_year(year) else mapping.day, f"{year} {within}".strip(), JOINED)
    if on is None:
        raise _Bad(mapping.day, said, WITH_YEAR if said.casefold().rstrip(".") in MONTHS else EXPECTED)
    return on


def _number(mapping: Mapping, line: Line, column: int | None, shares: frozenset[int]) -> float | None:
    if column is None or is_nothing(said := line.cell(column)):
        return None
    number = number_of(said, decimal=mapping.decimal)
    if number is None:
        raise _Bad(column, said, NUMBER)
    if column in shares and not number.percent and 0 < abs(number.value) <= 1:
        raise _Bad(column, said, "a percent sign, as other cells of the column have one")
    return number.value


def _percent_columns(grid: Grid, mapping: Mapping) -> frozenset[int]:
    """Columns in which some cell has a percent sign: a bare 0.87 there may be 87 in a hundred."""
    columns = {mapping.value, *(column for column, _ in mapping.wide)} - {None}
    return frozenset(
        column
        for column in columns
        if column is not None
        and any(
            isinstance(number := number_of(line.cell(column)), Number) and number.percent
            for line in grid.lines
        )
    )


def _bad(grid: Grid, line: Line, problem: _Bad) -> BadRow:
    return BadRow(
        line.number,
        grid.place(line.number, problem.column),
        problem.found[:LONGEST_FOUND],
        problem.expected,
    )


def _shown(reading: Reading) -> str:
    return f"{reading.value:g}" if reading.value is not None else ""

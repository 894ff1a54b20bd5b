"""The tables of indicators and of their readings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from watchkeep.apps.indicators import queries
from watchkeep.apps.indicators.queries import IndicatorRow, Lines
from watchkeep.domain.clock import PRESENT, Clock
from watchkeep.domain.indicator import Series
from watchkeep.domain.people import Actor
from watchkeep.jobs.tables import Table, iso

HEADING: Final = (
    "Reference", "Name", "Unit", "Better", "How often", "Kind", "Numerator", "Denominator", "Source", "Owner",
    "Last period", "Last reading", "Risks",
)  # fmt: skip
READINGS: Final = (
    "Indicator",
    "Period from",
    "Value",
    "Numerator",
    "Denominator",
    "Revision",
    "State",
    "Note",
)
AT_ONCE: Final = 50  # indicators whose readings are held at a time
LINES: Final = ("Indicator", "Kind", "From", "Until", "Value", "Said")


def table(viewer: Actor, clock: Clock = PRESENT, register: str = "") -> Table:
    """Every indicator, or those that speak to a risk of one register."""
    rows = tuple(map(cells, _among(viewer, clock, register)))
    return Table("indicators", "Indicators", HEADING, rows)


def lines(viewer: Actor, clock: Clock = PRESENT, register: str = "") -> Table:
    """What readings are held against, and what explains them."""
    among = _among(viewer, clock, register)
    held = queries.lines_of([each.id for each in among], clock)
    rows = tuple(row for each in among for row in _lines(each.reference, held[each.id]))
    return Table("lines", "Targets, rebases, notes and plans", LINES, rows)


def readings(viewer: Actor, clock: Clock = PRESENT, register: str = "") -> Iterator[tuple[str, ...]]:
    """Every reading that stands under `READINGS`, some indicators at a time: there may be millions."""
    shown = _among(viewer, clock, register)
    for start in range(0, len(shown), AT_ONCE):
        ids = [each.id for each in shown[start : start + AT_ONCE]]
        found = queries.series_among(viewer, ids, clock)
        for each in ids:
            if each in found:
                yield from _readings(found[each])


def cells(row: IndicatorRow) -> tuple[str, ...]:
    """An indicator in a row."""
    said, last = row.definition, row.last
    return (
        row.reference, said.name, said.unit, said.better, said.frequency, said.kind, said.numerator,
        said.denominator, said.source, row.owner, iso(last.on) if last else "",
        _amount(last.value) if last else "", str(row.risks),
    )  # fmt: skip


def _among(viewer: Actor, clock: Clock, register: str) -> tuple[IndicatorRow, ...]:
    """The indicators to show: all of them, or those that speak to a risk of one register."""
    rows = queries.indicators(viewer, clock)
    if not register:
        return rows
    chosen = queries.speaking_to(viewer, register, clock)
    return tuple(each for each in rows if each.id in chosen)


def _readings(series: Series) -> Iterator[tuple[str, ...]]:
    for each in series.readings:
        amounts = (_amount(each.value), _amount(each.numerator), _amount(each.denominator))
        yield (series.key, iso(each.on), *amounts, str(each.revision), each.state, each.note)


def _lines(reference: str, series: Lines) -> Iterator[tuple[str, ...]]:
    for line in series.targets:
        yield (reference, line.kind, iso(line.from_on), iso(line.until_on), _amount(line.value), line.source)
    for rebase in series.rebases:
        yield (reference, "rebase", iso(rebase.on), "", "", rebase.reason)
    for note in series.annotations:
        yield (reference, "note", iso(note.on), "", "", note.text)
    for point in series.plan:
        yield (reference, "plan", iso(point.on), "", _amount(point.value), "")


def _amount(value: float | None) -> str:
    """The shortest text that reads back as the same number."""
    return "" if value is None else repr(value).removesuffix(".0")

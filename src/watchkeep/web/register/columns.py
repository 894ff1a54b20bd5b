"""Every column that the register's table can show: what it is called, what a row says in it, how it sorts.

The page, the files taken from it and the choice of columns all read this one list.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from watchkeep.domain.document import DateField, Field, Risk, Stage, State
from watchkeep.web.components.marks import BandMark, TrendMark
from watchkeep.web.components.tags import day, spoken
from watchkeep.web.indicators.panels import Panel
from watchkeep.web.register.rows import Row

Shape = Literal["band", "trend", "stands", "figure", "text", "number"]


@dataclass(frozen=True, slots=True)
class Cell:
    """What a row says in one column. `words` is what a file writes; the marks are what the page draws."""

    label: str
    shape: Shape
    words: str
    state: State = "recorded"
    band: BandMark | None = None
    trend: TrendMark | None = None
    note: str = ""
    panel: Panel | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name in addresses, its heading, its cells, and what its rows are sorted by."""

    name: str
    label: str
    cell: Callable[[Row], Cell]
    numeric: bool = False


def columns_shown(wanted: Iterable[str], periods: Iterable[str]) -> tuple[Column, ...]:
    """The columns of these names in their fixed order; `trends` is one for each period, `latest` only the
    last of them, so that names keep their room.
    """
    asked = set(wanted)
    trends = [_trend(place, period) for place, period in enumerate(periods)]
    shown: list[Column] = []
    for name, _ in OFFERED:
        if name not in asked:
            continue
        if name == "trends":
            shown += trends
        elif name == "latest":
            shown += [] if "trends" in asked else trends[-LATEST:]
        else:
            shown.append(_PLAIN[name])
    return tuple(shown)


def heading_cells(row: Row) -> tuple[str, str]:
    """The reference and the name, which every row begins with."""
    return row.risk.reference.text or "", row.risk.name.text or ""


# --- The cells ----------------------------------------------------------------------------------------------


def _field(label: str, of: Callable[[Risk], Field]) -> Callable[[Row], Cell]:
    def cell(row: Row) -> Cell:
        field = of(row.risk)
        words = field.text or ""
        if isinstance(field, DateField) and field.on and words != day(field.on):
            words = day(field.on)
        return Cell(label, "text", words, field.state)

    return cell


def _text(label: str, of: Callable[[Row], str], field: Callable[[Risk], Field]) -> Callable[[Row], Cell]:
    """The register's own record where there is one, else the paper's words."""

    def cell(row: Row) -> Cell:
        words = of(row) or field(row.risk).text or ""
        return Cell(label, "text", words, "recorded" if words else field(row.risk).state)

    return cell


def _band(label: str, of: Callable[[Row], BandMark]) -> Callable[[Row], Cell]:
    def cell(row: Row) -> Cell:
        mark = of(row)
        return Cell(label, "band", mark.name, mark.state, band=mark)

    return cell


def _stage(label: str, stage: Stage) -> Callable[[Row], Cell]:
    def cell(row: Row) -> Cell:
        mark = row.stages.get(stage) or BandMark(name="", state="not recorded")
        return Cell(label, "band", mark.name, mark.state, band=mark)

    return cell


def _stands(row: Row) -> Cell:
    if row.stands is None:
        return Cell("Appetite", "stands", "", "not recorded")
    since = f"since {day(row.stands.since)}" if row.stands.since else ""
    note = row.stands.reason if row.stands.verdict == "cannot be said" else since
    words = f"{row.stands.verdict[:1].upper()}{row.stands.verdict[1:]}"
    return Cell("Appetite", "stands", words, note=note)


def _count(label: str, of: Callable[[Risk], int]) -> Callable[[Row], Cell]:
    return lambda row: Cell(label, "number", str(of(row.risk)))


def _rests(row: Row) -> Cell:
    """How many of its sentences rest on something, of those that need to."""
    if row.rests is None or not row.rests.sentences:
        return Cell("Rests on something", "text", "", "not applicable")
    found = row.rests
    words = f"{found.resting} of {found.sentences}"
    if again := found.moved + found.expired:
        words += f"; look again at {again}"
    if found.unbound_claims:
        words += f"; claims on nothing: {found.unbound_claims}"
    return Cell("Rests on something", "text", words)


def _figures(row: Row) -> Cell:
    """The indicator that leads: its course, and what it says."""
    found = row.leading
    if found is None:
        return Cell("Lead indicator", "text", "", "not recorded")
    words = f"{found.series.key} {found.series.definition.name}: {found.value}, {found.mark.word}"
    return Cell("Lead indicator", "figure", words, panel=found)


def _said_on(row: Row) -> Cell:
    on: date | None = row.beside.said_on if row.beside else None
    return Cell("Said as at", "text", day(on), "recorded" if on else "not recorded")


def _trend(place: int, period: str) -> Column:
    label = spoken(period)

    def cell(row: Row) -> Cell:
        mark = row.trends[place]
        return Cell(label, "trend", mark.movement or mark.text, mark.state, trend=mark)

    return Column(f"trends:{period}", label, cell)


OFFERED: Final = (
    ("band", "Band"),
    ("inherent", "Inherent band"),
    ("target", "Target band"),
    ("latest", "Latest trends"),
    ("trends", "Every trend"),
    ("appetite", "Appetite"),
    ("owner", "Owner"),
    ("category", "Category"),
    ("objective", "Objective"),
    ("review_date", "Review date"),
    ("due_date", "Due date"),
    ("date_raised", "Date raised"),
    ("treatment", "Treatment"),
    ("status", "Status"),
    ("controls", "Controls"),
    ("actions", "Actions"),
    ("figures", "Lead indicator"),
    ("rests", "Rests on something"),
    ("said_on", "Said as at"),
)
LATEST: Final = 2  # trend columns
USUAL: Final = ("band", "latest", "owner")  # and appetite and the lead indicator, where there are any

_PLAIN: Final[dict[str, Column]] = {
    each.name: each
    for each in (
        Column("band", "Band", _band("Band", lambda row: row.band)),
        Column("inherent", "Inherent band", _stage("Inherent band", "inherent")),
        Column("target", "Target band", _stage("Target band", "target")),
        Column("appetite", "Appetite", _stands),
        Column(
            "owner",
            "Owner",
            _text("Owner", lambda row: row.beside.owner if row.beside else "", lambda risk: risk.owner),
        ),
        Column(
            "category",
            "Category",
            _text(
                "Category", lambda row: row.beside.category if row.beside else "", lambda risk: risk.category
            ),
        ),
        Column(
            "objective",
            "Objective",
            _text(
                "Objective",
                lambda row: row.beside.objective if row.beside else "",
                lambda risk: risk.objective,
            ),
        ),
        Column("review_date", "Review date", _field("Review date", lambda risk: risk.review_date)),
        Column("due_date", "Due date", _field("Due date", lambda risk: risk.due_date)),
        Column("date_raised", "Date raised", _field("Date raised", lambda risk: risk.date_raised)),
        Column("treatment", "Treatment", _field("Treatment", lambda risk: risk.treatment)),
        Column("status", "Status", _field("Status", lambda risk: risk.status)),
        Column("controls", "Controls", _count("Controls", lambda risk: len(risk.controls)), numeric=True),
        Column("actions", "Actions", _count("Actions", lambda risk: len(risk.actions)), numeric=True),
        Column("figures", "Lead indicator", _figures),
        Column("rests", "Rests on something", _rests),
        Column("said_on", "Said as at", _said_on),
    )
}

"""The register document as the page's table: rows chosen, sorted, grouped and counted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from watchkeep.apps.register.queries import Beside
from watchkeep.domain.appetite import VERDICTS, Stands
from watchkeep.domain.document import RegisterDocument, Risk
from watchkeep.domain.finding import Finding, moved_of
from watchkeep.domain.indicator import Series
from watchkeep.domain.statement import Coverage
from watchkeep.web.components.marks import BandMark, TrendMark, band_mark, standing_mark, trend_mark
from watchkeep.web.indicators.panels import Panel, panel
from watchkeep.web.register.links import risk_link


@dataclass(frozen=True, slots=True)
class Row:
    """One risk as the table shows it."""

    risk: Risk
    link: str
    band: BandMark
    trends: tuple[TrendMark, ...]
    moved: str
    stages: Mapping[str, BandMark] = field(default_factory=dict)
    beside: Beside | None = None
    stands: Stands | None = None
    rests: Coverage | None = None  # where the table shows it
    leads: tuple[Series, date] | None = None  # the indicator that leads and its day, where the table shows it

    @property
    def leading(self) -> Panel | None:
        """The indicator that leads, judged when it is asked for: of a long register one page is shown."""
        return panel(*self.leads) if self.leads else None

    @property
    def owner(self) -> str:
        """Who answers for it: the post on record, else the paper's words."""
        return (self.beside.owner if self.beside else "") or self.risk.owner.text or ""

    @property
    def category(self) -> str:
        """Its category on record, else the paper's word."""
        return (self.beside.category if self.beside else "") or self.risk.category.text or ""

    @property
    def verdict(self) -> str:
        """Where it stands against appetite; nothing where that was not asked."""
        return self.stands.verdict if self.stands else ""

    @property
    def more(self) -> str:
        """What stands in the fold under the row."""
        said = [
            name
            for name, there in (
                ("description", self.risk.description.recorded or self.risk.event.recorded),
                ("impact", self.risk.impact.recorded),
            )
            if there
        ]
        if self.risk.controls:
            count = len(self.risk.controls)
            said.append("1 control" if count == 1 else f"{count} controls")
        if self.risk.actions:
            count = len(self.risk.actions)
            said.append("1 action" if count == 1 else f"{count} actions")
        text = " and ".join(filter(None, [", ".join(said[:-1]), said[-1] if said else ""]))
        return text[:1].upper() + text[1:]


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under one heading; no heading where nothing is grouped."""

    heading: str
    mark: BandMark | None
    rows: tuple[Row, ...]
    count: int = 0  # of the whole group, where only some of it is on this page


def all_rows(
    document: RegisterDocument,
    found: Finding,
    slug: str = "",
    *,
    beside: Mapping[str, Beside] | None = None,
    stands: Mapping[UUID, Stands] | None = None,
) -> tuple[Row, ...]:
    """Every risk, in the paper's order, with what the records say beside the document."""
    periods = tuple(document.periods())
    rows = []
    for risk in document.risks:
        by_period = {trend.period: trend for trend in risk.trends}
        own = (beside or {}).get(risk.key)
        rows.append(
            Row(
                risk=risk,
                link=risk_link(risk.key, slug),
                band=standing_mark(document.scale, risk.standing),
                trends=tuple(trend_mark(by_period.get(period), period) for period in periods),
                moved=moved_of(by_period.get(found.latest or "")),
                stages={
                    each.stage: band_mark(document.scale, each.rating)
                    for each in risk.assessments
                    if not each.part
                },
                beside=own,
                stands=(stands or {}).get(own.id) if own else None,
            )
        )
    return tuple(rows)


def chosen(rows: tuple[Row, ...], choices: dict[str, str], found: Finding) -> tuple[Row, ...]:
    """The rows that fit every choice, sorted as asked."""
    tests: dict[str, Callable[[Row], bool]] = {
        "q": lambda row: all(word in _words_of(row.risk) for word in choices["q"].casefold().split()),
        "band": lambda row: (row.band.name or row.band.state).casefold() == choices["band"].casefold(),
        "moved": lambda row: row.moved == choices["moved"],
        "missing": lambda row: any(
            row.risk.key in each.risks for each in found.not_recorded if each.field == choices["missing"]
        ),
        "score": lambda row: (
            row.risk.standing is not None and row.risk.standing.score.text == choices["score"]
        ),
        "due": lambda row: row.risk.key in found.past_due,
        "owner": lambda row: row.owner == choices["owner"],
        "category": lambda row: row.category == choices["category"],
        "appetite": lambda row: row.verdict == choices["appetite"],
    }
    kept = tuple(row for row in rows if all(test(row) for name, test in tests.items() if name in choices))
    return _sorted(kept, choices.get("sort", "paper"))


def _words_of(risk: Risk) -> str:
    """Everything a risk says, for finding words in it."""
    fields = (
        risk.reference,
        risk.name,
        risk.description,
        risk.cause,
        risk.event,
        risk.impact,
        risk.category,
        risk.objective,
        risk.owner,
        risk.status,
        risk.treatment,
        risk.contingency,
        *risk.controls,
        *risk.actions,
        *risk.extra,
    )
    return " ".join(field.text or "" for field in fields).casefold()


def _sorted(rows: tuple[Row, ...], sort: str) -> tuple[Row, ...]:
    order = SORTED.get(sort)
    return tuple(sorted(rows, key=order)) if order else rows


def _gravest(row: Row) -> tuple[int, date]:
    """Outside tolerance first, and there what has stood the longest."""
    verdict = row.stands.verdict if row.stands else "cannot be said"
    since = (row.stands.since if row.stands else None) or date.max
    return VERDICTS.index(verdict), since


def natural(text: str) -> tuple[tuple[int, int, str], ...]:
    """R2 before R10."""
    pieces: list[tuple[int, int, str]] = []
    digits = ""
    for sign in [*text.casefold(), ""]:
        if sign.isdecimal():
            digits += sign
            continue
        if digits:
            pieces.append((0, int(digits), ""))
            digits = ""
        pieces.append((1, 0, sign))
    return tuple(pieces)


def grouped(rows: tuple[Row, ...], by: str) -> tuple[Group, ...]:
    """Rows under headings: bands and verdicts gravest first, other headings in the order they come."""
    if by not in GROUPED:
        return (Group("", None, rows, len(rows)),) if rows else ()
    names: dict[str, list[Row]] = {}
    for row in rows:
        names.setdefault(GROUPED[by](row) or "Not recorded", []).append(row)
    groups = [
        Group(name, found[0].band if by == "band" else None, tuple(found), len(found))
        for name, found in names.items()
    ]
    if by == "band":
        groups.sort(key=lambda group: -(group.mark.rank if group.mark else 0))
    elif by == "appetite":
        groups.sort(key=lambda group: _gravest(group.rows[0])[0])
    return tuple(groups)


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


GROUPED: dict[str, Callable[[Row], str]] = {
    "band": lambda row: row.band.name,
    "moved": lambda row: _upper(row.moved),
    "category": lambda row: _upper(row.category or row.risk.category.state),
    "owner": lambda row: _upper(row.owner or row.risk.owner.state),
    "appetite": lambda row: _upper(row.verdict),
}


SORTED: dict[str, Callable[[Row], Any]] = {
    "band": lambda row: -row.band.rank,
    "reference": lambda row: natural(row.risk.reference.text or "\uffff"),
    "name": lambda row: (row.risk.name.text or "\uffff").casefold(),
    "owner": lambda row: (row.owner or "\uffff").casefold(),
    "category": lambda row: (row.category or "\uffff").casefold(),
    "review": lambda row: row.risk.review_date.on or date.max,
    "due": lambda row: row.risk.due_date.on or date.max,
    "appetite": _gravest,
}

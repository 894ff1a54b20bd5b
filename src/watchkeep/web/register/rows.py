"""The register document as the page's table: rows chosen, sorted, grouped and counted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from watchkeep.domain.document import RegisterDocument, Risk
from watchkeep.domain.finding import Finding, moved_of
from watchkeep.web.components.marks import BandMark, TrendMark, standing_mark, trend_mark
from watchkeep.web.components.pieces import Heat, HeatCell, HeatRisk, HeatRow
from watchkeep.web.register.links import risk_link


@dataclass(frozen=True, slots=True)
class Row:
    """One risk as the table shows it."""

    risk: Risk
    link: str
    band: BandMark
    trends: tuple[TrendMark, ...]
    moved: str

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


def all_rows(document: RegisterDocument, found: Finding, slug: str = "") -> tuple[Row, ...]:
    """Every risk, in the paper's order."""
    periods = tuple(document.periods())
    rows = []
    for risk in document.risks:
        by_period = {trend.period: trend for trend in risk.trends}
        rows.append(
            Row(
                risk=risk,
                link=risk_link(risk.key, slug),
                band=standing_mark(document.scale, risk.standing),
                trends=tuple(trend_mark(by_period.get(period), period) for period in periods),
                moved=moved_of(by_period.get(found.latest or "")),
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
    if sort == "band":
        return tuple(sorted(rows, key=lambda row: -row.band.rank))
    if sort == "reference":
        return tuple(sorted(rows, key=lambda row: natural(row.risk.reference.text or "\uffff")))
    if sort == "name":
        return tuple(sorted(rows, key=lambda row: (row.risk.name.text or "\uffff").casefold()))
    return rows


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
    """Rows under headings: bands gravest first, other headings in the order they come."""
    if by not in {"band", "moved", "category"}:
        return (Group("", None, rows),) if rows else ()
    names: dict[str, list[Row]] = {}
    for row in rows:
        names.setdefault(_heading(row, by), []).append(row)
    groups = [
        Group(name, found[0].band if by == "band" else None, tuple(found)) for name, found in names.items()
    ]
    if by == "band":
        groups.sort(key=lambda group: -(group.mark.rank if group.mark else 0))
    return tuple(groups)


def _heading(row: Row, by: str) -> str:
    if by == "band":
        return row.band.name or "Not recorded"
    text = row.moved if by == "moved" else (row.risk.category.text or row.risk.category.state)
    return text[:1].upper() + text[1:]


def heat(document: RegisterDocument, rows: tuple[Row, ...]) -> Heat | None:
    """Likelihood by impact, where the paper rates both; a cell is tinted where its risks agree on a band."""
    likelihoods = [level.name for level in sorted(document.scale.likelihood, key=lambda level: -level.rank)]
    impacts = [level.name for level in sorted(document.scale.impact, key=lambda level: level.rank)]
    placed: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        standing = row.risk.standing
        if standing and standing.likelihood.text and standing.impact.text:
            placed.setdefault((_plain(standing.likelihood.text), _plain(standing.impact.text)), []).append(
                row
            )
    if not placed or not likelihoods or not impacts:
        return None
    return Heat(
        caption="Risks by likelihood and impact",
        impacts=tuple(impacts),
        rows=tuple(
            HeatRow(name, tuple(_cell(placed.get((_plain(name), _plain(impact)), [])) for impact in impacts))
            for name in likelihoods
        ),
    )


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def _cell(rows: list[Row]) -> HeatCell:
    steps = {row.band.step for row in rows}
    named = tuple(HeatRisk(row.risk.reference.text or row.risk.key, row.link) for row in rows)
    return HeatCell(named, steps.pop() if len(steps) == 1 else 0)

"""One risk at a time: its sheet, where it stands, what was promised for it, what stands behind its words."""

from __future__ import annotations

from dataclasses import dataclass

from watchkeep.domain.document import RegisterDocument, Risk, Trend
from watchkeep.domain.edition import Edition
from watchkeep.domain.finding import latest_period
from watchkeep.formats.writers.paper.cells import cell_of, step_of
from watchkeep.formats.writers.paper.columns import columns_of
from watchkeep.formats.writers.paper.coverage import coverage_note
from watchkeep.formats.writers.paper.measures import measured_of
from watchkeep.formats.writers.paper.ordering import ordered
from watchkeep.formats.writers.paper.promises import promises_of
from watchkeep.formats.writers.paper.references import referenced
from watchkeep.formats.writers.paper.sheets import room_of, sheet_of
from watchkeep.formats.writers.paper.sources import listing_of
from watchkeep.formats.writers.paper.values import Cell, Listing, Measured, Sheet


@dataclass(frozen=True, slots=True)
class RiskPage:
    """Everything that a paper says of one risk."""

    risk: Risk  # its texts with their references in them
    sheet: Sheet
    standing: Cell | None  # its band, else its score
    moved: Cell | None  # its trend in the latest period
    trends: tuple[tuple[Trend, Cell], ...]  # in the source's order
    period: str
    coverage: str
    promises: Listing | None
    measured: Measured | None
    sources: Listing | None


def pages_of(document: RegisterDocument, edition: Edition | None = None) -> tuple[RiskPage, ...]:
    """A page a risk, in the paper's order."""
    plain = ordered(document, edition)
    marked, references = referenced(plain)
    columns = columns_of(marked)
    cells = {risk.key: [cell_of(risk, column, marked) for column in columns] for risk in marked.risks}
    room = [room_of(place, cells) for place in range(len(columns))]
    names = {risk.key: risk.reference.text or risk.name.text or risk.key for risk in plain.risks}
    latest = latest_period(plain) or ""
    made = []
    for risk, bare in zip(marked.risks, plain.risks, strict=True):
        said = {column.meaning: cell for column, cell in zip(columns, cells[risk.key], strict=True)}
        own = references.of(risk.key)
        made.append(
            RiskPage(
                risk=risk,
                sheet=sheet_of(risk, columns, cells[risk.key], room),
                standing=standing_of(bare, plain),
                moved=said.get(f"trends:{latest}"),
                trends=tuple(
                    (trend, said[f"trends:{trend.period}"])
                    for trend in risk.trends
                    if f"trends:{trend.period}" in said
                ),
                period=latest,
                coverage=coverage_note([bare], edition),
                promises=promises_of([bare], named=False),
                measured=measured_of(plain.risks, bare),
                sources=listing_of(own, names) if own else None,
            )
        )
    return tuple(made)


def standing_of(risk: Risk, document: RegisterDocument) -> Cell | None:
    """Where the risk stands: its band on its tint, else its score."""
    standing = risk.standing
    if standing is None:
        return None
    text = " ".join((standing.rating.text or "").split())
    if text:
        return Cell("band", text, step=step_of(document.scale, text))
    score = " ".join((standing.score.text or "").split())
    return Cell("label", score) if score else None

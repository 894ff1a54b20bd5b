"""What moved in the latest period, each risk with where it stands and why: worsened first."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import shorten
from typing import Final

from watchkeep.domain.document import RegisterDocument
from watchkeep.domain.finding import Finding, Moved, moved_of
from watchkeep.web.components.marks import BandMark, TrendMark, standing_mark, trend_mark
from watchkeep.web.register.links import risk_link

WAYS: Final[tuple[Moved, ...]] = ("worsening", "rising", "falling", "improving")
MOST: Final = 8  # named one by one; the register has the rest
QUOTED: Final = 180  # signs of a reason


@dataclass(frozen=True, slots=True)
class MovedRisk:
    """A risk that moved: its mark, its band and what that rests on."""

    reference: str
    name: str
    link: str
    band: BandMark
    trend: TrendMark
    why: str


def moved(document: RegisterDocument, found: Finding, slug: str) -> tuple[MovedRisk, ...]:
    """The risks that moved in the finding's latest period, the worsened first; no more than can be read."""
    if not found.latest:
        return ()
    rows: list[tuple[int, MovedRisk]] = []
    for risk in document.risks:
        trend = next((each for each in risk.trends if each.period == found.latest), None)
        way = moved_of(trend)
        if way not in WAYS:
            continue
        mark = trend_mark(trend, found.latest)
        row = MovedRisk(
            reference=risk.reference.text or "",
            name=risk.name.text or "Risk without a name",
            link=risk_link(risk.key, slug),
            band=standing_mark(document.scale, risk.standing),
            trend=mark,
            why=shorten(mark.reason or mark.basis, QUOTED, placeholder=" …"),
        )
        rows.append((WAYS.index(way), row))
    rows.sort(key=lambda pair: (pair[0], -pair[1].band.rank))
    return tuple(row for _, row in rows[:MOST])

"""Where a risk stood, as a strip of rising steps and the table that says the same in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from watchkeep.domain.course import Stood
from watchkeep.domain.document import Scale
from watchkeep.web.components.marks import BandMark, TrendMark, standing_mark, trend_mark

WIDE, STEP = 64, 48  # of one column, and the height of the highest band


@dataclass(frozen=True, slots=True)
class Row:
    """One quarter: its step in the strip, and its line in the table."""

    label: str
    short: str  # under its step
    band: BandMark
    trend: TrendMark | None
    x: int
    height: int

    @property
    def y(self) -> int:
        """Where its step starts, so that all stand on one line."""
        return STEP - self.height


@dataclass(frozen=True, slots=True)
class Course:
    """The strip is drawn only where a scale gives the bands an order, and there is more than one."""

    rows: tuple[Row, ...]
    moves: bool  # whether any quarter has a mark

    @property
    def width(self) -> int:
        """Of the strip."""
        return WIDE * len(self.rows)

    @property
    def drawn(self) -> bool:
        """Whether there is anything to compare."""
        return sum(row.height > 0 for row in self.rows) > 1


def course(scale: Scale, stood: Iterable[Stood]) -> Course:
    """Lay the course out."""
    rows = tuple(_row(scale, each, WIDE * position) for position, each in enumerate(stood))
    return Course(rows, any(row.trend for row in rows))


def _row(scale: Scale, stood: Stood, x: int) -> Row:
    band = standing_mark(scale, stood.standing)
    height = round(STEP * band.rank / band.of) if band.of else 0
    trend = trend_mark(stood.trend, stood.label) if stood.quarter else None
    short = f"Q{stood.quarter.quarter}" if stood.quarter else ""
    return Row(stood.label, short, band, trend, x, height)

"""Which way risks moved, and how many each way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from watchkeep.domain.document import RegisterDocument, Trend

# A rising or falling arrow that nobody has given a meaning stays one: it is neither good nor bad.
Moved = Literal["worsening", "rising", "steady", "falling", "improving", "not applicable", "not recorded"]
MOVED: tuple[Moved, ...] = (
    "worsening",
    "rising",
    "steady",
    "falling",
    "improving",
    "not applicable",
    "not recorded",
)


@dataclass(frozen=True, slots=True)
class MovedCount:
    """How many risks moved one way in one period."""

    period: str
    moved: Moved
    risks: tuple[str, ...]

    @property
    def count(self) -> int:
        """How many."""
        return len(self.risks)


def moved_of(trend: Trend | None) -> Moved:
    """Which way a trend goes; an arrow without a meaning is told as the way it points."""
    if trend is None or trend.state == "not recorded":
        return "not recorded"
    if trend.state == "not applicable":
        return "not applicable"
    if trend.movement or trend.direction is None:
        return trend.movement or "not recorded"
    pointing: dict[str, Moved] = {"up": "rising", "level": "steady", "down": "falling"}
    return pointing[trend.direction]


def moved_in(document: RegisterDocument, period: str) -> tuple[MovedCount, ...]:
    """How many moved each way in one period."""
    found: dict[Moved, list[str]] = {each: [] for each in MOVED}
    for risk in document.risks:
        trend = next((each for each in risk.trends if each.period == period), None)
        found[moved_of(trend)].append(risk.key)
    return tuple(MovedCount(period, each, tuple(keys)) for each, keys in found.items())

"""The assurance map: for each control, what each line of defence last found, and where nobody looked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from watchkeep.domain.check import LINES, Check, Freshness

GAPS: Final[dict[str, str]] = {
    "never": "Nobody has ever checked it",
    "stale": "Every check of it is stale",
    "owner only": "Only its owner speaks for it",
    "not independent": "Nobody independent has tested it lately",
}


@dataclass(frozen=True, slots=True)
class Cell:
    """What one line of defence last found, and how that counts; empty where that line never looked."""

    line: int
    check: Check | None = None
    freshness: Freshness | None = None


@dataclass(frozen=True, slots=True)
class Cover:
    """One control across the lines of defence, and its gap, as `GAPS` names it; none where there is none."""

    cells: tuple[Cell, ...]
    gap: str

    @property
    def sentence(self) -> str:
        """The gap in words."""
        return GAPS.get(self.gap, "")


def cover(checks: Iterable[Check], on: date) -> Cover:
    """What the lines found by a day."""
    known = tuple(each for each in checks if each.on <= on)
    return Cover(tuple(_cell(known, line, on) for line in LINES), _gap(known, on))


def _cell(checks: tuple[Check, ...], line: int, on: date) -> Cell:
    latest = max(
        (each for each in checks if each.line == line),
        key=lambda each: (each.on, each.strength),
        default=None,
    )
    return Cell(line, latest, latest.freshness(on) if latest else None)


def _gap(checks: tuple[Check, ...], on: date) -> str:
    """The gravest gap of a control: at most one, so that the map can be counted."""
    if not checks:
        return "never"
    counting = [each for each in checks if each.freshness(on) != "stale"]
    if not counting:
        return "stale"
    if all(each.kind == "attestation" for each in counting):
        return "owner only"
    return "" if any(each.kind == "assurance" for each in counting) else "not independent"

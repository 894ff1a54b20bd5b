"""Larger values that the templates draw: steps, what happened, the heat map, a pager."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from watchkeep.domain.wording import Run, reworded, shortened


@dataclass(frozen=True, slots=True)
class Source:
    """Where a field was read: the passage, the file, the place, how surely, and who confirmed it."""

    text: str
    file: str
    places: tuple[str, ...]
    confidence: float
    reason: str
    link: str = ""
    confirmed: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of long work."""

    name: str
    state: Literal["done", "now", "waiting", "failed"]
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """One field's value before and after; empty text is nothing."""

    name: str
    before: str
    after: str

    @property
    def was(self) -> tuple[Run, ...]:
        """What it said, with the words that are gone marked; cut down where it is long."""
        return tuple(each for each in self._runs if each.kind != "added")

    @property
    def now(self) -> tuple[Run, ...]:
        """What it says, with the words that have come marked; cut down where it is long."""
        return tuple(each for each in self._runs if each.kind != "removed")

    @property
    def _runs(self) -> tuple[Run, ...]:
        return shortened(reworded(self.before, self.after))


@dataclass(frozen=True, slots=True)
class Happening:
    """One entry of the history, as a sentence."""

    sequence: int
    at: datetime
    by: str
    sentence: str
    why: str = ""
    changes: tuple[Change, ...] = ()
    file: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class HeatRisk:
    """A risk named in a cell."""

    reference: str
    link: str
    name: str = ""
    band: str = ""
    came: str = ""  # in words, where it moved from; empty where it stands as it stood
    turn: int | None = None  # the way it went, in degrees clockwise from straight up


@dataclass(frozen=True, slots=True)
class HeatCell:
    """The risks of one likelihood and impact, the cell's tint (0 for none), and the band that they make."""

    risks: tuple[HeatRisk, ...]
    step: int
    band: str = ""
    impact: str = ""
    left: tuple[HeatRisk, ...] = ()  # those that stood here before and stand elsewhere now


@dataclass(frozen=True, slots=True)
class HeatRow:
    """One likelihood across all impacts."""

    likelihood: str
    cells: tuple[HeatCell, ...]


@dataclass(frozen=True, slots=True)
class Heat:
    """Counts by likelihood (rows, the gravest first) and impact (columns)."""

    caption: str
    impacts: tuple[str, ...]
    rows: tuple[HeatRow, ...]
    outside: tuple[HeatRisk, ...] = ()  # rated by a band alone, on another scale, or not at all
    moves: tuple[HeatRisk, ...] = ()  # what moved, each saying whence and whither
    title: str = "Where the risks stand"  # what the picture shows, in a sentence
    otherwise: tuple[HeatRisk, ...] = ()  # rated otherwise than the cell's band, on an earlier version


@dataclass(frozen=True, slots=True)
class Pager:
    """Where a long list stands, newest first."""

    number: int
    last: int
    newer: str = ""
    older: str = ""

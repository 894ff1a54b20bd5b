"""An indicator, its readings, targets, rebases and plan as plain values; nothing is worked out here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Better = Literal["up", "down", "neither"]
# What is measured: it decides the unit's words, whether a denominator belongs to it and which charts fit.
Kind = Literal["number", "share", "rate", "count", "money", "hours", "index"]
Family = Literal["xmr", "p", "u", "c"]
Frequency = Literal["day", "week", "month", "quarter", "year"]
# Not yet due, late and missing are different: before the day on which it was to be had; after it; given up.
ReadingState = Literal["recorded", "not yet due", "late", "missing"]
TargetKind = Literal["target", "upper tolerance", "lower tolerance"]


@dataclass(frozen=True, slots=True)
class Definition:
    """What is measured and how, as it reads from a day; a later version takes its place and changes nothing
    that was measured under it.
    """

    name: str
    unit: str  # as printed after a value: "%", "cases", "£", "minutes"
    better: Better
    frequency: Frequency
    source: str = ""  # where its readings come from
    kind: Kind = "number"
    family: Family = "xmr"
    numerator: str = ""  # what is counted, where it is a share or a rate
    denominator: str = ""  # out of what
    due_after: int = 0  # days after a period's end on which its reading is to be had
    seasonal: bool = False  # the same month of other years is its peer
    baseline: int | None = (
        None  # how many first readings of a segment its limits are fixed on; the dialect's if none
    )
    from_on: date | None = None
    number: int = 1
    theme: str = ""  # what it is about: its row where themes are held against measures
    measure: str = ""  # what kind of figure it is there: its column


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read for one period. `on` is the period's first day; nothing is read where `value` is none."""

    on: date
    value: float | None
    numerator: float | None = None
    denominator: float | None = None
    state: ReadingState = "recorded"
    revision: int = 1  # 2 and more: a correction, which supersedes
    note: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """A line that readings are held against from a day until a day (the last day excluded)."""

    value: float
    from_on: date
    until_on: date | None = None
    kind: TargetKind = "target"
    source: str = ""


@dataclass(frozen=True, slots=True)
class Rebase:
    """The process changed for a known reason, so limits are worked out anew from this day."""

    on: date
    reason: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class Annotation:
    """What happened on a day and may explain what follows."""

    on: date
    text: str


@dataclass(frozen=True, slots=True)
class PlanPoint:
    """What was planned for a day: of money, benefits, people."""

    on: date
    value: float


@dataclass(frozen=True, slots=True)
class Series:
    """One indicator with all that is drawn and judged of it, its readings in the order of their days.

    `key` is its reference in the register (K1, K2 …), or the file's name where there are no records.
    """

    key: str
    definition: Definition
    readings: tuple[Reading, ...]
    targets: tuple[Target, ...] = ()
    rebases: tuple[Rebase, ...] = ()
    annotations: tuple[Annotation, ...] = ()
    plan: tuple[PlanPoint, ...] = ()

    @property
    def recorded(self) -> tuple[Reading, ...]:
        """The readings that have a value."""
        return tuple(each for each in self.readings if each.value is not None)

"""What an action is expected to do to an indicator, and from when until when that is looked for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final, Literal

from watchkeep.domain.errors import Invalid
from watchkeep.domain.indicator.figure import figure
from watchkeep.domain.indicator.observing import NEVER_BELOW_NOUGHT
from watchkeep.domain.indicator.values import Definition, Frequency
from watchkeep.domain.spc.spacing import next_period

Measure = Literal["change", "level"]
# How many periods ahead a forecast is tried, to hold an effect against it: a good year of each, as far as the
# tries that an interval takes do not cost more than they tell.
REACH: Final[dict[Frequency, int]] = {"day": 120, "week": 60, "month": 24, "quarter": 12, "year": 5}
JUDGED: Final = 3  # the readings that are judged


@dataclass(frozen=True, slots=True)
class Expected:
    """What an action is expected to do to an indicator: change it by an amount, or bring it to a level."""

    measure: Measure
    amount: float
    by: date

    def __post_init__(self) -> None:
        if self.measure not in ("change", "level"):
            raise Invalid("measure", f"It is change or level; not “{self.measure}”.")
        if self.measure == "change" and self.amount == 0:
            raise Invalid("amount", "Say by how much it is to change; a change of 0 is no effect.")

    def spoken(self, unit: str) -> str:
        """In words: "up by 5 cases by 1 June 2026"."""
        return f"{self.aim(unit)} by {said(self.by)}"

    def aim(self, unit: str) -> str:
        """The same without its day: "up by 5 cases"."""
        if self.measure == "level":
            return f"to {figure(self.amount, unit)}"
        return f"{'up' if self.amount > 0 else 'down'} by {difference_of(abs(self.amount), unit)}"


@dataclass(frozen=True, slots=True)
class Awaited:
    """An expected effect with the days that count: readings of before `started` are what it is held against.

    `late`: by how many days the promise was kept later than was meant when the effect was expected; the day
    by which it is to show moves with it.
    """

    expected: Expected
    started: date
    done_on: date | None = None
    late: int = 0


def awaited(expected: Expected, *, from_on: date, due_on: date | None, done_on: date | None) -> Awaited:
    """The days that count. What is done late is given as much longer; what is done early began early.

    `due_on`: the promise's day as it stood when the effect was expected, if it had one.
    """
    if done_on is None:
        return Awaited(expected, from_on)
    late = max((done_on - max(from_on, due_on or from_on)).days, 0)
    moved = replace(expected, by=expected.by + timedelta(days=late))
    return Awaited(moved, min(from_on, done_on), done_on, late)


def must_be_possible(expected: Expected, from_on: date, definition: Definition) -> None:
    """Refuse an effect that no reading can show, or that lies too far off for any forecast."""
    unit, frequency = definition.unit, definition.frequency
    if expected.by <= from_on:
        raise Invalid("by", "An effect shows on a day after the one on which the action begins.")
    if expected.measure == "level" and expected.amount < 0 and definition.kind in NEVER_BELOW_NOUGHT:
        level = figure(expected.amount, unit)
        raise Invalid("amount", f"{definition.name} is never below nought; it cannot come to {level}.")
    on, steps = from_on, 0
    while on < expected.by and steps <= REACH[frequency]:
        on, steps = next_period(on, frequency), steps + 1
    if steps + JUDGED > REACH[frequency]:
        most = REACH[frequency] - JUDGED
        raise Invalid(
            "by",
            f"What would come without the action is foretold up to {REACH[frequency]} {frequency}s ahead, "
            f"and it takes {JUDGED} readings to judge: give a day within {most} {frequency}s of "
            f"{said(from_on)}.",
        )


def difference_of(amount: float, unit: str) -> str:
    """An amount by which readings differ: of shares it is told in points, for 5% of 40% are 2."""
    return figure(amount, "percentage points" if unit == "%" else unit)


def said(day: date) -> str:
    """A day as it stands in a sentence."""
    return f"{day.day} {day:%B} {day.year}"


def in_own_words(definition: Definition, reference: str, expected: Expected) -> str:
    """What a promise says of its effect, where nobody said it otherwise: "K3 Lamps out: down by 5 lamps"."""
    return f"{reference} {definition.name}: {expected.aim(definition.unit)}"

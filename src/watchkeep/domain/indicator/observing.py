"""What may be recorded as a reading: judged before anything is written, one reading at a time."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from watchkeep.domain.clock import FIRST_DAY, LAST_DAY
from watchkeep.domain.finding import written
from watchkeep.domain.indicator.periods import first_of, last_of
from watchkeep.domain.indicator.values import Definition, Kind, Reading
from watchkeep.domain.naming import in_words
from watchkeep.domain.period import APRIL

NEVER_BELOW_NOUGHT: Final[frozenset[Kind]] = frozenset({"share", "rate", "count", "hours"})
# A share is printed rounded: what is divided again may differ from it by half of the last figure printed.
ROUNDING: Final = 0.005
LONGEST: Final = timedelta(days=366)  # no period is longer


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a reading is not taken: which of its fields, and the sentence."""

    field: str
    sentence: str


def whole_of(definition: Definition) -> float:
    """What a share of all is, in the indicator's unit: 100 where it counts per cent, else 1."""
    return 100.0 if "%" in definition.unit or "per cent" in definition.unit.lower() else 1.0


def completed(definition: Definition, reading: Reading, *, year_start: int = APRIL) -> Reading:
    """The reading under the first day of its period, and a share worked out where only its parts are said."""
    value, above, below = reading.value, reading.numerator, reading.denominator
    if value is None and definition.kind == "share" and above is not None and below:
        value = above / below * whole_of(definition)
    return Reading(
        on=first_of(reading.on, definition.frequency, year_start=year_start),
        value=_number(value),
        numerator=_number(above),
        denominator=_number(below),
        state="recorded" if value is not None else "missing",
        revision=reading.revision,
        note=in_words(reading.note) if reading.note else "",
    )


def fault(definition: Definition, reading: Reading, today: date, *, early: bool = False) -> Fault | None:
    """Nothing where a `completed` reading may be recorded, else why not. `early`: it is said to be had before
    its period's end, as a head count on the first of the month is.
    """
    if not FIRST_DAY <= reading.on <= LAST_DAY:
        return Fault("on", f"Give a day from {FIRST_DAY.year} to {LAST_DAY.year}, not {reading.on}.")
    amounts = (
        ("value", reading.value),
        ("numerator", reading.numerator),
        ("denominator", reading.denominator),
    )
    for name, number in amounts:
        if number is not None and not math.isfinite(number):
            return Fault(name, f"A {name} is a number; {number!r} is none.")
    return (
        _ahead(definition, reading, today, early)
        or _amount(definition, reading)
        or _parts(definition, reading)
    )


def _ahead(definition: Definition, reading: Reading, today: date, early: bool) -> Fault | None:
    if reading.on > today:
        return Fault("on", f"The {definition.frequency} of {written(reading.on)} has not begun yet.")
    if today - reading.on >= LONGEST:
        return None
    last = last_of(reading.on, definition.frequency)
    if last > today and not early and reading.value is not None:
        return Fault(
            "on",
            f"The {definition.frequency} of {written(reading.on)} ends on {written(last)}; its reading is "
            "recorded then, or said to be an early one.",
        )
    return None


def _amount(definition: Definition, reading: Reading) -> Fault | None:
    value = reading.value
    if value is None:
        given = reading.numerator is not None or reading.denominator is not None
        if given:
            return Fault("value", "Say the value too: it cannot be worked out from what is given.")
        return None if reading.note else Fault("note", "Say why there is no reading for this period.")
    if definition.kind in NEVER_BELOW_NOUGHT and value < 0:
        return Fault("value", f"A {definition.kind} is not below nought; {value:g} is.")
    if definition.kind == "count" and not value.is_integer():
        return Fault("value", f"A count is a whole number; {value:g} is not.")
    if definition.kind == "share" and value > whole_of(definition):
        unit = f" in {definition.unit}" if definition.unit else ""
        return Fault(
            "value", f"A share{unit} lies between 0 and {whole_of(definition):g}; {value:g} does not."
        )
    return None


def _parts(definition: Definition, reading: Reading) -> Fault | None:
    above, below, value = reading.numerator, reading.denominator, reading.value
    if below is not None and below <= 0:
        return Fault("denominator", f"A denominator is above nought; {below:g} is not.")
    if above is not None and above < 0:
        return Fault("numerator", f"A numerator is not below nought; {above:g} is.")
    if definition.kind != "share" or above is None or below is None or value is None:
        return None
    if above > below:
        return Fault("numerator", f"A share's numerator is at most its denominator: {above:g} of {below:g}.")
    whole = whole_of(definition)
    if abs(above / below * whole - value) > ROUNDING * whole:
        worked = above / below * whole
        return Fault("value", f"{above:g} of {below:g} is {worked:.4g}, and the value says {value:g}.")
    return None


def _number(value: float | None) -> float | None:
    """As a float; nought has one sign."""
    return None if value is None else float(value) + 0.0

"""A reading of an indicator, or what its chart says, as a thing that a sentence rests on."""

from __future__ import annotations

from datetime import date
from typing import Final

from watchkeep.domain.days import later_by_months
from watchkeep.domain.indicator import Definition, Frequency, Reading, Series
from watchkeep.domain.indicator.figure import figure
from watchkeep.domain.indicator.periods import last_of
from watchkeep.domain.people import Refusal
from watchkeep.domain.spc.spacing import spoken
from watchkeep.domain.spc.values import Verdict
from watchkeep.domain.statement.grounds import shelf_life

# For how many months a reading counts after its period's end: until the one after the next could be had.
COUNTS: Final[dict[Frequency, int]] = {"day": 1, "week": 2, "month": 4, "quarter": 7, "year": 24}
SILENT: Final = ("too little to say", "stale")
CHART: Final = "what its chart says"


def period_named(on: date, frequency: Frequency) -> str:
    """The period that begins on that day: "October 2026", "the week of 3 November 2025"."""
    if frequency == "week":
        return f"the week of {spoken(on, 'week')}"
    if frequency == "year" and (on.month, on.day) != (1, 1):
        return f"the year from {spoken(on, 'year')}"
    return spoken(on, frequency)


def reading_named(key: str, definition: Definition, on: date) -> str:
    """A reading by its indicator and its period: "K3 Abandoned calls, October 2026"."""
    return f"{key} {definition.name}, {period_named(on, definition.frequency)}"


def chart_named(key: str, definition: Definition) -> str:
    """What the chart of an indicator says, by its indicator."""
    return f"{key} {definition.name}, {CHART}"


def reading_on(on: date, definition: Definition, today: date) -> date:
    """The day of a reading: the last of its period, or today where it was had before that."""
    return min(last_of(on, definition.frequency), today)


def reading_counts_until(on: date, frequency: Frequency, asked: date | None = None) -> date | None:
    """The last day on which a reading of that day counts: the one that was asked for, else by how often it
    is read.
    """
    return shelf_life("observation", on, asked) if asked else later_by_months(on, COUNTS[frequency])


def latest_of(series: Series, since: date | None = None) -> Reading | None:
    """The last reading that has a value, if its period is after that one."""
    last = series.recorded[-1] if series.recorded else None
    return last if last is not None and (since is None or last.on > since) else None


def reading_of(series: Series, on: date) -> Reading | None:
    """The reading of the period that begins on that day, given up or not."""
    return next((each for each in series.readings if each.on == on), None)


def reading_moved(series: Series, on: date, then: float) -> str:
    """Why the reading of a period is not what it was: it was corrected, in figures that are printed, or given
    up.
    """
    now, unit = reading_of(series, on), series.definition.unit
    if now is None:
        return ""
    named = reading_named(series.key, series.definition, on)
    if now.value is None:
        why = f": {now.note.rstrip('.')}" if now.note else ""
        return f"The reading of {named} was given up{why}."
    was, told = figure(then, unit), figure(now.value, unit)
    return "" if was == told else f"The reading of {named} was corrected: it is {told}, and was {was}."


def reading_newer(series: Series, on: date) -> str:
    """The reading that has come since, in a sentence; nothing where none has."""
    last = latest_of(series, on)
    if last is None:
        return ""
    period = period_named(last.on, series.definition.frequency)
    return f"A newer one is out: {period}, {figure(last.value, series.definition.unit)}."


def verdict_named(verdict: Verdict) -> str:
    """The verdict in a word, and whether a single reading is all that it has."""
    unsure = verdict.word in ("improving", "worsening") and not verdict.confirmed
    return f"{verdict.word}, not confirmed" if unsure else verdict.word


def verdict_moved(key: str, then: str, now: Verdict) -> str:
    """Why what a chart says is not what it said. A first sign that was confirmed since is no move."""
    if then in (verdict_named(now), f"{now.word}, not confirmed"):
        return ""
    return f"The chart of {key} said {then}, and says so no longer. {now.sentence}"


def may_hold(key: str, verdict: Verdict) -> Refusal | None:
    """A chart that says nothing yet, or nothing any more, holds no sentence up."""
    return (
        Refusal(f"The chart of {key} holds nothing up. {verdict.sentence}")
        if verdict.word in SILENT
        else None
    )

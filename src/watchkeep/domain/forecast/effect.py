"""An action's expected effect held against what came, and against what was expected without it.

What it proposes stands beside a person's word of the effect and never in its place.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from watchkeep.domain.commitment import Facts
from watchkeep.domain.errors import Invalid, Refused
from watchkeep.domain.forecast.making import FURTHEST, forecast_of
from watchkeep.domain.forecast.values import Edges, Forecast
from watchkeep.domain.indicator.figure import figure
from watchkeep.domain.indicator.values import Reading, Series
from watchkeep.domain.spc.spacing import next_period, spoken

Measure = Literal["change", "level"]
Word = Literal["came", "did not come", "too early", "too little to say"]
# The readings that are judged, and how many of them must lie outside the interval. Of independent readings
# without any effect, two of three lie beyond one edge of 80 % about 3 times in 100.
JUDGED: Final = 3
OUTSIDE: Final = 2


@dataclass(frozen=True, slots=True)
class Expected:
    """What an action is expected to do to an indicator: change it by an amount, or bring it to a level."""

    measure: Measure
    amount: float
    by: date

    def __post_init__(self) -> None:
        if self.measure == "change" and self.amount == 0:
            raise Invalid("amount", "Say by how much it is to change; a change of 0 is no effect.")

    def spoken(self, unit: str) -> str:
        """In words: "up by 5 cases by 1 June 2026"."""
        day = f"{self.by.day} {self.by:%B} {self.by.year}"
        if self.measure == "level":
            return f"to {figure(self.amount, unit)} by {day}"
        return f"{'up' if self.amount > 0 else 'down'} by {figure(abs(self.amount), unit)} by {day}"


@dataclass(frozen=True, slots=True)
class Compared:
    """One period: what came, what was expected without the action, and what was hoped for with it."""

    on: date
    came: float
    without: float
    edges: Edges | None  # 80 %, without the action
    hoped: float | None  # from the day by which it was to show


@dataclass(frozen=True, slots=True)
class Effect:
    """Whether the effect came, said so that it can be checked."""

    word: Word
    sentence: str
    compared: tuple[Compared, ...] = ()
    difference: float | None = None  # mean of what came less what was expected without it, over those judged


def effect_of(series: Series, expected: Expected, *, started: date, as_at: date) -> Effect:
    """Hold what came after `started` against the forecast from before it.

    It came when two of the last three readings from the expected day on lie beyond the 80 % edge on the side
    that was hoped for. The forecast is from readings before the action alone, so nothing of it is in there.
    """
    frequency, unit = series.definition.frequency, series.definition.unit
    since = [each for each in series.recorded if started <= each.on <= as_at]
    due = [each for each in since if next_period(each.on, frequency) > expected.by]
    if len(due) < JUDGED:
        need = "one more reading" if len(due) == JUDGED - 1 else f"{JUDGED - len(due)} more readings"
        return Effect("too early", f"It takes {need} from {_day(expected.by)} on to say whether it came.")
    before = [each for each in series.recorded if each.on < started]
    ahead = _steps(before[-1].on, since, series) if before else 0
    if not 1 <= ahead <= FURTHEST:
        return Effect("too little to say", "What came lies too far from the last reading before it began.")
    try:
        without = forecast_of(series, as_at=before[-1].on, ahead=ahead)
    except Refused as refusal:
        return Effect("too little to say", f"Nothing was to be expected without it. {refusal.sentence}")
    compared = _compared(without, expected, since)
    judged = [each for each in compared if each.hoped is not None][-JUDGED:]
    if len(judged) < JUDGED or any(each.edges is None for each in judged):
        said = "Too few forecasts so far ahead were tried before it began to know how far off one may be."
        return Effect("too little to say", said, compared)
    upward = _upward(expected, judged[0])
    outside = sum(_outside(each, upward=upward) for each in judged)
    difference = sum(each.came - each.without for each in judged) / len(judged)
    word: Word = "came" if outside >= OUTSIDE else "did not come"
    last = spoken(judged[-1].on, frequency)
    sentence = (
        f"The effect {word}: up to {last}, {outside} of the last {JUDGED} readings lie beyond what was to be "
        f"expected without it (80 %), on average {figure(abs(difference), unit)} "
        f"{'above' if difference >= 0 else 'below'} it. Hoped for was {expected.spoken(unit)}."
    )
    return Effect(word, sentence, compared, difference)


def proposed(facts: Facts, effect: Effect, by: date, day: date) -> str | None:
    """That a promise was delivered without effect, for a person to say or not: the readings' word alone.

    Nothing where it is not done, its day has not passed, or a person has said whether the effect was seen.
    """
    done = facts.outcome == "done" and (facts.outcome_on is None or facts.outcome_on <= day)
    spoken_for = facts.effect_seen is not None and (facts.effect_on is None or facts.effect_on <= day)
    if not done or spoken_for or by >= day or effect.word != "did not come":
        return None
    return f"By its readings it was delivered without effect. {effect.sentence} Nobody has said so yet."


def _steps(last: date, since: list[Reading], series: Series) -> int:
    on, steps = last, 0
    while on < since[-1].on and steps <= FURTHEST:
        on, steps = next_period(on, series.definition.frequency), steps + 1
    return steps


def _compared(without: Forecast, expected: Expected, since: list[Reading]) -> tuple[Compared, ...]:
    came = {each.on: each.value for each in since}
    found = []
    for point in without.points:
        value = came.get(point.on)
        if value is None:
            continue
        hoped = point.middle + expected.amount if expected.measure == "change" else expected.amount
        is_due = next_period(point.on, without.frequency) > expected.by
        found.append(Compared(point.on, value, point.middle, point.inner, hoped if is_due else None))
    return tuple(found)


def _upward(expected: Expected, first: Compared) -> bool:
    return expected.amount > (0 if expected.measure == "change" else first.without)


def _outside(each: Compared, *, upward: bool) -> bool:
    if each.edges is None:
        return False
    return each.came > each.edges.high if upward else each.came < each.edges.low


def _day(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"

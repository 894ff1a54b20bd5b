"""An action's expected effect held against what came, and against what was expected without it.

What it proposes stands beside a person's word of the effect and never in its place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import floor, log10
from statistics import fmean
from typing import Final, Literal

from watchkeep.domain.commitment import Facts
from watchkeep.domain.errors import Refused
from watchkeep.domain.forecast.expecting import JUDGED, REACH, Expected, difference_of, said
from watchkeep.domain.forecast.making import forecast_of
from watchkeep.domain.forecast.values import Edges, Forecast
from watchkeep.domain.indicator.figure import figure
from watchkeep.domain.indicator.observing import NEVER_BELOW_NOUGHT
from watchkeep.domain.indicator.values import Reading, Series
from watchkeep.domain.spc.spacing import next_period, spoken

Word = Literal["came", "partly", "did not come", "the other way", "too early", "too little to say"]
# What each word is called on a page.
VERDICTS: Final[dict[Word, str]] = {
    "came": "Came as expected",
    "partly": "Came in part",
    "did not come": "Did not come",
    "the other way": "Moved the other way",
    "too early": "Too soon to say",
    "too little to say": "Too little to say",
}
WITHOUT: Final[frozenset[Word]] = frozenset({"did not come", "the other way"})
# How many of those judged must lie outside the interval. Of independent readings without any effect, two of
# three lie beyond one edge of 80 % about 3 times in 100.
OUTSIDE: Final = 2


@dataclass(frozen=True, slots=True)
class Compared:
    """One period: what came, what was expected without the action, and what was hoped for with it."""

    on: date
    came: float | None  # none where nothing has come yet
    without: float
    edges: Edges | None  # 80 %, without the action
    hoped: float | None  # from the day by which it was to show
    judged: bool = False


@dataclass(frozen=True, slots=True)
class Effect:
    """Whether the effect came, said so that it can be checked.

    `difference`: mean of what came less what was expected without it, over those judged; `between` holds it
    four times in five, and more often where forecasts are not all wrong the same way.
    """

    word: Word
    sentence: str
    compared: tuple[Compared, ...] = ()
    difference: float | None = None
    between: Edges | None = None
    beside: tuple[str, ...] = ()  # what else is known to have changed within that time
    method: str = ""  # the way of forecasting that it was held against


def effect_of(series: Series, expected: Expected, *, started: date, as_at: date, undone: str = "") -> Effect:
    """Hold what came after `started` against the forecast from before it.

    It came when two of the last three readings from the expected day on lie beyond the 80 % edge on the side
    that was hoped for; in part where all that was hoped for is further off than the interval reaches. The
    forecast is from periods that ended before the action began, so nothing of it is in there. `undone`: why
    it is not to be judged yet, if so.
    """
    frequency = series.definition.frequency
    known = [each for each in series.recorded if each.on <= as_at]
    before = [each for each in known if next_period(each.on, frequency) <= started]
    after = [each for each in known if next_period(each.on, frequency) > started]
    course, method, silence = _course(series, expected, before, after)
    judged = [each for each in course if each.judged]
    last = judged[-1].on if judged else (after[-1].on if after else started)
    beside = _beside(series, started, last)
    if undone:
        return Effect("too early", undone, course, beside=beside, method=method)
    due = [each for each in after if next_period(each.on, frequency) > expected.by]
    if len(due) < JUDGED:
        return Effect("too early", _early(len(due), expected, silence), course, beside=beside, method=method)
    if len(judged) < JUDGED:
        why = silence or (
            "Too few forecasts so far ahead were tried before it began to know how far off one may be."
        )
        return Effect("too little to say", why, course, beside=beside, method=method)
    return _judged(series, expected, course, judged, beside, method)


def proposed(facts: Facts, effect: Effect, by: date, day: date) -> str | None:
    """That a promise was delivered without effect, for a person to say or not: the readings' word alone.

    Nothing where it is not done, its day has not passed, or a person has said whether the effect was seen.
    """
    done = facts.outcome == "done" and (facts.outcome_on is None or facts.outcome_on <= day)
    spoken_for = facts.effect_seen is not None and (facts.effect_on is None or facts.effect_on <= day)
    if not done or spoken_for or by >= day or effect.word not in WITHOUT:
        return None
    return f"By its readings it was delivered without effect. {effect.sentence} Nobody has said so yet."


def _course(
    series: Series, expected: Expected, before: Sequence[Reading], after: Sequence[Reading]
) -> tuple[tuple[Compared, ...], str, str]:
    """Each period since the last one of before, the way that it was foretold, or why it could not be."""
    frequency = series.definition.frequency
    if not before:
        return (), "", "Nothing was to be expected without it: no reading is of before it began."
    on, ahead, due = before[-1].on, 0, 0
    until = after[-1].on if after else on
    while ahead < REACH[frequency] and (due < JUDGED or on < until):
        on, ahead = next_period(on, frequency), ahead + 1
        due += next_period(on, frequency) > expected.by
    if due < JUDGED:
        return (), "", "The day by which it was to show lies too far from the last reading before it began."
    try:
        without = forecast_of(series, as_at=before[-1].on, ahead=ahead, furthest=REACH[frequency])
    except Refused as refusal:
        why = refusal.sentence.replace("Wait for more, or bring", "Bring")  # none of before it will come
        return (), "", f"Nothing was to be expected without it. {why}"
    never_below = series.definition.kind in NEVER_BELOW_NOUGHT and min(_values(before)) >= 0
    return _compared(without, expected, after, never_below=never_below), without.chosen, ""


def _compared(
    without: Forecast, expected: Expected, after: Sequence[Reading], *, never_below: bool
) -> tuple[Compared, ...]:
    came = {each.on: each.value for each in after}
    due = [each.on for each in without.points if next_period(each.on, without.frequency) > expected.by]
    # Further ahead than forecasts were tried often enough, nothing is judged: what was said before stands.
    sure = {each.on for each in without.points if each.inner}
    last = [on for on in due if on in sure and came.get(on) is not None][-JUDGED:]
    found = []
    for point in without.points:
        hoped = point.middle + expected.amount if expected.measure == "change" else expected.amount
        hoped = max(hoped, 0.0) if never_below else hoped
        found.append(
            Compared(
                point.on,
                came.get(point.on),
                point.middle,
                point.inner,
                hoped if point.on in due else None,
                judged=point.on in last,
            )
        )
    return tuple(found)


def _judged(
    series: Series,
    expected: Expected,
    course: tuple[Compared, ...],
    judged: Sequence[Compared],
    beside: tuple[str, ...],
    method: str,
) -> Effect:
    """The word, where there is enough to say one: `judged` have come, are due and have edges."""
    unit = series.definition.unit
    hoped = fmean((each.hoped or 0.0) - each.without for each in judged)
    upward = _upward(series, expected, hoped)
    if (hoped <= 0) if upward else (hoped >= 0):
        anyway = figure(fmean(each.without for each in judged), unit)
        why = f"Without it, {anyway} was to be expected by then: no less than what was hoped for from it."
        return Effect("too little to say", why, course, beside=beside, method=method)
    difference = fmean(_came(each) - each.without for each in judged)
    between = Edges(
        fmean(_came(each) - each.edges.high for each in judged if each.edges),
        fmean(_came(each) - each.edges.low for each in judged if each.edges),
    )
    with_it = sum(_outside(each, upward=upward) for each in judged)
    against = sum(_outside(each, upward=not upward) for each in judged)
    whole = between.high >= hoped if upward else between.low <= hoped
    word: Word
    if with_it >= OUTSIDE:
        word = "came" if whole else "partly"
    elif against >= OUTSIDE:
        word = "the other way"
    else:
        # Readings that vary so much that all of it may have come do not say that nothing did.
        word = "too little to say" if whole else "did not come"
    sentence = _sentence(series, expected, judged, word, max(with_it, against), difference, between)
    return Effect(word, sentence, course, difference, between, beside, method)


SAYS: Final[dict[Word, str]] = {
    "came": "The effect came as expected",
    "partly": "The effect came in part",
    "did not come": "The effect did not come",
    "the other way": "It moved the other way",
    "too little to say": "The readings vary too much to say whether it came",
}


def _sentence(
    series: Series,
    expected: Expected,
    judged: Sequence[Compared],
    word: Word,
    outside: int,
    difference: float,
    between: Edges,
) -> str:
    unit, frequency = series.definition.unit, series.definition.frequency
    size = between.high - between.low
    off, reach = _off(_rounded(difference, size), unit), _range(between, unit)
    return (
        f"{SAYS[word]}: up to {spoken(judged[-1].on, frequency)}, {outside or 'none'} of the last {JUDGED} "
        f"readings {'lies' if outside == 1 else 'lie'} beyond what was to be expected without it (80 %), on "
        f"average {off} it ({reach}). Hoped for was "
        f"{expected.spoken(unit)}."
    )


def _rounded(value: float, size: float) -> float:
    """As many digits as an interval of that size leaves worth reading."""
    return round(value, 1 - floor(log10(size))) if size > 0 else value


def _off(difference: float, unit: str) -> str:
    return f"{difference_of(abs(difference), unit)} {'above' if difference >= 0 else 'below'}"


def _range(between: Edges, unit: str) -> str:
    size = between.high - between.low
    low, high = _rounded(between.low, size), _rounded(between.high, size)
    if low < 0 <= high:
        return f"from {_off(low, unit)} to {_off(high, unit)}, 80 %"
    near, far = sorted((abs(low), abs(high)))
    return f"{figure(near)} to {difference_of(far, unit)}, 80 %"


def _early(due: int, expected: Expected, silence: str) -> str:
    need = "one more reading" if due == JUDGED - 1 else f"{JUDGED - due} more readings"
    sentence = f"It takes {need} from {said(expected.by)} on to say whether it came."
    return f"{sentence} As it stands, nothing could be said even then. {silence}" if silence else sentence


def _beside(series: Series, started: date, last: date) -> tuple[str, ...]:
    """Rebases, notes and a new definition within that time: what may be in the difference besides."""
    found = [(each.on, f"new limits, {each.reason}") for each in series.rebases if started <= each.on <= last]
    found += [(each.on, each.text) for each in series.annotations if started <= each.on <= last]
    begins = series.definition.from_on
    if begins and series.definition.number > 1 and started <= begins <= last:
        found.append((begins, "it is measured otherwise"))
    return tuple(f"{said(on)}: {text.rstrip('.')}." for on, text in sorted(found))


def _upward(series: Series, expected: Expected, hoped: float) -> bool:
    """Which way was hoped for: by the sign of a change; to a level, by which way is better."""
    if expected.measure == "change":
        return expected.amount > 0
    better = series.definition.better
    return hoped > 0 if better == "neither" else better == "up"


def _outside(each: Compared, *, upward: bool) -> bool:
    if each.edges is None or each.came is None:
        return False
    return each.came > each.edges.high if upward else each.came < each.edges.low


def _came(each: Compared) -> float:
    if each.came is None:
        raise ValueError(f"nothing came for {each.on}, and it is judged")
    return each.came


def _values(readings: Sequence[Reading]) -> list[float]:
    return [each.value for each in readings if each.value is not None]

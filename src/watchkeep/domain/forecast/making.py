"""Makes a forecast: every way is tried on what has come since, and the one that was least far off is used.

The same readings give the same forecast: nothing is drawn by chance.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from hashlib import sha256
from math import isnan
from typing import Final

import numpy as np

from watchkeep.domain.errors import Invalid
from watchkeep.domain.forecast.bounds import bounds_of
from watchkeep.domain.forecast.doubts import doubts_of
from watchkeep.domain.forecast.stretch import Stretch, stretch_of
from watchkeep.domain.forecast.telling import sentence_of
from watchkeep.domain.forecast.values import Candidate, Edges, Forecast, Held, Point
from watchkeep.domain.indicator.values import Series
from watchkeep.domain.spc.spacing import next_period, spoken
from watchkeep.quant import forecast as numbers
from watchkeep.quant.scores import Coverage, Numbers

# A way must have been off by so much less than the best naive one: on series that wander by chance alone, one
# of several ways is a little nearer more often than not. Nor may it be nearer by one wild reading alone.
MARGIN: Final = 0.05
FURTHEST: Final = 24
SIGNIFICANT: Final = 0.05


def forecast_of(
    series: Series, *, as_at: date, ahead: int, across_rebases: bool = False, furthest: int = FURTHEST
) -> Forecast:
    """What is expected of the next `ahead` periods after the last reading that `as_at` had.

    Refused, with a sentence, where there are too few readings without a gap since the last rebase.
    """
    if not 1 <= ahead <= furthest:
        raise Invalid("ahead", f"A forecast goes 1 to {furthest} periods ahead; {ahead} is not among them.")
    stretch = stretch_of(series, as_at, across_rebases=across_rebases)
    row = np.array(stretch.values)
    within = bounds_of(series.definition, stretch.values)
    trials, unfit = _trials(row, stretch, ahead, within)
    # Sorting keeps the order of equals, and naive stands first: what is only as good is not preferred to it.
    ranked = sorted(trials, key=_error)
    naive = next(each for each in ranked if each.method in numbers.NAIVE)
    beats = ranked[0].method not in numbers.NAIVE and _clearly_nearer(ranked[0], naive)
    chosen = ranked[0] if beats else _plainest(ranked)
    middles = numbers.forecast(row, chosen.method, ahead=ahead, period=chosen.period)
    points = _points(series, stretch, np.clip(middles, *within), chosen, within)
    candidates = tuple(_candidate(each) for each in ranked)
    last = stretch.readings[-1]
    return Forecast(
        key=series.key,
        name=series.definition.name,
        unit=series.definition.unit,
        better=series.definition.better,
        frequency=series.definition.frequency,
        as_at=as_at,
        first_on=stretch.readings[0].on,
        last_on=last.on,
        last_value=float(row[-1]),
        known=len(row),
        season=stretch.season,
        chosen=chosen.method,
        beats_naive=beats,
        candidates=candidates,
        points=points,
        residuals=tuple(tuple(chosen.residuals(step).tolist()) for step in range(1, ahead + 1)),
        sentence=sentence_of(candidates, chosen.method, beats, points, series.definition),
        cautions=stretch.cautions + unfit + _silences(points) + doubts_of(stretch, chosen, series.definition),
        vintage=_vintage(series, stretch),
        digest=_digest(series, stretch, ahead),
        library=numbers.library(),
    )


def digest_of(series: Series, *, as_at: date, ahead: int) -> str:
    """What the digest of such a forecast would be, without making it; refused where none can be made."""
    return _digest(series, stretch_of(series, as_at), ahead)


def digest_of_inputs(series: Series, *, as_at: date, ahead: int) -> str:
    """SHA-256 over all that a refusal follows from, for a forecast that could not be made."""
    inputs = {
        "readings": [[each.on.isoformat(), each.value] for each in series.recorded if each.on <= as_at],
        "rebases": [each.on.isoformat() for each in series.rebases],
        "definition": _measured(series),
        "ahead": ahead,
        "library": numbers.library(),
    }
    return _hashed(inputs)


def _measured(series: Series) -> list[str | bool]:
    """What of a definition a forecast follows from, or repeats in words."""
    said = series.definition
    return [said.name, said.unit, said.better, said.frequency, said.kind, said.seasonal]


def _error(trial: numbers.Backtest) -> float:
    return float(np.nanmean(np.abs(trial.errors)))


def _clearly_nearer(one: numbers.Backtest, other: numbers.Backtest) -> bool:
    """By its mean error, and no further off by its middle one: a mean can hang on a single wild reading."""
    middle, bar = (float(np.nanmedian(np.abs(each.errors))) for each in (one, other))
    return _error(one) <= (1 - MARGIN) * _error(other) and middle <= bar


def _plainest(ranked: Sequence[numbers.Backtest]) -> numbers.Backtest:
    """The last reading again, unless the same season before was clearly nearer."""
    naive, *seasonal = sorted(
        (each for each in ranked if each.method in numbers.NAIVE), key=lambda each: each.method != "naive"
    )
    nearer = [each for each in seasonal if _clearly_nearer(each, naive)]
    return nearer[0] if nearer else naive


def _ways(stretch: Stretch, most: int) -> tuple[tuple[numbers.Method, int], ...]:
    """Each way with the season that it is given. Both naive ones stand among them wherever they can be tried,
    for the bar is the nearer of the two.
    """
    ways = tuple((method, stretch.season) for method in numbers.methods(stretch.season))
    if stretch.season == 1 and 1 < stretch.year <= max(stretch.first, len(stretch.readings) - most):
        return (ways[0], ("seasonal naive", stretch.year), *ways[1:])
    return ways


def _most(ahead: int) -> int:
    """The most origins that are gone back over: the furthest step is tried as often as an interval takes."""
    return max(numbers.MOST, ahead + numbers.LEAST - 1)


def _trials(
    row: Numbers, stretch: Stretch, ahead: int, within: tuple[float, float]
) -> tuple[list[numbers.Backtest], tuple[str, ...]]:
    """Every way that fits at each origin and on all that is known, and which did not. Naive ones do."""
    trials, unfit = [], []
    most = _most(ahead)
    for method, period in _ways(stretch, most):
        try:
            numbers.forecast(row, method, ahead=ahead, period=period)
            trials.append(
                numbers.backtest(
                    row,
                    method,
                    ahead=ahead,
                    period=period,
                    first=stretch.first,
                    within=within,
                    scaled_by=stretch.season,
                    most=most,
                )
            )
        except numbers.Unfit:
            unfit.append(f"{method.capitalize()} was left out: it does not fit these readings.")
    return trials, tuple(unfit)


def _candidate(trial: numbers.Backtest) -> Candidate:
    tested, mase = numbers.tested(trial), trial.mase
    inner, outer = (
        _held(every, first) for every, first in zip(tested.coverage, tested.first_step, strict=True)
    )
    return Candidate(
        trial.method,
        _error(trial),
        None if isnan(mase) else mase,
        tested.crps,
        (inner, outer),
        trial.origins,
        tested.scored,
    )


def _held(every: Coverage | None, first: Coverage | None) -> Held | None:
    if every is None:
        return None
    return Held(every.inside, every.size, first is not None and first.probability < SIGNIFICANT)


def _points(
    series: Series,
    stretch: Stretch,
    middles: Numbers,
    trial: numbers.Backtest,
    within: tuple[float, float],
) -> tuple[Point, ...]:
    on, found = stretch.readings[-1].on, []
    reach: list[float | None] = [0.0, 0.0]
    for step, middle in enumerate(middles.tolist(), 1):
        on = next_period(on, series.definition.frequency)
        # An edge further ahead is never nearer: that would come of the few residuals alone.
        for place, level in enumerate(numbers.LEVELS):
            half, before = numbers.half_width(trial.residuals(step), level), reach[place]
            reach[place] = None if half is None or before is None else max(half, before)
        inner, outer = (_edges(middle, half, within) for half in reach)
        found.append(Point(on, middle, inner, outer))
    return tuple(found)


def _edges(middle: float, half: float | None, within: tuple[float, float]) -> Edges | None:
    if half is None:
        return None
    return Edges(max(middle - half, within[0]), min(middle + half, within[1]))


def _silences(points: tuple[Point, ...]) -> tuple[str, ...]:
    """Which intervals could not be drawn, and what it would take."""
    found = []
    for name, least, drawn in (
        ("80 %", numbers.LEAST, [each.inner for each in points]),
        ("95 %", 19, [each.outer for each in points]),
    ):
        missing = sum(each is None for each in drawn)
        if missing:
            where = "no period" if missing == len(drawn) else f"the first {len(drawn) - missing} alone"
            found.append(
                f"An interval of {name} is drawn for {where}: it takes {least} forecasts as far ahead whose "
                "outcome has come."
            )
    return tuple(found)


def _vintage(series: Series, stretch: Stretch) -> str:
    corrected = sum(each.revision > 1 for each in stretch.readings)
    first, last = (spoken(stretch.readings[place].on, series.definition.frequency) for place in (0, -1))
    said = f"{len(stretch.readings)} readings, {first} to {last}"
    return f"{said}, {corrected} of them corrected" if corrected else f"{said}, none of them corrected"


def _digest(series: Series, stretch: Stretch, ahead: int) -> str:
    """SHA-256 over what the forecast follows from: the readings, how far ahead, the ways and the library."""
    inputs = {
        "readings": [[each.on.isoformat(), each.value] for each in stretch.readings],
        "definition": _measured(series),
        "within": [str(each) for each in bounds_of(series.definition, stretch.values)],
        "season": stretch.season,
        "first": stretch.first,
        "ahead": ahead,
        "ways": _ways(stretch, _most(ahead)),
        "library": numbers.library(),
    }
    return _hashed(inputs)


def _hashed(inputs: Mapping[str, object]) -> str:
    return sha256(json.dumps(inputs, sort_keys=True, separators=(",", ":")).encode()).hexdigest()

"""`python -m benchmarks.arrows [SERIES]`: how often an arrow is false, and how often a change is found.

Made-up series of each kind are judged as the register would; SERIES of each (2,000 without). A false arrow is
a signal on what the verdict rests on, where nothing changed. A share of p has a standard error of the root of
p (1 - p) / SERIES: half a percentage point at 5 % of 2,000.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from watchkeep.domain.days import later_by_months
from watchkeep.domain.indicator import Definition, Reading, Series
from watchkeep.domain.spc import judged
from watchkeep.quant.xmr import Floats

SERIES = 2_000
MONTHLY = Definition("made up", "", "up", "month")
ALL = replace(MONTHLY, baseline=1_000_000)
Made = Callable[[np.random.Generator], Floats]


@dataclass(frozen=True)
class Kind:
    """What is made, how it is declared, and whether something changed in it."""

    name: str
    made: Made
    definition: Definition = MONTHLY
    cases: int = 0  # out of which shares are told


def independent(number: int) -> Made:
    """Nothing but chance."""
    return lambda chance: 100 + chance.normal(size=number)


def remembering(memory: float, number: int) -> Made:
    """Each reading keeps so much of what the one before was."""

    def made(chance: np.random.Generator) -> Floats:
        values = chance.normal(size=number + 50)
        for place in range(1, number + 50):
            values[place] += memory * values[place - 1]
        return 100 + values[50:]

    return made


def seasonal(height: float, number: int, turn: int = 12, step: float = 0) -> Made:
    """One wave in so many readings, so many sigma high, that begins anywhere; a step for the last ten."""

    def made(chance: np.random.Generator) -> Floats:
        wave = np.sin(np.arange(number) * 2 * np.pi / turn + chance.uniform(0, 2 * np.pi))
        return 100 + chance.normal(size=number) + height * wave + step * (np.arange(number) >= number - 10)

    return made


def stepped(height: float, since: int, number: int) -> Made:
    """A step of so many sigma, so many readings before the end."""
    return lambda chance: 100 + chance.normal(size=number) + height * (np.arange(number) >= number - since)


def swinging(height: float, change: Callable[[Floats], Floats], number: int) -> Made:
    """One wave a year, so many sigma high, and a change besides."""
    season = seasonal(height, number)
    return lambda chance: season(chance) + change(np.arange(float(number)))


def levelling(slope: float, until: int, number: int) -> Made:
    """A line of so many sigma a reading, that levels off after so many."""
    return lambda chance: 100 + slope * np.minimum(np.arange(number), until) + chance.normal(size=number)


def decaying(kept: float, number: int) -> Made:
    """A hundred sigma high, of which each reading keeps so much."""
    return lambda chance: 100 * kept ** np.arange(number) + chance.normal(size=number)


def counted(share: float, scatter: float, size: int, number: int) -> Made:
    """Cases out of `size`, whose share itself scatters by so much."""

    def made(chance: np.random.Generator) -> Floats:
        shares = np.clip(share + scatter * chance.normal(size=number), 0.001, 0.999)
        return chance.binomial(size, shares) / size

    return made


def kinds() -> Iterator[Kind]:
    """What the documents quote figures of."""
    yield Kind("independent, 24 readings", independent(24))
    yield Kind("independent, 24, limits from all", independent(24), ALL)
    yield Kind("independent, 40", independent(40))
    for memory, number in ((0.3, 40), (0.6, 24), (0.6, 40), (0.6, 60), (0.8, 60)):
        yield Kind(f"autocorrelation {memory}, {number}", remembering(memory, number))
    for height in (1, 2):
        for number in (36, 48):
            yield Kind(f"season of {height} sigma, {number}", seasonal(height, number))
    yield Kind("lognormal (0.9), 24", lambda chance: np.exp(3 + 0.9 * chance.normal(size=24)))
    yield Kind(
        "lognormal (0.9), 24, limits from all", lambda chance: np.exp(0.9 * chance.normal(size=24)), ALL
    )
    yield Kind("exponential, 40", lambda chance: chance.exponential(10, 40))
    yield Kind("counts of 1, 40", lambda chance: chance.poisson(1, 40).astype(float))
    yield Kind("counts of 1, 40, limits from all", lambda chance: chance.poisson(1, 40).astype(float), ALL)
    of_many = replace(MONTHLY, kind="share", family="p")
    yield Kind("p chart, 200 cases a month, 30", counted(0.2, 0, 200, 30), of_many, 200)
    yield Kind(
        "p chart, 20,000, its share scatters by 0.02, 30", counted(0.2, 0.02, 20_000, 30), of_many, 20_000
    )
    yield Kind("step of 1 sigma 12 ago, 36", stepped(1, 12, 36))
    yield Kind("step of 2 sigma 7 ago, 36", stepped(2, 7, 36))
    yield Kind("step of 2 sigma 12 ago, 36", stepped(2, 12, 36))
    yield Kind("step of 3 sigma 7 ago, 36", stepped(3, 7, 36))
    yield Kind("down 1 sigma a reading for 14, 26", levelling(-1, 14, 26))
    yield Kind("down half a sigma a reading for 20, 36", levelling(-0.5, 20, 36))
    weekly, daily = replace(MONTHLY, frequency="week"), replace(MONTHLY, frequency="day")
    yield Kind("weekly, a season of 3 sigma, 156", seasonal(3, 156, 52), weekly)
    yield Kind("the same and a step of 3 sigma, 10 ago", seasonal(3, 156, 52, 3), weekly)
    yield Kind("daily, a week that swings by 3 sigma, 120", seasonal(3, 120, 7), daily)
    yield Kind("the same and a step of 3 sigma, 10 ago", seasonal(3, 120, 7, 3), daily)
    for number in (48, 60):
        step = swinging(2, lambda at, since=number - 12: 3.0 * (at >= since), number)
        yield Kind(f"season of 2 sigma and a step of 3, 12 ago, {number}", step)
    yield Kind("season of 2 sigma and 0.15 sigma a month, 48", swinging(2, lambda at: 0.15 * at, 48))
    yield Kind("each keeps 0.93 of the one before, 26", decaying(0.93, 26))


def measured(kind: Kind, number: int) -> tuple[float, ...]:
    """Shares of series: the last drawn reading flagged; of what was tested the last, any of the last three;
    a confirmed arrow.
    """
    chance = np.random.default_rng(20)
    first, frequency = date(2020, 1, 6), kind.definition.frequency
    days = [
        later_by_months(date(2020, 1, 1), at)
        if frequency == "month"
        else first + timedelta(days=at if frequency == "day" else 7 * at)
        for at in range(156)
    ]
    counts = np.zeros(4)
    for _ in range(number):
        readings = tuple(
            Reading(on, value, value * kind.cases, float(kind.cases)) if kind.cases else Reading(on, value)
            for on, value in zip(days, kind.made(chance).tolist(), strict=False)
        )
        chart = judged(Series("K1", kind.definition, readings))
        tested = [bool(each.signals) for each in (chart.tested or chart.readings)[-3:]]
        counts += (bool(chart.readings[-1].signals), tested[-1], any(tested), chart.verdict.confirmed)
    return tuple(counts / number)


def main() -> None:
    """Print a line for each kind."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else SERIES
    print(
        f"{number} series each; per cent of them {'drawn':>8} {'tested':>8} {'of three':>9} {'confirmed':>10}"
    )
    for kind in kinds():
        shares = [f"{100 * share:.1f}" for share in measured(kind, number)]
        print(f"{kind.name:40} {shares[0]:>8} {shares[1]:>8} {shares[2]:>9} {shares[3]:>10}", flush=True)


if __name__ == "__main__":
    main()

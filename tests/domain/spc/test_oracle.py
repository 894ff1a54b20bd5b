"""Thousands of made-up series: every limit, flag, verdict and prospect as a slow second reading has them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise, product
from math import log, sqrt
from typing import Any

import numpy as np
import pytest

import oracle_of_charts as oracle
from made_series import MONTHS, day, remembering, series
from watchkeep.domain.indicator import Better, Series
from watchkeep.domain.spc import Chart, Dialect, judged
from watchkeep.quant.xmr import Floats

DIALECTS: tuple[Dialect, ...] = ("mdc", "ptd", "six")
BETTER: tuple[Better, ...] = ("up", "down", "neither")
Made = Callable[[Any], Any]
WAVE = 3 * np.sin(np.arange(48) * np.pi / 6)
EACH = 30  # series for each dialect, direction and kind of values


def noise(chance: np.random.Generator, number: int) -> Floats:
    return chance.normal(0, 8, number)


def few_values(chance: np.random.Generator, number: int) -> Floats:
    """Ties, and readings on the mean and on the limits."""
    return chance.integers(0, 4, number).astype(float)


def walking(chance: np.random.Generator, number: int) -> Floats:
    return np.cumsum(chance.normal(0, 3, number))


def stepped(chance: np.random.Generator, number: int) -> Floats:
    return noise(chance, number) + 20 * (np.arange(number) >= chance.integers(0, number))


def sloped(chance: np.random.Generator, number: int) -> Floats:
    return chance.normal(0, 3, number) + chance.choice([-2, 2]) * np.arange(number)


def spiked(chance: np.random.Generator, number: int) -> Floats:
    return chance.normal(0, 2, number) + 40 * (chance.random(number) < 0.08)


def made(chance: np.random.Generator, kind: object) -> list[int | None]:
    number = int(chance.choice([1, 2, 7, 8, 9, 12, 13, 20, 21, 24, 30, 48]))
    values = [round(float(each)) for each in kind(chance, number)]  # type: ignore[operator]
    gaps = chance.random(number) < (0.08 if chance.random() < 0.4 else 0)
    return [None if gap else value for gap, value in zip(gaps, values, strict=True)]


def close(told: float | None, exact: Fraction | None) -> bool:
    if told is None or exact is None:
        return told is None and exact is None
    return abs(told - float(exact)) < 1e-9 * max(1.0, abs(told))


def compare(chart: Chart, measured: Series, expected: list[list[oracle.Point]], better: Better) -> None:
    """Every line and flag of the drawn chart, and the verdict by the flags that it says it rests on."""
    assert len(chart.segments) == len(expected)
    for segment, points in zip(chart.segments, expected, strict=True):
        lines = (segment.centre, segment.lower, segment.upper)
        exact = (points[0].mean, points[0].lower, points[0].upper)
        assert all(close(told, line) for told, line in zip(lines, exact, strict=True))
        assert segment.provisional == (len(points) < 13)
    flat = [point for points in expected for point in points]
    assert [each.on for each in chart.readings] == [measured.readings[point.place].on for point in flat]
    for told, point in zip(chart.readings, flat, strict=True):
        assert (told.signals, told.meaning, told.side) == (
            point.signals(),
            oracle.meaning(point, chart.dialect, better),
            oracle.side(point, chart.dialect),
        )
        assert close(told.lower, point.lower)
        assert close(told.upper, point.upper)
    rests_on = chart.tested or chart.readings[-len(expected[-1]) :]
    told_flags = [(each.signals, each.side) for each in rests_on]
    word, confirmed, provisional = oracle.arrow(told_flags, better)
    if any("so nothing is confirmed" in each for each in chart.cautions):
        confirmed = confirmed and word == "mixed"  # in doubt whether it is memory or a change
    verdict = (chart.verdict.word, chart.verdict.confirmed, chart.verdict.provisional)
    assert verdict == (word, confirmed, provisional)
    assert (chart.dialect == "ptd") <= (chart.basis == "readings")


@pytest.mark.parametrize("kind", [noise, few_values, walking, stepped, sloped, spiked])
def test_every_line_flag_verdict_and_prospect_is_as_worked_out_by_hand(kind: object) -> None:
    chance = np.random.default_rng(20)
    fired: set[str] = set()
    words: set[str] = set()
    for dialect, better in product(DIALECTS, BETTER):
        for _ in range(EACH):
            values = made(chance, kind)
            if all(each is None for each in values):
                continue
            rebases = sorted({int(each) for each in chance.integers(1, 40, chance.integers(0, 3))})
            rebases = [each for each in rebases if each < len(values)]
            baseline = int(chance.choice([12, 15, 25])) if chance.random() < 0.3 else None
            target = Fraction(int(chance.integers(-30, 40)))
            measured = series(
                values,
                better,
                definition=replace(MONTHS, baseline=baseline),
                target=float(target),
                rebases=rebases,
            )
            chart = judged(measured, dialect=dialect)
            exact = [None if each is None else Fraction(each) for each in values]
            expected = oracle.chart(exact, dialect, rebases, baseline)
            compare(chart, measured, expected, better)
            assert chart.capability == oracle.capability(expected[-1], target, better)
            fired |= {name for each in chart.readings for name in each.signals}
            words.add(chart.verdict.word)
    assert {"shift", "trend"} & fired
    assert {"too little to say", "steady"} & words


def test_the_workbooks_way_with_a_conflict_lets_the_run_decide() -> None:
    chance = np.random.default_rng(21)
    conflicts = 0
    for _ in range(300):
        values = [round(float(each)) for each in walking(chance, 40)]
        chart = judged(series(values, "up"), conflict="trend")
        (points,) = oracle.chart([Fraction(each) for each in values], "mdc")
        told = [each.meaning for each in chart.readings]
        assert told == [oracle.meaning(each, "mdc", "up", by_trend=True) for each in points]
        conflicts += told != [oracle.meaning(each, "mdc", "up") for each in points]
    assert conflicts > 20


def test_only_readings_up_to_the_day_are_looked_at() -> None:
    chance = np.random.default_rng(22)
    for _ in range(60):
        values = [round(float(each)) for each in stepped(chance, 30)]
        until = int(chance.integers(8, 30))
        whole = judged(series(values), as_at=day(until - 1))
        assert whole.readings == judged(series(values[:until])).readings


def resembling(values: list[float]) -> float:
    """The autocorrelation at one step, larger by (1 + 4 r) / n for the small sample, worked out slowly."""
    n, mean = len(values), sum(values) / len(values)
    square = sum((each - mean) ** 2 for each in values)
    plain = sum((a - mean) * (b - mean) for a, b in pairwise(values)) / square
    return (plain * n + 1) / (n - 4)


def residuals(values: list[float]) -> list[float]:
    mean, kept = sum(values) / len(values), min(resembling(values), 0.95)
    return [after - mean - kept * (before - mean) for before, after in pairwise(values)]


def year_on_year(values: list[float]) -> list[float]:
    return [after - before for before, after in zip(values, values[12:], strict=False)]


def two_roots(values: list[float]) -> list[float]:
    return [sqrt(each) + sqrt(each + 1) for each in values]


@pytest.mark.parametrize(
    ("words", "made", "by_hand", "baseline"),
    [
        ("against the reading before each", lambda c: 100 + remembering(c, 0.7, 40), residuals, 40),
        ("against the same month a year before", lambda c: c.normal(size=48) + WAVE, year_on_year, 48),
        ("on a log scale", lambda c: np.exp(3 + c.normal(size=40)), lambda v: list(map(log, v)), 20),
        ("on a square-root scale", lambda c: c.poisson(2, 40).astype(float), two_roots, 20),
        ("on a fourth-root scale", lambda c: c.exponential(9, 40), lambda v: [x**0.25 for x in v], 20),
    ],
)
def test_what_the_verdict_rests_on_is_as_worked_out_by_hand(
    words: str, made: Made, by_hand: Made, baseline: int
) -> None:
    chance = np.random.default_rng(23)
    seen = flagged = 0
    for _ in range(120):
        values = [float(each) for each in made(chance)]
        chart = judged(series(values))
        if chart.basis_in_words != words:
            continue
        told = by_hand(values)
        (points,) = oracle.chart([Fraction(each) for each in told], "mdc", baseline=baseline)
        late = len(values) - len(told)
        assert {each.signals for each in chart.tested[:late]} <= {()}
        assert [each.signals for each in chart.tested[late:]] == [each.signals() for each in points]
        seen += 1
        flagged += any(each.ways for each in points)
    assert seen > 30
    assert flagged > 3

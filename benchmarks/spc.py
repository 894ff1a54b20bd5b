"""`python -m benchmarks.spc`: what it costs to judge 1,000 series of 60 readings, beside plain NumPy.

The peer is the least that NumPy can do with the same arrays for a chart: the mean of each series and its mean
moving range. Seconds are the best of several runs; a ratio travels between machines, seconds do not.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date

import numpy as np

from watchkeep.domain.days import later_by_months
from watchkeep.domain.indicator import Definition, Reading, Series
from watchkeep.domain.spc import judged
from watchkeep.quant.xmr import Floats, beyond, limits, shift, sides, trend, two_of_three

SERIES, POINTS, FIXED_ON, RUNS = 1_000, 60, 20, 7
PAGE = 14 * 5  # risks, each with so many indicators


def best(work: Callable[[], object]) -> float:
    """The least seconds of several runs."""
    taken = []
    for _ in range(RUNS):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return min(taken)


def main() -> None:
    """Print a line each for the numbers alone and for whole charts."""
    values = np.random.default_rng(4).normal(100, 10, (SERIES, POINTS))

    def plain(rows: Floats) -> object:
        return rows.mean(axis=-1), np.abs(np.diff(rows, axis=-1)).mean(axis=-1)

    def ruled() -> object:
        found = limits(values, first=FIXED_ON)
        centre, sigma = found.centre[:, None], found.sigma[:, None]
        outer = beyond(values, centre, 2 * sigma)
        return (
            beyond(values, centre, 3 * sigma),
            trend(values),
            two_of_three(sides(values, centre), outer),
            shift(values, centre),
        )

    definition = Definition("made up", "", "up", "month")
    days = [later_by_months(date(2020, 1, 1), month) for month in range(POINTS)]
    series = [
        Series("K1", definition, tuple(Reading(on, value) for on, value in zip(days, row, strict=True)))
        for row in values.tolist()
    ]
    page = series[:PAGE]
    for what, rows, work in (
        ("limits and four signals of all at once", values, ruled),
        ("whole charts one by one, verdict in words", values, lambda: [judged(each) for each in series]),
        ("whole charts of a page of 14 risks", values[:PAGE], lambda: [judged(each) for each in page]),
    ):
        taken, least = best(work), best(lambda rows=rows: plain(rows))
        print(
            f"{len(rows)} series of {POINTS}: {what}: {taken:.4f} s; "
            f"plain NumPy means and moving ranges {least:.5f} s; ratio {taken / least:.0f}",
            flush=True,
        )


if __name__ == "__main__":
    main()

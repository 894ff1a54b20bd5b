"""A page of 14 risks with five indicators each, judged and drawn small, against NumPy on the same arrays.

Run: python benchmarks/figures_of_a_page.py
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date

import numpy as np

from watchkeep.domain.indicator import Definition, Reading, Series
from watchkeep.domain.spc.chart import judged
from watchkeep.formats.charts import sparkline

RISKS, EACH, POINTS, ROUNDS = 14, 5, 60, 5
MONTHS = [date(2020 + month // 12, month % 12 + 1, 1) for month in range(POINTS)]


def best(work: Callable[[], object]) -> float:
    """Milliseconds of the quickest of several rounds."""
    taken = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return min(taken) * 1000


def limits(values: np.ndarray) -> list[tuple[float, float, float]]:
    """What NumPy alone takes for centre and limits of every series, one after the other."""
    made = []
    for row in values:
        centre, moved = row.mean(), np.abs(np.diff(row)).mean()
        made.append((centre, centre - 2.66 * moved, centre + 2.66 * moved))
    return made


def main() -> None:
    """Print both and their ratio."""
    values = np.random.default_rng(7).normal(80, 4, (RISKS * EACH, POINTS))
    definition = Definition("Measured", "%", "up", "month")
    every = [
        Series(
            f"K{place}", definition, tuple(Reading(on, float(x)) for on, x in zip(MONTHS, row, strict=True))
        )
        for place, row in enumerate(values, 1)
    ]
    plain = best(lambda: limits(values))
    verdicts = best(lambda: [judged(each) for each in every])
    charts = [judged(each) for each in every]
    drawn = best(lambda: [sparkline(each) for each in charts])
    print(f"{len(every)} series of {POINTS} points")
    print(f"plain NumPy, limits alone  {plain:8.2f} ms")
    print(f"judged                     {verdicts:8.2f} ms  {verdicts / plain:6.1f} times")
    print(f"drawn small                {drawn:8.2f} ms  {drawn / plain:6.1f} times")


if __name__ == "__main__":
    main()

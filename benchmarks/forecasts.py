"""`python -m benchmarks.forecasts`: what a forecast costs, beside loading the library and one plain fit."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date

import numpy as np

MONTHS = 60


def main() -> None:
    """Print processor seconds of loading, of one fit, and of a whole forecast with its backtest."""
    values = 100 + 10 * np.sin(np.arange(MONTHS) * np.pi / 6) + np.random.default_rng(1).normal(0, 3, MONTHS)
    loading = _seconds(_load)
    fit = min(_seconds(lambda: _fit(values)) for _ in range(3))
    whole = min(_seconds(lambda: _forecast(values)) for _ in range(3))
    print(f"loading the library: {loading:.2f} s, once in a process that forecasts")
    print(f"one plain fit of it (its own choice of form): {fit:.3f} s")
    print(f"a forecast of {MONTHS} months, six ways, 36 origins: {whole:.2f} s, ratio {whole / fit:.1f}")


def _load() -> None:
    import statsforecast.models  # noqa: F401 (loading it is what is timed)


def _fit(values: np.ndarray) -> None:
    from statsforecast.models import AutoETS

    AutoETS(season_length=12).forecast(values, h=6)


def _forecast(values: np.ndarray) -> None:
    from watchkeep.domain.forecast import forecast_of
    from watchkeep.domain.indicator import Definition, Reading, Series

    readings = tuple(
        Reading(date(2021 + place // 12, place % 12 + 1, 1), float(value))
        for place, value in enumerate(values)
    )
    series = Series("K1", Definition("Waiting", "cases", "down", "month"), readings)
    forecast_of(series, as_at=readings[-1].on, ahead=6)


def _seconds(work: Callable[[], None]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


main()

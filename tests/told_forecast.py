"""A forecast of which every number is given, for tests that keep one and make none."""

from __future__ import annotations

from datetime import date

from watchkeep.domain.forecast import Candidate, Edges, Forecast, Point

ON = date(2026, 3, 1)


def a_forecast(digest: str = "a" * 64) -> Forecast:
    """Naive, one day ahead: four again."""
    return Forecast(
        key="K1",
        name="Lamps out",
        unit="lamps",
        better="down",
        frequency="day",
        as_at=ON,
        first_on=date(2026, 2, 1),
        last_on=ON,
        last_value=4.0,
        known=29,
        season=1,
        chosen="naive",
        beats_naive=False,
        candidates=(Candidate("naive", 1.0, 1.0, None, (None, None), 12, 0),),
        points=(Point(date(2026, 3, 2), 4.0, Edges(2.0, 6.0), None),),
        residuals=((1.0, -1.0),),
        sentence="No better than naive.",
        cautions=(),
        vintage="29 readings",
        digest=digest,
        library="none",
    )

"""What stands as forecast of an indicator, for its page: nothing is worked out here but words and limits."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from watchkeep.apps.indicators.queries.forecasts import standing_of
from watchkeep.domain.clock import Clock
from watchkeep.domain.forecast import Breach, Candidate, Edges, Forecast, Held, breaches_of
from watchkeep.domain.indicator import Series
from watchkeep.domain.indicator.figure import figure
from watchkeep.domain.people import Actor
from watchkeep.domain.spc.spacing import spoken
from watchkeep.formats.charts import Ahead

NOT_YET = "None was made yet. The worker makes one when readings have come."


@dataclass(frozen=True, slots=True)
class Period:
    """One period ahead, in words."""

    name: str
    middle: str
    inner: str
    outer: str


@dataclass(frozen=True, slots=True)
class Way:
    """One way of forecasting, and how near it came when it was tried."""

    name: str
    used: bool
    mase: str
    inner: str
    outer: str
    crps: str
    origins: int


@dataclass(frozen=True, slots=True)
class Foreseen:
    """The standing forecast, or why there is none. `behind`: readings have come since it was made."""

    forecast: Forecast | None
    why_none: str = ""
    behind: bool = False
    fan: tuple[Ahead, ...] = ()
    periods: tuple[Period, ...] = ()
    ways: tuple[Way, ...] = ()
    breaches: tuple[Breach, ...] = ()


def foreseen(viewer: Actor, indicator: UUID, series: Series, clock: Clock) -> Foreseen:
    """What the last try at a forecast came to, as the clock has it."""
    standing = standing_of(viewer, indicator, clock)
    if standing is None or standing.forecast is None:
        return Foreseen(None, standing.refusal if standing else NOT_YET)
    made = standing.forecast
    last = max(
        (each.on for each in series.recorded if clock.day is None or each.on <= clock.day), default=None
    )
    return Foreseen(
        forecast=made,
        behind=last is not None and last > made.last_on,
        fan=_fan(made),
        periods=tuple(
            Period(
                spoken(each.on, made.frequency),
                figure(each.middle, made.unit),
                _between(each.inner),
                _between(each.outer),
            )
            for each in made.points
        ),
        ways=tuple(_way(each, made) for each in made.candidates),
        breaches=breaches_of(made, series),
    )


def _fan(made: Forecast) -> tuple[Ahead, ...]:
    """The periods of which both intervals are known: a band that is not known is not drawn."""
    return tuple(
        Ahead(each.on, each.middle, each.inner.low, each.inner.high, each.outer.low, each.outer.high)
        for each in made.points
        if each.inner is not None and each.outer is not None
    )


def _way(way: Candidate, made: Forecast) -> Way:
    return Way(
        name=way.method,
        used=way.method == made.chosen,
        mase=figure(way.mase),
        inner=_held(way.held[0]),
        outer=_held(way.held[1]),
        crps=figure(way.crps, made.unit),
        origins=way.origins,
    )


def _held(held: Held | None) -> str:
    if held is None:
        return "Not tried"
    return f"{held.inside} of {held.size}{', in doubt' if held.doubt else ''}"


def _between(edges: Edges | None) -> str:
    return f"{figure(edges.low)} to {figure(edges.high)}" if edges else "Not known"

"""When a forecast says that a limit will be breached, and how likely that is at each period.

A reading is of a whole period, so a limit is seen to be crossed at the end of the period in which it was, and
one that is crossed and crossed back within it is not seen at all. Read so, the first day lies later than that
of the process itself: by about 0.58 of the spread of one step over the drift of one step (M. Broadie,
P. Glasserman and S. Kou, Mathematical Finance 7 (1997) 325-349, put -zeta(1/2) / sqrt(2 pi) = 0.5826).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Literal

from watchkeep.domain.errors import Refused
from watchkeep.domain.forecast.values import Forecast, Point
from watchkeep.domain.indicator.figure import figure
from watchkeep.domain.indicator.values import Better, Series, Target
from watchkeep.domain.spc.spacing import spoken
from watchkeep.quant.forecast import LEAST

Side = Literal["above", "below"]
CONVENTION: Final = (
    "A day is the first of a period whose reading lies beyond the limit. The limit itself may be crossed up "
    "to one period earlier, and a crossing that goes back before a reading is not seen."
)


@dataclass(frozen=True, slots=True)
class Chance:
    """How likely the reading of one period lies beyond the limit; none where too little was tried."""

    on: date
    share: float | None


@dataclass(frozen=True, slots=True)
class Breach:
    """When a limit is expected to be breached. Days are first days of periods; none: not within the forecast.

    `middle`: the forecast itself crosses. `edge`: its 80 % interval does, which comes first. `whole`: all of
    that interval lies beyond. `kept`: of one that is breached already, when it is expected to be kept again.
    """

    limit: Target
    side: Side
    already: bool  # the last reading lies beyond it
    middle: date | None
    edge: date | None
    whole: date | None
    kept: date | None
    chances: tuple[Chance, ...]
    sentence: str
    convention: str = CONVENTION


def side_of(limit: Target, better: Better) -> Side:
    """On which side of a limit readings breach it."""
    if limit.kind == "upper tolerance":
        return "above"
    if limit.kind == "lower tolerance":
        return "below"
    if better == "neither":
        raise Refused(
            "A target of an indicator for which neither direction is better cannot be breached. Set a "
            "tolerance, or say which direction is better."
        )
    return "below" if better == "up" else "above"


def breach_of(forecast: Forecast, limit: Target) -> Breach:
    """When `limit` will be breached, while it is in force."""
    side = side_of(limit, forecast.better)
    steps = [place for place, each in enumerate(forecast.points) if _in_force(limit, each.on)]
    points = [forecast.points[step] for step in steps]
    middle = next((each.on for each in points if _beyond(each.middle, limit.value, side)), None)
    edge = next((each.on for each in points if _edge_beyond(each, limit.value, side)), None)
    whole = next((each.on for each in points if _whole_beyond(each, limit.value, side)), None)
    already = _beyond(forecast.last_value, limit.value, side)
    kept = next((each.on for each in points if not _beyond(each.middle, limit.value, side)), None)
    chances = tuple(
        Chance(
            forecast.points[step].on,
            _chance(forecast.points[step].middle, forecast.residuals[step], limit.value, side),
        )
        for step in steps
    )
    found = Breach(limit, side, already, middle, edge, whole, kept if already else None, chances, sentence="")
    return replace(found, sentence=_said(forecast, found))


def breaches_of(forecast: Forecast, series: Series) -> tuple[Breach, ...]:
    """For every target and tolerance in force at some period of the forecast that has a wrong side."""
    limits = [
        each
        for each in series.targets
        if any(_in_force(each, point.on) for point in forecast.points)
        and (each.kind != "target" or forecast.better != "neither")
    ]
    return tuple(breach_of(forecast, each) for each in limits)


def _in_force(limit: Target, on: date) -> bool:
    return limit.from_on <= on and (limit.until_on is None or on < limit.until_on)


def _beyond(value: float, limit: float, side: Side) -> bool:
    """A reading on the limit keeps it."""
    return value > limit if side == "above" else value < limit


def _edge_beyond(point: Point, limit: float, side: Side) -> bool:
    if point.inner is None:
        return _beyond(point.middle, limit, side)
    return _beyond(point.inner.high if side == "above" else point.inner.low, limit, side)


def _whole_beyond(point: Point, limit: float, side: Side) -> bool:
    if point.inner is None:
        return False
    return _beyond(point.inner.low if side == "above" else point.inner.high, limit, side)


def _chance(middle: float, residuals: tuple[float, ...], limit: float, side: Side) -> float | None:
    """The share of outcomes beyond the limit, had the forecast been wrong as it was each time before."""
    if len(residuals) < LEAST:
        return None
    return sum(_beyond(middle + each, limit, side) for each in residuals) / len(residuals)


def _said(forecast: Forecast, found: Breach) -> str:
    named = f"The {found.limit.kind} of {figure(found.limit.value, forecast.unit)}"
    last = spoken(forecast.points[-1].on, forecast.frequency)
    if not found.chances:
        return f"{named} is not in force in any period of this forecast."
    if found.already:
        said = f"{named} is breached already, at {figure(forecast.last_value, forecast.unit)}"
        if found.kept is None:
            return f"{said}, and it is not expected to be kept up to {last}."
        return f"{said}; it is expected to be kept in {spoken(found.kept, forecast.frequency)}."
    if found.middle:
        said = f"{named} is expected to be breached in {spoken(found.middle, forecast.frequency)}"
        if found.edge and found.edge < found.middle:
            said += f", and may be from {spoken(found.edge, forecast.frequency)} on"
        return f"{said}; {_how_surely(forecast, found, last)}."
    if found.edge:
        edge = spoken(found.edge, forecast.frequency)
        return f"{named} may be breached from {edge} on; it is not what is expected up to {last}."
    if forecast.points[-1].inner is None:
        return f"{named} is not expected to be breached up to {last}; how surely is not known to the end."
    return f"{named} is not expected to be breached up to {last}, nor within the interval of 80 %."


def _how_surely(forecast: Forecast, found: Breach, last: str) -> str:
    """How late it may be, by the other edge of the interval."""
    if found.whole:
        return f"from {spoken(found.whole, forecast.frequency)} on all of the 80 % interval lies beyond it"
    if any(each.inner is None and each.on >= (found.middle or each.on) for each in forecast.points):
        return "how much later it may be is not known so far ahead"
    return f"up to {last} the 80 % interval still reaches to its right side"

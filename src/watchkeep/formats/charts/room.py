"""How much a control chart has to show: which days, which values, and how its names keep apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from watchkeep.domain.spc import Chart

AIR = 0.08  # of the values' range, above and below


class Forecast(Protocol):
    """What the room must know of a forecast day."""

    @property
    def on(self) -> date: ...
    @property
    def low95(self) -> float: ...
    @property
    def high95(self) -> float: ...


@dataclass(frozen=True, slots=True)
class Room:
    """The days and the values that the axes run over, and how high that is in pixels."""

    first: date
    last: date
    low: float
    high: float
    height: int
    width: int

    @property
    def ends(self) -> list[str]:
        """Both ends, for an axis with room for two dates."""
        return [self.first.isoformat(), self.last.isoformat()]

    @property
    def dates(self) -> str:
        """How a day is written on an axis of this length."""
        days = (self.last - self.first).days
        return "%Y" if days > 3650 else "%b %Y" if days > 100 else "%-d %b"

    @property
    def ticks(self) -> int:
        """How many dates fit."""
        return max(2, self.width // 105)

    def across(self, on: date) -> float:
        """How far right of the first day a day lies, in pixels."""
        return self.width * ((on - self.first) / (self.last - self.first))

    def pixels(self, value: float) -> float:
        """How far below the top a value lies."""
        return self.height * (self.high - value) / (self.high - self.low)


def room_of(chart: Chart, fan: Sequence[Forecast], *, width: int, height: int) -> Room:
    """The room that holds all that is drawn, with a little air; never of no size."""
    days = [each.on for each in chart.readings]
    days += [each.on for each in fan] + [each.on for each in chart.series.plan]
    first = min(days, default=date(2000, 1, 1))
    last = max(days, default=first + timedelta(days=1))
    last = last if last > first else first + timedelta(days=1)
    values = [*_values(chart, first, last), *(value for each in fan for value in (each.low95, each.high95))]
    low, high = min(values, default=0.0), max(values, default=1.0)
    air = (high - low) * AIR or abs(high) * AIR or 1.0
    floor = low - air
    if low >= 0 > floor:
        floor = 0.0  # a scale does not run below nought for air alone
    return Room(first, last, floor, high + air, height, width)


def _values(chart: Chart, first: date, last: date) -> Iterator[float]:
    for each in chart.readings:
        yield from (each.value, each.centre)
        yield from (limit for limit in (each.lower, each.upper) if limit is not None)
    yield from (each.value for each in chart.series.plan)
    for target in chart.series.targets:
        if target.from_on <= last and (target.until_on is None or target.until_on > first):
            yield target.value


def lettered(
    names: Sequence[tuple[str, float, str]], room: Room, leading: float
) -> list[tuple[str, float, str]]:
    """Names of lines with the pixels at which each stands: at its line, or as near as the others let it."""
    placed: list[tuple[str, float, str]] = []
    for text, value, colour in sorted(names, key=lambda each: -each[1]):
        y = room.pixels(value)
        if placed:
            y = max(y, placed[-1][1] + leading)
        placed.append((text, y, colour))
    for place in range(len(placed) - 1, -1, -1):
        below = placed[place + 1][1] if place + 1 < len(placed) else room.height + leading / 2
        text, y, colour = placed[place]
        placed[place] = (text, min(y, below - leading), colour)
    return placed

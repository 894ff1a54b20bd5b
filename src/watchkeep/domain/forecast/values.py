"""What a forecast holds: its points and their edges, every way that was tried, and what it was made from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from watchkeep.domain.indicator.values import Better, Frequency
from watchkeep.quant.forecast import Method


@dataclass(frozen=True, slots=True)
class Edges:
    """From where to where an outcome is expected, at some level."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Point:
    """One period ahead. Edges are none where too few like forecasts were tried to draw them."""

    on: date
    middle: float
    inner: Edges | None  # 80 %
    outer: Edges | None  # 95 %


@dataclass(frozen=True, slots=True)
class Held:
    """How many outcomes lay within the interval that was drawn before them, and whether that fits its level.

    `doubt`: the Kupiec test on forecasts of the next period alone says, at 5 %, that the level is wrong.
    """

    inside: int
    size: int
    doubt: bool

    @property
    def share(self) -> float:
        """The share inside, from 0 to 1."""
        return self.inside / self.size


@dataclass(frozen=True, slots=True)
class Candidate:
    """One way of forecasting, and how it did when it was tried on what has come since. None: not said."""

    method: Method
    error: float  # mean absolute error, in the indicator's unit
    mase: float | None
    crps: float | None  # in the indicator's unit
    held: tuple[Held | None, Held | None]  # of the 80 % and of the 95 % interval
    origins: int
    scored: int  # forecasts that the CRPS is the mean of


@dataclass(frozen=True, slots=True)
class Forecast:
    """What is expected of an indicator, by the way that was least far off, with all that it was made from.

    `residuals`: for each step ahead, what came less what was said, oldest first: chances follow from them.
    """

    key: str
    name: str
    unit: str
    better: Better
    frequency: Frequency
    as_at: date
    first_on: date
    last_on: date
    last_value: float
    known: int  # readings that it was made from
    season: int  # steps of a season that was looked for; 1: none
    chosen: Method
    beats_naive: bool
    candidates: tuple[Candidate, ...]  # the least far off first
    points: tuple[Point, ...]
    residuals: tuple[tuple[float, ...], ...]
    sentence: str
    cautions: tuple[str, ...]
    vintage: str  # which readings, and how many had been put right by then
    digest: str  # SHA-256 over all that went in
    library: str

    @property
    def best(self) -> Candidate:
        """The one that was chosen."""
        return next(each for each in self.candidates if each.method == self.chosen)

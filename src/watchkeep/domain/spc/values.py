"""What a control chart holds as plain values, for pages, papers and pipelines alike."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from watchkeep.domain.indicator.values import Series

Dialect = Literal["mdc", "ptd", "six"]
# In the order in which one names a point that has several; all of them stay in the data.
Signal = Literal["astronomical", "trend", "two-of-three", "shift"]
Capability = Literal["consistently meets", "hit and miss", "consistently fails"]
# What the readings since the last report say of the process. "mixed": signals both ways; "changed": a signal
# where neither direction is better. "steady" is no special cause; the last three are honest silences.
VerdictWord = Literal[
    "improving", "worsening", "mixed", "changed high", "changed low", "steady", "too little to say", "stale"
]


# What the verdict rests on: the readings as they are drawn, unless they resemble those before them, repeat
# every year, lie lopsided or vary with their denominators, and would raise false signals by that.
Basis = Literal["readings", "year on year", "adjusted"]


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch between rebases with limits of its own; they lie at 3 sigma, the near ones at 2."""

    first: date
    last: date
    centre: float
    lower: float | None  # none: no lower limit applies (a share's or a count's may fall below nought)
    upper: float | None
    fixed_on: int  # readings that its limits were worked out from
    provisional: bool  # fewer readings than limits can be trusted on
    reason: str = ""  # of the rebase that opened it


@dataclass(frozen=True, slots=True)
class Judged:
    """One reading as the chart sees it. Its limits are its own, for they move with its denominator."""

    on: date
    value: float
    centre: float
    lower: float | None
    upper: float | None
    signals: tuple[Signal, ...] = ()
    side: Literal["high", "low", ""] = ""  # which way its signals point
    meaning: Literal["improvement", "concern", "change", "mixed", ""] = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is said of the process, how surely, and on what in one sentence."""

    word: VerdictWord
    sentence: str
    confirmed: bool = False  # false with an improving or worsening word: one flagged reading, to be watched
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """A series judged: segments, readings with their signals, the verdict and the target's prospects."""

    series: Series
    dialect: Dialect
    segments: tuple[Segment, ...]
    readings: tuple[Judged, ...]
    verdict: Verdict
    capability: Capability | None = None  # none: no target in force, or no better direction
    cautions: tuple[str, ...] = ()  # autocorrelation, skew, seasonality not assessed, unequal denominators …
    suggestions: tuple[str, ...] = ()  # of a rebase that a person may want to make
    # What the verdict rests on where it is not the readings as they are drawn: the latest segment's readings
    # with the signals that are left, their limits put back on the scale of the readings. `basis` says how.
    basis: Basis = "readings"
    basis_in_words: str = ""
    tested: tuple[Judged, ...] = ()

"""What a risk is measured by: its indicators as they stood on the document's day, each with its last readings
between their limits, and what they say together.
"""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field as Constraint
from pydantic import model_validator

from watchkeep.domain.document.fields import Movement
from watchkeep.domain.document.values import Frozen, Grown

MOST_POINTS = 24
MOST_MARKS = 12

Number = Annotated[float, Constraint(allow_inf_nan=False)]
Side = Literal["cause", "control", "consequence"]
Better = Literal["up", "down", "neither"]
Frequency = Literal["day", "week", "month", "quarter", "year"]
Meaning = Literal["improvement", "concern", "change", "mixed", ""]
Verdict = Literal[
    "improving", "worsening", "mixed", "changed high", "changed low", "steady", "too little to say", "stale"
]
Capability = Literal["consistently meets", "hit and miss", "consistently fails"]
AimKind = Literal["target", "upper tolerance", "lower tolerance"]


class Point(Frozen):
    """A reading under the first day of its period, with the limits that it was held against."""

    on: date
    value: Number
    centre: Number | None = None
    lower: Number | None = None
    upper: Number | None = None
    meaning: Meaning = ""  # of its signals; none where nothing stands out
    anew: bool = False  # limits were worked out anew from this reading on


class Aim(Frozen):
    """A line that readings are held against from a day until a day (the last day excluded)."""

    kind: AimKind = "target"
    value: Number
    from_on: date
    until_on: date | None = None


class Mark(Frozen):
    """What explains readings: that limits began anew on a day and why, or what happened on it. The words are
    empty in a paper for the public.
    """

    on: date
    kind: Literal["rebase", "annotation"]
    text: str = ""


class Indicator(Grown):
    """A measure that speaks to the risk. `key` is its reference, the same in every paper that tells of it."""

    LATER: ClassVar[frozenset[str]] = frozenset({"marks"})

    key: str
    name: str
    unit: str = ""
    better: Better = "neither"  # which way is an improvement
    frequency: Frequency = "month"
    side: Side = "cause"
    part: str | None = None
    leads: bool = False  # a person said that the risk's trend follows it
    verdict: Verdict = "too little to say"
    confirmed: bool = False
    sentence: str = ""  # the verdict and what it rests on
    capability: Capability | None = None  # whether its target can be met as things are
    aims: tuple[Aim, ...] = ()
    points: Annotated[tuple[Point, ...], Constraint(max_length=MOST_POINTS)] = ()  # the last, oldest first
    marks: Annotated[tuple[Mark, ...], Constraint(max_length=MOST_MARKS)] = ()  # of their time, oldest first

    @model_validator(mode="after")
    def _points_stand_in_order(self) -> Self:
        days = [each.on for each in self.points]
        if any(after <= before for before, after in pairwise(days)):
            raise ValueError(f"the readings of {self.key} do not stand in the order of their days")
        return self

    @property
    def latest(self) -> Point | None:
        """The last reading, where there is one."""
        return self.points[-1] if self.points else None

    @property
    def target(self) -> Aim | None:
        """The target in force at the last reading; of several, the one that began last."""
        on = self.points[-1].on if self.points else None
        held = [
            each
            for each in self.aims
            if each.kind == "target"
            and on is not None
            and each.from_on <= on
            and (each.until_on is None or on < each.until_on)
        ]
        return max(held, key=lambda each: each.from_on, default=None)


class Heard(Frozen):
    """What the indicators of a risk say together by the stated rule, on what; and where the risk is judged
    otherwise, both in one sentence. Neither is made to follow the other.
    """

    word: Movement | Literal["too little to say"]
    basis: str
    against: str = ""

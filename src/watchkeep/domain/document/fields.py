"""Fields: what a register says, or that it does not say it."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field as Constraint
from pydantic import model_validator

from watchkeep.domain.document.places import Place
from watchkeep.domain.document.values import Frozen, Grown

State = Literal["recorded", "not recorded", "not applicable"]
Direction = Literal["up", "level", "down"]
Movement = Literal["worsening", "steady", "improving"]


class Field(Frozen):
    """One thing a register says, or the fact that it does not say it.

    `confidence` is how sure the reader is that this text belongs here (1 where the layout leaves no choice);
    `reason` says how it was placed, and always stands where confidence is below 1.
    """

    state: State = "not recorded"
    text: str | None = None
    places: tuple[Place, ...] = ()
    confidence: Annotated[float, Constraint(ge=0, le=1)] = 1.0
    reason: str = ""

    @model_validator(mode="after")
    def _text_stands_exactly_where_recorded(self) -> Self:
        if (self.state == "recorded") != bool(self.text and self.text.strip()):
            raise ValueError("a recorded field has text, and no other has")
        if self.confidence < 1 and not self.reason:
            raise ValueError("a field that is less than certain says why")
        return self

    @property
    def recorded(self) -> bool:
        """Whether the register says anything here."""
        return self.state == "recorded"


NOT_RECORDED = Field()


class DateField(Field):
    """A date as written, and the day it means where that is certain."""

    on: date | None = None


class Part(Frozen):
    """One part (i, ii, a, 1 …) of a text; `text` is without its marker."""

    marker: str
    text: str
    places: tuple[Place, ...] = ()


class PartedField(Field):
    """A text that may come in parts; `text` is the whole as written, markers included."""

    parts: tuple[Part, ...] = ()


class Item(Field):
    """One line of a list: a control or an action. `text` has no bullet; `part` is what it stands under."""

    part: str | None = None
    marker: str | None = None


class Extra(Field):
    """A column of the source that has no home of its own in the document; kept under its heading."""

    heading: str


class Trend(Field, Grown):
    """What the paper says moved in one period.

    `text` is the mark as written (an arrow, a word). `direction` is where an arrow points; `movement` what it
    means: taken from the word itself, or from `RegisterDocument.rising_means` for an arrow. `derived` is what
    the evidence makes of it, with its basis; where a person says otherwise, who and why.
    """

    LATER = frozenset({"derived", "basis", "overridden_by", "override_reason"})

    period: str
    direction: Direction | None = None
    movement: Movement | None = None
    derived: Movement | Literal["not applicable"] | None = None
    basis: str = ""
    overridden_by: str = ""
    override_reason: str = ""

"""The register document: what one register says as at one date. The waist of the hourglass.

Every reader makes one, every writer takes one, a frozen edition is one. It is a plain immutable value with a
published JSON Schema, so other people's tools can use it. It judges nothing: see draft.py and finding.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, ClassVar, Final, Literal, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    SerializerFunctionWrapHandler,
    model_serializer,
    model_validator,
)
from pydantic import Field as Constraint

FORMAT: Final = "watchkeep.register/1"

State = Literal["recorded", "not recorded", "not applicable"]
Direction = Literal["up", "level", "down"]
Movement = Literal["worsening", "steady", "improving"]
Stage = Literal["inherent", "residual", "target", "not stated"]


class Frozen(BaseModel):
    """A value: never changed after it is made, and refusing what it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Grown(Frozen):
    """A value that was given more fields since documents of it were frozen: one that says nothing in them is
    written as it was before, byte for byte.
    """

    LATER: ClassVar[frozenset[str]] = frozenset()

    @model_serializer(mode="wrap")
    def _as_before(self, write: SerializerFunctionWrapHandler) -> dict[str, Any]:
        said: dict[str, Any] = write(self)
        for name in self.LATER:
            if getattr(self, name) == type(self).model_fields[name].get_default():
                said.pop(name, None)
        return said


# --- Places: where in the file something was read -----------------------------------------------------------


class LinePlace(Frozen):
    """Whole lines of a text file (first is 1), or characters `start` to `end` (end excluded) of one line."""

    kind: Literal["line"] = "line"
    line: Annotated[int, Constraint(ge=1)]
    last_line: int
    start: int | None = None
    end: int | None = None

    @model_validator(mode="after")
    def _characters_belong_to_one_line(self) -> Self:
        if self.last_line < self.line:
            raise ValueError("last_line comes before line")
        if (self.start is None) != (self.end is None):
            raise ValueError("start and end are given together or not at all")
        if self.start is not None and self.last_line != self.line:
            raise ValueError("characters can be named in one line only")
        return self

    @property
    def label(self) -> str:
        """As a person would say it."""
        if self.last_line != self.line:
            return f"lines {self.line} to {self.last_line}"
        if self.start is not None and self.end is not None:
            return f"line {self.line}, characters {self.start + 1} to {self.end}"
        return f"line {self.line}"

    @property
    def short(self) -> str:
        """As a program would: `21-24` for whole lines, `204[46:94]` for characters of a line."""
        if self.start is not None:
            return f"{self.line}[{self.start}:{self.end}]"
        return str(self.line) if self.last_line == self.line else f"{self.line}-{self.last_line}"


class CellPlace(Frozen):
    """A cell of a workbook or CSV file, in the sheet's coordinates (`C7`); a CSV file's sheet is unnamed."""

    kind: Literal["cell"] = "cell"
    sheet: str
    cell: str

    @property
    def label(self) -> str:
        """As a person would say it."""
        return f"sheet {self.sheet}, cell {self.cell}" if self.sheet else f"cell {self.cell}"

    @property
    def short(self) -> str:
        """As a program would."""
        return f"{self.sheet}!{self.cell}" if self.sheet else self.cell


class PagePlace(Frozen):
    """A box on a page of a PDF (first is 1), in points from its top left corner: x0, top, x1, bottom."""

    kind: Literal["page"] = "page"
    page: Annotated[int, Constraint(ge=1)]
    box: tuple[float, float, float, float]

    @property
    def label(self) -> str:
        """As a person would say it."""
        return f"page {self.page}"

    @property
    def short(self) -> str:
        """As a program would."""
        return f"page {self.page} ({', '.join(f'{edge:.0f}' for edge in self.box)})"


class TablePlace(Frozen):
    """A cell of a table in a document without pages (Word, HTML): all three counted from 1."""

    kind: Literal["table"] = "table"
    table: Annotated[int, Constraint(ge=1)]
    row: Annotated[int, Constraint(ge=1)]
    column: Annotated[int, Constraint(ge=1)]

    @property
    def label(self) -> str:
        """As a person would say it."""
        return f"table {self.table}, row {self.row}, column {self.column}"

    @property
    def short(self) -> str:
        """As a program would."""
        return f"table {self.table} r{self.row}c{self.column}"


class ParagraphPlace(Frozen):
    """A paragraph outside any table, counted from 1."""

    kind: Literal["paragraph"] = "paragraph"
    paragraph: Annotated[int, Constraint(ge=1)]

    @property
    def label(self) -> str:
        """As a person would say it."""
        return f"paragraph {self.paragraph}"

    @property
    def short(self) -> str:
        """As a program would."""
        return f"paragraph {self.paragraph}"


Place = Annotated[
    LinePlace | CellPlace | PagePlace | TablePlace | ParagraphPlace, Constraint(discriminator="kind")
]


# --- Fields: what is said, or that it is not ----------------------------------------------------------------


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


class Assessment(Grown):
    """A rating of one risk, or of one part of it, at one stage. Words stay words: a band is never turned
    into a number.
    """

    LATER = frozenset({"part", "rationale", "basis", "by", "on"})

    stage: Stage
    likelihood: Field = NOT_RECORDED
    impact: Field = NOT_RECORDED
    score: Field = NOT_RECORDED
    rating: Field = NOT_RECORDED
    fill: str | None = None  # the colour the source paints the rating in, as #rrggbb
    part: str | None = None  # the marker of the part that it is of; none where it is of the whole
    rationale: Field = NOT_RECORDED
    basis: Field = NOT_RECORDED  # what the judgement rests on
    by: str = ""  # the post or person who judged
    on: date | None = None  # the day it was judged


class Risk(Grown):
    """One risk as a register tells it."""

    LATER = frozenset({"proximity", "velocity", "confidence", "unknowns", "whole_rule"})

    key: str  # unique in this document: the reference where there is one, else the row
    reference: Field = NOT_RECORDED
    name: Field = NOT_RECORDED
    description: PartedField = PartedField()
    cause: Field = NOT_RECORDED
    event: Field = NOT_RECORDED
    impact: PartedField = PartedField()
    category: Field = NOT_RECORDED
    objective: Field = NOT_RECORDED
    owner: Field = NOT_RECORDED
    status: Field = NOT_RECORDED
    treatment: Field = NOT_RECORDED
    contingency: Field = NOT_RECORDED
    controls: tuple[Item, ...] = ()
    actions: tuple[Item, ...] = ()
    date_raised: DateField = DateField()
    due_date: DateField = DateField()
    review_date: DateField = DateField()
    trends: tuple[Trend, ...] = ()
    assessments: tuple[Assessment, ...] = ()
    extra: tuple[Extra, ...] = ()
    proximity: Field = NOT_RECORDED  # how soon it could happen
    velocity: Field = NOT_RECORDED  # how fast it would be felt
    confidence: Field = NOT_RECORDED  # how sure the body is of its assessment
    unknowns: Field = NOT_RECORDED  # what the body does not know
    whole_rule: Field = NOT_RECORDED  # how the whole is rated from its parts: see parts.py

    def assessment(self, stage: Stage, part: str | None = None) -> Assessment | None:
        """The assessment at `stage` of the whole, or of one part, if the register has one."""
        return next((each for each in self.assessments if (each.stage, each.part) == (stage, part)), None)

    @property
    def standing(self) -> Assessment | None:
        """Where the risk stands today: the residual assessment, else one with no stage, else inherent."""
        for stage in STANDING_ORDER:
            found = self.assessment(stage)
            if found and (found.rating.recorded or found.score.recorded):
                return found
        return None


STANDING_ORDER: tuple[Stage, ...] = ("residual", "not stated", "inherent")


# --- The register -------------------------------------------------------------------------------------------


class Band(Frozen):
    """A named step of a scale; rank 1 is the least."""

    name: str
    rank: Annotated[int, Constraint(ge=1)]


class Level(Frozen):
    """A numbered or named level of likelihood or impact; rank 1 is the least."""

    name: str
    rank: Annotated[int, Constraint(ge=1)]


class Scale(Frozen):
    """The bands (and, where the source has them, levels) that its ratings are drawn from.

    `basis` says whether the source states the order of its bands or it was inferred, and `reason` how.
    """

    bands: tuple[Band, ...] = ()
    likelihood: tuple[Level, ...] = ()
    impact: tuple[Level, ...] = ()
    basis: Literal["stated", "inferred", "not recorded"] = "not recorded"
    reason: str = ""

    def band(self, name: str | None) -> Band | None:
        """The band of that name, whatever its letter case."""
        wanted = " ".join((name or "").split()).casefold()
        return next((each for each in self.bands if each.name.casefold() == wanted), None)


class Column(Frozen):
    """A heading of the source, in the source's order, and the field it was read as."""

    heading: str
    meaning: str  # a field of Risk ("controls"), "trends:Q2", "assessments:residual:rating" or "extra"
    places: tuple[Place, ...] = ()


class Loose(Frozen):
    """Text of the file that stands in no field; kept so that nothing is lost."""

    text: str
    places: tuple[Place, ...] = ()
    reason: str = ""


class Doubt(Frozen):
    """A question for the person who brings the register in. `code` is stable; `sentence` is for reading."""

    code: str
    sentence: str
    risk: str | None = None  # the risk's key; none where the doubt is about the whole register
    field: str | None = None
    places: tuple[Place, ...] = ()


class Source(Frozen):
    """The file the document was read from."""

    name: str
    sha256: str
    size: int
    reader: str  # which reader, and how it read: "pdf: ruled tables"


class RegisterDocument(Frozen):
    """What a register says as at a date, with where each statement was read."""

    format: Literal["watchkeep.register/1"] = FORMAT
    body: Field = NOT_RECORDED
    name: Field = NOT_RECORDED  # the register's own title
    period: Field = NOT_RECORDED
    as_at: DateField = DateField()
    scale: Scale = Scale()
    rising_means: Movement = "worsening"
    rising_basis: Literal["stated", "assumed", "confirmed", "no arrows"] = "no arrows"
    columns: tuple[Column, ...] = ()
    risks: tuple[Risk, ...] = ()
    header: tuple[Loose, ...] = ()
    unassigned: tuple[Loose, ...] = ()
    furniture: tuple[Loose, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    source: Source | None = None

    @model_validator(mode="after")
    def _keys_are_unique(self) -> Self:
        keys = [risk.key for risk in self.risks]
        twice = sorted({key for key in keys if keys.count(key) > 1})
        if twice:
            raise ValueError(f"two risks share the key {twice[0]}")
        return self

    def risk(self, key: str) -> Risk | None:
        """The risk of that key, if there is one."""
        return next((each for each in self.risks if each.key == key), None)

    def periods(self) -> Iterator[str]:
        """The periods that trends are given for, in the source's order."""
        seen: dict[str, None] = {}
        for risk in self.risks:
            for trend in risk.trends:
                seen.setdefault(trend.period)
        yield from seen

"""Places: where in a file something was read."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field as Constraint
from pydantic import model_validator

from watchkeep.domain.document.values import Frozen


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

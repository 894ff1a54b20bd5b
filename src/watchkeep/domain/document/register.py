"""The register as a whole: its risks, its scale, and what of the file stands in no field."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Final, Literal, Self

from pydantic import ConfigDict, model_validator
from pydantic import Field as Constraint

from watchkeep.domain.document.fields import NOT_RECORDED, DateField, Field, Movement
from watchkeep.domain.document.places import Place
from watchkeep.domain.document.risk import Risk
from watchkeep.domain.document.values import Frozen

FORMAT: Final = "watchkeep.register/1"


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


def _with_edition(schema: dict[str, Any]) -> None:
    schema["properties"]["edition"] = {
        "description": "In a published file: which edition it is of. It is no part of the register.",
        "type": "object",
    }


class RegisterDocument(Frozen):
    """What a register says as at a date, with where each statement was read."""

    model_config = ConfigDict(json_schema_extra=_with_edition)

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

    @model_validator(mode="before")
    @classmethod
    def _without_edition(cls, said: object) -> object:
        """A published file tells beside the register which edition it is of: that is passed over."""
        if isinstance(said, dict) and isinstance(said.get("edition"), dict):
            return {name: each for name, each in said.items() if name != "edition"}
        return said

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

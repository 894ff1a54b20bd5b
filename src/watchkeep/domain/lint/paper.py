"""What the rules look at: a register document with its day, its texts, and the papers before it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from watchkeep.domain import period as periods
from watchkeep.domain.document import Field, RegisterDocument, Risk
from watchkeep.domain.fields import fields_of
from watchkeep.domain.period import Period


@dataclass(frozen=True, slots=True)
class Passage:
    """A text of a risk, under its path."""

    risk: Risk
    path: str
    text: str

    @property
    def kind(self) -> str:
        """The field that it is of, without its number."""
        return self.path.partition(":")[0]


@dataclass(frozen=True)
class Paper:
    """A register as the rules see it. `as_at` is none where nobody knows the day that it speaks of."""

    document: RegisterDocument
    as_at: date | None = None
    before: tuple[RegisterDocument, ...] = ()  # the newest first

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Every recorded text of every risk, in order."""
        return tuple(self._passages())

    @cached_property
    def quarter(self) -> Period | None:
        """The quarter that it speaks of."""
        found = quarter_told(self.document)
        return found or (periods.containing(self.as_at) if self.as_at else None)

    def of(self, *kinds: str) -> tuple[Passage, ...]:
        """The passages of these fields."""
        return tuple(each for each in self.passages if each.kind in kinds)

    def _passages(self) -> Iterator[Passage]:
        for risk in self.document.risks:
            for path, field in fields_of(risk):
                if said(field):
                    yield Passage(risk, path, field.text or "")


def said(field: Field) -> bool:
    """Whether the register says anything here."""
    return field.recorded and bool(field.text)


def quarter_told(document: RegisterDocument) -> Period | None:
    """The quarter that a register names as its own."""
    return periods.find(document.period.text or "") if document.period.recorded else None


def day_told(document: RegisterDocument) -> date | None:
    """The day that a register speaks of: its own as-at day, else the last day of its quarter."""
    quarter = quarter_told(document)
    return document.as_at.on or (quarter.ends if quarter else None)

"""What the rules look at: a register document with its day, its texts, and the papers before it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date
from functools import cached_property
from typing import Final

from watchkeep.domain import period as periods
from watchkeep.domain.days import day_of
from watchkeep.domain.difference import plain
from watchkeep.domain.document import Field, RegisterDocument, Risk
from watchkeep.domain.fields import fields_of
from watchkeep.domain.finding import written
from watchkeep.domain.lint.times import times
from watchkeep.domain.period import Period

DUE_HEADING: Final = re.compile(
    r"\b(?:due|deadline|by when|target date|completion date|complete by|delivery date|time ?scales?|"
    r"time ?frame|end date)\b",
    re.IGNORECASE,
)


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
        countable = self.as_at and MINYEAR + 1 < self.as_at.year < MAXYEAR
        return found or (periods.containing(self.as_at) if self.as_at and countable else None)

    @cached_property
    def _of_risk(self) -> dict[str, list[Passage]]:
        found: dict[str, list[Passage]] = {}
        for each in self.passages:
            found.setdefault(each.risk.key, []).append(each)
        return found

    @cached_property
    def _of_kind(self) -> dict[str, list[tuple[int, Passage]]]:
        found: dict[str, list[tuple[int, Passage]]] = {}
        for place, each in enumerate(self.passages):
            found.setdefault(each.kind, []).append((place, each))
        return found

    def of_risk(self, risk: Risk, *kinds: str) -> tuple[Passage, ...]:
        """The passages of one risk, of these fields."""
        return tuple(each for each in self._of_risk.get(risk.key, ()) if each.kind in kinds)

    def of(self, *kinds: str) -> tuple[Passage, ...]:
        """The passages of these fields, in the register's order."""
        found = [each for kind in kinds for each in self._of_kind.get(kind, ())]
        return tuple(each for _, each in sorted(found, key=lambda pair: pair[0]))

    def day_of(self, passage: Passage) -> date | None:
        """The day that a passage is, if it is nothing else."""
        return day_of(passage.text)

    def names_a_time(self, text: str) -> bool:
        """Whether a text names any day, month, quarter or year."""
        return bool(times(text, self.as_at))

    def dated(self, passage: Passage) -> bool:
        """Whether an action has its day in another column of its risk."""
        risk = passage.risk
        if passage.kind not in ("actions", "treatment"):
            return False
        return said(risk.due_date) or any(
            DUE_HEADING.search(each.heading) and said(each) and times(each.text or "", self.as_at)
            for each in risk.extra
        )

    def column_says(self, meaning: str, words: re.Pattern[str]) -> bool:
        """Whether the heading of the column with this meaning has these words."""
        return any(each.meaning == meaning and words.search(each.heading) for each in self.document.columns)

    def earlier(self, risk: Risk) -> Iterator[tuple[RegisterDocument, Risk]]:
        """The same risk in the papers before, the newest first, as long as each paper has it."""
        for document in self.before:
            found = same_risk(document, risk)
            if found is None:
                return
            yield document, found

    def oldest_with(self, risk: Risk, words: str) -> str:
        """The oldest of the papers before, back from the newest, in which the risk has these words."""
        oldest = ""
        for document, found in self.earlier(risk):
            if words not in " ".join(" ".join(f.text or "" for _, f in fields_of(found)).split()).casefold():
                break
            oldest = called(document)
        return oldest

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


def called(document: RegisterDocument) -> str:
    """How a paper is spoken of: its quarter, else its day, else its own words for the period."""
    quarter, day = quarter_told(document), document.as_at.on
    return quarter.label if quarter else written(day) if day else (document.period.text or "an earlier day")


def named(risk: Risk) -> str:
    """How a risk is spoken of beside another: by its reference."""
    told = risk.reference.text or risk.key
    return f"risk {told}" if told.isdecimal() else told


def same_risk(document: RegisterDocument, risk: Risk) -> Risk | None:
    """The risk of that reference in another paper; where there are none, of that key or that name."""
    if risk.reference.recorded:
        wanted = plain(risk.reference)
        return next((each for each in document.risks if plain(each.reference) == wanted), None)
    name = " ".join((risk.name.text or "").split()).casefold()
    return next(
        (
            each
            for each in document.risks
            if name and " ".join((each.name.text or "").split()).casefold() == name
        ),
        None,
    )

"""What stands behind a risk's words: promises with their clocks, what sentences rest on, who may read."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field as Constraint
from pydantic import model_validator

from watchkeep.domain.document.values import Frozen, Grown

PromiseKind = Literal["action", "decision", "recommendation", "agreement", "review"]
PromiseState = Literal[
    "waiting", "due soon", "overdue", "done", "delivered without effect", "dropped", "no date"
]
Standing = Literal["bound", "judged", "unbound", "moved", "expired"]
BasisKind = Literal["observation", "check", "commitment", "event", "document"]
Readers = Literal["internal", "committee", "public"]


class Promise(Grown):
    """Something that was promised for a risk, as it stood on the document's day.

    `key` is the same in every paper that tells of it, so that two papers can be compared.
    """

    LATER: ClassVar[frozenset[str]] = frozenset({"lines"})

    key: str
    kind: PromiseKind
    title: str
    owner: str = ""  # a post; none where nobody answers for it
    due: date | None = None
    first_due: date | None = None  # what was promised first
    slips: Annotated[int, Constraint(ge=0)] = 0
    slip_reason: str = ""  # why the last one slipped
    state: PromiseState = "waiting"
    settled_on: date | None = None  # the day it was done or dropped
    outcome: str = ""
    part: str | None = None
    lines: tuple[str, ...] = ()  # those of the register that it was made from, where they still stand


class Basis(Grown):
    """One thing that a sentence rests on. `says` is what it said when it was bound."""

    LATER: ClassVar[frozenset[str]] = frozenset({"verdict"})

    kind: BasisKind
    key: str  # the record's id, or the digest of a document
    label: str
    on: date | None = None  # its own day: of the check, the reading, the event, the document
    says: str = ""
    verdict: str = ""  # of an indicator's chart, where the sentence rests on that


class Statement(Frozen):
    """A sentence of a risk, and what it rests on: characters `start` to `end` (end excluded) of one field.

    bound: on something that stands; judged: a named post's judgement; moved: what it rested on, or the
    sentence itself, changed since; expired: its shelf life is over; unbound: it rests on nothing.
    """

    field: str  # its path, as in fields.py: "description", "controls:2"
    start: Annotated[int, Constraint(ge=0)]
    end: int
    text: str
    standing: Standing = "unbound"
    rests_on: tuple[Basis, ...] = ()
    judged_by: str = ""  # the post
    judged_on: date | None = None
    holds_until: date | None = None  # the last day of its shelf life
    because: str = ""  # why it moved or expired

    @model_validator(mode="after")
    def _has_characters(self) -> Self:
        if self.end <= self.start:
            raise ValueError("a statement has at least one character")
        return self


class Rule(Frozen):
    """Who may read a field of a risk (or all of it, where `field` is empty) and why no others."""

    field: str = ""
    readers: Readers  # the widest audience that may read it
    exemption: str = ""  # the ground in law, as the body names it
    harm: str = ""  # what publishing it would do
    reviewer: str = ""  # the post that answers for the rule
    words: str = ""  # what stood there as it was marked: looked for wherever it stands later
    until: date | None = None  # the day on which it is to be looked at again; it does not end by itself

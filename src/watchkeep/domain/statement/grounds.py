"""What a sentence can rest on, and for how long each kind counts before somebody must look again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, get_args

from watchkeep.domain.days import later_by_months
from watchkeep.domain.errors import Invalid
from watchkeep.domain.finding import written

GroundKind = Literal["observation", "check", "commitment", "event", "document", "judgement"]


@dataclass(frozen=True, slots=True)
class Shelf:
    """A kind of ground in words, and how many months it counts from its own day; none where the record itself
    says when it is over. `renewable`: a person may say that it still holds; the others are made anew.
    """

    name: str
    says: str
    months: int | None
    renewable: bool = True


SHELVES: Final[dict[GroundKind, Shelf]] = {
    "observation": Shelf("reading", "a figure that was read on a day, with its source", 4, False),
    "check": Shelf("check", "what somebody found when they looked at a control", None, False),
    "commitment": Shelf("promise", "something that was promised, as it stood then", None),
    "event": Shelf("event", "something that happened", 12),
    "document": Shelf("document", "a page of a kept file", 12),
    "judgement": Shelf("judgement", "what the holder of a post judges", 6),
}
LONGEST: Final = 24  # months: nothing counts longer without a look


def kind_named(text: str) -> GroundKind:
    """The kind of that name, as a column holds it."""
    for kind in get_args(GroundKind):
        if kind == text:
            found: GroundKind = kind
            return found
    raise Invalid("kind", f"A sentence rests on one of {', '.join(get_args(GroundKind))}; not on “{text}”.")


def shelf_life(kind: GroundKind, on: date, asked: date | None = None) -> date | None:
    """The last day on which it counts: the one that was asked for, else the kind's own."""
    if asked is None:
        months = SHELVES[kind].months
        return later_by_months(on, months) if months else None
    if asked < on:
        raise Invalid("holds_until", f"It is of {written(on)} and cannot stop counting before that.")
    if asked > (last := later_by_months(on, LONGEST)):
        raise Invalid(
            "holds_until",
            f"Nothing counts longer than two years without a look: give {written(last)} or a day before.",
        )
    return asked

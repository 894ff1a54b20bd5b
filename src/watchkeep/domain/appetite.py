"""Where a risk stands against what the body said it wants and will bear, and since when.

Appetite is the gravest band that the body is content with; tolerance the gravest that it will bear for a
time. Bands are compared by rank on one scale; whatever cannot be compared is said to be so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Literal
from uuid import UUID

from watchkeep.domain.errors import Invalid

Verdict = Literal["inside", "outside appetite", "outside tolerance", "cannot be said"]
VERDICTS: Final[tuple[Verdict, ...]] = (
    "outside tolerance",
    "outside appetite",
    "inside",
    "cannot be said",
)  # the gravest first

NO_CATEGORY = "the risk has no category"
NO_STATEMENT = "no appetite is stated for its category"
NOT_RATED = "the risk is not rated"


@dataclass(frozen=True, slots=True)
class Statement:
    """What the body says of one category from a day: the gravest band of each, by rank and name."""

    effective_on: date
    appetite: int
    tolerance: int
    appetite_name: str
    tolerance_name: str
    approved_by: str
    approved_on: date
    text: str = ""


@dataclass(frozen=True, slots=True)
class Rank:
    """The rank that a risk's band has on the scale of a statement, or why it has none."""

    rank: int | None
    name: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Stands:
    """A verdict with its reason, the first day of the run of days on which it has been the same, and what
    the body had stated, of which category.
    """

    verdict: Verdict
    reason: str
    since: date | None = None
    statement: Statement | None = None
    category: UUID | None = None


@dataclass(frozen=True, slots=True)
class Moment:
    """What was said of a risk from one day on: its category's statement then, and its band's rank on it."""

    on: date
    categorised: bool
    rank: Rank
    statement: Statement | None


def checked(appetite: int | None, tolerance: int | None) -> tuple[int, int]:
    """The two ranks; refused where one is on no band of the scale, or less is borne than is wanted."""
    if appetite is None:
        raise Invalid("appetite", "Choose the gravest band of the scale that is inside appetite.")
    if tolerance is None:
        raise Invalid("tolerance", "Choose the gravest band of the scale that is inside tolerance.")
    if tolerance < appetite:
        raise Invalid("tolerance", "Tolerance is at or above appetite: what the body wants, it also bears.")
    return appetite, tolerance


def stands(rank: Rank, statement: Statement | None, *, categorised: bool = True) -> Stands:
    """The verdict of one day, without since when."""
    if not categorised:
        return Stands("cannot be said", NO_CATEGORY)
    if statement is None:
        return Stands("cannot be said", NO_STATEMENT)
    if rank.rank is None:
        return Stands("cannot be said", rank.why or NOT_RATED)
    if rank.rank > statement.tolerance:
        return Stands(
            "outside tolerance", f"{rank.name} is above {statement.tolerance_name}, the most that is borne"
        )
    if rank.rank > statement.appetite:
        return Stands(
            "outside appetite", f"{rank.name} is above {statement.appetite_name}, the most that is wanted"
        )
    return Stands("inside", f"{rank.name} is not above {statement.appetite_name}, the most that is wanted")


def stands_since(moments: Sequence[Moment]) -> Stands:
    """The last moment's verdict, and the day on which the unbroken run of it began.

    Moments are in order of their days. A change of reason with the same verdict breaks no run.
    """
    if not moments:
        return Stands("cannot be said", NOT_RATED)
    said = [
        (moment.on, stands(moment.rank, moment.statement, categorised=moment.categorised))
        for moment in moments
    ]
    last = said[-1][1]
    since = said[-1][0]
    for on, each in reversed(said):
        if each.verdict != last.verdict:
            break
        since = on
    return replace(last, since=since, statement=moments[-1].statement)


def tally(verdicts: Iterable[Verdict]) -> tuple[tuple[Verdict, int], ...]:
    """How many of each, the gravest first; only those that occur."""
    found = list(verdicts)
    return tuple((each, found.count(each)) for each in VERDICTS if each in found)

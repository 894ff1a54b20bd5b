"""What is new since the last paper: risks, ratings, promises and words, from two register documents.

It compares what two papers say. What an earlier audience could not read is not told to this one: both are
documents that the same audience has.
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Literal

from watchkeep.domain.document.values import Frozen, Grown

Way = Literal["higher", "lower", "restated"]
Fate = Literal["kept", "slipped", "newly late", "dropped"]  # of a promise
# What became of a sentence's basis: it has one now, another one, none, or one that must be looked at again.
Footing = Literal["bound", "rebound", "unbound", "shaken"]


class Told(Frozen):
    """A risk by the key that it has in the later document (in the earlier one where it is gone)."""

    key: str
    title: str
    reason: str = ""  # why it closed, opened or moved, where the later document says


class Moved(Told):
    """A risk whose standing rating or score is another.

    Restated: which of the two is graver cannot be said, since they are not of one scale or one stage.
    """

    way: Way
    before: str
    after: str


class Rescored(Told):
    """A rating, score, likelihood or impact of a stage that is another; `reason` is its rationale.

    Of what the paper says of itself and not of a risk, the key is empty.
    """

    what: str
    before: str
    after: str


class News(Told):
    """A promise of a risk: kept, slipped, dropped or newly late."""

    promise: str
    owner: str = ""
    due: date | None = None
    was_due: date | None = None
    settled_on: date | None = None

    @property
    def after_its_day(self) -> bool:
        """Whether it was settled after the day that it was due on: what was kept so was kept late."""
        return self.due is not None and self.settled_on is not None and self.settled_on > self.due


class Words(Frozen):
    """Words next to each other that stay, go or come; see wording.py."""

    kind: Literal["same", "removed", "added", "left out"]
    text: str


class Reworded(Told):
    """A text of a risk that says something else."""

    field: str
    label: str
    words: tuple[Words, ...]


class Restated(Told):
    """A sentence that stands otherwise than it did; `reason` is why it must be looked at again."""

    way: Footing
    label: str  # of the text that it stands in
    sentence: str
    before: str
    after: str


class Since(Grown):
    """Everything that differs, in the later document's order."""

    LATER: ClassVar[frozenset[str]] = frozenset({"restated", "ruled", "measured"})

    earlier: str  # what the earlier paper is called: "edition 3, frozen on 31 March 2026", or a file's name
    earlier_as_at: date | None = None
    as_at: date | None = None  # the later paper's day
    new: tuple[Told, ...] = ()
    gone: tuple[Told, ...] = ()
    moved: tuple[Moved, ...] = ()
    rescored: tuple[Rescored, ...] = ()
    kept: tuple[News, ...] = ()
    slipped: tuple[News, ...] = ()
    newly_late: tuple[News, ...] = ()
    dropped: tuple[News, ...] = ()  # given up, or told of no more
    reworded: tuple[Reworded, ...] = ()
    restated: tuple[Restated, ...] = ()
    measured: tuple[Rescored, ...] = ()  # indicators whose verdict is another; `reason` is what it rests on
    ruled: tuple[Rescored, ...] = ()  # who may read what; only where both papers tell it
    retold: tuple[Rescored, ...] = ()  # trends of a quarter that the earlier paper told otherwise
    cover: tuple[Rescored, ...] = ()  # what the paper says of itself: its body, its title, its scale
    unsure: tuple[Told, ...] = ()  # risks that were matched by their words alone; `reason` says how alike

    @property
    def nothing(self) -> bool:
        """Whether the two papers say the same."""
        lists = (self.new, self.gone, self.moved, self.rescored, self.kept, self.slipped, self.newly_late)
        more = (self.reworded, self.restated, self.measured, self.ruled, self.retold, self.cover)
        return not any((*lists, self.dropped, *more))

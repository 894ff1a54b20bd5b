"""What is new since the last paper: risks, ratings, promises and words, from two register documents.

It compares what two papers say. What an earlier audience could not read is not told to this one: both are
documents that the same audience has.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from watchkeep.domain.document.values import Frozen


class Told(Frozen):
    """A risk by the key that it has in the later document (in the earlier one where it is gone)."""

    key: str
    title: str
    reason: str = ""  # why it closed, opened or moved, where the later document says


class Moved(Told):
    """A risk whose standing rating or score is another."""

    way: Literal["higher", "lower", "restated"]
    before: str
    after: str


class Rescored(Told):
    """A rating, score, likelihood or impact of a stage that is another; `reason` is its rationale."""

    what: str
    before: str
    after: str


class News(Told):
    """A promise of a risk: kept, slipped or newly late."""

    promise: str
    owner: str = ""
    due: date | None = None
    was_due: date | None = None
    settled_on: date | None = None


class Words(Frozen):
    """Words next to each other that stay, go or come; see wording.py."""

    kind: Literal["same", "removed", "added", "left out"]
    text: str


class Reworded(Told):
    """A text of a risk that says something else."""

    field: str
    label: str
    words: tuple[Words, ...]


class Since(Frozen):
    """Everything that differs, in the later document's order."""

    earlier: str  # what the earlier paper is called: "edition 3, frozen on 31 March 2026", or a file's name
    earlier_as_at: date | None = None
    new: tuple[Told, ...] = ()
    gone: tuple[Told, ...] = ()
    moved: tuple[Moved, ...] = ()
    rescored: tuple[Rescored, ...] = ()
    kept: tuple[News, ...] = ()
    slipped: tuple[News, ...] = ()
    newly_late: tuple[News, ...] = ()
    reworded: tuple[Reworded, ...] = ()

    @property
    def nothing(self) -> bool:
        """Whether the two papers say the same."""
        lists = (self.new, self.gone, self.moved, self.rescored, self.kept, self.slipped)
        return not any((*lists, self.newly_late, self.reworded))

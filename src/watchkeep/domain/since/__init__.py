"""What is new since the last paper: risks, ratings, promises and words, from two register documents.

It compares what two papers say. What an earlier audience could not read is not told to this one: both are
documents that the same audience has. Who may read what is told to those alone who may see the rules.
"""

from watchkeep.domain.since.comparing import since
from watchkeep.domain.since.judged import DONE, by_manner
from watchkeep.domain.since.promises import days
from watchkeep.domain.since.saying import FOOTINGS, besides_moves, called, say, with_late
from watchkeep.domain.since.values import (
    Footing,
    Moved,
    News,
    Rescored,
    Restated,
    Reworded,
    Since,
    Told,
    Way,
    Words,
)

__all__ = [
    "DONE",
    "FOOTINGS",
    "Footing",
    "Moved",
    "News",
    "Rescored",
    "Restated",
    "Reworded",
    "Since",
    "Told",
    "Way",
    "Words",
    "besides_moves",
    "by_manner",
    "called",
    "days",
    "say",
    "since",
    "with_late",
]

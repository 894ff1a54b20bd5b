"""What sentences rest on, and how they stand: one module for each kind of question."""

from watchkeep.apps.evidence.queries.held import held_by
from watchkeep.apps.evidence.queries.offering import FileOffer, Offer, Offered, offered
from watchkeep.apps.evidence.queries.sentences import ShakenRow, flagged_of, placed_in, shaken, statements_of

__all__ = [
    "FileOffer",
    "Offer",
    "Offered",
    "ShakenRow",
    "flagged_of",
    "held_by",
    "offered",
    "placed_in",
    "shaken",
    "statements_of",
]

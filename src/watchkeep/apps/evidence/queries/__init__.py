"""What sentences rest on, and how they stand: one module for each kind of question."""

from watchkeep.apps.evidence.queries.held import held_by
from watchkeep.apps.evidence.queries.observed import (
    IndicatorOffer,
    ReadingOffer,
    any_indicator,
    indicators_offered,
)
from watchkeep.apps.evidence.queries.offering import FileOffer, Offer, Offered, offered
from watchkeep.apps.evidence.queries.sentences import ShakenRow, flagged_of, placed_in, shaken, statements_of

__all__ = [
    "FileOffer",
    "IndicatorOffer",
    "Offer",
    "Offered",
    "ReadingOffer",
    "ShakenRow",
    "any_indicator",
    "flagged_of",
    "held_by",
    "indicators_offered",
    "offered",
    "placed_in",
    "shaken",
    "statements_of",
]

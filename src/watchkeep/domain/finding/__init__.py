"""What a register amounts to, in counts and in a sentence that anybody can check by counting.

Only counts: bands and scores are ordinal, so they are compared and tallied, never added up or averaged.
"""

from watchkeep.domain.finding.bands import BandCount, standing_rating
from watchkeep.domain.finding.dates import names_a_date
from watchkeep.domain.finding.missing import Missing
from watchkeep.domain.finding.moving import MOVED, Moved, MovedCount, moved_of
from watchkeep.domain.finding.periods import (
    latest_period,
    named_period,
    previous_period,
    quarter_of,
    spoken_period,
)
from watchkeep.domain.finding.saying import Part
from watchkeep.domain.finding.whole import Finding, finding
from watchkeep.domain.finding.words import counted, in_words, listed, written

__all__ = [
    "MOVED",
    "BandCount",
    "Finding",
    "Missing",
    "Moved",
    "MovedCount",
    "Part",
    "counted",
    "finding",
    "in_words",
    "latest_period",
    "listed",
    "moved_of",
    "named_period",
    "names_a_date",
    "previous_period",
    "quarter_of",
    "spoken_period",
    "standing_rating",
    "written",
]

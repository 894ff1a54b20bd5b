"""What a risk's sentences rest on: a check, a promise, an event, a document, a reading or a post's judgement.

A sentence is bound, judged, unbound, moved or expired on a day; nobody sets that, it follows from the records
and the day. What needs a basis is what claims that things get better, and what holds a number or a date.
"""

from watchkeep.domain.statement.covering import (
    Coverage,
    UnboundClaim,
    claims_without_basis,
    coverage,
    covered,
    listed,
    unbound_claims,
)
from watchkeep.domain.statement.grounds import (
    LONGEST,
    SHELVES,
    GroundKind,
    Shelf,
    kind_named,
    shelf_life,
)
from watchkeep.domain.statement.measuring import (
    CHART,
    chart_named,
    latest_of,
    may_hold,
    period_named,
    reading_counts_until,
    reading_moved,
    reading_named,
    reading_newer,
    reading_of,
    reading_on,
    verdict_moved,
    verdict_named,
)
from watchkeep.domain.statement.moving import (
    check_moved,
    document_moved,
    event_moved,
    found,
    promise_moved,
    promise_says,
)
from watchkeep.domain.statement.needing import FIELDS, Sentence, field_of, sentences_of
from watchkeep.domain.statement.standing import Ground, Held, Placed, placed, squeezed, stands

__all__ = [
    "CHART",
    "FIELDS",
    "LONGEST",
    "SHELVES",
    "Coverage",
    "Ground",
    "GroundKind",
    "Held",
    "Placed",
    "Sentence",
    "Shelf",
    "UnboundClaim",
    "chart_named",
    "check_moved",
    "claims_without_basis",
    "coverage",
    "covered",
    "document_moved",
    "event_moved",
    "field_of",
    "found",
    "kind_named",
    "latest_of",
    "listed",
    "may_hold",
    "period_named",
    "placed",
    "promise_moved",
    "promise_says",
    "reading_counts_until",
    "reading_moved",
    "reading_named",
    "reading_newer",
    "reading_of",
    "reading_on",
    "sentences_of",
    "shelf_life",
    "squeezed",
    "stands",
    "unbound_claims",
    "verdict_moved",
    "verdict_named",
]

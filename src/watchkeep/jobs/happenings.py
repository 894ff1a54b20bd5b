"""The history as a viewer may read it: the one place that decides what of it is theirs to see.

Entries hold no foreign keys, so that what is open to whom is asked of the records that they tell of.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from watchkeep.apps.history import queries as history
from watchkeep.apps.history.queries import EntryPage, EntryRow
from watchkeep.apps.indicators import queries as indicators
from watchkeep.apps.publication import queries as publication
from watchkeep.apps.register import queries as register
from watchkeep.apps.reviews.queries import hiding
from watchkeep.domain.clock import PRESENT, Clock
from watchkeep.domain.people import THROUGHOUT, Actor, may

# What Watchkeep does beside what people do: the files of an edition, looking ahead, pulling, telling people.
BESIDE: Final = frozenset(
    {
        "attach a file",
        "forecast",
        "refuse a forecast",
        "look for an effect",
        "pull a feed",
        "tell a person",
        "take notices to be sent",
        "send notices",
        "fail to send notices",
        "lose sight of notices",
    }
)
# Feeds and files of readings are for who keeps indicators; readings that came together may be of indicators
# that somebody with roles in some registers only may not see.
FEEDING: Final = frozenset({"feed", "readings"})
ACROSS: Final = frozenset({"batch"})


def entries(
    viewer: Actor,
    subject: tuple[str, str] | None = None,
    page: int = 1,
    clock: Clock = PRESENT,
    *,
    beside: bool = False,
) -> EntryPage:
    """A page of the history: what people did, and with `beside` also what Watchkeep did.

    What tells of something that the viewer may not see is left out; what was said in a review that they may
    not follow yet, or of a paper that is not theirs to read in, stands without its words.
    """
    without = frozenset() if beside else BESIDE
    if may(viewer, "see everything", THROUGHOUT) is None:
        return history.entries(viewer, subject, page, clock, without=without)
    hidden = register.hidden_subjects(viewer) | hiding.hidden_subjects(viewer)
    hidden["edition"] = publication.hidden_editions(viewer)
    hidden["indicator"] = indicators.hidden_indicators(viewer)
    closed = frozenset() if may(viewer, "keep indicators") is None else FEEDING
    closed |= frozenset() if viewer.role else ACROSS
    found = history.entries(viewer, subject, page, clock, hidden, without, closed)
    open_cycles = hiding.open_cycles_of_others(viewer)
    drafts = may(viewer, "bring in papers") is not None
    rows = (
        _without_words(row)
        if row.facts.get("cycle") in open_cycles or (drafts and row.subject_kind == "import")
        else row
        for row in found.rows
    )
    return replace(found, rows=tuple(rows))


def _without_words(row: EntryRow) -> EntryRow:
    return replace(row, reason="", facts={})

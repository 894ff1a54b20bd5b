"""The history as a viewer may read it: the one place that decides what of it is theirs to see.

Entries hold no foreign keys, so that what is open to whom is asked of the records that they tell of.
"""

from __future__ import annotations

from dataclasses import replace

from watchkeep.apps.history import queries as history
from watchkeep.apps.history.queries import EntryPage, EntryRow
from watchkeep.apps.publication import queries as publication
from watchkeep.apps.register import queries as register
from watchkeep.apps.reviews.queries import hiding
from watchkeep.domain.clock import PRESENT, Clock
from watchkeep.domain.people import THROUGHOUT, Actor, may


def entries(
    viewer: Actor, subject: tuple[str, str] | None = None, page: int = 1, clock: Clock = PRESENT
) -> EntryPage:
    """A page of the history. What tells of something that the viewer may not see is left out; what was said
    in a review that they may not follow yet, or of a paper that is not theirs to read in, stands without its
    words.
    """
    if may(viewer, "see everything", THROUGHOUT) is None:
        return history.entries(viewer, subject, page, clock)
    hidden = register.hidden_subjects(viewer) | hiding.hidden_subjects(viewer)
    hidden["edition"] = publication.hidden_editions(viewer)
    found = history.entries(viewer, subject, page, clock, hidden)
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

"""The front sheet of a committee paper: who asks the meeting for what."""

from __future__ import annotations

from watchkeep.domain.edition import Edition
from watchkeep.domain.finding import written
from watchkeep.formats.writers.paper.values import FrontSheet


def front_of(edition: Edition | None) -> FrontSheet | None:
    """The sheet, where the edition has one that says anything."""
    front = edition.matter.front if edition else None
    if front is None:
        return None
    facts = [("Report to", front.meeting), ("Report of", front.report_of)]
    if front.meeting_on:
        facts.insert(1, ("Meeting on", written(front.meeting_on)))
    said = tuple((name, text) for name, text in facts if text.strip())
    if not (said or front.purpose.strip() or front.recommendations):
        return None
    return FrontSheet(said, front.purpose.strip(), tuple(each for each in front.recommendations if each))

"""The finding: the sentence, and every count behind it."""

from __future__ import annotations

from dataclasses import dataclass

from watchkeep.domain.document import RegisterDocument
from watchkeep.domain.finding.bands import BandCount, bands_of, scores_of
from watchkeep.domain.finding.dates import names_a_date, past_and_coming
from watchkeep.domain.finding.missing import Missing, missing_of
from watchkeep.domain.finding.moving import MovedCount, moved_in
from watchkeep.domain.finding.periods import latest_period, named_period
from watchkeep.domain.finding.saying import (
    Part,
    due_sentence,
    joined,
    missing_sentence,
    movement_sentence,
    since_when,
    standing_sentence,
)


@dataclass(frozen=True, slots=True)
class Finding:
    """The sentence in linkable parts, and every count behind it."""

    parts: tuple[Part, ...]
    risks: int
    bands: tuple[BandCount, ...]  # highest first, then words that the scale does not know
    unrated: tuple[str, ...]
    scores: tuple[tuple[str, int], ...]  # each score and how many risks have it, highest first
    latest: str | None  # the period that `moved` speaks of, as its column is headed
    latest_named: str  # the same for a sentence: its full quarter where that is known
    moved: tuple[MovedCount, ...]  # always all seven ways, if there is any trend
    history: tuple[MovedCount, ...]  # the same for every period, in the source's order
    not_recorded: tuple[Missing, ...]  # only what at least one risk does not say
    controls: int
    dated_controls: int
    actions: int
    dated_actions: int
    past_due: tuple[str, ...]
    still_to_come: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """The finding as plain text."""
        return "".join(part.text for part in self.parts)


def finding(document: RegisterDocument) -> Finding:
    """Count the register, and say in one breath what a committee would want to know first."""
    bands, unrated = bands_of(document)
    latest = latest_period(document)
    named = named_period(document, latest or "")
    history = tuple(count for each in document.periods() for count in moved_in(document, each))
    moved = tuple(count for count in history if count.period == latest)
    scores = scores_of(document)
    missing = missing_of(document)
    past, coming = past_and_coming(document)
    controls = [item for risk in document.risks for item in risk.controls if item.recorded]
    actions = [item for risk in document.risks for item in risk.actions if item.recorded]
    known = document.rising_basis in ("stated", "confirmed")
    sentences = (
        standing_sentence(document, bands, unrated, scores),
        movement_sentence(moved, named, since_when(document, latest), known=known),
        missing_sentence(document, missing),
        due_sentence(document, past),
    )
    return Finding(
        parts=joined(each for each in sentences if each),
        risks=len(document.risks),
        bands=bands,
        unrated=unrated,
        scores=scores,
        latest=latest,
        latest_named=named,
        moved=moved,
        history=history,
        not_recorded=missing,
        controls=len(controls),
        dated_controls=sum(names_a_date(item.text or "") for item in controls),
        actions=len(actions),
        dated_actions=sum(names_a_date(item.text or "") for item in actions),
        past_due=past,
        still_to_come=coming,
    )

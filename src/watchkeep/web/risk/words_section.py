"""The section on words of a risk's page: what a reader would ask, and what was answered."""

from __future__ import annotations

from dataclasses import dataclass

from watchkeep.apps.register.queries import RiskPage
from watchkeep.apps.scrutiny.queries import findings_of
from watchkeep.domain.answering import may_answer
from watchkeep.domain.clock import PRESENT, Clock
from watchkeep.domain.people import Actor
from watchkeep.web.words.shown import Shown, shown, words_link

TEMPLATE = "risk/words_section.html"
FIRST = 5  # findings that stand open on the page; the rest is folded away beneath


@dataclass(frozen=True, slots=True)
class WordsSection:
    """What is found in the risk's words, the weightiest first; what is answered is folded away."""

    first: tuple[Shown, ...]
    rest: tuple[Shown, ...]
    answered: tuple[Shown, ...]
    errors: int
    link: str
    answering: bool

    @property
    def open(self) -> int:
        """How many nobody has answered."""
        return len(self.first) + len(self.rest)


def section(viewer: Actor, page: RiskPage, clock: Clock = PRESENT) -> WordsSection | None:
    """What is found in the words of the risk by the clock; nothing once nothing more is said of it."""
    if page.state in ("closed", "merged"):
        return None
    found = findings_of(viewer, page, clock)
    answering = not clock.past and may_answer(viewer, page.place, page.owner_post) is None
    rows = shown(found, {page.key: page.value}, page.register.slug, answering=answering)
    still = tuple(each for each in rows if each.finding.open)
    return WordsSection(
        first=still[:FIRST],
        rest=still[FIRST:],
        answered=tuple(each for each in rows if not each.finding.open),
        errors=sum(each.finding.found.weight == "error" for each in still),
        link=words_link(page.register.slug),
        answering=answering,
    )

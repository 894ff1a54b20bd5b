"""The section on a risk's page about its reviews: where this quarter's stands, and who signed off which."""

from __future__ import annotations

from dataclasses import dataclass

from watchkeep.apps.register.queries import RiskPage
from watchkeep.apps.reviews.queries.reviewing import ReviewLine, reviews_of
from watchkeep.domain.clock import PRESENT, Clock
from watchkeep.domain.people import Actor
from watchkeep.web.review.links import review_link


@dataclass(frozen=True, slots=True)
class Line:
    """One review, with its address."""

    line: ReviewLine
    link: str


@dataclass(frozen=True, slots=True)
class Section:
    """Every review of the risk, the latest first."""

    lines: tuple[Line, ...]


def section(viewer: Actor, page: RiskPage, clock: Clock = PRESENT) -> Section:
    """The reviews that the viewer may read."""
    found = reviews_of(viewer, page.id, clock)
    return Section(tuple(Line(each, review_link(each.cycle, each.row.key)) for each in found))

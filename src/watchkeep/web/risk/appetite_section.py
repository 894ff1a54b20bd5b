"""The section on appetite of a risk's page: where it stands and since when, and, apart from what was said
then, its old ratings read on the scale that stands.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from watchkeep.apps.register import queries
from watchkeep.apps.register.queries import CategoryRow, Restating, RiskPage
from watchkeep.domain.appetite import NOT_RATED, Stands
from watchkeep.domain.clock import PRESENT, Clock
from watchkeep.domain.document import Band, Scale
from watchkeep.domain.people import Actor, may
from watchkeep.domain.scale import shade
from watchkeep.web.risk.course import STEP, WIDE

TEMPLATE = "risk/appetite_section.html"


@dataclass(frozen=True, slots=True)
class Restep:
    """One rating as it would be drawn on the scale that stands; none of a height where it cannot be."""

    x: int
    height: int
    step: int = 0  # its tint, 1 to 5
    short: str = ""  # under its step: when it was said

    @property
    def y(self) -> int:
        """Where it starts, so that all stand on one line."""
        return STEP - self.height


@dataclass(frozen=True, slots=True)
class AppetiteSection:
    """What the page shows of it."""

    stands: Stands
    category: CategoryRow | None
    restating: Restating | None
    strip: tuple[Restep, ...]
    settings: str  # where the category is kept, for who may
    width: int

    @property
    def drawn(self) -> bool:
        """Whether there is anything to compare."""
        return sum(each.height > 0 for each in self.strip) > 1


def section(viewer: Actor, page: RiskPage, clock: Clock = PRESENT) -> AppetiteSection:
    """Lay it out, in a fixed number of statements."""
    found = queries.stands(viewer, None, clock, risks=[page.id])
    stands = found.get(page.id) or Stands("cannot be said", NOT_RATED)
    category = _category(viewer, stands, clock)
    restating = queries.restating(viewer, page.id, clock)
    shown = restating if restating and restating.needed else None
    strip = _strip(shown) if shown else ()
    kept = category is not None and may(viewer, "change risks", queries.WHOLE_BODY) is None
    link = reverse("category", args=[category.id]) if kept and category else ""
    return AppetiteSection(stands, category, shown, strip, link, WIDE * len(strip))


def _category(viewer: Actor, stands: Stands, clock: Clock) -> CategoryRow | None:
    """The body's category that it stands against, whatever it is called now, with what is stated of it."""
    if stands.category is None:
        return None
    return next((each for each in queries.categories(viewer, clock) if each.id == stands.category), None)


def _strip(restating: Restating) -> tuple[Restep, ...]:
    most = len(restating.bands)
    scale = Scale(bands=tuple(Band(name=name, rank=rank) for rank, name in enumerate(restating.bands, 1)))
    return tuple(
        Restep(
            WIDE * place,
            round(STEP * (row.restated.rank or 0) / most),
            shade(scale, row.restated.name) or 0,
            f"{row.on:%b %Y}",
        )
        for place, row in enumerate(restating.rows)
    )

"""The section of a risk's page on what its words rest on: each sentence with its mark, what asks for a person
first.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from watchkeep.apps.evidence.queries import placed_in
from watchkeep.apps.register.queries import RiskPage
from watchkeep.domain.clock import PRESENT, Clock
from watchkeep.domain.document import Standing
from watchkeep.domain.fields import label_of
from watchkeep.domain.people import Actor
from watchkeep.domain.risk_state import may_amend, may_change, state_named
from watchkeep.domain.statement import SHELVES, Ground, Placed, coverage

TEMPLATE = "risk/rests_section.html"
SOON: Final = 31  # days before its shelf life is over, from which a person may say that it still holds


@dataclass(frozen=True, slots=True)
class Basis:
    """One thing that a sentence rests on, with where it stands and where it is taken off, by who may."""

    ground: Ground
    what: str
    link: str
    take_off: str
    expired: bool

    @property
    def said(self) -> str:
        """What it said, without the full stop that the page sets."""
        return self.ground.says.rstrip(". ")


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence with its mark, and what may be done about it."""

    row: Placed
    where: str
    bases: tuple[Basis, ...]
    bind: str
    look: str

    @property
    def standing(self) -> Standing:
        """How it stands."""
        return self.row.standing

    @property
    def presses(self) -> bool:
        """Whether it asks for a person: it moved, grew old, or claims an improvement on nothing."""
        return self.row.flagged or (self.row.standing == "unbound" and self.row.sentence.claims)


@dataclass(frozen=True, slots=True)
class RestsSection:
    """How much of what the risk says rests on something, sentence by sentence."""

    finding: str
    pressing: tuple[Said, ...]
    others: tuple[Said, ...]


def section(viewer: Actor, page: RiskPage, clock: Clock = PRESENT) -> RestsSection:
    """What the risk's words rested on by the clock."""
    rows = placed_in(viewer, page.register.id, [page.value], clock)[page.key]
    told = page.value.model_copy(update={"statements": tuple(each.statement for each in rows)})
    refusal = may_change(viewer, page.place, page.owner_post) or may_amend(
        state_named(page.state), page.label
    )
    changing = not clock.past and refusal is None
    day = clock.day or timezone.localdate()
    said = [_said(viewer, page, each, day, changing=changing) for each in rows]
    said.sort(key=lambda each: (not each.row.sentence.claims, not each.row.flagged))
    return RestsSection(
        finding=coverage(told).sentence,
        pressing=tuple(each for each in said if each.presses),
        others=tuple(each for each in said if not each.presses),
    )


def at(page: RiskPage, route: str, **asked: str) -> str:
    """A form page about one of the risk's sentences."""
    query = urlencode({"register": page.register.slug} | asked)
    return f"{reverse(route, args=[page.key])}?{query}"


def _said(viewer: Actor, page: RiskPage, row: Placed, day: date, *, changing: bool) -> Said:
    look = (
        at(page, "risk-look", sentence=row.sentence.key) if changing and _may_look(viewer, row, day) else ""
    )
    return Said(
        row=row,
        where=label_of(row.sentence.path),
        bases=tuple(_basis(page, each, day, changing=changing) for each in row.grounds),
        bind=at(page, "risk-rests", sentence=row.sentence.key) if changing else "",
        look=look,
    )


def _may_look(viewer: Actor, row: Placed, day: date) -> bool:
    """Whether it is time to look again, and all that it rests on can be: what grows old by itself is followed
    by something newer, and a judgement is its post's.
    """
    soon = day + timedelta(days=SOON)
    due = row.flagged or any(each.expired(soon) for each in row.grounds)
    able = all(
        (SHELVES[each.kind].renewable or not each.expired(day))
        and (each.kind != "judgement" or each.key in viewer.posts)
        for each in row.grounds
    )
    return due and able


def _basis(page: RiskPage, ground: Ground, day: date, *, changing: bool) -> Basis:
    return Basis(
        ground=ground,
        what=SHELVES[ground.kind].name.capitalize(),
        link=_link(ground),
        take_off=at(page, "risk-take-off", basis=ground.id) if changing else "",
        expired=ground.expired(day),
    )


def _link(ground: Ground) -> str:
    """Where what it rests on is to be seen."""
    if ground.indicator:
        return reverse("indicator", args=[ground.indicator])
    if ground.kind == "commitment":
        return reverse("promise", args=[ground.label.partition(" ")[0]])
    if ground.kind == "check":
        return reverse("control", args=[ground.label.partition(" ")[0]])
    return "#events" if ground.kind == "event" else ""

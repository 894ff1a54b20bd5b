"""Risks whose trend on record says one thing and their indicators another: both told, neither moved."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from textwrap import shorten
from typing import Final

from watchkeep.apps.indicators.queries import speaking_to, spoken_of
from watchkeep.apps.register import queries as registers
from watchkeep.apps.register.queries import RegisterRow
from watchkeep.domain.clock import Clock
from watchkeep.domain.document import Movement, RegisterDocument, Trend
from watchkeep.domain.finding import latest_period, named_period
from watchkeep.domain.indicator.verdict import difference
from watchkeep.domain.people import Actor, may
from watchkeep.web.home.moved import QUOTED
from watchkeep.web.register.links import risk_link

MOST: Final = 6  # named one by one; each risk's own page tells of its own
GRAVEST: Final[tuple[Movement, ...]] = ("worsening", "steady", "improving")  # what the indicators say


@dataclass(frozen=True, slots=True)
class Differing:
    """A risk judged one way while its indicators say another."""

    reference: str
    name: str
    link: str
    sentence: str
    why: str  # what the indicators' word rests on


@dataclass(frozen=True, slots=True)
class Differences:
    """Those that are named, the gravest first, and how many there are in all."""

    rows: tuple[Differing, ...]
    count: int


def differences(
    viewer: Actor, told: Iterable[tuple[RegisterRow, str, RegisterDocument | None]], clock: Clock
) -> Differences:
    """Over registers (with their names in addresses, and the document where it is at hand): for who keeps a
    register's risks all of it, for who answers for some of its risks those, for anybody else all.
    """
    found: list[tuple[int, Differing]] = []
    for row, slug, document in told:
        if speaking_to(viewer, row.slug, clock):
            known = document or registers.document(viewer, row.slug, clock)
            found += _of(viewer, row, slug, known, clock)
    found.sort(key=lambda pair: pair[0])
    return Differences(tuple(each for _, each in found[:MOST]), len(found))


def _of(
    viewer: Actor, row: RegisterRow, slug: str, document: RegisterDocument, clock: Clock
) -> list[tuple[int, Differing]]:
    period = latest_period(document)
    if period is None:
        return []
    beside = registers.beside(viewer, row.id, clock)
    marks = {
        risk.key: mark
        for risk in document.risks
        if (mark := _mark(risk.trends, period)) and risk.key in beside
    }
    own = {key for key, each in beside.items() if str(each.owner_post) in viewer.posts}
    if own and may(viewer, "change risks", registers.place(viewer, row.id)):
        marks = {key: mark for key, mark in marks.items() if key in own}
    said = spoken_of(viewer, [beside[key].id for key in marks], clock)
    named, found = named_period(document, period), []
    for risk in document.risks:
        if risk.key not in marks or not (heard := said.get(beside[risk.key].id)):
            continue
        sentence = difference(marks[risk.key].movement, heard, named)
        if sentence and heard.movement:
            made = Differing(
                reference=risk.reference.text or "",
                name=risk.name.text or "Risk without a name",
                link=f"{risk_link(risk.key, slug)}#figures",
                sentence=sentence,
                why=shorten(heard.basis, QUOTED, placeholder=" …"),
            )
            found.append((GRAVEST.index(heard.movement), made))
    return found


def _mark(trends: Iterable[Trend], period: str) -> Trend | None:
    return next((each for each in trends if each.period == period and each.movement), None)

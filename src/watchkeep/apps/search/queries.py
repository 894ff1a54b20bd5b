"""What has these words, of all that the viewer may see: the one place where a search meets its scope."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from watchkeep.apps.history.standing import told
from watchkeep.apps.indicators.models import Indicator
from watchkeep.apps.indicators.queries import visible_indicators
from watchkeep.apps.register.models import Event, EventRisk, Risk
from watchkeep.apps.register.queries import visible, visible_risks
from watchkeep.apps.reviews.models import Board, Meeting
from watchkeep.apps.reviews.queries.boards import visible_boards
from watchkeep.apps.reviews.queries.cycles import visible_reviews
from watchkeep.apps.search.engines import END, START, asked, matching
from watchkeep.apps.search.models import ALWAYS, Passage
from watchkeep.apps.treatment.models import Commitment, Control
from watchkeep.apps.treatment.queries import visible_commitments, visible_controls
from watchkeep.domain.clock import PRESENT, Clock
from watchkeep.domain.people import Actor

PAGE: Final = 25
MOST: Final = 500  # hits that are counted; beyond it, more words find more


@dataclass(frozen=True, slots=True)
class Run:
    """Words of a hit, found or beside what was found."""

    text: str
    found: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that has the words, with what it is about."""

    kind: str
    of: UUID
    label: str
    runs: tuple[Run, ...]
    on: date | None
    risk_key: str = ""
    register_slug: str = ""
    control: str = ""  # its reference
    promise: str = ""  # its reference
    indicator: str = ""  # its reference
    board: str = ""  # its name in addresses
    meeting_on: date | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A page of hits, the best first. `more` where there are more than are counted."""

    words: tuple[str, ...]
    hits: tuple[Hit, ...]
    total: int
    page: int
    pages: int
    more: bool


def search(viewer: Actor, words: str, clock: Clock = PRESENT, page: int = 1, kind: str = "") -> Found:
    """What has every one of these words, as it stood by the clock; in three statements, and two a scope."""
    sought = asked(words)
    rows = _standing(readable(viewer), clock)
    if kind:
        rows = rows.filter(kind=kind)
    if not sought:
        return Found((), (), 0, 1, 1, more=False)
    every = list(matching(rows, sought).order_by("rank", "pk").values_list("pk", flat=True)[: MOST + 1])
    total = min(len(every), MOST)
    pages = max(1, -(-total // PAGE))
    page = min(max(1, page), pages)
    shown = every[(page - 1) * PAGE : min(page * PAGE, MOST)]
    found = list(matching(Passage.objects.filter(pk__in=shown), sought).order_by("rank", "pk"))
    return Found(sought, _hits(viewer, found), total, page, pages, more=len(every) > MOST)


def readable(viewer: Actor) -> QuerySet[Passage]:
    """The passages that the viewer may read: of their body, where they see all that the passage names."""
    bearing = EventRisk.objects.filter(event=OuterRef("pk"), risk__in=visible_risks(viewer))
    events = Event.objects.filter(Exists(bearing), body_id=viewer.body)
    rows = Passage.objects.filter(body=viewer.body)
    for name, seen in (
        ("register", visible(viewer)),
        ("risk", visible_risks(viewer)),
        ("other_risk", visible_risks(viewer)),
        ("review", visible_reviews(viewer)),
        ("control", visible_controls(viewer)),
        ("commitment", visible_commitments(viewer)),
        ("indicator", visible_indicators(viewer)),
        ("event", events),
        ("board", visible_boards(viewer)),
    ):
        rows = rows.filter(Q(**{name: None}) | Q(**{f"{name}__in": seen.order_by().values("pk")}))
    return rows


def _standing(rows: QuerySet[Passage], clock: Clock) -> QuerySet[Passage]:
    """Of each thing, the words that stood by the clock."""
    if not clock.past:
        return rows.filter(stands=True)
    known = told(rows, clock)
    placed = Passage.objects.filter(kind=OuterRef("kind"), of=OuterRef("of"))
    if clock.day is not None:
        placed = placed.filter(placed_on__lte=clock.day)
    if clock.known_at is not None:
        placed = placed.filter(known_at__lte=clock.known_at)
    latest = Subquery(placed.order_by("-placed_on", "-number").values("pk")[:1])
    return known.annotate(latest=latest).filter(pk=F("latest"))


def _hits(viewer: Actor, found: list[Passage]) -> tuple[Hit, ...]:
    """Each with the names by which its page is addressed: a statement for each kind of thing among them."""
    bearing = _bearing(viewer, {each.event for each in found if each.event})
    about = {each.pk: each.risk or (bearing.get(each.event) if each.event else None) for each in found}
    risks: dict[UUID | None, Risk] = {**Risk.objects.select_related("register").in_bulk(_ids(about.values()))}
    controls = Control.objects.in_bulk(_ids(each.control for each in found))
    promises = Commitment.objects.in_bulk(_ids(each.commitment for each in found))
    indicators = Indicator.objects.in_bulk(_ids(each.indicator for each in found))
    boards = Board.objects.in_bulk(_ids(each.board for each in found))
    meetings = Meeting.objects.in_bulk(_ids(each.meeting for each in found))
    return tuple(
        Hit(
            kind=each.kind,
            of=each.of,
            label=each.label,
            runs=_runs(each.told),  # type: ignore[attr-defined]  # an annotation
            on=each.effective_on if each.effective_on != ALWAYS else None,
            risk_key=risk.key if risk else "",
            register_slug=risk.register.slug if risk else "",
            control=controls[each.control].reference if each.control else "",
            promise=promises[each.commitment].reference if each.commitment else "",
            indicator=indicators[each.indicator].reference if each.indicator else "",
            board=boards[each.board].slug if each.board else "",
            meeting_on=meetings[each.meeting].on if each.meeting else None,
        )
        for each in found
        for risk in [risks.get(about[each.pk])]
    )


def _ids(said: Iterable[UUID | None]) -> set[UUID]:
    return {each for each in said if each}


def _bearing(viewer: Actor, events: set[UUID]) -> dict[UUID, UUID]:
    """For each event, a risk that it bears on and that the viewer may see."""
    rows = EventRisk.objects.filter(event__in=events, risk__in=visible_risks(viewer)) if events else ()
    return {each.event_id: each.risk_id for each in rows}


def _runs(told: str) -> tuple[Run, ...]:
    """The excerpt cut at its marks."""
    runs = []
    for number, piece in enumerate(told.split(START)):
        inside, mark, after = piece.partition(END)
        if number and mark:
            runs.append(Run(inside, found=True))
            inside = after
        if inside:
            runs.append(Run(inside, found=False))
    return tuple(runs)

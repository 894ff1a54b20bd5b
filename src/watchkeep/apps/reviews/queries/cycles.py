"""The review cycles: what each quarter asks, of whom, how far it has come, and what stands in its way."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from watchkeep.apps.history.standing import holding
from watchkeep.apps.people.models import Holding
from watchkeep.apps.register import queries as risks
from watchkeep.apps.reviews.models import Cycle, Review
from watchkeep.apps.reviews.queries.asks import asks_of, span_of
from watchkeep.apps.reviews.queries.facts import facts_of, is_rolled_forward
from watchkeep.domain import period as periods
from watchkeep.domain import review as rules
from watchkeep.domain.clock import PRESENT, Clock
from watchkeep.domain.errors import Missing, Refused
from watchkeep.domain.people import Actor, Refusal, answers_for, may, must
from watchkeep.domain.period import Period
from watchkeep.domain.reopening import asked_again
from watchkeep.domain.review import Awaited, Days, Facts, State
from watchkeep.domain.staleness import Ask


@dataclass(frozen=True, slots=True)
class CycleRow:
    """One quarter's review of one register, for a list. `slug` is its name in addresses."""

    id: UUID
    register: UUID
    register_slug: str
    register_name: str
    period: str
    slug: str
    ends_on: date
    opened_on: date
    days: Days
    closed_on: date | None
    version: int

    @property
    def open(self) -> bool:
        """Whether it is still to be rolled forward."""
        return self.closed_on is None


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """One risk in a cycle: who is asked, how far it has come, what it waits for, and how late that is."""

    id: UUID
    risk: UUID
    key: str
    label: str
    post: str
    holders: tuple[str, ...]
    state: State
    says: str  # the state in words
    awaited: Awaited | None
    late: int
    mine: bool  # the viewer answers for it
    of_viewer: bool  # what it waits for is the viewer's to do
    asks: int
    version: int


@dataclass(frozen=True, slots=True)
class CyclePage:
    """A quarter's review: its risks, what is asked of the viewer first, and why it cannot be closed yet."""

    row: CycleRow
    finding: str
    reviews: tuple[ReviewRow, ...]
    not_run: Refusal | None  # why the viewer does not run it
    not_yet: Refusal | None  # why it cannot be rolled forward
    next_period: str

    @property
    def yours(self) -> tuple[ReviewRow, ...]:
        """What is asked of the viewer."""
        return tuple(each for each in self.reviews if each.of_viewer)

    @property
    def open(self) -> tuple[ReviewRow, ...]:
        """What is neither signed off, carried over nor withdrawn."""
        return tuple(each for each in self.reviews if each.state not in rules.SETTLED)


@dataclass(frozen=True, slots=True)
class Opening:
    """What a form for the next cycle of a register begins with; `refusal` says why it cannot be opened."""

    register: UUID
    slug: str
    name: str
    period: str
    days: Days
    refusal: Refusal | None


def period_slug(period: str) -> str:
    """A quarter as it stands in an address: 2031-32-q1."""
    return period.lower().replace("/", "-").replace(" ", "-")


def cycles(viewer: Actor, clock: Clock = PRESENT) -> tuple[CycleRow, ...]:
    """Every cycle that the viewer may read, the latest quarter first; an open one is for those in it."""
    rows = list(_known(_visible(viewer), clock).order_by("-ends_on", "register__name"))
    places = risks.wheres(risks.visible(viewer))
    return tuple(
        _row(each, clock)
        for each in rows
        if is_rolled_forward(each, clock) or rules.may_follow(viewer, places[each.register_id]) is None
    )


def cycle(viewer: Actor, register: str | UUID, period: str, clock: Clock = PRESENT) -> CyclePage:
    """One register's review of one quarter (by its label or its name in addresses)."""
    found = _cycle(viewer, register, period, clock)
    today = clock.day or timezone.localdate()
    reviews = list(_reviews([found]))
    facts = facts_of(reviews, clock, hands=True)
    asked = asks_of(viewer, reviews, span_of(found, clock, today))
    asks = {each.pk: (*still_asked(facts[each.pk]), *asked[each.pk]) for each in reviews}
    holders = _holders(facts.values(), clock, today)
    days = days_of(found)
    rows = [
        _review_row(viewer, each, facts[each.pk], holders, days, today, len(asks[each.pk]))
        for each in reviews
    ]
    where = risks.where(found.register)
    left = [each.key for each in rows if each.state not in rules.SETTLED]
    finished = is_rolled_forward(found, clock)
    return CyclePage(
        row=_row(found, clock),
        finding=rules.progress([each.state for each in rows], sum(each.late > 0 for each in rows)),
        reviews=tuple(sorted(rows, key=lambda each: (not each.of_viewer, -each.late, each.key))),
        not_run=may(viewer, "run the review", where),
        not_yet=rules.may_roll_forward(left, rolled_forward=finished),
        next_period=quarter_of(found).next().label,
    )


def openings(viewer: Actor) -> tuple[Opening, ...]:
    """For each register whose review the viewer runs: the next quarter, and whether it can be opened now."""
    must(viewer, "run the review")
    today = timezone.localdate()
    registers = list(risks.visible(viewer).select_related("body").order_by("name"))
    places = risks.wheres(risks.visible(viewer))
    before = list(Cycle.objects.filter(register__in=registers).order_by("-ends_on"))
    found = []
    for each in registers:
        if may(viewer, "run the review", places[each.pk]):
            continue
        start = each.body.year_starts_month
        own = [row for row in before if row.register_id == each.pk]
        earlier = [(periods.parse(row.period, year_start=start), row.state == "open") for row in own]
        ended = periods.containing(today, year_start=start).previous()
        quarter = earlier[0][0].next() if earlier else ended
        days = rules.proposed_days(quarter, max(today, quarter.starts))
        refusal = rules.may_open(quarter, days=days, opened_on=today, before=earlier)
        found.append(Opening(each.pk, each.slug, each.name, quarter.label, days, refusal))
    return tuple(found)


def asked_of(viewer: Actor) -> tuple[tuple[CycleRow, ReviewRow], ...]:
    """Everything in open cycles that waits for the viewer, the latest first; for their own page."""
    rows = list(_visible(viewer).filter(state="open").order_by("ends_on"))
    reviews = list(_reviews(rows))
    facts = facts_of(reviews, hands=True)
    today = timezone.localdate()
    found = []
    for each in reviews:
        days = days_of(each.cycle)
        row = _review_row(viewer, each, facts[each.pk], {}, days, today, 0)
        if row.of_viewer:
            found.append((_row(each.cycle, PRESENT), row))
    return tuple(sorted(found, key=lambda pair: (-pair[1].late, pair[1].key)))


# --- For the queries beside these ---------------------------------------------------------------------------


def days_of(cycle: Cycle) -> Days:
    """By when each part is to be done."""
    return Days(cycle.update_by, cycle.challenge_by, cycle.sign_by)


def still_asked(facts: Facts) -> tuple[Ask, ...]:
    """What the owner is asked to look at again; nothing once the review is settled."""
    return () if facts.state in rules.SETTLED else asked_again(facts.course)


def quarter_of(cycle: Cycle) -> Period:
    """The quarter that a cycle is of."""
    return periods.parse(cycle.period, year_start=cycle.register.body.year_starts_month)


def may_read(viewer: Actor, cycle: Cycle, clock: Clock) -> Refusal | None:
    """Why the viewer may not read this cycle; nothing where they may."""
    if is_rolled_forward(cycle, clock):
        return None
    return rules.may_follow(viewer, risks.where(cycle.register))


def review_row(
    viewer: Actor, review: Review, facts: Facts, asks: int, clock: Clock, today: date
) -> ReviewRow:
    """One review, for its own page."""
    holders = _holders([facts], clock, today)
    return _review_row(viewer, review, facts, holders, days_of(review.cycle), today, asks)


def cycle_row(cycle: Cycle, clock: Clock) -> CycleRow:
    """A cycle, for a page of one of its reviews."""
    return _row(cycle, clock)


def found_cycle(viewer: Actor, register: str | UUID, period: str, clock: Clock) -> Cycle:
    """The record of a cycle that the viewer may read."""
    return _cycle(viewer, register, period, clock)


def visible_reviews(viewer: Actor) -> QuerySet[Review]:
    """The reviews that the viewer may read today: those rolled forward, and open ones that they follow."""
    seen = risks.visible(viewer)
    rows = Review.objects.filter(cycle__register__in=seen, risk__in=risks.visible_risks(viewer))
    if rules.may_follow(viewer, risks.WHOLE_BODY) is None:
        return rows
    places = risks.wheres(seen) if viewer.grants else {}
    followed = [each for each, place in places.items() if rules.may_follow(viewer, place) is None]
    return rows.filter(~Q(cycle__state="open") | Q(cycle__register__in=followed))


# --- Beneath the queries ------------------------------------------------------------------------------------


def _visible(viewer: Actor) -> QuerySet[Cycle]:
    return Cycle.objects.filter(register__in=risks.visible(viewer)).select_related("register__body")


def _known(rows: QuerySet[Cycle], clock: Clock) -> QuerySet[Cycle]:
    if clock.day is not None:
        rows = rows.filter(opened_on__lte=clock.day)
    if clock.known_at is not None:
        rows = rows.filter(opened_known_at__lte=clock.known_at)
    return rows


def _cycle(viewer: Actor, register: str | UUID, period: str, clock: Clock) -> Cycle:
    chosen = Q(register=register) if isinstance(register, UUID) else Q(register__slug=register)
    rows = _known(_visible(viewer).filter(chosen), clock)
    found = next((each for each in rows if period_slug(each.period) == period_slug(period)), None)
    if found is None:
        raise Missing("There is no such review cycle.")
    refusal = may_read(viewer, found, clock)
    if refusal:
        raise Refused(refusal.sentence)
    return found


def _reviews(cycles: Iterable[Cycle]) -> QuerySet[Review]:
    rows = Review.objects.filter(cycle__in=[each.pk for each in cycles])
    return rows.select_related("risk", "cycle__register__body", "post").order_by("risk__key")


def _row(found: Cycle, clock: Clock) -> CycleRow:
    return CycleRow(
        id=found.pk,
        register=found.register_id,
        register_slug=found.register.slug,
        register_name=found.register.name,
        period=found.period,
        slug=period_slug(found.period),
        ends_on=found.ends_on,
        opened_on=found.opened_on,
        days=days_of(found),
        closed_on=found.closed_on if is_rolled_forward(found, clock) else None,
        version=found.version,
    )


Holders = dict[str, tuple[str, ...]]


def _holders(facts: Iterable[Facts], clock: Clock, today: date) -> Holders:
    """Who holds each owner post that day, a deputy marked as one."""
    posts = {UUID(each.post) for each in facts if each.post}
    rows = holding(Holding.objects.filter(post__in=posts), clock, today).order_by("deputy", "person__name")
    found: Holders = {}
    for post, name, deputy in rows.values_list("post_id", "person__name", "deputy"):
        told = f"{name} (deputy)" if deputy else name
        found[str(post)] = (*found.get(str(post), ()), told)
    return found


def _review_row(
    viewer: Actor, review: Review, facts: Facts, holders: Holders, days: Days, today: date, asks: int
) -> ReviewRow:
    state = facts.state
    waits = None if facts.rolled_forward else rules.awaited(state, days)
    mine = answers_for(viewer, facts.post or None)
    return ReviewRow(
        id=review.pk,
        risk=review.risk_id,
        key=review.risk.key,
        label=facts.risk,
        post=facts.post_title,
        holders=holders.get(facts.post, ()),
        state=state,
        says=rules.WORDS[state],
        awaited=waits,
        late=0 if waits is None else rules.days_late(state, days, today),
        mine=mine,
        of_viewer=waits is not None and rules.is_asked_of(viewer, facts),
        asks=asks,
        version=review.version,
    )

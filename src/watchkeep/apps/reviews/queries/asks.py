"""What is asked about each risk in a review: what moved or went stale since it was last reviewed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from watchkeep.apps.evidence.queries import flagged_of
from watchkeep.apps.history.standing import holding, standing
from watchkeep.apps.indicators.queries import spoken_of
from watchkeep.apps.people.models import Holding
from watchkeep.apps.register.models import EventRisk, Line, Link, Risk, RiskVersion
from watchkeep.apps.register.queries import stood, visible_risks
from watchkeep.apps.reviews.models import Cycle, Review, ReviewStep
from watchkeep.apps.reviews.queries import treating
from watchkeep.apps.reviews.queries.facts import Owner, is_rolled_forward, owners_of
from watchkeep.apps.reviews.queries.readings import Readings, readings
from watchkeep.apps.reviews.queries.since import at_its_end
from watchkeep.domain import staleness
from watchkeep.domain.clock import Clock
from watchkeep.domain.fields import LABELS, PARTED, TEXTS
from watchkeep.domain.people import Actor
from watchkeep.domain.period import Period, containing, parse
from watchkeep.domain.staleness import Ask, Words

SPOKEN = (*PARTED, *(name for name in TEXTS if name not in ("reference", "name", "owner")))
HOW = {
    "causes": ("causes", "is caused by"),
    "aggravates": ("aggravates", "is aggravated by"),
    "depends on": ("depends on", "is depended on by"),
    "shares": ("shares with", "shares with"),
    "duplicates": ("duplicates", "is duplicated by"),
    "escalated to": ("was escalated to", "was escalated from"),
}


@dataclass(frozen=True, slots=True)
class Span:
    """The time that is looked at: since the last review of the register (if there was one) until a day: the
    quarter's last, once it has ended. Who is to answer is asked of the present (`asker`, `now`). `later`: a
    review that goes on past its quarter's end is told what came up since.
    """

    since: Period | None
    quarter: Period
    today: date
    clock: Clock
    now: date
    asker: Clock
    later: Clock | None = None

    @property
    def then(self) -> Clock:
        """How it stood when it was last reviewed."""
        return Clock(self.since.ends if self.since else date.min, self.clock.known_at)

    @property
    def since_on(self) -> date | None:
        """The day after which things are new."""
        return self.since.ends if self.since else None


def span_of(cycle: Cycle, clock: Clock, today: date) -> Span:
    """Since the register's last cycle before this one until the clock's day, today, or its quarter's end."""
    start = cycle.register.body.year_starts_month
    earlier = Cycle.objects.filter(register_id=cycle.register_id, ends_on__lt=cycle.ends_on)
    period = earlier.order_by("-ends_on").values_list("period", flat=True).first()
    since = parse(period, year_start=start) if period else None
    now = clock.day or today
    until = at_its_end(cycle, clock) if now > cycle.ends_on else clock
    later = (
        Clock(now, clock.known_at) if now > cycle.ends_on and not is_rolled_forward(cycle, clock) else None
    )
    quarter = parse(cycle.period, year_start=start)
    return Span(since, quarter, min(now, cycle.ends_on), until, now, clock, later)


def asks_of(viewer: Actor, reviews: Sequence[Review], span: Span) -> dict[UUID, tuple[Ask, ...]]:
    """What is asked about each review's risk, by the review; a fixed number of statements for all of them."""
    risks = [each.risk_id for each in reviews]
    neighbours = _links(viewer, risks, span)
    among = {*risks, *(other for each in neighbours.values() for other, _ in each)}
    then, now = readings(among, span.then) if span.since else {}, readings(among, span.clock)
    words = _words(risks, span)
    happened = _events(risks, span.clock)
    owners = owners_of(risks, span.asker)
    held = _held(owners, span)
    left = _left_over(reviews, span)
    sides = _sides(viewer, neighbours, then, now, span)
    controls = treating.controls_of(viewer, risks, span.then if span.since else None, span.clock)
    promises = treating.promises_of(viewer, risks, span.then if span.since else None, span.clock)
    shaken = flagged_of(risks, span.clock, span.today)
    said_then = spoken_of(viewer, risks, span.then) if span.since else {}
    said_now = spoken_of(viewer, risks, Clock(span.today, span.clock.known_at), since=span.since_on)
    said_later = spoken_of(viewer, risks, span.later, since=span.today) if span.later else {}
    found = {}
    for each in reviews:
        risk, owner = each.risk_id, owners.get(each.risk_id, Owner())
        found[each.pk] = (
            *staleness.left_over(*left.get(risk, ("", "", ""))),
            *_rating(risk, then, now, span),
            *staleness.promises_that_moved(promises.get(risk, ()), span.since_on, span.today),
            *staleness.controls_that_faded(controls.get(risk, ())),
            *staleness.indicators_that_moved(said_then.get(risk), said_now.get(risk)),
            *staleness.indicators_since(said_now.get(risk), said_later.get(risk), span.today),
            *staleness.what_happened(happened.get(risk, ()), span.since_on, span.today),
            *staleness.neighbours_that_moved(sides.get(risk, ())),
            *staleness.words_out_of_date(words[risk].texts if risk in words else (), span.today),
            *staleness.bases_that_moved(shaken.get(risk, ())),
            *staleness.nobody_answers(owner.title, held.get(owner.post, 0)),
            *staleness.long_silence(words[risk].said_last if risk in words else None, span.quarter),
        )
    return found


# --- One kind of evidence each ------------------------------------------------------------------------------


def _rating(risk: UUID, then: Readings, now: Readings, span: Span) -> tuple[Ask, ...]:
    before, after = then.get(risk), now.get(risk)
    return staleness.ratings_that_moved(
        before.reading.band if before else "",
        after.reading.band if after else "",
        after.reading.on if after else None,
        span.since,
    )


@dataclass(frozen=True, slots=True)
class _Said:
    texts: tuple[Words, ...]
    said_last: Period


def _words(risks: Iterable[UUID], span: Span) -> dict[UUID, _Said]:
    """The texts of each risk. What it said at its last review already was said then, and no earlier."""
    among = Risk.objects.filter(pk__in=list(risks))
    now = _versions(among, span.clock)
    then = _versions(among, span.then) if span.since else {}
    lines = _lines([*now.values(), *then.values()])
    found = {}
    for risk, version in now.items():
        earlier = then.get(risk)
        told = dict.fromkeys(_texts(earlier, lines)) if earlier else {}
        texts = tuple(
            Words(
                field,
                label,
                text,
                span.since.ends if span.since and (field, label, text) in told else version.effective_on,
            )
            for field, label, text in _texts(version, lines)
        )
        found[risk] = _Said(texts, containing(version.effective_on, year_start=span.quarter.year_start))
    return found


def _versions(among: QuerySet[Risk], clock: Clock) -> dict[UUID, RiskVersion]:
    return {each.risk_id: each for each in standing(RiskVersion.objects.all(), "risk", among, clock)}


def _lines(versions: Iterable[RiskVersion]) -> dict[UUID, list[Line]]:
    found: defaultdict[UUID, list[Line]] = defaultdict(list)
    rows = Line.objects.filter(version__in=[each.pk for each in versions], state="recorded")
    for each in rows.order_by("kind", "position"):
        found[each.version_id].append(each)
    return found


def _texts(version: RiskVersion, lines: Mapping[UUID, list[Line]]) -> Iterable[tuple[str, str, str]]:
    for name in SPOKEN:
        if getattr(version, name):
            yield name, LABELS[name], getattr(version, name)
    for line in lines.get(version.pk, ()):
        kind = "Control" if line.kind == "controls" else "Action"
        yield line.kind, f"{kind} {line.position + 1}", line.text


def _events(risks: Iterable[UUID], clock: Clock) -> dict[UUID, list[staleness.Happened]]:
    rows = EventRisk.objects.filter(risk__in=list(risks), event__superseded_by=None).select_related("event")
    if clock.known_at is not None:
        rows = rows.filter(event__known_at__lte=clock.known_at)
    found: defaultdict[UUID, list[staleness.Happened]] = defaultdict(list)
    for each in rows.order_by("event__effective_on", "event__title"):
        told = staleness.Happened(each.event.title, each.event.kind, each.event.effective_on)
        if told not in found[each.risk_id]:
            found[each.risk_id].append(told)
    return found


Sides = dict[UUID, list[tuple[UUID, str]]]


def _links(viewer: Actor, risks: Sequence[UUID], span: Span) -> Sides:
    """The other ends of each risk's links, as far as the viewer may see them, and how each link reads."""
    rows = holding(Link.objects.filter(Q(source__in=risks) | Q(target__in=risks)), span.clock, span.today)
    seen = visible_risks(viewer)
    rows = rows.filter(source__in=seen, target__in=seen).order_by("kind", "pk")
    found: Sides = defaultdict(list)
    for source, target, kind in rows.values_list("source", "target", "kind"):
        out, back = HOW.get(kind, (kind, kind))
        for one, other, how in ((source, target, out), (target, source, back)):
            if one in risks:
                found[one].append((other, how))
    return found


def _sides(
    viewer: Actor, neighbours: Sides, then: Readings, now: Readings, span: Span
) -> dict[UUID, list[staleness.Neighbour]]:
    among = Risk.objects.filter(pk__in={other for each in neighbours.values() for other, _ in each})
    risks = {each.pk: each for each in among}
    states = stood(among, span.clock, viewer.body)
    before = stood(among, span.then, viewer.body) if span.since else states
    found: defaultdict[UUID, list[staleness.Neighbour]] = defaultdict(list)
    for risk, others in neighbours.items():
        for other, how in others:
            state = states[other].state if other in states else risks[other].state
            was, stands = then.get(other), now.get(other)
            found[risk].append(
                staleness.Neighbour(
                    risks[other].key,
                    str(risks[other]),
                    how,
                    was.reading.band if was else "",
                    stands.reading.band if stands else "",
                    state,
                    before[other].state if other in before else state,
                )
            )
    return found


def _held(owners: Mapping[UUID, Owner], span: Span) -> dict[str, int]:
    """How many hold each of the owner posts; a deputy alone leaves it vacant."""
    posts = {UUID(owner.post) for owner in owners.values()}
    rows = holding(Holding.objects.filter(post__in=posts, deputy=False), span.asker, span.now)
    found: defaultdict[str, int] = defaultdict(int)
    for post in rows.values_list("post_id", flat=True):
        found[str(post)] += 1
    return found


def _left_over(reviews: Sequence[Review], span: Span) -> dict[UUID, tuple[str, str, str]]:
    """Each risk whose last review was carried over: from which quarter, by whom and why."""
    if span.since is None or not reviews:
        return {}
    rows = ReviewStep.objects.filter(
        review__risk__in=[each.risk_id for each in reviews],
        review__cycle__register=reviews[0].cycle.register_id,
        review__cycle__period=span.since.label,
        kind="carry over",
    )
    return {
        risk: (span.since.label, by, text)
        for risk, by, text in rows.values_list("review__risk", "by", "text")
    }

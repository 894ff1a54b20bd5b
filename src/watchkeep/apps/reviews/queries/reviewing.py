"""One risk’s review in a quarter: what is asked, last quarter’s words beside today’s, what was said of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, get_args
from uuid import UUID

from django.utils import timezone

from watchkeep.apps.history.standing import told
from watchkeep.apps.indicators.queries import spoken_of
from watchkeep.apps.register import queries as risks
from watchkeep.apps.register.models import RiskVersion
from watchkeep.apps.register.queries.scales import scale_used
from watchkeep.apps.reviews.models import Cycle, Review, ReviewStep
from watchkeep.apps.reviews.queries.asks import Span, asks_of, span_of
from watchkeep.apps.reviews.queries.cycles import (
    CycleRow,
    ReviewRow,
    cycle_row,
    found_cycle,
    may_read,
    quarter_of,
    review_row,
    still_asked,
)
from watchkeep.apps.reviews.queries.facts import facts_of, steps_of
from watchkeep.apps.reviews.queries.readings import Stood, readings, shelf_of, trend_of
from watchkeep.apps.reviews.queries.since import at_its_end
from watchkeep.domain import document, staleness
from watchkeep.domain import review as rules
from watchkeep.domain.clock import PRESENT, Clock
from watchkeep.domain.difference import FieldChange, changed_fields
from watchkeep.domain.document import Trend
from watchkeep.domain.errors import Missing
from watchkeep.domain.fields import LABELS
from watchkeep.domain.indicator.verdict import Spoken, contradiction
from watchkeep.domain.people import Actor, Refusal
from watchkeep.domain.period import Period
from watchkeep.domain.reopening import overtaken, what, why_reopened
from watchkeep.domain.review import Change, Facts, Kind
from watchkeep.domain.staleness import Ask
from watchkeep.domain.trend import Derived, mark_of

BOXES: Final = ("description", "cause", "event", "impact", "status", "treatment", "contingency")


@dataclass(frozen=True, slots=True)
class Box:
    """One field to look at: what it says, what it said last quarter, and what is asked about it."""

    path: str
    label: str
    now: str
    then: str
    asked: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step that was taken, for the thread, or a change of the risk past its review."""

    kind: str
    by: str
    post: str
    on: date
    text: str
    overtaken: bool = False  # the risk was changed after it, before anybody spoke again


@dataclass(frozen=True, slots=True)
class Choices:
    """The steps of the scale that the risk is rated on; levels only where it has them."""

    bands: tuple[str, ...]
    likelihood: tuple[str, ...]
    impact: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rated:
    """The rating in words, on a day."""

    band: str
    likelihood: str
    impact: str
    on: date | None


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """Everything on one risk's review. `refusals` gives for each step why the viewer cannot take it."""

    cycle: CycleRow
    row: ReviewRow
    since: str
    finding: str
    reopened: str  # that a sign-off counts no longer, and why
    asks: tuple[Ask, ...]
    boxes: tuple[Box, ...]  # none where its words are another register's
    above: bool  # whether it came from another register, where its words are said
    rated_now: Rated | None
    rated_then: Rated | None
    choices: Choices
    changes: tuple[FieldChange, ...]
    steps: tuple[StepRow, ...]
    trend: Derived
    against: str  # where what is judged and what the indicators say differ
    mark: Trend | None
    refusals: Mapping[str, Refusal | None]
    risk_version: int
    speaks_of: date


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """One review of a risk, for the section on its page."""

    cycle: CycleRow
    row: ReviewRow
    signed_by: str
    signed_on: date | None


def review(viewer: Actor, register: str | UUID, period: str, risk: str, clock: Clock = PRESENT) -> ReviewPage:
    """The review of one risk (by its key) in one quarter."""
    cycle = found_cycle(viewer, register, period, clock)
    found = _review(cycle, risk)
    today = clock.day or timezone.localdate()
    facts = facts_of([found], clock, hands=True)[found.pk]
    span = span_of(cycle, clock, today)
    asks = (*still_asked(facts), *asks_of(viewer, [found], span)[found.pk])
    end = at_its_end(cycle, clock)
    before = _before(span, cycle)
    above = bool(risks.shared([found.risk_id]))
    now, then = _said(found, end), _said(found, before)
    stood_now, stood_then = (_stood(found, each) for each in (end, before))
    heard = _heard(viewer, found, span, clock)
    judged, trend = (
        _trend(found, span, stood_now, clock, each, looked=facts.state not in rules.OF_OWNER)
        for each in (None, heard)
    )
    mark = _mark(found, now, span.quarter, end)
    return ReviewPage(
        cycle=cycle_row(cycle, clock),
        row=review_row(viewer, found, facts, len(asks), clock, today),
        since=span.since.label if span.since else "",
        finding=staleness.finding(asks, span.since),
        reopened=why_reopened(facts),
        asks=asks,
        boxes=() if above else _boxes(now, then, asks),
        above=above,
        rated_now=_rated(stood_now),
        rated_then=_rated(stood_then),
        choices=_choices(cycle, stood_now),
        changes=changed_fields(then, now) if then and now else (),
        steps=_steps(found, facts, clock),
        trend=trend,
        against=contradiction(mark.movement if mark and mark.movement else judged.movement, heard),
        mark=mark,
        refusals={kind: rules.refusal(viewer, facts, kind) for kind in get_args(Kind)},
        risk_version=found.risk.version + facts.reworded,
        speaks_of=rules.speaks_of(span.quarter, today, risks.latest_effective_on(found.risk_id)),
    )


def reviews_of(viewer: Actor, risk: UUID, clock: Clock = PRESENT) -> tuple[ReviewLine, ...]:
    """Every review of a risk that the viewer may read, the latest first."""
    rows = Review.objects.filter(risk=risk, cycle__register__in=risks.visible(viewer))
    if clock.day is not None:
        rows = rows.filter(cycle__opened_on__lte=clock.day)
    if clock.known_at is not None:
        rows = rows.filter(cycle__opened_known_at__lte=clock.known_at)
    found = list(rows.select_related("risk", "cycle__register__body", "post").order_by("-cycle__ends_on"))
    found = [each for each in found if not each.cycle or may_read(viewer, each.cycle, clock) is None]
    facts, today = facts_of(found, clock), clock.day or timezone.localdate()
    lines = []
    for each in found:
        signed = next((step for step in reversed(facts[each.pk].steps) if step.kind == "sign"), None)
        settled = facts[each.pk].state == "signed"
        lines.append(
            ReviewLine(
                cycle_row(each.cycle, clock),
                review_row(viewer, each, facts[each.pk], 0, clock, today),
                signed.by if signed and settled else "",
                signed.on if signed and settled else None,
            )
        )
    return tuple(lines)


# --- Beneath the queries ------------------------------------------------------------------------------------


def _review(cycle: Cycle, key: str) -> Review:
    rows = Review.objects.filter(cycle=cycle, risk__key=key)
    found = rows.select_related("risk", "cycle__register__body", "post").first()
    if found is None:
        raise Missing("There is no such review.")
    return found


def _before(span: Span, cycle: Cycle) -> Clock:
    """The quarter that was reviewed last, or the last before this one; as it was known when this review was
    opened, so that what is said in the review differs from it even where it speaks of the same day.
    """
    day = span.since.ends if span.since else span.quarter.previous().ends
    known = [each for each in (span.clock.known_at, cycle.opened_known_at) if each]
    return Clock(day, min(known, default=None))


def _said(found: Review, clock: Clock) -> document.Risk | None:
    rows = told(RiskVersion.objects.filter(risk=found.risk_id), clock)
    version = rows.order_by("-effective_on", "-number").first()
    return risks.value_of(found.risk, version) if version else None


def _stood(found: Review, clock: Clock) -> Stood | None:
    return readings([found.risk_id], clock).get(found.risk_id)


def _boxes(now: document.Risk | None, then: document.Risk | None, asks: Sequence[Ask]) -> tuple[Box, ...]:
    return tuple(
        Box(
            path,
            LABELS[path],
            _text(now, path),
            _text(then, path),
            tuple(each.sentence for each in asks if each.field == path),
        )
        for path in BOXES
    )


def _text(value: document.Risk | None, path: str) -> str:
    return (getattr(value, path).text or "") if value else ""


def _rated(stood: Stood | None) -> Rated | None:
    if stood is None:
        return None
    reading = stood.reading
    return Rated(reading.band, reading.likelihood, reading.impact, reading.on)


def _choices(cycle: Cycle, stood: Stood | None) -> Choices:
    """Of the body's scale that the register uses, else of the scale that the paper shows."""
    used = scale_used(cycle.register)
    row = used.pk if used else stood.scale if stood else None
    if row is None:
        return Choices((), (), ())
    shelf = shelf_of([row])
    return Choices(shelf.names(row, "band"), shelf.names(row, "likelihood"), shelf.names(row, "impact"))


def _steps(found: Review, facts: Facts, clock: Clock) -> tuple[StepRow, ...]:
    """The steps, and among them who changed what past the review."""
    taken = iter(steps_of([found], clock)[found.pk])
    return tuple(
        StepRow("change", each.by or "Somebody", "", each.on, what(each))
        if isinstance(each, Change)
        else replace(_step(next(taken)), overtaken=overtaken(facts.course, place))
        for place, each in enumerate(facts.course)
    )


def _step(each: ReviewStep) -> StepRow:
    return StepRow(each.kind, each.by, each.post, each.on or timezone.localtime(each.at).date(), each.text)


def _heard(viewer: Actor, found: Review, span: Span, clock: Clock) -> Spoken | None:
    """What the risk's indicators say of the quarter."""
    at = Clock(span.today, clock.known_at)
    since = span.quarter.previous().ends
    return spoken_of(viewer, [found.risk_id], at, since=since).get(found.risk_id)


def _trend(
    found: Review, span: Span, now: Stood | None, clock: Clock, heard: Spoken | None, *, looked: bool
) -> Derived:
    """The trend that would be written if the quarter were rolled forward now."""
    before = _stood(found, Clock(span.quarter.previous().ends, clock.known_at))
    shelf = shelf_of({each.scale for each in (before, now) if each})
    return trend_of(
        before,
        now,
        shelf,
        quarter=quarter_of(found.cycle),
        opened_on=found.risk.opened_on,
        looked_at="looked at in its review" if looked else "",
        indicators=heard,
    )


def _mark(found: Review, now: document.Risk | None, quarter: Period, end: Clock) -> Trend | None:
    """The mark for this quarter that stands on the risk."""
    version = risks.version_as_at(found.risk_id, end)
    return mark_of(now.trends, quarter, risks.quarter_told(version)) if now else None

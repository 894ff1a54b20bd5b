"""What stood on a day, as known at a moment: the one place where the two clocks become SQL.

Each answer starts from the things that are asked about and looks up one version of each by an index, so
that its cost follows the number of things and not the length of their history.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from django.db.models import Exists, F, Model, OuterRef, Q, QuerySet, Subquery

from watchkeep.apps.history.models import EarlierEnd, Span
from watchkeep.domain.clock import Clock

Rows = TypeVar("Rows", bound=Model)
Spans = TypeVar("Spans", bound=Span)


def told(rows: QuerySet[Rows], clock: Clock) -> QuerySet[Rows]:
    """The versions (or other dated rows with `effective_on`) that the clock lets be seen."""
    if clock.day is not None:
        rows = rows.filter(effective_on__lte=clock.day)
    if clock.known_at is not None:
        rows = rows.filter(known_at__lte=clock.known_at)
    return rows


def standing(versions: QuerySet[Rows], of: str, among: QuerySet[Model], clock: Clock) -> QuerySet[Rows]:
    """Of each thing `among`, the one of its `versions` that stands; `of` is the versions' foreign key to
    it.
    """
    newest = told(versions.filter(**{of: OuterRef("pk")}), clock).order_by("-effective_on", "-number")
    return versions.filter(pk__in=among.order_by().values_list(Subquery(newest.values("pk")[:1]), flat=True))


def holding(rows: QuerySet[Spans], clock: Clock, today: date) -> QuerySet[Spans]:
    """The spans that hold on the clock's day, or today."""
    day = clock.day or today
    return _begun(rows, clock, day).exclude(_over(clock, day))


def over(rows: QuerySet[Spans], clock: Clock, today: date) -> QuerySet[Spans]:
    """The spans that began and hold no longer on the clock's day, or today."""
    day = clock.day or today
    return _begun(rows, clock, day).filter(_over(clock, day))


def not_over(rows: QuerySet[Spans], day: date) -> QuerySet[Spans]:
    """The spans that hold on the day or on a later one: those that one from that day on would meet."""
    return rows.filter(Q(until_on=None) | Q(until_on__gt=day) & Q(until_on__gt=F("from_on")))


@dataclass(frozen=True, slots=True)
class End:
    """The first day on which a span holds no longer, and why; no day where nobody had said that it ends."""

    on: date | None = None
    reason: str = ""


def ends(spans: Iterable[Span], known_at: datetime | None) -> dict[UUID, End]:
    """By id, the end that was known of each span at a moment, or is known now. One statement at a moment."""
    found = {each.pk: End(each.until_on, each.until_reason) for each in spans}
    if known_at is None:
        return found
    later = [each.pk for each in spans if each.until_known_at and each.until_known_at > known_at]
    then = EarlierEnd.objects.filter(span__in=later, known_at__lte=known_at, superseded_at__gt=known_at)
    told_then = {each.span: End(each.until_on, each.until_reason) for each in then}
    return found | {span: told_then.get(span, End()) for span in later}


def _begun(rows: QuerySet[Spans], clock: Clock, day: date) -> QuerySet[Spans]:
    begun = rows.filter(from_on__lte=day)
    return begun.filter(from_known_at__lte=clock.known_at) if clock.known_at is not None else begun


def _over(clock: Clock, day: date) -> Q:
    """That a span had ended by the day, by the end that is known, or was known at the clock's moment."""
    ended = Q(until_on__isnull=False, until_on__lte=day)
    if clock.known_at is None:
        return ended
    then = EarlierEnd.objects.filter(
        span=OuterRef("pk"), known_at__lte=clock.known_at, superseded_at__gt=clock.known_at
    )
    known = Q(until_known_at__isnull=False, until_known_at__lte=clock.known_at)
    learned_later = Q(until_known_at__isnull=False, until_known_at__gt=clock.known_at)
    return ended & known | learned_later & Q(Exists(then.filter(until_on__lte=day)))

"""What stood on a day, as known at a moment: the one place where the two clocks become SQL.

Each answer starts from the things that are asked about and looks up one version of each by an index, so
that its cost follows the number of things and not the length of their history.
"""

from __future__ import annotations

from datetime import date
from typing import TypeVar

from django.db.models import F, Model, OuterRef, Q, QuerySet, Subquery

from watchkeep.domain.clock import Clock

Rows = TypeVar("Rows", bound=Model)


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


def holding(rows: QuerySet[Rows], clock: Clock, today: date) -> QuerySet[Rows]:
    """The spans that hold on the clock's day, or today."""
    day = clock.day or today
    ended = Q(until_on__isnull=False, until_on__lte=day)
    begun = Q(from_on__lte=day)
    if clock.known_at is not None:
        ended &= Q(until_known_at__lte=clock.known_at)
        begun &= Q(from_known_at__lte=clock.known_at)
    return rows.filter(begun).exclude(ended & Q(until_on=F("until_on")))


def not_over(rows: QuerySet[Rows], day: date) -> QuerySet[Rows]:
    """The spans that hold on the day or on a later one: those that one from that day on would meet."""
    return rows.filter(Q(until_on=None) | Q(until_on__gt=day) & Q(until_on__gt=F("from_on")))

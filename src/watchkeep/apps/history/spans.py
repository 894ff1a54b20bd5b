"""The one way to say when something that holds from a day to a day holds no longer."""

from __future__ import annotations

from datetime import date

from django.db.models import F, QuerySet
from django.utils import timezone

from watchkeep.apps.history.models import EarlierEnd, Span
from watchkeep.domain import span as rules
from watchkeep.domain.errors import Invalid, Refused
from watchkeep.domain.naming import in_words


def end_span(
    span: Span,
    *,
    what: str,
    on: date,
    reason: str = "",
    field: str = "on",
    beside: QuerySet[Span] | None = None,
) -> None:
    """Say from which day on it holds no longer, and that this was learned now, inside an open recording.

    `what` begins the sentence of a refusal; `field` is where a form shows it. An end that has come is a
    fact. One that is still ahead may be moved, and what was said of it before stays known of its time; put
    off, it must not run into one of those `beside` it that began meanwhile.
    """
    today = timezone.localdate()
    if refusal := rules.may_be_ended(what, span.until_on, today):
        raise Refused(refusal.sentence)
    if refusal := rules.may_end_on(what, span.from_on, on):
        raise Invalid(field, refusal.sentence)
    if beside is not None and span.until_on is not None:
        after = beside.exclude(pk=span.pk).filter(from_on__gte=span.until_on, from_on__lt=on)
        met = after.exclude(until_on=F("from_on")).order_by("from_on").first()
        if met is not None:
            raise Invalid(field, rules.meets(met.from_on).sentence)
    now = timezone.now()
    if span.until_on is not None and span.until_known_at is not None:
        EarlierEnd(
            span=span.pk,
            until_on=span.until_on,
            until_reason=span.until_reason,
            known_at=span.until_known_at,
            superseded_at=now,
        ).save()
    span.until_on, span.until_known_at, span.until_reason = on, now, in_words(reason)
    span.save()

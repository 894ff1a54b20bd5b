"""What every change of an indicator begins with: the indicator, locked, and whether the actor may."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Max
from django.utils import timezone

from watchkeep.apps.history.changes import lock_chains
from watchkeep.apps.indicators.models import Batch, Indicator, IndicatorVersion
from watchkeep.apps.indicators.queries.scope import visible_indicators
from watchkeep.apps.people.models import Body, Post
from watchkeep.domain.clock import must_have_come
from watchkeep.domain.errors import Invalid, Missing
from watchkeep.domain.people import Actor

AT_ONCE = 500  # indicators in one statement: SQLite takes a limited number of values
NUMBERS = "indicators: running numbers"  # what is locked while one is given out


def indicator_of(by: Actor, indicator: UUID) -> Indicator:
    """The indicator, locked; missing where there is none that the actor may see."""
    found = Indicator.objects.select_for_update().filter(pk=indicator, body_id=by.body).first()
    if found is None or not visible_indicators(by).filter(pk=indicator).exists():
        raise Missing("There is no such indicator.")
    return found


@dataclass(frozen=True, slots=True)
class Held:
    """An indicator, locked, and what was last said of it."""

    indicator: Indicator
    version: IndicatorVersion


def indicators_of(by: Actor, indicators: Collection[UUID]) -> dict[UUID, Held]:
    """By id, these indicators, in a few statements however many they are; missing where one is not there for
    the actor to see.
    """
    found: dict[UUID, Held] = {}
    asked = sorted(indicators)  # whoever locks several locks them in one order
    for start in range(0, len(asked), AT_ONCE):
        some = asked[start : start + AT_ONCE]
        locked = Indicator.objects.select_for_update().filter(pk__in=some, body_id=by.body).order_by("pk")
        there = {each.pk: each for each in locked}
        seen = set(visible_indicators(by).filter(pk__in=some).values_list("pk", flat=True))
        if len(there) < len(some) or len(seen) < len(some):
            raise Missing("There is no such indicator.")
        versions = IndicatorVersion.objects.filter(indicator__in=some).order_by("effective_on", "number")
        for each in versions:  # the last one stays
            found[each.indicator_id] = Held(there[each.indicator_id], each)
    return found


def latest_version(indicator: Indicator) -> IndicatorVersion:
    """What was last said of it; every indicator has at least one version."""
    return indicator.versions.select_related("owner_post").order_by("-effective_on", "-number")[0]


def post_named(by: Actor, post: UUID | None) -> Post | None:
    """A post of the body that is not abolished, or none."""
    if post is None:
        return None
    found = Post.objects.filter(pk=post, body_id=by.body).first()
    if found is None:
        raise Invalid("owner_post", "There is no such post.")
    if found.abolished_on and found.abolished_on <= timezone.localdate():
        raise Invalid("owner_post", f"The post {found.title} is abolished; choose another.")
    return found


def not_ahead(field: str, day: date) -> None:
    """Refuse a day that has not come."""
    must_have_come(field, day, timezone.localdate())


def year_start_of(by: Actor) -> int:
    """The month in which the body's year begins."""
    return Body.objects.values_list("year_starts_month", flat=True).get(pk=by.body)


def next_number(model: type[Indicator] | type[Batch]) -> int:
    """The installation's next running number, for nobody else until the transaction ends."""
    lock_chains([NUMBERS])
    last: int | None = model._default_manager.aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def said_by(by: Actor) -> str:
    """Whom a telling names."""
    return by.name[:200]

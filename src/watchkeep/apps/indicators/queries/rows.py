"""Indicators as a list: what each measures, its last reading, and how many risks it speaks to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils import timezone

from watchkeep.apps.history.standing import holding, standing
from watchkeep.apps.indicators.conversion import definition_of
from watchkeep.apps.indicators.models import Batch, Indicator, IndicatorUse, IndicatorVersion, Observation
from watchkeep.apps.indicators.queries.scope import found_by, visible_indicators
from watchkeep.apps.register.queries.scope import visible_risks
from watchkeep.domain.clock import PRESENT, Clock
from watchkeep.domain.errors import Missing
from watchkeep.domain.indicator import Definition, Reading
from watchkeep.domain.people import Actor


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """An indicator as it stood. `last` is its last reading that has a value; `risks` those that it speaks to,
    as far as the viewer may see them.
    """

    id: UUID
    reference: str
    number: int
    definition: Definition
    owner_post: UUID | None
    owner: str
    version: int
    last: Reading | None
    risks: int

    @property
    def label(self) -> str:
        """Its reference and its name."""
        return f"{self.reference} {self.definition.name}"


def indicators(viewer: Actor, clock: Clock = PRESENT) -> tuple[IndicatorRow, ...]:
    """Every indicator that the viewer may see and that stood, in the order of their references."""
    return rows_among(viewer, visible_indicators(viewer), clock)


def indicators_among(
    viewer: Actor, among: Collection[UUID], clock: Clock = PRESENT
) -> tuple[IndicatorRow, ...]:
    """Those of these indicators that the viewer may see and that stood."""
    return rows_among(viewer, visible_indicators(viewer).filter(pk__in=among), clock)


def indicator_named(viewer: Actor, which: str | UUID, clock: Clock = PRESENT) -> IndicatorRow:
    """The indicator of that reference or that id."""
    rows = rows_among(viewer, Indicator.objects.filter(pk=found_by(viewer, which).pk), clock)
    if not rows:
        raise Missing("There was no such indicator then.")
    return rows[0]


def rows_among(viewer: Actor, among: QuerySet[Indicator], clock: Clock) -> tuple[IndicatorRow, ...]:
    """These indicators as they stood, in three statements however many there are."""
    versions = versions_of(among, clock)
    last = _last_of({each.indicator.number for each in versions}, clock)
    uses = IndicatorUse.objects.filter(
        indicator__in=[each.indicator_id for each in versions], risk__in=visible_risks(viewer)
    )
    pairs = holding(uses, clock, timezone.localdate()).order_by().values_list("indicator", "risk").distinct()
    risks = Counter(indicator for indicator, _ in pairs)
    return tuple(
        IndicatorRow(
            id=each.indicator_id,
            reference=each.indicator.reference,
            number=each.indicator.number,
            definition=definition_of(each),
            owner_post=each.owner_post_id,
            owner=each.owner_post.title if each.owner_post else "",
            version=each.indicator.version,
            last=last.get(each.indicator.number),
            risks=risks[each.indicator_id],
        )
        for each in versions
    )


def versions_of(among: QuerySet[Indicator], clock: Clock) -> list[IndicatorVersion]:
    """What each of these indicators measured, in the order of their references."""
    found = standing(IndicatorVersion.objects.all(), "indicator", among, clock)
    rows = found.select_related("indicator", "owner_post")
    return sorted(rows, key=lambda each: (len(each.indicator.reference), each.indicator.reference))


def _last_of(numbers: set[int], clock: Clock) -> dict[int, Reading]:
    """The last reading with a value of each indicator, found by its key and not by its history."""
    rows = Observation.objects.all()
    if clock.day is not None:
        rows = rows.filter(on__lte=clock.day)
    if clock.known_at is not None:
        known = Batch.objects.filter(known_at__lte=clock.known_at).values("number")
        rows = rows.filter(batch__in=known)
    later = rows.filter(series=OuterRef("series"), on=OuterRef("on"), revision__gt=OuterRef("revision"))
    newest = rows.filter(~Exists(later), series=OuterRef("number"), value__isnull=False).order_by("-on")
    columns = ("on", "value", "numerator", "denominator", "revision", "note")
    found = Indicator.objects.filter(number__in=numbers).annotate(
        **{f"last_{name}": Subquery(newest.values(name)[:1]) for name in columns}
    )
    last = found.values_list("number", *(f"last_{name}" for name in columns))
    return {
        number: Reading(on, value, numerator, denominator, "recorded", revision, note)
        for number, on, value, numerator, denominator, revision, note in last
        if on is not None
    }

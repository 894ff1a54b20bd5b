"""Indicators with all that is drawn and judged of them, by themselves and under the risks they speak to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal, cast
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from watchkeep.apps.history.standing import ends, holding
from watchkeep.apps.indicators.conversion import definition_of
from watchkeep.apps.indicators.models import Indicator, IndicatorUse
from watchkeep.apps.indicators.queries.lines import lines_of
from watchkeep.apps.indicators.queries.readings import readings_of
from watchkeep.apps.indicators.queries.rows import versions_of
from watchkeep.apps.indicators.queries.scope import found_by, visible_indicators
from watchkeep.apps.register.queries.scope import visible_risks
from watchkeep.domain.clock import PRESENT, Clock
from watchkeep.domain.errors import Missing
from watchkeep.domain.indicator import Series
from watchkeep.domain.indicator.verdict import SIDES
from watchkeep.domain.people import Actor, must

Side = Literal["cause", "control", "consequence"]


@dataclass(frozen=True, slots=True)
class Attached:
    """An indicator speaks to a risk, or to one part of it. `id` is the use's, by which it is detached."""

    series: Series
    side: Side
    part: str
    leads: bool
    id: UUID
    indicator: UUID
    from_on: date
    until_on: date | None = None
    control: UUID | None = None


def series(viewer: Actor, which: str | UUID, clock: Clock = PRESENT) -> Series:
    """One indicator by its reference or its id, with its readings and lines."""
    found = _built(Indicator.objects.filter(pk=found_by(viewer, which).pk), clock)
    if not found:
        raise Missing("There was no such indicator then.")
    return next(iter(found.values()))


def all_series(viewer: Actor, clock: Clock = PRESENT) -> tuple[Series, ...]:
    """Every indicator that the viewer may see, in the order of their references."""
    return tuple(_built(visible_indicators(viewer), clock).values())


def series_of_risk(viewer: Actor, risk: UUID, clock: Clock = PRESENT) -> tuple[Attached, ...]:
    """The indicators that speak to a risk; none where the viewer may not see the risk."""
    return series_of(viewer, [risk], clock).get(risk, ())


def series_of(
    viewer: Actor, risks: Iterable[UUID], clock: Clock = PRESENT
) -> dict[UUID, tuple[Attached, ...]]:
    """By risk, the indicators that speak to it, in a number of statements that does not grow with them."""
    ordered = _uses(viewer, risks, clock)
    until = ends(ordered, clock.known_at)
    built = _built(Indicator.objects.filter(pk__in={each.indicator_id for each in ordered}), clock)
    found: dict[UUID, list[Attached]] = defaultdict(list)
    for each in ordered:
        if each.indicator_id in built:
            found[each.risk_id].append(
                Attached(
                    series=built[each.indicator_id],
                    side=cast(Side, each.side),
                    part=each.part,
                    leads=each.leads,
                    id=each.pk,
                    indicator=each.indicator_id,
                    from_on=each.from_on,
                    until_on=until[each.pk].on,
                    control=each.control_id,
                )
            )
    return {risk: tuple(rows) for risk, rows in found.items()}


def leading_of(viewer: Actor, risks: Iterable[UUID], clock: Clock = PRESENT) -> dict[UUID, Series]:
    """By risk, the one indicator that leads it: named by a person, else of a cause, a control, a consequence,
    in that order. No other's readings are fetched; the number of statements does not grow.
    """
    first: dict[UUID, IndicatorUse] = {}
    for each in _uses(viewer, risks, clock):
        if each.risk_id not in first or _leads_before(each, first[each.risk_id]):
            first[each.risk_id] = each
    built = _built(Indicator.objects.filter(pk__in={each.indicator_id for each in first.values()}), clock)
    return {risk: built[each.indicator_id] for risk, each in first.items() if each.indicator_id in built}


def series_among(viewer: Actor, indicators: Collection[UUID], clock: Clock = PRESENT) -> dict[UUID, Series]:
    """By id, those of these indicators that the viewer may see."""
    return _built(visible_indicators(viewer).filter(pk__in=indicators), clock)


def series_told(indicators: Collection[UUID], clock: Clock = PRESENT) -> dict[UUID, Series]:
    """By id, these indicators as they stood. No viewer is asked: what rests on them was shown."""
    return _built(Indicator.objects.filter(pk__in=indicators), clock) if indicators else {}


def speaking_to(viewer: Actor, register: str, clock: Clock = PRESENT) -> frozenset[UUID]:
    """The indicators that speak to a risk of a register (by its slug), as far as the viewer may see it."""
    uses = IndicatorUse.objects.filter(risk__register__slug=register, risk__in=visible_risks(viewer))
    return frozenset(holding(uses, clock, timezone.localdate()).values_list("indicator", flat=True))


def references_speaking(viewer: Actor, clock: Clock = PRESENT) -> dict[UUID, frozenset[str]]:
    """By risk that the viewer may see, the references of the indicators that speak to it."""
    uses = IndicatorUse.objects.filter(risk__in=visible_risks(viewer), indicator__body_id=viewer.body)
    found: dict[UUID, set[str]] = defaultdict(set)
    pairs = holding(uses, clock, timezone.localdate()).values_list("risk", "indicator__reference")
    for risk, reference in pairs:
        found[risk].add(reference)
    return {risk: frozenset(those) for risk, those in found.items()}


def risks_served(
    viewer: Actor, indicators: Collection[UUID], clock: Clock = PRESENT
) -> dict[UUID, tuple[UUID, ...]]:
    """By indicator, the risks that it speaks to, as far as the viewer may see them."""
    uses = IndicatorUse.objects.filter(indicator__in=indicators, risk__in=visible_risks(viewer))
    found: dict[UUID, list[UUID]] = defaultdict(list)
    pairs = holding(uses, clock, timezone.localdate()).order_by("risk__key")
    for indicator, risk in pairs.values_list("indicator", "risk"):
        found[indicator].append(risk)
    return {indicator: tuple(risks) for indicator, risks in found.items()}


def _uses(viewer: Actor, risks: Iterable[UUID], clock: Clock) -> list[IndicatorUse]:
    """Which indicators speak to these risks, as far as the viewer may see them."""
    must(viewer, "read")
    of_them = IndicatorUse.objects.filter(risk__in=list(risks), indicator__body_id=viewer.body)
    uses = holding(of_them.filter(risk__in=visible_risks(viewer)), clock, timezone.localdate())
    return list(uses.order_by("side", "part", "indicator__number", "from_on"))


def _leads_before(one: IndicatorUse, other: IndicatorUse) -> bool:
    order = [(not each.leads, SIDES.index(cast(Side, each.side))) for each in (one, other)]
    return order[0] < order[1]


def _built(among: QuerySet[Indicator], clock: Clock) -> dict[UUID, Series]:
    versions = versions_of(among, clock)
    definitions = {each.indicator_id: definition_of(each) for each in versions}
    readings = readings_of(
        {each.indicator.number: definitions[each.indicator_id].frequency for each in versions}, clock
    )
    lines = lines_of(definitions, clock)
    return {
        each.indicator_id: Series(
            key=each.indicator.reference,
            definition=definitions[each.indicator_id],
            readings=readings.get(each.indicator.number, ()),
            targets=lines[each.indicator_id].targets,
            rebases=lines[each.indicator_id].rebases,
            annotations=lines[each.indicator_id].annotations,
            plan=lines[each.indicator_id].plan,
        )
        for each in versions
    }

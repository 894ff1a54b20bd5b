"""How a risk bears on others and others on it, read from its own side, with what changed since."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Max, OuterRef, Q, Subquery
from django.utils import timezone

from watchkeep.apps.history.standing import holding, told
from watchkeep.apps.register.models import Link, LinkLook, Risk, RiskState, RiskVersion
from watchkeep.apps.register.queries.scope import visible_risks
from watchkeep.domain.clock import PRESENT, Clock
from watchkeep.domain.link import ESCALATED, Pair, circle, moved_since, said
from watchkeep.domain.people import Actor


@dataclass(frozen=True, slots=True)
class LinkRow:
    """One link, read from the risk that is looked at: `words` lead to the other, which is `other`."""

    id: UUID
    kind: str
    words: str
    outward: bool
    other: UUID
    other_label: str
    other_key: str
    other_state: str
    register_slug: str
    register_name: str
    note: str
    from_on: date
    looked_at: datetime
    changed: str  # what to say where the other side moved since
    through: str  # the risk that was merged into this one, where the link was made of that


@dataclass(frozen=True, slots=True)
class Links:
    """The links of a risk, and the round of causes that leads back to it, in labels."""

    rows: tuple[LinkRow, ...]
    circle: tuple[str, ...]
    hidden: int  # links to risks that the viewer may not see: that there are some is said, no more


@dataclass(frozen=True, slots=True)
class PairRow:
    """One link, read from neither side: `source` is the subject of its sentence."""

    source: str
    source_register: str
    source_slug: str
    kind: str
    target: str
    target_register: str
    target_slug: str
    note: str
    on: date  # from which it holds


@dataclass(frozen=True, slots=True)
class MergedRow:
    """A risk that was merged into the one that is looked at."""

    id: UUID
    key: str
    label: str
    on: date
    reason: str


def links(viewer: Actor, risk: UUID, clock: Clock = PRESENT) -> Links:
    """The links of a risk, and of those that were merged into it, that held by the clock."""
    every = list(visible_risks(viewer).filter(pk=risk).values_list("pk", flat=True))
    bearers = dict.fromkeys(every, "") | {each.id: each.label for each in merged_into(viewer, risk, clock)}
    if not every:
        return Links((), (), 0)
    last = LinkLook.objects.filter(link=OuterRef("pk"))
    if clock.known_at is not None:
        last = last.filter(known_at__lte=clock.known_at)
    found = (
        holding(
            Link.objects.filter(Q(source__in=bearers) | Q(target__in=bearers)), clock, timezone.localdate()
        )
        .select_related("source__register", "target__register")
        .annotate(looked=Subquery(last.order_by("-known_at").values("known_at")[:1]))
        .order_by("kind", "from_on", "pk")
    )
    rows = [each for each in found if not (each.source_id in bearers and each.target_id in bearers)]
    ends = {end for each in rows for end in (each.source_id, each.target_id)}
    seen = set(visible_risks(viewer).filter(pk__in=ends).values_list("pk", flat=True))
    changed = _changed(ends, clock)
    shown = [
        _row(each, bearers, changed)
        for each in rows
        if {each.source_id, each.target_id} <= seen | set(bearers)
    ]
    return Links(tuple(shown), _circle(viewer, risk, clock), len(rows) - len(shown))


def every_link(viewer: Actor, clock: Clock = PRESENT) -> tuple[PairRow, ...]:
    """Every link that held by the clock between risks that the viewer may see, in one statement."""
    mine = visible_risks(viewer)
    held = holding(Link.objects.filter(source__in=mine, target__in=mine), clock, timezone.localdate())
    rows = held.select_related("source__register", "target__register")
    return tuple(
        PairRow(
            str(each.source),
            each.source.register.name,
            each.source.register.slug,
            each.kind,
            str(each.target),
            each.target.register.name,
            each.target.register.slug,
            each.note,
            each.from_on,
        )
        for each in rows.order_by("source__register__name", "source__key", "kind", "target__key", "pk")
    )


def merged_into(viewer: Actor, risk: UUID, clock: Clock = PRESENT) -> tuple[MergedRow, ...]:
    """The risks that were merged into this one by the clock, the last first."""
    rows = told(RiskState.objects.filter(state="merged", into=risk), clock)
    mine = rows.filter(risk__in=visible_risks(viewer)).select_related("risk").order_by("-effective_on")
    newest = dict(
        told(RiskState.objects.filter(risk__in=[each.risk_id for each in mine]), clock)
        .order_by("effective_on", "number")
        .values_list("risk_id", "pk")
    )
    return tuple(
        MergedRow(each.risk_id, each.risk.key, str(each.risk), each.effective_on, each.reason)
        for each in mine
        if newest[each.risk_id] == each.pk
    )


def bearing(viewer: Actor, risk: UUID, clock: Clock = PRESENT) -> tuple[UUID, ...]:
    """The risk and all that were merged into it: whatever bears on one of them bears on it."""
    return (risk, *(each.id for each in merged_into(viewer, risk, clock)))


# --- Beneath the queries ------------------------------------------------------------------------------------


def _changed(risks: Iterable[UUID], clock: Clock) -> dict[UUID, tuple[datetime, date]]:
    """When each risk last changed: when that was learned, and the day it speaks of."""
    versions = told(RiskVersion.objects.filter(risk__in=list(risks)), clock)
    rows = versions.values("risk").annotate(learned=Max("known_at"), day=Max("effective_on"))
    return {each["risk"]: (each["learned"], each["day"]) for each in rows.order_by()}


def _row(each: Link, bearers: dict[UUID, str], changed: dict[UUID, tuple[datetime, date]]) -> LinkRow:
    outward = each.source_id in bearers
    other: Risk = each.target if outward else each.source
    looked: datetime = getattr(each, "looked", None) or each.from_known_at
    learned, day = changed.get(other.pk, (None, None))
    return LinkRow(
        id=each.pk,
        kind=each.kind,
        words=said(each.kind, outward=outward),
        outward=outward,
        other=other.pk,
        other_label=other.name if other.state == "draft" else str(other),
        other_key=other.key,
        other_state=other.state,
        register_slug=other.register.slug,
        register_name=other.register.name,
        note=each.note,
        from_on=each.from_on,
        looked_at=looked,
        changed="" if each.kind == ESCALATED else moved_since(looked, learned, day),
        through=bearers[each.source_id if outward else each.target_id],
    )


def _circle(viewer: Actor, risk: UUID, clock: Clock) -> tuple[str, ...]:
    mine = visible_risks(viewer)
    rows = holding(
        Link.objects.filter(kind__in=("causes", "aggravates"), source__in=mine, target__in=mine),
        clock,
        timezone.localdate(),
    ).select_related("source")
    every = list(rows)
    labels = {str(each.source_id): str(each.source) for each in every}
    round_ = circle(str(risk), [Pair(each.kind, str(each.source_id), str(each.target_id)) for each in every])
    return tuple(labels[each] for each in round_)

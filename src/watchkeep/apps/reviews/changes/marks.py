"""How a quarter's trend is written onto its risk: by the evidence, or as a person says it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from watchkeep.apps.history.standing import told as told_rows
from watchkeep.apps.indicators.queries import spoken_of
from watchkeep.apps.register import changes as register
from watchkeep.apps.register import queries as risks
from watchkeep.apps.register.models import Risk, RiskVersion
from watchkeep.apps.reviews.queries.readings import readings, shelf_of, trend_of
from watchkeep.domain.clock import Clock
from watchkeep.domain.document import Movement, Trend
from watchkeep.domain.people import Actor
from watchkeep.domain.period import Period
from watchkeep.domain.trend import Derived, mark_by, mark_of, overridden, with_mark

Make = Callable[[Trend | None], Trend]


def trend_by_evidence(by: Actor, risk: Risk, quarter: Period, looked_at: str = "") -> Derived:
    """What the evidence makes of the quarter for this risk: where it stood, and its indicators."""
    before = readings([risk.pk], Clock(as_at=quarter.previous().ends)).get(risk.pk)
    after = readings([risk.pk], Clock(as_at=quarter.ends)).get(risk.pk)
    shelf = shelf_of({each.scale for each in (before, after) if each})
    told = spoken_of(by, [risk.pk], Clock(as_at=quarter.ends), since=quarter.previous().ends)
    return trend_of(
        before,
        after,
        shelf,
        quarter=quarter,
        opened_on=risk.opened_on,
        looked_at=looked_at,
        indicators=told.get(risk.pk),
    )


def mark_quarter(*, by: Actor, risk: Risk, quarter: Period, looked_at: str = "") -> None:
    """Write the quarter's trend by the evidence."""
    found = trend_by_evidence(by, risk, quarter, looked_at)
    _mark(
        by, risk, quarter, lambda standing: mark_by(found, standing, quarter), f"the trend of {quarter.label}"
    )


def say_trend(*, by: Actor, risk: Risk, quarter: Period, movement: Movement, reason: str) -> None:
    """Write the quarter's trend as a person says it is, with what the evidence makes of it beside."""
    found = trend_by_evidence(by, risk, quarter, "looked at in its review")

    def made(standing: Trend | None) -> Trend:
        return overridden(mark_by(found, standing, quarter), movement, by=by.name, reason=reason)

    _mark(by, risk, quarter, made, reason)


def _mark(by: Actor, risk: Risk, quarter: Period, make: Make, reason: str) -> None:
    """On the risk as at the quarter's end, and on what was said of it later, which would else hide it."""
    for day in _days(risk, quarter):
        risk.refresh_from_db()
        version = risks.version_as_at(risk.pk, Clock(as_at=day))
        value = risks.value_of(risk, version)
        told_in = risks.quarter_told(version)
        mark = make(mark_of(value.trends, quarter, told_in))
        trends = with_mark(value.trends, mark, quarter, told_in)
        register.amend_risk(
            by=by,
            risk=risk.pk,
            version=risk.version,
            value=value.model_copy(update={"trends": trends}),
            seen=value,
            effective_on=day,
            reason=reason,
        )


def _days(risk: Risk, quarter: Period) -> tuple[date, ...]:
    later = RiskVersion.objects.filter(risk=risk, effective_on__gt=quarter.ends)
    if risk.closed_on:  # nothing more is said of it from then on
        later = later.filter(effective_on__lt=risk.closed_on)
    days = later.order_by("effective_on").values_list("effective_on", flat=True).distinct()
    known = told_rows(RiskVersion.objects.filter(risk=risk), Clock(as_at=quarter.ends)).exists()
    return ((quarter.ends,) if known else ()) + tuple(days)

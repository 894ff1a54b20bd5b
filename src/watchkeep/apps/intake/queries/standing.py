"""The register as it stood on a paper's day: what the paper is compared with."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db.models import Max

from watchkeep.apps.register import queries as register_queries
from watchkeep.apps.register.models import Risk, RiskVersion
from watchkeep.domain.clock import Clock
from watchkeep.domain.document import RegisterDocument
from watchkeep.domain.document import Risk as RiskValue
from watchkeep.domain.people import Actor
from watchkeep.domain.period import find
from watchkeep.domain.restating import columns_of_trends, restated


@dataclass(frozen=True, slots=True)
class Standing:
    """A risk of the register that the paper is compared with."""

    id: UUID
    version: int
    effective_on: date
    label: str
    closed: bool
    closed_on: date | None = None


def register_on(
    viewer: Actor, register: UUID, effective_on: date, year_start: int
) -> tuple[RegisterDocument, dict[str, Standing]]:
    """The register as at the paper's day, with every risk it ever had.

    One that is closed, or that the register learned of only later, may be in the paper too.
    """
    before = register_queries.document(viewer, register, Clock(effective_on), closed_too=True)
    latest = register_queries.document(viewer, register, closed_too=True)
    have = {risk.key for risk in before.risks}
    later = [risk for risk in latest.risks if risk.key not in have]
    risks = (*before.risks, *_told_later(later, latest, before, year_start))
    known = {
        risk.key: Standing(risk.pk, risk.version, date.min, str(risk), risk.state == "closed", risk.closed_on)
        for risk in Risk.objects.filter(register_id=register)
    }
    days = RiskVersion.objects.filter(risk__register_id=register, effective_on__lte=effective_on)
    for key, on in days.order_by().values_list("risk__key").annotate(Max("effective_on")):
        known[key] = replace(known[key], effective_on=on)
    return before.model_copy(update={"risks": risks}), known


def _told_later(
    risks: Iterable[RiskValue], latest: RegisterDocument, before: RegisterDocument, year_start: int
) -> tuple[RiskValue, ...]:
    """Risks under the trend columns of a later cover, restated under those of an earlier one. Where there
    is none, the paper is compared with them as they are."""
    later, earlier = (find(each.period.text or "", year_start=year_start) for each in (latest, before))
    columns = columns_of_trends(before.columns, before.risks)
    if not columns:
        return tuple(risks)
    return tuple(restated(each, told_in=later, columns=columns, paper=earlier) for each in risks)

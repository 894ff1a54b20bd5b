"""What a paper would overwrite though a person set it, and on which day they did."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from django.utils import timezone

from watchkeep.apps.intake.queries.standing import Standing
from watchkeep.apps.register.models import RiskVersion
from watchkeep.domain import correction
from watchkeep.domain.difference import Difference, FieldChange, Proposal
from watchkeep.domain.fields import LISTS, SET


def own_decision(proposal: Proposal) -> bool:
    """Whether the paper would overwrite what a person set: that is for a person to decide, risk by risk."""
    return any(each.set_by for each in proposal.changes)


def told_who_set(
    found: Difference,
    standing: dict[str, Standing],
    set_right: Iterable[correction.Told],
    effective_on: date,
) -> Difference:
    """The differences with the day on which a person set what the paper would overwrite.

    What was set right in this very draft is a person's own newer word, and overwrites.
    """
    own = {(each.risk, part) for each in set_right for part in (each.path, _whole(each.path))}
    flagged = {
        standing[each.match].id for each in found.proposals if each.match in standing and own_decision(each)
    }
    rows = RiskVersion.objects.filter(risk__in=flagged, effective_on__lte=effective_on)
    passages = dict(rows.order_by("effective_on", "number").values_list("risk_id", "passages"))

    def told(proposal: Proposal) -> Proposal:
        if not own_decision(proposal) or proposal.match not in standing:
            return proposal
        known = json.loads(passages.get(standing[proposal.match].id, "{}"))
        changes = tuple(
            replace(each, set_by="")
            if {(proposal.key, each.told_at), (proposal.key, each.path)} & own
            else replace(each, set_on=_set_on(each, known))
            for each in proposal.changes
        )
        return replace(proposal, changes=changes)

    return replace(found, proposals=tuple(told(each) for each in found.proposals))


def _whole(path: str) -> str:
    kind = path.partition(":")[0]
    return kind if kind in LISTS else path


def _set_on(change: FieldChange, passages: dict[str, dict[str, str]]) -> date | None:
    """The day that a person set it, where the passages name one day and no other."""
    kind = change.path.partition(":")[0]
    reasons = {f"{each}{change.set_by}" for each in SET}
    days = {
        timezone.localdate(datetime.fromisoformat(each["at"]))
        for path, each in passages.items()
        if each.get("reason") in reasons
        and (path == change.path or (kind in (*LISTS, "trends") and path.startswith(f"{kind}:")))
    }
    return days.pop() if len(days) == 1 else None

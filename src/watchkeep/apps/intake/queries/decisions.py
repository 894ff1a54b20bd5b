"""What was decided about a paper's risks, and who took them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from watchkeep.apps.intake.models import Decision, Import
from watchkeep.apps.intake.queries.imports import visible
from watchkeep.domain.people import Actor


@dataclass(frozen=True, slots=True)
class Taken:
    """Who last accepted anything of a paper, and when."""

    by: str
    at: datetime


def taken(viewer: Actor, number: int, risk: str = "") -> Taken | None:
    """Who last accepted a paper, or one risk of it, and when."""
    rows = Decision.objects.filter(paper__in=visible(viewer), paper__number=number, outcome="accepted")
    last = (rows.filter(key=risk) if risk else rows).order_by("-number").first()
    return Taken(last.by_name, last.at) if last else None


def decisions_of(found: Import) -> dict[str, str]:
    """What was last decided about each risk of the paper."""
    return dict(found.decisions.order_by("number").values_list("key", "outcome"))

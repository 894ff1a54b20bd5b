"""The imported lines that a person sorted as meetings of a board."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Max, OuterRef, Subquery

from watchkeep.apps.register.queries import visible_risks
from watchkeep.apps.treatment.models import SortedLine
from watchkeep.domain.clock import PRESENT, Clock
from watchkeep.domain.people import Actor


@dataclass(frozen=True, slots=True)
class LineRow:
    """What a paper says under a risk of a meeting of this board."""

    text: str
    risk: str
    risk_key: str
    register: str


def meeting_lines(viewer: Actor, board: UUID, clock: Clock = PRESENT) -> tuple[LineRow, ...]:
    """The lines that stand sorted as this board’s meetings, under risks that the viewer may see."""
    told = SortedLine.objects.filter(risk__in=visible_risks(viewer))
    if clock.known_at is not None:
        told = told.filter(known_at__lte=clock.known_at)
    # Only a line's latest sorting counts, whatever it says.
    latest = told.filter(risk=OuterRef("risk"), line=OuterRef("line")).order_by()
    newest = latest.values("line").annotate(last=Max("number")).values("last")
    rows = told.filter(board=board, sort="meeting", number=Subquery(newest)).select_related("risk__register")
    return tuple(
        LineRow(each.text, str(each.risk), each.risk.key, each.risk.register.slug)
        for each in rows.order_by("risk__key", "text")
    )

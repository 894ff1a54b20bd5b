"""The indicators of a register's risks as a document tells them, judged by the clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from watchkeep.apps.indicators.queries import series_of
from watchkeep.apps.register.queries import RegisterRow, visible_risks
from watchkeep.domain.clock import Clock
from watchkeep.domain.document import Movement, RegisterDocument, Risk
from watchkeep.domain.finding import latest_period, named_period
from watchkeep.domain.indicator.telling import Use, heard, told
from watchkeep.domain.people import Actor


@dataclass(frozen=True, slots=True)
class Judged:
    """The period of which a register's last marks are: as its column is called, and as a person says it."""

    label: str
    named: str


def judged_in(document: RegisterDocument) -> Judged | None:
    """The period of a register's last marks."""
    label = latest_period(document)
    return Judged(label, named_period(document, label)) if label else None


def measured_for(
    viewer: Actor, register: RegisterRow, risks: Sequence[Risk], clock: Clock, period: Judged | None
) -> dict[str, dict[str, Any]]:
    """By the key of each risk that has any: its `indicators`, and what is `heard` from them beside the
    judgement of that period. A number of statements that does not grow with them.
    """
    keys = {each.key: each for each in risks}
    among = visible_risks(viewer).filter(register=register.id, key__in=keys)
    by_id = dict(among.values_list("pk", "key"))
    day = clock.day or timezone.localdate()
    found = {}
    for risk, attached in series_of(viewer, by_id, clock).items():
        uses = (Use(each.series, each.side, each.part, each.leads) for each in attached)
        indicators = told(uses, day)
        value = keys[by_id[risk]]
        found[value.key] = {
            "indicators": indicators,
            "heard": heard(indicators, _judgement(value, period), period.named if period else ""),
        }
    return found


def _judgement(risk: Risk, period: Judged | None) -> Movement | None:
    """What the risk's mark of that period says, where it says a movement."""
    return next((each.movement for each in risk.trends if period and each.period == period.label), None)

"""The indicators of a register's risks as a document tells them, judged by the clock."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from watchkeep.apps.indicators.queries import series_of
from watchkeep.apps.register.queries import RegisterRow, visible_risks
from watchkeep.domain.clock import Clock
from watchkeep.domain.document import Movement, Risk
from watchkeep.domain.indicator.telling import Use, heard, told
from watchkeep.domain.people import Actor


def measured_for(
    viewer: Actor, register: RegisterRow, risks: Sequence[Risk], clock: Clock, period: str | None
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
            "heard": heard(indicators, _judgement(value, period)),
        }
    return found


def _judgement(risk: Risk, period: str | None) -> Movement | None:
    """What the risk's mark of that period says, where it says a movement."""
    return next((each.movement for each in risk.trends if each.period == period), None)

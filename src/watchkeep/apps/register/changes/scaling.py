"""On which scale what is said of a risk is said, and whether its standing turned by it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from watchkeep.apps.register.models import Assessment, Register, RiskVersion, Scale
from watchkeep.apps.register.queries.registers import latest_effective_on
from watchkeep.apps.register.queries.scales import scale_used
from watchkeep.domain.document import STANDING_ORDER

NOT_SAID = frozenset({"version_id", "position", "scale_id"})  # of a rating: where it stands, not what it says


def scale_of_body(register: Register, effective_on: date, *, from_paper: bool) -> Scale | None:
    """The version of the body's scale that a person judges on that day; a paper is judged on its own."""
    return None if from_paper else scale_used(register, effective_on)


def keep_scales(rows: Iterable[Assessment], version: RiskVersion, *standing: RiskVersion) -> None:
    """Give each rating of a new version its scale: one that was carried over from these keeps its own."""
    before = {
        _said(each): each.scale_id or other.scale_id
        for other in standing
        for each in Assessment.objects.filter(version=other)
    }
    for each in rows:
        each.scale_id = before.get(_said(each), version.scale_id)


def turned(version: RiskVersion, rows: Iterable[Assessment], standing: RiskVersion | None) -> bool:
    """Whether the rating or the category may differ from what stood before; a back-dated word always may."""
    latest = latest_effective_on(version.risk_id)
    if standing is None or (latest is not None and version.effective_on < latest):
        return True
    if standing.category_of_id != version.category_of_id:
        return True
    return _standing(rows, version) != _standing(Assessment.objects.filter(version=standing), standing)


def _said(each: Assessment) -> tuple[tuple[str, Any], ...]:
    return tuple((name, value) for name, value in each.values().items() if name not in NOT_SAID)


def _standing(rows: Iterable[Assessment], version: RiskVersion) -> tuple[Any, ...]:
    """Every rating that a verdict could rest on, with its scale."""
    return tuple(
        sorted(
            (each.stage, each.part or "", each.rating, each.score, each.likelihood, each.impact,
             str(each.scale_id or version.scale_id))
            for each in rows
            if each.stage in STANDING_ORDER
        )
    )  # fmt: skip

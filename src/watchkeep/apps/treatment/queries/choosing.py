"""What a control or a promise can be put to: the open risks in the viewer’s sight, and their parts."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from watchkeep.apps.history.standing import standing
from watchkeep.apps.register.models import Line, Part, RiskVersion
from watchkeep.apps.register.queries.scope import visible_risks
from watchkeep.domain.clock import PRESENT
from watchkeep.domain.people import Actor, must


@dataclass(frozen=True, slots=True)
class Target:
    """A risk, or one of its parts with the beginning of what is said of it."""

    risk: UUID
    key: str
    register: str
    label: str
    part: str
    about: str


def targets(viewer: Actor) -> tuple[Target, ...]:
    """Every open risk, followed by its parts; in three statements."""
    must(viewer, "read")
    among = visible_risks(viewer).exclude(state__in=("closed", "merged"))
    versions = standing(RiskVersion.objects.all(), "risk", among, PRESENT).select_related("risk__register")
    found = sorted(versions, key=lambda each: (each.risk.register.name, each.position, each.risk.key))
    parts: dict[UUID, dict[str, str]] = defaultdict(dict)
    ids = [each.pk for each in found]
    for part in Part.objects.filter(version__in=ids).order_by("field", "position"):
        parts[part.version_id].setdefault(part.marker, part.text)
    for line in Line.objects.filter(version__in=ids).exclude(part=None).order_by("position"):
        parts[line.version_id].setdefault(line.part or "", "")
    return tuple(
        Target(each.risk_id, each.risk.key, each.risk.register.slug, str(each.risk), marker, about)
        for each in found
        for marker, about in (("", ""), *((m, a) for m, a in parts[each.pk].items() if m))
    )

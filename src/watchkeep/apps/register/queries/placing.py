"""Where each risk of a register stood by likelihood and impact: what a map draws movement from."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from watchkeep.apps.history.standing import standing
from watchkeep.apps.register.models import Assessment, RiskVersion
from watchkeep.apps.register.queries.registers import DRAFT
from watchkeep.apps.register.queries.scope import visible_risks
from watchkeep.apps.register.queries.states import stood
from watchkeep.domain.clock import Clock
from watchkeep.domain.document import STANDING_ORDER
from watchkeep.domain.people import Actor


@dataclass(frozen=True, slots=True)
class Placing:
    """A likelihood and an impact in words; empty where the risk was rated by a band alone, or not at all."""

    likelihood: str = ""
    impact: str = ""


def placed(viewer: Actor, register: UUID, clock: Clock) -> dict[str, Placing]:
    """By its key, where each risk that was in the register by the clock stood then. As many statements for
    many risks as for few, and none of their words is read.
    """
    risks = visible_risks(viewer).filter(register_id=register)
    states = stood(risks, clock, viewer.body)
    here = [pk for pk, each in states.items() if each.state not in DRAFT and not each.gone]
    versions = standing(RiskVersion.objects.all(), "risk", risks.filter(pk__in=here), clock)
    keys = dict(versions.values_list("pk", "risk__key"))
    judged: defaultdict[UUID, dict[str, Assessment]] = defaultdict(dict)
    rows = Assessment.objects.filter(version__in=list(keys), part=None).order_by("-position")
    for each in rows.only("version_id", "stage", "likelihood", "impact", "rating", "score"):
        if each.rating or each.score:
            judged[each.version_id][each.stage] = each
    return {key: _placing(judged[version]) for version, key in keys.items()}


def _placing(by_stage: dict[str, Assessment]) -> Placing:
    found = next((by_stage[stage] for stage in STANDING_ORDER if stage in by_stage), None)
    return Placing(found.likelihood, found.impact) if found else Placing()

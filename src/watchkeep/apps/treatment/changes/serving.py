"""Which risk, and which part of it, a control or a promise serves: found, and refused where there is none."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from watchkeep.apps.register.models import Line, Part, Risk
from watchkeep.apps.register.queries import version_as_at
from watchkeep.apps.register.queries.scope import visible_risks
from watchkeep.domain.clock import Clock
from watchkeep.domain.errors import Invalid, Missing
from watchkeep.domain.people import Actor


def risk_of(by: Actor, risk: UUID) -> Risk:
    """A risk that the actor may see."""
    found = visible_risks(by).select_related("register").filter(pk=risk).first()
    if found is None:
        raise Missing("There is no such risk.")
    return found


def must_be_a_part(risk: Risk, part: str, on: date) -> None:
    """A part that the risk has: its texts name it, or its lines stand under it."""
    if not part:
        return
    version = version_as_at(risk.pk, Clock(as_at=on))
    known = set(Part.objects.filter(version=version).values_list("marker", flat=True))
    known |= {each for each in Line.objects.filter(version=version).values_list("part", flat=True) if each}
    if part not in known:
        parts = ", ".join(sorted(known)) or "none"
        raise Invalid("part", f"{risk} has no part “{part}”; its parts are: {parts}.")

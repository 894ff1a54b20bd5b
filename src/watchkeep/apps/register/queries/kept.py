"""The registers as settings show them: what each is, whose, and on which scale its risks are judged."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count

from watchkeep.apps.register.queries.scope import visible
from watchkeep.domain.errors import Missing
from watchkeep.domain.people import Actor


@dataclass(frozen=True, slots=True)
class KeptRegister:
    """One register; `scale` is the body's scale that it uses, none where its papers show their own."""

    id: UUID
    slug: str
    name: str
    kind: str
    unit: UUID | None
    unit_name: str
    scale: str
    risks: int  # that it ever had
    version: int


def kept_registers(viewer: Actor) -> tuple[KeptRegister, ...]:
    """Every register that the viewer may read, by name."""
    rows = visible(viewer).select_related("unit", "family").annotate(ever=Count("risks")).order_by("name")
    return tuple(
        KeptRegister(
            each.pk,
            each.slug,
            each.name,
            each.kind,
            each.unit_id,
            each.unit.name if each.unit else "",
            each.family.name if each.family else "",
            each.ever,
            each.version,
        )
        for each in rows
    )


def kept_register(viewer: Actor, id: UUID) -> KeptRegister:
    """One register that the viewer may read."""
    found = next((each for each in kept_registers(viewer) if each.id == id), None)
    if found is None:
        raise Missing("There is no such register.")
    return found

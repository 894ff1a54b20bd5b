"""What a viewer's roles let them see: the one place where a scope becomes SQL."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from uuid import UUID

from django.db.models import Q, QuerySet

from watchkeep.apps.people.models import Unit
from watchkeep.apps.register.models import Register, Risk, RiskVersion
from watchkeep.domain.people import THROUGHOUT, Actor, Where, must
from watchkeep.domain.risk_state import may_see_draft

WHOLE_BODY = THROUGHOUT


def visible(viewer: Actor) -> QuerySet[Register]:
    """The registers that the viewer may read: all of the body by a role for the whole of it, else those of
    their grants, by the register itself or by a unit that it stands in. One without a unit is in none.
    """
    must(viewer, "read")
    found = Register.objects.filter(body_id=viewer.body)
    if viewer.role:
        return found
    named = [each.register for each in viewer.grants if each.register]
    units = {each.unit for each in viewer.grants if each.unit}
    chosen = Q(pk__in=named)
    if units:
        chosen |= Q(unit__in=_with_all_below(viewer.body, units))
    return found.filter(chosen)


def visible_risks(viewer: Actor) -> QuerySet[Risk]:
    """Every risk of the registers that the viewer may read."""
    return Risk.objects.filter(register__in=visible(viewer))


def shown(viewer: Actor, risk: Risk) -> bool:
    """Whether the viewer, who may read its register, may see this risk: a draft is not for everybody."""
    if risk.state != "draft":
        return True
    last = RiskVersion.objects.filter(risk=risk).order_by("-effective_on", "-number")
    return may_see_draft(viewer, where(risk.register), last.values_list("owner_post_id", flat=True).first())


def hidden_subjects(viewer: Actor) -> dict[str, frozenset[str]]:
    """What of the body's registers and risks the viewer may not see, as ids by kind: beyond their roles, and
    drafts that are not for them. A fixed number of statements.
    """
    registers = Register.objects.filter(body_id=viewer.body)
    beyond = registers.exclude(pk__in=visible(viewer).values("pk"))
    risks = Risk.objects.filter(register__in=beyond).values_list("pk", flat=True)
    drafts = list(visible_risks(viewer).filter(state="draft").select_related("register"))
    places = wheres({each.register for each in drafts})
    last = RiskVersion.objects.filter(risk__in=drafts).order_by("effective_on", "number")
    owners = dict(last.values_list("risk_id", "owner_post_id"))
    others = {
        each.pk for each in drafts if not may_see_draft(viewer, places[each.register_id], owners.get(each.pk))
    }
    return {
        "register": _ids(beyond.values_list("pk", flat=True)),
        "risk": _ids(risks) | _ids(others),
    }


def _ids(keys: Iterable[UUID]) -> frozenset[str]:
    return frozenset(str(each) for each in keys)


def where(register: Register | None) -> Where:
    """The register as a place where something is to be done, with the units that it stands in; without one,
    the whole body.
    """
    return wheres([register])[register.pk] if register else WHOLE_BODY


def wheres(registers: Iterable[Register]) -> dict[UUID, Where]:
    """Each of these registers of one body as such a place, in one statement at most."""
    found = list(registers)
    body = next((str(each.body_id) for each in found if each.unit_id), None)
    parents = _parents(body) if body else {}
    return {each.pk: Where(str(each.pk), tuple(_chain(each.unit_id, parents))) for each in found}


def _chain(unit: UUID | None, parents: dict[UUID, UUID | None]) -> Iterator[str]:
    seen: set[UUID] = set()
    while unit is not None and unit not in seen:
        seen.add(unit)
        yield str(unit)
        unit = parents.get(unit)


def _parents(body: str) -> dict[UUID, UUID | None]:
    return dict(Unit.objects.filter(body_id=body).values_list("pk", "parent_id"))


def _with_all_below(body: str, tops: Collection[str]) -> set[UUID]:
    """These units and every unit below them, in one statement."""
    parents = _parents(body)
    found = {each for each in parents if str(each) in tops}
    while below := {each for each, parent in parents.items() if parent in found and each not in found}:
        found |= below
    return found

"""What a viewer's roles let them see: the one place where a scope becomes SQL."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery

from watchkeep.apps.people.models import Unit
from watchkeep.apps.register.models import Register, Risk, RiskVersion
from watchkeep.domain.people import THROUGHOUT, Actor, Grant, Where, must, roles_that_may
from watchkeep.domain.risk_state import SEES_DRAFTS

WHOLE_BODY = THROUGHOUT


def visible(viewer: Actor) -> QuerySet[Register]:
    """The registers that the viewer may read: all of the body by a role for the whole of it, else those of
    their grants, by the register itself or by a unit that it stands in. One without a unit is in none.
    """
    must(viewer, "read")
    found = Register.objects.filter(body_id=viewer.body)
    return found if viewer.role else found.filter(_reached(viewer.body, viewer.grants))


def visible_risks(viewer: Actor) -> QuerySet[Risk]:
    """Every risk of the registers that the viewer may read. A draft is there for who writes drafts in its
    register, for who sees everything there, and for who answers for it: `risk_state.may_see_draft` as SQL.
    """
    found = Risk.objects.filter(register__in=visible(viewer))
    roles = {role for action in SEES_DRAFTS for role in roles_that_may(action)}
    drafting = tuple(each for each in viewer.grants if each.role in roles)
    if viewer.role in roles or (not viewer.role and drafting == viewer.grants):
        return found
    seen = ~Q(state="draft")
    if drafting:
        registers = Register.objects.filter(_reached(viewer.body, drafting), body_id=viewer.body)
        seen |= Q(register__in=registers)
    if viewer.posts:
        last = RiskVersion.objects.filter(risk=OuterRef("pk")).order_by("-effective_on", "-number")
        found = found.alias(answering=Subquery(last.values("owner_post")[:1]))
        seen |= Q(state="draft", answering__in=[UUID(each) for each in viewer.posts])
    return found.filter(seen)


def hidden_subjects(viewer: Actor) -> dict[str, frozenset[str]]:
    """What of the body's registers and risks the viewer may not see, as ids by kind: beyond their roles, and
    drafts that are not for them. A fixed number of statements.
    """
    registers = Register.objects.filter(body_id=viewer.body)
    beyond = registers.exclude(pk__in=visible(viewer).values("pk"))
    risks = Risk.objects.filter(register__body_id=viewer.body)
    unseen = risks.exclude(pk__in=visible_risks(viewer).order_by().values("pk"))
    return {
        "register": _ids(beyond.values_list("pk", flat=True)),
        "risk": _ids(unseen.values_list("pk", flat=True)),
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


def _reached(body: str, grants: Iterable[Grant]) -> Q:
    """The registers that these grants reach, by name or by a unit; a statement more where units are named."""
    named = [each.register for each in grants if each.register]
    units = {each.unit for each in grants if each.unit}
    chosen = Q(pk__in=named)
    return chosen | Q(unit__in=_with_all_below(body, units)) if units else chosen


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

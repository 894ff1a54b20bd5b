"""What stands before a move: the drafts and offers of a register, where a risk may go, its next reference."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from watchkeep.apps.history.standing import told
from watchkeep.apps.register.models import Link, Risk, RiskState
from watchkeep.apps.register.queries.registers import register, registers
from watchkeep.apps.register.queries.scope import visible_risks
from watchkeep.domain.clock import PRESENT, Clock
from watchkeep.domain.errors import Missing
from watchkeep.domain.link import ESCALATED
from watchkeep.domain.people import Actor
from watchkeep.domain.risk_state import next_reference


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A risk that is not in the register yet: written there, or offered to it by another register."""

    id: UUID
    key: str
    name: str
    since: date
    offered_by: str  # the register that it comes from; nothing where it was written here
    offered_because: str


@dataclass(frozen=True, slots=True)
class StateRow:
    """A state that a risk came into, on which day and why; `into` is the risk it was merged into."""

    state: str
    on: date
    reason: str
    into: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A risk or a register that may be chosen on a form."""

    id: UUID
    label: str


def drafts(viewer: Actor, which: str | UUID) -> tuple[DraftRow, ...]:
    """The drafts of a register that the viewer may see, the oldest first."""
    row = register(viewer, which)
    rows = visible_risks(viewer).filter(register=row.id, state="draft")
    came = {
        each.target_id: each
        for each in Link.objects.filter(target__in=rows.values("pk"), kind=ESCALATED, until_on=None)
        .select_related("source__register")
    }  # fmt: skip
    return tuple(
        DraftRow(
            each.pk,
            each.key,
            each.name,
            each.opened_on,
            came[each.pk].source.register.name if each.pk in came else "",
            came[each.pk].note if each.pk in came else "",
        )
        for each in rows.order_by("opened_on", "key")
    )


def key_of(viewer: Actor, risk: UUID) -> str:
    """A risk's name in addresses."""
    found: str | None = visible_risks(viewer).filter(pk=risk).values_list("key", flat=True).first()
    if found is None:
        raise Missing("There is no such risk.")
    return found


def states(viewer: Actor, risk: UUID, clock: Clock = PRESENT) -> tuple[StateRow, ...]:
    """Every state that a risk came into by the clock, the latest first."""
    rows = told(RiskState.objects.filter(risk__in=visible_risks(viewer).filter(pk=risk)), clock)
    return tuple(
        StateRow(each.state, each.effective_on, each.reason, str(each.into) if each.into else "")
        for each in rows.select_related("into").order_by("-effective_on", "-number")
    )


def suggested_reference(viewer: Actor, which: str | UUID) -> str:
    """The next free reference in a register's own pattern."""
    row = register(viewer, which)
    used = Risk.objects.filter(register_id=row.id).exclude(reference="")
    return next_reference(used.values_list("reference", flat=True))


def other_registers(viewer: Actor, than: UUID) -> tuple[Choice, ...]:
    """The registers that a risk may be escalated to."""
    return tuple(Choice(each.id, each.name) for each in registers(viewer) if each.id != than)


def other_risks(viewer: Actor, than: UUID) -> tuple[Choice, ...]:
    """The open risks that one may be linked to or merged into, by register and reference."""
    rows = visible_risks(viewer).filter(state__in=("open", "escalated")).exclude(pk=than)
    return tuple(
        Choice(each.pk, f"{each} ({each.register.name})")
        for each in rows.select_related("register").order_by("register__name", "key")
    )


def came_from(viewer: Actor, risk: UUID) -> UUID | None:
    """The risk of another register that this one came from, whether or not the viewer may see that."""
    if not visible_risks(viewer).filter(pk=risk).exists():
        return None
    rows = Link.objects.filter(target=risk, kind=ESCALATED)
    return rows.values_list("source_id", flat=True).first()

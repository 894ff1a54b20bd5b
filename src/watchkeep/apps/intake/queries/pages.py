"""Everything about one import, as its page shows it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from watchkeep.apps.intake.models import Import
from watchkeep.apps.intake.queries.decisions import decisions_of
from watchkeep.apps.intake.queries.doubts import DoubtRow, doubts_of
from watchkeep.apps.intake.queries.drafts import given_of, settled_of, version_of
from watchkeep.apps.intake.queries.files import PictureRow
from watchkeep.apps.intake.queries.imports import LEASE, ImportRow, row_of, visible
from watchkeep.apps.intake.queries.overwriting import own_decision
from watchkeep.apps.intake.queries.plans import Plan, plan_of
from watchkeep.apps.register import queries as register_queries
from watchkeep.domain import correction
from watchkeep.domain.difference import Proposal
from watchkeep.domain.document import RegisterDocument
from watchkeep.domain.document import Risk as RiskValue
from watchkeep.domain.errors import Missing
from watchkeep.domain.people import Actor


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step of the reading that is done."""

    code: str
    sentence: str
    at: datetime


@dataclass(frozen=True, slots=True)
class RiskRow:
    """A risk as the draft now reads, what it is to the register, and what was decided about it."""

    value: RiskValue
    proposal: Proposal
    decision: str  # accepted, set aside, or nothing yet
    doubts: tuple[DoubtRow, ...]
    reopens: bool = False  # whether the register closed it, so that accepting would open it again

    @property
    def key(self) -> str:
        """Its key in the paper."""
        return self.value.key

    @property
    def waits_by_itself(self) -> bool:
        """Whether the paper would overwrite what a person set, so that accepting all leaves it out."""
        return not self.decision and own_decision(self.proposal)


@dataclass(frozen=True, slots=True)
class LackedRisk:
    """A risk of the register that the paper does not have; whether it is closed is for a person to say."""

    id: UUID
    key: str
    label: str
    version: int


@dataclass(frozen=True, slots=True)
class Earlier:
    """The last time that this very file was brought in and accepted into the register."""

    number: int
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class ImportPage:
    """Everything about one import. Without a draft (still waiting, or refused), the lists are empty."""

    row: ImportRow
    sha256: str
    size: int
    steps: tuple[StepRow, ...]
    given: correction.Given
    register: register_queries.RegisterRow | None  # where accepting would put it; none: a new register
    document: RegisterDocument | None  # with corrections applied
    effective_on: date | None
    risks: tuple[RiskRow, ...]
    lacked: tuple[LackedRisk, ...]
    doubts: tuple[DoubtRow, ...]  # of the register as a whole and of every risk
    pictures: tuple[PictureRow, ...]
    version: int = 0  # goes back with every decision: how many fields were set right by then
    earlier: Earlier | None = None
    arrows_from_before: bool = False  # whether what they mean was said of the register's earlier paper
    heard_at: datetime | None = None  # when its reader last gave a sign, while it is being read

    @property
    def waiting_together(self) -> int:
        """How many risks accepting all takes."""
        return self.waiting - self.waiting_by_themselves

    @property
    def tried_again_at(self) -> datetime | None:
        """When another reader may take it over, if this one gives no sign until then."""
        return self.heard_at + LEASE if self.heard_at else None

    @property
    def waiting_by_themselves(self) -> int:
        """How many risks accepting all leaves out, since a person set what the paper would overwrite."""
        return sum(each.waits_by_itself for each in self.risks)

    @property
    def waiting(self) -> int:
        """How many risks nobody has decided about."""
        return sum(not each.decision for each in self.risks)


def import_page(viewer: Actor, number: int) -> ImportPage:
    """Everything about one import, by its number."""
    found = visible(viewer).select_related("file", "register").filter(number=number).first()
    if found is None:
        raise Missing("There is no such import.")
    if not found.draft:
        return _page(viewer, found, None, (), (), ())
    settled = settled_of(found)
    plan = plan_of(viewer, found, settled)
    doubts = doubts_of(found, settled)
    decided = decisions_of(found)
    risks = tuple(
        RiskRow(
            value,
            plan.difference.of(value.key),
            decided.get(value.key, ""),
            tuple(each for each in doubts if each.doubt.risk == value.key),
            plan.reopens(plan.difference.of(value.key)),
        )
        for value in plan.document.risks
    )
    lacked = tuple(
        LackedRisk(standing.id, key, standing.label, standing.version)
        for key, standing in plan.standing.items()
        if key in plan.difference.missing and not standing.closed
    )
    page = _page(viewer, found, plan, risks, lacked, doubts)
    last = settled.earlier
    return replace(
        page,
        earlier=Earlier(last.number, last.received_at, last.received_by) if last else None,
        arrows_from_before=settled.arrows_from_before,
    )


def _page(
    viewer: Actor,
    found: Import,
    plan: Plan | None,
    risks: tuple[RiskRow, ...],
    lacked: tuple[LackedRisk, ...],
    doubts: tuple[DoubtRow, ...],
) -> ImportPage:
    register = plan.register if plan else found.register_id
    return ImportPage(
        row=row_of(found),
        version=version_of(found),
        sha256=found.file.sha256,
        size=found.file.size,
        steps=tuple(StepRow(each.code, each.sentence, each.at) for each in found.steps.order_by("position")),
        given=given_of(found),
        register=register_queries.register(viewer, register) if register else None,
        document=plan.document if plan else None,
        effective_on=plan.effective_on if plan else None,
        risks=risks,
        lacked=lacked,
        doubts=doubts,
        pictures=tuple(
            PictureRow(each.page, each.sha256, each.width, each.height)
            for each in found.pictures.order_by("page")
        ),
        heard_at=found.claimed_at if found.state == "reading" else None,
    )

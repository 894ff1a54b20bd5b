"""What accepting a paper would do to its register."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from watchkeep.apps.intake.models import Import
from watchkeep.apps.intake.queries.drafts import Settled, effective_day, settled_of
from watchkeep.apps.intake.queries.imports import ACCEPTED
from watchkeep.apps.intake.queries.overwriting import told_who_set
from watchkeep.apps.intake.queries.standing import Standing, register_on
from watchkeep.apps.people.models import Body
from watchkeep.domain import difference
from watchkeep.domain.difference import Difference, Proposal
from watchkeep.domain.document import RegisterDocument
from watchkeep.domain.people import Actor
from watchkeep.domain.period import APRIL


@dataclass(frozen=True, slots=True)
class Plan:
    """What accepting a paper would do."""

    document: RegisterDocument
    register: UUID | None
    effective_on: date
    difference: Difference
    standing: dict[str, Standing]  # by key in the register
    same_cover: bool = False  # whether the register as a whole stands as the paper says
    same_file: bool = False  # whether this very file was accepted before

    def reopens(self, proposal: Proposal) -> bool:
        """Whether accepting would open a closed risk again: the paper speaks of a day since it closed."""
        standing = self.standing.get(proposal.match or "")
        if standing is None or standing.closed_on is None or self.nothing_new(proposal):
            return False
        return self.effective_on >= standing.closed_on

    def nothing_new(self, proposal: Proposal) -> bool:
        """The same words for the same day, or from the same file. For another day they say: still so."""
        standing = self.standing.get(proposal.match or "")
        if standing is None or proposal.kind != "same":
            return False
        return self.same_file or standing.effective_on == self.effective_on


def plan_of(viewer: Actor, found: Import, settled: Settled | None = None) -> Plan:
    """Match the corrected draft against its register, as that stood on the paper's day."""
    settled = settled or settled_of(found)
    document, register = settled.document, settled.register
    effective_on = effective_day(found, document)
    if register is None:
        return Plan(document, None, effective_on, difference.match(RegisterDocument(), document), {})
    year_start = _year_start(viewer)
    before, standing = register_on(viewer, register, effective_on, year_start)
    return Plan(
        document=document,
        register=register,
        effective_on=effective_on,
        difference=told_who_set(
            difference.match(before, document, year_start=year_start),
            standing,
            settled.told[-1],
            effective_on,
        ),
        standing=standing,
        same_cover=difference.same_cover(before, document),
        same_file=Import.objects.filter(file=found.file, register=register, state__in=ACCEPTED)
        .exclude(pk=found.pk)
        .exists(),
    )


def compared(
    viewer: Actor, found: Import, document: RegisterDocument, register: UUID | None
) -> Difference | None:
    """What a document would be to the register of a paper; nothing where that is new."""
    if register is None:
        return None
    year_start = _year_start(viewer)
    before, _ = register_on(viewer, register, effective_day(found, document), year_start)
    return difference.match(before, document, year_start=year_start)


def _year_start(viewer: Actor) -> int:
    """The month in which the year of the viewer's body starts."""
    months = Body.objects.filter(pk=viewer.body).values_list("year_starts_month", flat=True)
    return months.first() or APRIL

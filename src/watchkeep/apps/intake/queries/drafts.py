"""A paper's draft as read, and with all that people said laid over it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db.models import Max
from django.utils import timezone

from watchkeep.apps.intake.models import Import
from watchkeep.apps.intake.queries.imports import ACCEPTED
from watchkeep.apps.intake.queries.registers import register_named
from watchkeep.apps.register import queries as register_queries
from watchkeep.apps.register.models import Register
from watchkeep.domain import correction
from watchkeep.domain.clock import Clock
from watchkeep.domain.document import Field, RegisterDocument, State
from watchkeep.domain.fields import SET


def draft_of(found: Import) -> RegisterDocument:
    """The draft as read."""
    return RegisterDocument.model_validate_json(found.draft)


def given_of(found: Import) -> correction.Given:
    """What the person said of the paper at the door."""
    means = found.rising_means
    return correction.Given(
        body=found.given_body,
        register=found.given_register,
        period=found.given_period,
        as_at=found.given_as_at,
        rising_means="worsening" if means == "worsening" else "improving" if means == "improving" else None,
        by=found.received_by,
    )


@dataclass(frozen=True, slots=True)
class Settled:
    """The draft with all that people said laid over it: of this paper, of this very file before, and of its
    register."""

    document: RegisterDocument
    register: UUID | None
    papers: tuple[Import, ...]  # this very file as it was accepted before into this register; this one last
    told: tuple[tuple[correction.Told, ...], ...]  # what people set right of each of these
    arrows_from_before: bool = False

    @property
    def earlier(self) -> Import | None:
        """The last time that this very file was accepted into this register."""
        return self.papers[-2] if len(self.papers) > 1 else None


def settled_of(found: Import) -> Settled:
    """Lay over the draft what was said of this very file before, then of this paper, then what stands."""
    value = draft_of(found)
    papers = (*_accepted_before(found, found.given_register or value.name.text), found)
    told = tuple(_told_of(each) for each in papers)
    for paper, said in zip(papers[:-1], told[:-1], strict=True):
        value = correction.settled_before(value, given_of(paper), said)
    value = correction.corrected(value, given_of(found), told[-1])
    register = found.register_id or register_named(found.body_id, value.name.text)
    if register is None:
        return Settled(value, None, papers, told)
    on = effective_day(found, value)
    cover = register_queries.cover_as_at(register, Clock(on)) or register_queries.cover_as_at(register)
    standing = RegisterDocument.model_validate_json(cover.document) if cover else RegisterDocument()
    from_before = value.rising_basis == "assumed" and standing.rising_basis in ("confirmed", "stated")
    if from_before:
        value = correction.rising(value, standing.rising_means)
    name = Register.objects.values_list("name", flat=True).get(pk=register)
    settled = Settled(value, register, papers, told, from_before)
    return replace(settled, document=_as_the_register_is_called(settled, name, standing.body))


def version_of(found: Import) -> int:
    """The number of the last correction of a draft; none was made at 0."""
    last: int | None = found.corrections.aggregate(last=Max("number"))["last"]
    return last or 0


def corrected_of(found: Import) -> RegisterDocument:
    """The draft with what people said laid over it."""
    return settled_of(found).document


def _told_of(found: Import) -> tuple[correction.Told, ...]:
    """The fields of one paper that people set right, in order."""
    return tuple(
        correction.Told(each.risk, each.path, _state(each.state), each.text, each.by_name)
        for each in found.corrections.order_by("number")
    )


def effective_day(found: Import, document: RegisterDocument) -> date:
    """The day that the paper speaks of; else the day it came."""
    return document.as_at.on or timezone.localdate(found.received_at)


def _accepted_before(found: Import, name: str | None) -> tuple[Import, ...]:
    register = found.register_id or register_named(found.body_id, name)
    if register is None:
        return ()
    same = Import.objects.filter(file=found.file_id, register=register, number__lt=found.number)
    return tuple(same.filter(state__in=ACCEPTED).defer("draft").order_by("number"))


def _as_the_register_is_called(settled: Settled, name: str, body: Field) -> RegisterDocument:
    """The register keeps its name, and a body that a person gave, unless a person says otherwise of this
    paper: what papers say of themselves varies."""
    value, papers = settled.document, settled.papers
    told = {each.path for said in settled.told for each in said if not each.risk}
    update: dict[str, Field] = {}
    named = "name" in told or any(each.given_register for each in papers)
    if not named and (value.name.text or "")[:300] != name:
        update["name"] = Field(state="recorded", text=name, reason="the register's own name")
    placed = "body" in told or any(each.given_body for each in papers)
    if not placed and body.reason.startswith(("given by ", *SET)):
        update["body"] = body
    return value.model_copy(update=update)


def _state(text: str) -> State:
    return (
        "recorded" if text == "recorded" else "not applicable" if text == "not applicable" else "not recorded"
    )

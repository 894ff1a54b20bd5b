"""What of a register is shown, as the address asks: the same choice for the page and for the files of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final
from uuid import UUID

from django.http import QueryDict

from watchkeep.apps.evidence.queries import statements_of
from watchkeep.apps.indicators.queries import leading_of, speaking_to
from watchkeep.apps.publication.queries import promised_for
from watchkeep.apps.register import queries
from watchkeep.apps.register.queries import RegisterRow
from watchkeep.domain.appetite import Stands, tally
from watchkeep.domain.clock import Clock
from watchkeep.domain.document import RegisterDocument
from watchkeep.domain.errors import Missing
from watchkeep.domain.finding import Finding, finding
from watchkeep.domain.people import Actor
from watchkeep.domain.statement import coverage
from watchkeep.web.indicators.panels import day_of
from watchkeep.web.register.columns import USUAL, Column, columns_shown
from watchkeep.web.register.forms import ChoiceForm
from watchkeep.web.register.rows import Group, Row, all_rows, chosen, grouped

# A page of 500 rows is 1.4 MB and takes four fifths of its time to draw; a paper of a hundred is rare.
PAGE: Final = 100


@dataclass(frozen=True)
class Shown:
    """One register as it was asked for."""

    register: RegisterRow
    slug: str  # its name in addresses, where there are several
    document: RegisterDocument
    rows: tuple[Row, ...]  # all of it
    stands: dict[UUID, Stands]
    form: ChoiceForm
    found: Finding

    @cached_property
    def choices(self) -> dict[str, str]:
        """What was chosen and makes sense."""
        return self.form.choices()

    @cached_property
    def fitting(self) -> tuple[Row, ...]:
        """The rows that fit, sorted."""
        return chosen(self.rows, self.choices, self.found)

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """The same under their headings."""
        return grouped(self.fitting, self.choices.get("group", ""))

    def groups_of(self, page: int) -> tuple[Group, ...]:
        """The groups on one page of the table, each with those of its rows that are on it."""
        first, last = PAGE * (page - 1), PAGE * page
        shown, at = [], 0
        for group in self.groups:
            rows = group.rows[max(0, first - at) : max(0, last - at)]
            if rows:
                shown.append(Group(group.heading, group.mark, rows, len(group.rows)))
            at += len(group.rows)
        return tuple(shown)

    @property
    def pages(self) -> int:
        """How many pages the table has."""
        return max(1, -(-len(self.fitting) // PAGE))

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """The columns beside reference and name."""
        return columns_shown(self.form.columns_chosen(), self.document.periods())

    @cached_property
    def verdicts(self) -> tuple[tuple[str, int], ...]:
        """How many risks stand where against appetite, where that can be said of any."""
        said = tally(each.verdict for each in self.stands.values())
        return said if any(verdict != "cannot be said" for verdict, _ in said) else ()


def shown(viewer: Actor, asked: QueryDict, registers: tuple[RegisterRow, ...], clock: Clock) -> Shown:
    """The register that is asked for, chosen, sorted and grouped, in a fixed number of statements."""
    row = register_named(registers, asked.get("register", ""))
    slug = row.slug if len(registers) > 1 else ""
    document = promised_for(viewer, row.slug, clock)
    found = finding(document)
    stands = queries.stands(viewer, row.id, clock)
    rows = all_rows(document, found, slug, beside=queries.beside(viewer, row.id, clock), stands=stands)
    said = any(each.stands and each.stands.verdict != "cannot be said" for each in rows)
    measured = bool(speaking_to(viewer, row.slug, clock))
    usual = (*USUAL, *(["appetite"] if said else []), *(["figures"] if measured else []))
    form = ChoiceForm(asked, document=document, found=found, rows=rows, usual=usual)
    if "rests" in form.columns_chosen():
        rows = _resting(viewer, row, document, rows, clock)
    if "figures" in form.columns_chosen():
        rows = _figured(viewer, rows, clock)
    here = {each.beside.id for each in rows if each.beside}
    return Shown(
        row, slug, document, rows, {risk: each for risk, each in stands.items() if risk in here}, form, found
    )


def _resting(
    viewer: Actor, row: RegisterRow, document: RegisterDocument, rows: tuple[Row, ...], clock: Clock
) -> tuple[Row, ...]:
    """The rows with how much of what each says rests on something, in six statements more."""
    told = statements_of(viewer, row.id, document.risks, clock)
    return tuple(
        replace(each, rests=coverage(each.risk.model_copy(update={"statements": told[each.risk.key]})))
        for each in rows
    )


def _figured(viewer: Actor, rows: tuple[Row, ...], clock: Clock) -> tuple[Row, ...]:
    """The rows with the indicator that leads each, in a fixed number of statements; judged where shown."""
    found = leading_of(viewer, [each.beside.id for each in rows if each.beside], clock)
    on = day_of(clock)
    return tuple(
        replace(each, leads=(found[each.beside.id], on)) if each.beside and each.beside.id in found else each
        for each in rows
    )


def register_named(registers: tuple[RegisterRow, ...], slug: str) -> RegisterRow:
    """The register of that slug; unasked for, one that has something to say."""
    told = [each for each in registers if each.risks] or registers
    found = next((each for each in registers if each.slug == slug), None) if slug else told[0]
    if found is None:
        raise Missing("There is no such register.")
    return found

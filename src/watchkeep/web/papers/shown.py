"""Editions as the pages show them, and what stands in the way of a new one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from watchkeep.apps.publication import queries
from watchkeep.apps.publication.queries import EditionRow, Prepared
from watchkeep.domain.edition import AUDIENCES, Matter
from watchkeep.domain.errors import Missing
from watchkeep.domain.freezing import Gate
from watchkeep.domain.people import Actor, may
from watchkeep.formats.writers import KINDS
from watchkeep.web.components.news import sheet
from watchkeep.web.papers.forms import PaperForm, WithdrawForm

WAITS = ("frozen", "approved")  # to go out


@dataclass(frozen=True, slots=True)
class Way:
    """What was found for a paper that is not frozen yet; `refusal` is why it would not be."""

    audience: str
    gate: Gate
    since: EditionRow | None
    nothing_new: bool
    refusal: str

    @property
    def clear(self) -> bool:
        """Whether nothing at all was found."""
        return not (self.gate.withheld or self.gate.residue or self.gate.claims)


def way(made: Prepared, form: PaperForm) -> Way:
    """What stands in the way of the paper that the form asks for."""
    asked = form.asked()
    refusal = made.gate.refusal(overridden=asked.overridden, despite=asked.despite, seen=asked.seen)
    new = made.matter.since
    return Way(
        audience=AUDIENCES[form.for_whom()],
        gate=made.gate,
        since=made.since,
        nothing_new=new is not None and new.nothing,
        refusal=refusal.sentence if refusal else "",
    )


def edition_of(viewer: Actor, register: str, number: int) -> EditionRow:
    """The edition of that number."""
    found = next((each for each in queries.editions(viewer, register) if each.number == number), None)
    if found is None:
        raise Missing("There is no such edition.")
    return found


def page_of(viewer: Actor, row: EditionRow, form: WithdrawForm | None = None) -> dict[str, Any]:
    """One edition with what may be done with it, and why not."""
    publishing = may(viewer, "publish papers") is None
    matter = _matter(viewer, row)
    waits = publishing and row.audience == "public" and row.state == "frozen"
    return shown(row) | {
        "edition": row,
        "matter": matter if publishing else None,
        "news": sheet(matter.since) if matter and matter.since else None,
        "narrowed": queries.narrowed(viewer, row.id) if publishing and row.state in WAITS else None,
        "approving": queries.approving(viewer, row.id) if waits else None,
        "approve": waits,
        "approvers": queries.approvers(viewer, row.id) if waits else (),
        "publish": publishing and (row.state == "approved" or (row.state == "frozen" and not waits)),
        "form": form or (WithdrawForm(label_suffix="") if publishing and row.state != "withdrawn" else None),
    }


def shown(row: EditionRow) -> dict[str, Any]:
    """An edition, for a list."""
    return {"row": row, "files": _files(row), "audience": AUDIENCES[row.audience]}


def _matter(viewer: Actor, row: EditionRow) -> Matter | None:
    return None if row.state == "withdrawn" else queries.frozen(viewer, row.id)[1].matter


def _files(row: EditionRow) -> list[dict[str, object]]:
    """Its files in the order that people ask for them."""
    if row.state == "withdrawn":
        return []
    return [{"name": name, "row": file} for kind, name in KINDS.items() if (file := row.file(kind))]

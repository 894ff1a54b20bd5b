"""The register's page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from watchkeep.apps.people.queries import viewer_of
from watchkeep.apps.register import queries
from watchkeep.apps.register.queries import RegisterRow
from watchkeep.domain.document import RegisterDocument
from watchkeep.domain.errors import Missing
from watchkeep.domain.finding import Finding, finding
from watchkeep.web.components.clock import clock_of
from watchkeep.web.components.marks import band_counts
from watchkeep.web.components.tags import day
from watchkeep.web.register.forms import ChoiceForm
from watchkeep.web.register.links import finding_link, register_link, risk_link
from watchkeep.web.register.rows import all_rows, chosen, grouped, heat


@dataclass(frozen=True, slots=True)
class LinkedPart:
    """A run of the finding with where it leads."""

    text: str
    link: str


def linked(found: Finding, slug: str) -> tuple[LinkedPart, ...]:
    """The finding's parts, each that counts something with its link."""
    return tuple(
        LinkedPart(part.text, finding_link(part.code, slug) if part.code else "") for part in found.parts
    )


def facts(asked: QueryDict, document: RegisterDocument, slug: str) -> dict[str, Any]:
    """Everything the page shows of one register."""
    found = finding(document)
    form = ChoiceForm(asked, document=document, found=found)
    choices = form.choices()
    rows = all_rows(document, found, slug)
    fitting = chosen(rows, choices, found)
    periods = tuple(document.periods())
    links = {each.name.casefold(): register_link(slug, band=each.name) for each in found.bands}
    return {
        "document": document,
        "over": ", ".join(filter(None, [document.body.text, document.period.text, _as_at(document)])),
        "parts": linked(found, slug),
        "form": form,
        "groups": grouped(fitting, choices.get("group", "")),
        "shown": len(fitting),
        "everything": register_link(slug),
        "periods": periods,
        "width": 3 + len(periods),
        "heat": heat(document, rows),
        "counts": band_counts(tuple(row.band for row in rows), links),
    }


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """The register that the address names, or the one with the most recent paper."""
    viewer, clock = viewer_of(request.user), clock_of(request)
    rows = queries.registers(viewer, clock)
    if not rows:
        return render(request, "register/none.html")
    row = _named(rows, request.GET.get("register", ""))
    slug = row.slug if len(rows) > 1 else ""
    others = [{"row": each, "link": register_link(each.slug), "here": each == row} for each in rows]
    document = queries.document(viewer, row.slug, clock)
    closed = [
        {"row": each, "link": risk_link(each.key, slug)}
        for each in queries.closed_risks(viewer, row.slug, clock)
    ]
    shown = {"registers": others, "closed": closed, **facts(request.GET, document, slug)}
    return render(request, "register/page.html", shown)


def _as_at(document: RegisterDocument) -> str:
    return f"as at {day(document.as_at.on)}" if document.as_at.on else ""


def _named(rows: tuple[RegisterRow, ...], slug: str) -> RegisterRow:
    told = [each for each in rows if each.risks] or rows  # unasked for, one that has something to say
    found = next((each for each in rows if each.slug == slug), None) if slug else told[0]
    if found is None:
        raise Missing("There is no such register.")
    return found

"""The register's page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from watchkeep.domain.document import RegisterDocument
from watchkeep.domain.finding import Finding, finding
from watchkeep.web.components.marks import band_counts
from watchkeep.web.register.forms import ChoiceForm
from watchkeep.web.register.links import finding_link, register_link
from watchkeep.web.register.rows import all_rows, chosen, grouped, heat


@dataclass(frozen=True, slots=True)
class LinkedPart:
    """A run of the finding with where it leads."""

    text: str
    link: str


def linked(found: Finding, slug: str) -> tuple[LinkedPart, ...]:
    """The finding's parts, each that counts something with its link."""
    return tuple(LinkedPart(part.text, finding_link(part.code, slug) if part.code else "") for part in found.parts)


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

"""The register's page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from watchkeep.apps.people.queries import viewer_of
from watchkeep.apps.register import queries
from watchkeep.apps.register.queries import ViewRow
from watchkeep.apps.register.queries.placing import placed
from watchkeep.domain.clock import FIRST_DAY, Clock
from watchkeep.domain.document import RegisterDocument
from watchkeep.domain.errors import Missing
from watchkeep.domain.finding import Finding
from watchkeep.domain.matrix import Graded
from watchkeep.domain.people import Actor, may
from watchkeep.domain.period import containing
from watchkeep.formats.writers import KINDS, MEDIA_TYPES, table
from watchkeep.jobs.clocks import spoken
from watchkeep.web.components.clock import asked, clock_of
from watchkeep.web.components.marks import band_counts
from watchkeep.web.components.tags import day
from watchkeep.web.files import download
from watchkeep.web.register.columns import Cell, heading_cells
from watchkeep.web.register.forms import ViewForm
from watchkeep.web.register.heat import Before, heat
from watchkeep.web.register.links import finding_link, new_link, register_link, risk_link
from watchkeep.web.register.shown import Shown, shown


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


def facts(
    shown: Shown, graded: Graded | None = None, page: int = 1, before: Before | None = None
) -> dict[str, Any]:
    """Everything the page shows of one register."""
    document, slug = shown.document, shown.slug
    links = {each.name.casefold(): register_link(slug, band=each.name) for each in shown.found.bands}
    return {
        "document": document,
        "over": ", ".join(filter(None, [document.body.text, document.period.text, _as_at(document)])),
        "parts": linked(shown.found, slug),
        "form": shown.form,
        "groups": [
            (group, [(row, [column.cell(row) for column in shown.columns]) for row in group.rows])
            for group in shown.groups_of(page)
        ],
        "columns": shown.columns,
        "shown": len(shown.fitting),
        "everything": register_link(slug),
        "width": 1 + len(shown.columns),
        "heat": heat(document, shown.rows, graded, before),
        "counts": band_counts(tuple(row.band for row in shown.rows), links),
        "verdicts": [
            (verdict, count, register_link(slug, appetite=verdict)) for verdict, count in shown.verdicts
        ],
    }


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """The register that the address names, or the one with the most recent paper."""
    viewer, clock = viewer_of(request.user), clock_of(request)
    registers = queries.registers(viewer, clock)
    if not registers:
        return render(request, "register/none.html")
    found = shown(viewer, request.GET, registers, clock)
    row, slug = found.register, found.slug
    may_change = not clock.past and may(viewer, "change risks", queries.place(viewer, row.id)) is None
    views = queries.views(viewer, row.id)
    page = {
        "registers": [
            {"row": each, "link": register_link(each.slug), "here": each == row} for each in registers
        ],
        "closed": [
            {"row": each, "link": risk_link(each.key, slug)}
            for each in queries.closed_risks(viewer, row.slug, clock)
        ],
        "may_change": may_change,
        "risk_new": new_link(row.slug) if may_change else "",
        "drafts": [
            {"row": each, "link": risk_link(each.key, row.slug)}
            for each in (() if clock.past else queries.drafts(viewer, row.slug))
        ],
        "views": views,
        "view_form": None if clock.past else _view_form(request, row.slug, views, may_share=may_change),
        "files": [
            (KINDS[kind], f"{reverse('register-file', args=[kind])}?{request.GET.urlencode()}")
            for kind in ("csv", "xlsx")
        ],
        "slug": row.slug,
        **facts(
            found,
            queries.graded_shown(row.family, clock),
            _page(request, found),
            _last_quarter(viewer, found, clock),
        ),
        "pages": _pages(request, found),
    }
    return render(request, "register/page.html", page)


@require_safe
def register_file(request: HttpRequest, kind: str) -> HttpResponse:
    """Exactly what the page of the same address shows, as a file."""
    viewer, clock = viewer_of(request.user), asked(request)
    registers = queries.registers(viewer, clock)
    if not registers or kind not in ("csv", "xlsx"):
        raise Missing("There is no such file.")
    found = shown(viewer, request.GET, registers, clock)
    head = ["Reference", "Name", *(column.label for column in found.columns)]
    rows = [
        [*heading_cells(row), *(_words(column.cell(row)) for column in found.columns)]
        for group in found.groups
        for row in group.rows
    ]
    title = found.document.name.text or found.register.name
    notes = [f"{found.register.name}, {spoken(clock)}", *_chosen(found)]
    data = table.to_csv(head, rows) if kind == "csv" else table.to_xlsx(head, rows, title=title, notes=notes)
    media_type = MEDIA_TYPES["csv" if kind == "csv" else "xlsx"]
    return download(data, media_type, f"{found.register.slug}.{kind}")


def _last_quarter(viewer: Actor, found: Shown, clock: Clock) -> Before | None:
    """Where the risks stood at the end of the quarter before this one, where a map is drawn of them."""
    if not (found.document.scale.likelihood and found.document.scale.impact):
        return None
    row = found.register
    this = containing(clock.day or timezone.localdate(), year_start=row.year_start)
    if this.starts <= FIRST_DAY:
        return None
    on = this.previous().ends
    return Before(on, placed(viewer, row.id, replace(clock, as_at=on)))


def _words(cell: Cell) -> str:
    """An empty cell is what is not recorded; what does not apply says so."""
    words = cell.words if cell.state == "recorded" else "Not applicable" * (cell.state == "not applicable")
    return f"{words} ({cell.note})" if cell.note else words


def _chosen(found: Shown) -> list[str]:
    """What was chosen, for who reads the file without its address."""
    labels = {box.name: box.label for box in found.form.boxes}
    return [
        f"{labels.get(name, name)}: {value}" for name, value in found.choices.items() if name != "register"
    ]


def _page(request: HttpRequest, found: Shown) -> int:
    """The page that is asked for, as far as there are so many."""
    asked_for = request.GET.get("page", "")
    return min(max(1, int(asked_for)), found.pages) if asked_for.isdecimal() and len(asked_for) < 5 else 1


def _pages(request: HttpRequest, found: Shown) -> list[tuple[int, str, bool]]:
    """Each page of the table with its address, where there are several."""
    here, query = _page(request, found), request.GET.copy()
    pages = []
    for number in range(1, found.pages + 1):
        query["page"] = str(number)
        pages.append((number, f"?{query.urlencode()}#risks", number == here))
    return pages if found.pages > 1 else []


def _view_form(request: HttpRequest, slug: str, views: tuple[ViewRow, ...], *, may_share: bool) -> ViewForm:
    query = request.GET.copy()
    for name in ("register", "as_at", "known_at", "page"):
        query.pop(name, None)
    return ViewForm(may_share=may_share, views=views, initial={"query": query.urlencode(), "register": slug})


def _as_at(document: RegisterDocument) -> str:
    return f"as at {day(document.as_at.on)}" if document.as_at.on else ""

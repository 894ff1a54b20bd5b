"""The pages of controls that are looked at: the list, one control, the assurance map, concentration."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from watchkeep.apps.people.queries import viewer_of
from watchkeep.apps.treatment import queries
from watchkeep.apps.treatment.queries import ControlPage
from watchkeep.domain.check import LINES, RULES
from watchkeep.domain.concentration import CONTROL_UNDER, POST_LEADS
from watchkeep.domain.control import CASES, KINDS, SIDES, may_change
from watchkeep.domain.errors import Missing
from watchkeep.domain.people import Actor, may
from watchkeep.formats.writers import MEDIA_TYPES
from watchkeep.formats.writers.table import to_csv, to_xlsx
from watchkeep.jobs import happenings
from watchkeep.jobs.clocks import spoken
from watchkeep.jobs.tables.controls import HEADING, cells
from watchkeep.web.components.clock import asked, clock_of
from watchkeep.web.components.controls import because, effect, fresh, otherwise
from watchkeep.web.components.happenings import happening
from watchkeep.web.controls import rows as listing
from watchkeep.web.controls.checking import may_say, shown
from watchkeep.web.controls.covering import mapped
from watchkeep.web.controls.forms import ChoiceForm
from watchkeep.web.controls.leading import busy, structures
from watchkeep.web.discussion.talk import talk
from watchkeep.web.files import download


@require_safe
def controls(request: HttpRequest) -> HttpResponse:
    """Which hold, which were tested, which fade, which carry several risks?"""
    viewer, clock = viewer_of(request.user), clock_of(request)
    every = queries.controls(viewer, clock)
    form = ChoiceForm(request.GET, rows=every)
    fitting = listing.chosen(every, form.choices())
    facts = {
        "form": form,
        "rows": listing.shown(fitting),
        "all": len(every),
        "parts": listing.finding(every),
        "query": request.GET.urlencode(),
        "rules": RULES.items(),
        "adding": may(viewer, "answer for own controls and actions") is None,
    }
    return render(request, "controls/page.html", facts)


@require_safe
def export(request: HttpRequest, kind: str) -> HttpResponse:
    """The list exactly as it is chosen, as a file."""
    viewer, clock = viewer_of(request.user), asked(request)
    if kind not in ("csv", "xlsx"):
        raise Missing("Controls are taken away as CSV or as a workbook.")
    every = queries.controls(viewer, clock)
    chosen = listing.chosen(every, ChoiceForm(request.GET, rows=every).choices())
    found = [cells(each) for each in chosen]
    if kind == "csv":
        return download(to_csv(HEADING, found), MEDIA_TYPES["csv"], "controls.csv")
    book = to_xlsx(HEADING, found, title="Controls", notes=(f"Controls, {spoken(clock)}",))
    return download(book, MEDIA_TYPES["xlsx"], "controls.xlsx")


@require_safe
def control(request: HttpRequest, reference: str) -> HttpResponse:
    """One control: what it is, what it serves, its checks, its history."""
    viewer, clock = viewer_of(request.user), clock_of(request)
    page = queries.control(viewer, reference, clock)
    row = page.row
    entries = happenings.entries(viewer, ("control", str(row.id)), clock=clock)
    facts = {
        "page": page,
        "control": row,
        "kind": KINDS.get(row.kind, ""),
        "cases": CASES,
        "design": effect(row.effectiveness.design.answer),
        "operation": effect(row.effectiveness.operation.answer),
        "fresh": fresh(row),
        "because": [
            because(row.effectiveness.design, "design"),
            because(row.effectiveness.operation, "operation"),
        ],
        "otherwise": _otherwise(page),
        "serves": [(listing.served(use), SIDES.get(use.side, "")) for use in row.uses],
        "ended": [listing.served(use) for use in page.ended],
        "checks": [shown(each) for each in page.checks],
        "rules": RULES.items(),
        "gap": row.cover.sentence,
        "versions": page.versions,
        "deeds": _deeds(viewer, page),
        "talk": talk(viewer, "control", str(row.id), back=request.get_full_path(), clock=clock),
        "entries": [happening(each, row.reference) for each in entries.rows],
    }
    return render(request, "controls/control.html", facts)


@require_safe
def assurance(request: HttpRequest) -> HttpResponse:
    """Each control across the lines of defence: who looked, what they found, where nobody did."""
    viewer, clock = viewer_of(request.user), clock_of(request)
    live = [each for each in queries.controls(viewer, clock) if each.in_force]
    facts = {
        "groups": mapped(live),
        "all": len(live),
        "lines": LINES,
        "rules": RULES.items(),
        "covered": sum(each.cover.gap == "" for each in live),
    }
    return render(request, "controls/assurance.html", facts)


@require_safe
def concentration(request: HttpRequest) -> HttpResponse:
    """What hangs on one control, and on one post."""
    viewer, clock = viewer_of(request.user), clock_of(request)
    found = queries.concentration(viewer, clock, structures(viewer, clock))
    facts = {
        "shared": listing.shown(found.shared),
        "posts": [busy(each) for each in found.posts],
        "under": CONTROL_UNDER,
        "leads": POST_LEADS,
    }
    return render(request, "controls/concentration.html", facts)


def _otherwise(page: ControlPage) -> tuple[str, ...]:
    found = page.row.effectiveness
    against = found.operation.sample
    spoken = (
        ("Its own sample speaks against that word.",)
        if against and against.against and found.operation.answer == "effective"
        else ()
    )
    return (*otherwise(found.design, "design"), *otherwise(found.operation, "operation"), *spoken)


def _deeds(viewer: Actor, page: ControlPage) -> dict[str, str]:
    """Why what could be done here may not be done by this person; an empty reason where it may."""
    change = may_change(viewer, page.standing)
    return {
        "change": change.sentence if change else "",
        "check": may_say(viewer),
        "today": timezone.localdate().isoformat(),
    }

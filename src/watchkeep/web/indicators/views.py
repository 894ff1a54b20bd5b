"""The pages of indicators that are looked at: the list, the grid, one indicator."""

from __future__ import annotations

from collections import defaultdict
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from watchkeep.apps.indicators import queries
from watchkeep.apps.people.queries import viewer_of
from watchkeep.apps.treatment.queries import targets
from watchkeep.domain.clock import Clock
from watchkeep.domain.indicator.keeping import may_attach_somewhere, may_keep, may_record
from watchkeep.domain.people import Actor
from watchkeep.jobs import happenings
from watchkeep.web.components.clock import clock_of
from watchkeep.web.components.happenings import happening
from watchkeep.web.components.pieces import Pager
from watchkeep.web.indicators import listing
from watchkeep.web.indicators.foreseen import foreseen
from watchkeep.web.indicators.grid import gridded
from watchkeep.web.indicators.one import one
from watchkeep.web.indicators.panels import day_of, panel, panels
from watchkeep.web.register.links import risk_link


@require_safe
def indicators(request: HttpRequest) -> HttpResponse:
    """What do the series say, against which target, and which risk do they speak to?"""
    viewer, clock = viewer_of(request.user), clock_of(request)
    every = panels(queries.all_series(viewer, clock), day_of(clock), card=True)
    risks = _risks(viewer, clock)
    form = listing.ChoiceForm(request.GET, every, risks)
    choices = form.choices()
    by = choices.pop("group", "verdict")
    shown = listing.chosen(every, choices, risks)
    groups = listing.grouped(shown, by, risks)
    pager = _pager(request, listing.pages_of(groups))
    facts = {
        "form": form,
        "all": len(every),
        "shown": len(shown),
        "parts": listing.finding(every) if every else (),
        "groups": listing.on_page(groups, pager.number),
        "pager": pager,
        "adding": may_keep(viewer) is None,
        "recording": may_record(viewer) is None,
    }
    return render(request, "indicators/page.html", facts)


@require_safe
def grid(request: HttpRequest) -> HttpResponse:
    """Each theme against each measure; every cell is a live series."""
    viewer, clock = viewer_of(request.user), clock_of(request)
    found = gridded(panels(queries.all_series(viewer, clock), day_of(clock)))
    return render(request, "indicators/grid.html", {"grid": found})


@require_safe
def indicator(request: HttpRequest, reference: str) -> HttpResponse:
    """One indicator: its chart, what it says, its readings, its lines, and the risks that it speaks to."""
    viewer, clock = viewer_of(request.user), clock_of(request)
    row = queries.indicator_named(viewer, reference, clock)
    shown = panel(queries.series(viewer, row.id, clock), day_of(clock))
    ahead = foreseen(viewer, row.id, shown.series, clock)
    told = happenings.entries(viewer, ("indicator", str(row.id)), clock=clock)
    facts: dict[str, Any] = {
        "row": row,
        "panel": shown,
        "foreseen": ahead,
        "one": one(shown, queries.said_of(viewer, row.id, clock), day_of(clock), ahead.fan),
        "uses": _uses(viewer, row.id, clock),
        "keeping": not clock.past and may_keep(viewer, row.owner_post) is None,
        "attaching": not clock.past and may_attach_somewhere(viewer) is None,
        "recording": not clock.past and may_record(viewer, row.owner_post) is None,
        "entries": [happening(each, row.reference) for each in told.rows],
    }
    return render(request, "indicators/indicator.html", facts)


def _pager(request: HttpRequest, last: int) -> Pager:
    """The page that is asked for, as far as there are so many, and its neighbours."""
    asked = request.GET.get("page", "")
    here = min(max(1, int(asked)), last) if asked.isdecimal() and len(asked) < 5 else 1
    query = request.GET.copy()

    def link(number: int) -> str:
        query["page"] = str(number)
        return f"?{query.urlencode()}#indicators" if 1 <= number <= last else ""

    return Pager(here, last, newer=link(here - 1), older=link(here + 1))


def _risks(viewer: Actor, clock: Clock) -> tuple[listing.Served, ...]:
    """Every risk to which an indicator speaks, with its address and the references of those."""
    found = queries.references_speaking(viewer, clock)
    return tuple(
        (f"{each.register}:{each.key}", each.label, risk_link(each.key, each.register), found[each.risk])
        for each in targets(viewer)
        if not each.part and each.risk in found
    )


def _uses(viewer: Actor, indicator: UUID, clock: Clock) -> list[dict[str, Any]]:
    """The risks that it speaks to, as far as the viewer may see them."""
    whole = {each.risk: each for each in targets(viewer) if not each.part}
    found: dict[UUID, list[queries.Attached]] = defaultdict(list)
    for risk, attached in queries.series_of(viewer, list(whole), clock).items():
        found[risk] += [each for each in attached if each.indicator == indicator]
    return [
        {"risk": whole[risk], "link": risk_link(whole[risk].key, whole[risk].register), "use": each}
        for risk, rows in found.items()
        for each in rows
    ]

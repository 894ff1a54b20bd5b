"""The home page."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from watchkeep.apps.history import queries as ledger
from watchkeep.apps.intake import queries as intake
from watchkeep.apps.intake.queries import ImportRow
from watchkeep.apps.people.queries import viewer_of
from watchkeep.apps.publication import queries as publication
from watchkeep.apps.register import queries as registers
from watchkeep.apps.register.queries import RegisterRow
from watchkeep.domain.clock import Clock
from watchkeep.domain.finding import finding
from watchkeep.domain.people import Actor, may
from watchkeep.web.components.clock import clock_of
from watchkeep.web.components.happenings import happening
from watchkeep.web.register.links import register_link
from watchkeep.web.register.views import LinkedPart, linked

LATEST = 5


@dataclass(frozen=True, slots=True)
class Standing:
    """A register with what it amounts to."""

    row: RegisterRow
    link: str
    parts: tuple[LinkedPart, ...]


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing that waits for the viewer."""

    what: str
    detail: str
    button: str
    link: str


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What matters now, then what is asked of the viewer."""
    viewer, clock = viewer_of(request.user), clock_of(request)
    rows = registers.registers(viewer, clock)
    told = [row for row in rows if row.risks]  # the one with the most recent paper first
    imports = intake.imports(viewer)
    editions = publication.editions(viewer, clock=clock)
    # The files of an edition are five entries that say nothing beside its publishing.
    telling = [each for each in ledger.entries(viewer, clock=clock).rows if each.verb != "attach a file"]
    return render(
        request,
        "home/page.html",
        {
            "standing": _standing(viewer, told[0], clock, several=len(rows) > 1) if told else None,
            "others": [{"row": row, "link": register_link(row.slug)} for row in told[1:]],
            "asks": [] if may(viewer, "bring in papers") else _asks(imports),
            "edition": next((each for each in editions if each.state == "published"), None),
            "entries": [happening(each) for each in telling][:LATEST],
        },
    )


def _standing(viewer: Actor, row: RegisterRow, clock: Clock, *, several: bool) -> Standing:
    slug = row.slug if several else ""
    found = finding(registers.document(viewer, row.slug, clock))
    return Standing(row, register_link(slug), linked(found, slug))


def _asks(rows: tuple[ImportRow, ...]) -> list[Ask]:
    """What can be done now, the oldest first; then what only needs waiting for."""
    oldest_first = sorted(rows, key=lambda row: (row.state in {"waiting", "reading"}, row.number))
    return [ask for row in oldest_first if (ask := _ask(row))]


def _ask(row: ImportRow) -> Ask | None:
    """What a paper that was brought in asks for, if anything."""
    said = {
        "draft": (
            f"Settle and accept {row.name}",
            "It has been read and waits as a draft.",
            "Open the draft",
        ),
        "partly accepted": (
            f"Finish accepting {row.name}",
            "Some of its risks are not decided yet.",
            "Open the draft",
        ),
        "waiting": (f"{row.name} waits to be read", "Nothing to do until it has been.", "Watch"),
        "reading": (f"{row.name} is being read", "Nothing to do until it has been.", "Watch"),
        "refused": (f"{row.name} cannot be read", row.refusal, "See what to do"),
    }.get(row.state)
    if said is None:
        return None
    what, detail, button = said
    return Ask(what, detail, button, reverse("import", args=[row.number]))

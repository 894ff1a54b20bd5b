"""The home page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from watchkeep.apps.people.queries import viewer_of
from watchkeep.apps.publication import queries as publication
from watchkeep.apps.register import queries as registers
from watchkeep.apps.register.queries import RegisterRow
from watchkeep.apps.scrutiny.queries import scrutiny
from watchkeep.apps.treatment import queries as treatment
from watchkeep.apps.treatment.queries import CommitmentRow, ControlRow
from watchkeep.domain.clock import Clock
from watchkeep.domain.document import RegisterDocument
from watchkeep.domain.finding import finding
from watchkeep.domain.people import Actor, may
from watchkeep.jobs import happenings
from watchkeep.web.components.clock import clock_of
from watchkeep.web.components.happenings import happening
from watchkeep.web.home.asks import asks
from watchkeep.web.home.differing import differences
from watchkeep.web.home.holding import holding, of_appetite
from watchkeep.web.home.moved import MovedRisk, moved
from watchkeep.web.register.links import register_link
from watchkeep.web.register.views import LinkedPart, linked
from watchkeep.web.words.shown import Part, sentence

LATEST = 5


@dataclass(frozen=True, slots=True)
class Standing:
    """A register with what it amounts to."""

    row: RegisterRow
    link: str
    parts: tuple[LinkedPart, ...]
    moved: tuple[MovedRisk, ...]
    latest: str  # the period that they moved in


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What matters now, then what is asked of the viewer."""
    viewer, clock = viewer_of(request.user), clock_of(request)
    rows = registers.registers(viewer, clock)
    told = [row for row in rows if row.risks]  # the one with the most recent paper first
    editions = publication.editions(viewer, clock=clock)
    held = treatment.commitments(viewer, clock), treatment.controls(viewer, clock)
    telling = happenings.entries(viewer, clock=clock).rows
    document = publication.promised_for(viewer, told[0].slug, clock) if told else None
    known = {told[0].id: document} if told else {}
    differing = differences(viewer, [(row, _slug(row, rows), known.get(row.id)) for row in told], clock)
    return render(
        request,
        "home/page.html",
        {
            **(_first(viewer, told[0], _slug(told[0], rows), document, clock, held) if document else {}),
            "differing": differing,
            "others": [{"row": row, "link": register_link(row.slug)} for row in told[1:]],
            "asks": () if clock.past else asks(viewer, *held),
            "edition": next((each for each in editions if each.state == "published"), None),
            "entries": [happening(each) for each in telling[:LATEST]],
        },
    )


def _slug(row: RegisterRow, rows: tuple[RegisterRow, ...]) -> str:
    """The register's name in addresses, where there are several."""
    return row.slug if len(rows) > 1 else ""


def _first(
    viewer: Actor,
    row: RegisterRow,
    slug: str,
    document: RegisterDocument,
    clock: Clock,
    held: tuple[Sequence[CommitmentRow], Sequence[ControlRow]],
) -> dict[str, object]:
    """What the page opens with: what the first register amounts to, and whether it holds."""
    appetite = of_appetite(viewer, row, slug, document, clock)
    return {
        "standing": _standing(row, slug, document),
        "holding": holding(appetite, *held),
        "words": _words(viewer, row, clock),
    }


def _words(viewer: Actor, row: RegisterRow, clock: Clock) -> tuple[Part, ...]:
    """How much a reader would ask of the register's words, for who keeps its risks."""
    if clock.past or may(viewer, "change risks", registers.place(viewer, row.id)):
        return ()
    return sentence(scrutiny(viewer, row.slug), row.slug)


def _standing(row: RegisterRow, slug: str, document: RegisterDocument) -> Standing:
    found = finding(document)
    return Standing(
        row,
        register_link(slug),
        linked(found, slug),
        moved(document, found, slug),
        found.latest_named,
    )

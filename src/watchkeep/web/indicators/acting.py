"""What is done about an indicator: one form each, one change each."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from watchkeep.apps.indicators import changes, queries
from watchkeep.apps.indicators.queries import IndicatorRow
from watchkeep.apps.people import queries as people
from watchkeep.apps.people.queries import viewer_of
from watchkeep.apps.treatment.queries import targets
from watchkeep.domain.errors import Missing
from watchkeep.domain.indicator.keeping import may_attach_somewhere, may_keep, may_record
from watchkeep.domain.people import Actor, obey
from watchkeep.web.components import asking
from watchkeep.web.components.asking import Change
from watchkeep.web.indicators.forms import (
    AnnotationForm,
    AttachForm,
    DefinitionForm,
    EndForm,
    ReadingForm,
    RebaseForm,
    RedefineForm,
    TargetForm,
)

ASKS = require_http_methods(["GET", "HEAD", "POST"])
TYPED = "typed in"  # where a reading came from that somebody wrote into the form


@ASKS
def new(request: HttpRequest) -> HttpResponse:
    """Open an indicator."""
    viewer = viewer_of(request.user)
    if request.method != "POST":
        obey(may_keep(viewer))
    initial = {"frequency": "month", "better": "up", "kind": "number", "family": "xmr"}
    form = DefinitionForm(request.POST or None, posts=_posts(viewer), initial=initial)

    def change(said: dict[str, Any]) -> tuple[str, str]:
        made = changes.open_indicator(
            by=viewer, definition=form.value(), owner_post=form.owner(), reason=said["reason"]
        )
        row = queries.indicator_named(viewer, made)
        return f"{row.label} is recorded.", reverse("indicator", args=[row.reference])

    facts = {"title": "Add an indicator", "button": "Add it", "lead": LEAD}
    back = {"back": reverse("indicators"), "back_to": "Indicators"}
    return asking.ask(request, form, change, "risk/form.html", facts | back)


LEAD = "Say what is measured so exactly that another person would read the same figure."


@ASKS
def redefine(request: HttpRequest, reference: str) -> HttpResponse:
    """Say otherwise what is measured, from a day on."""
    viewer, row = kept(request, reference)
    initial = asdict(row.definition) | {"owner_post": row.owner_post, "version": row.version}
    initial.pop("from_on")
    form = RedefineForm(request.POST or None, posts=_posts(viewer), initial=initial)

    def change(said: dict[str, Any]) -> tuple[str, str]:
        changes.redefine(
            by=viewer,
            indicator=row.id,
            version=said["version"],
            definition=form.value(),
            owner_post=form.owner(),
            reason=said["reason"],
        )
        return "It is redefined; what it measured before stays.", link(row)

    return ask(request, row, form, change, f"Redefine {row.label}", "Redefine it")


@ASKS
def read(request: HttpRequest, reference: str) -> HttpResponse:
    """Record a period's reading, or correct one."""
    viewer = viewer_of(request.user)
    row = queries.indicator_named(viewer, reference)
    if request.method != "POST":
        obey(may_record(viewer, row.owner_post))
    form = ReadingForm(request.POST or None, initial=_read(viewer, row, request.GET.get("on", "")))

    def change(said: dict[str, Any]) -> tuple[str, str]:
        taken = changes.observe(
            by=viewer, indicator=row.id, readings=[form.value_of()], source=TYPED, reason=said["reason"]
        )
        done = "It is corrected; what was read before stays." if taken.corrected else "It is recorded."
        return done if taken.added or taken.corrected else "That is recorded already.", link(row)

    return ask(request, row, form, change, f"A reading of {row.label}", "Record it")


@ASKS
def target(request: HttpRequest, reference: str) -> HttpResponse:
    """Set a target or a tolerance."""
    viewer, row = kept(request, reference)
    form = TargetForm(request.POST or None)

    def change(said: dict[str, Any]) -> tuple[str, str]:
        changes.set_target(by=viewer, indicator=row.id, target=form.line(), why=said["why"])
        return "The line is set; earlier ones stay.", link(row)

    return ask(request, row, form, change, f"A target for {row.label}", "Set it")


@ASKS
def target_end(request: HttpRequest, reference: str) -> HttpResponse:
    """End a target."""
    viewer, row = kept(request, reference)
    line = named(request, "line")

    def change(said: dict[str, Any]) -> tuple[str, str]:
        changes.end_target(by=viewer, line=line, on=said["on"], why=said["reason"])
        return "The line has ended; that it held stays to be seen.", link(row)

    return ask(request, row, EndForm(request.POST or None), change, f"End a line of {row.label}", "End it")


@ASKS
def rebase(request: HttpRequest, reference: str) -> HttpResponse:
    """Have limits worked out anew from a day on."""
    viewer, row = kept(request, reference)

    def change(said: dict[str, Any]) -> tuple[str, str]:
        changes.rebase(by=viewer, indicator=row.id, on=said["on"], reason=said["reason"])
        return "Limits are worked out anew from then on.", link(row)

    form = RebaseForm(request.POST or None)
    return ask(request, row, form, change, f"New limits for {row.label}", "Work them out anew")


@ASKS
def annotate(request: HttpRequest, reference: str) -> HttpResponse:
    """Say what happened."""
    viewer, row = kept(request, reference)

    def change(said: dict[str, Any]) -> tuple[str, str]:
        changes.annotate(by=viewer, indicator=row.id, on=said["on"], text=said["text"])
        return "It stands on the chart.", link(row)

    form = AnnotationForm(request.POST or None)
    return ask(request, row, form, change, f"What happened around {row.label}", "Put it on the chart")


@ASKS
def attach(request: HttpRequest, reference: str) -> HttpResponse:
    """Say which risk it speaks to."""
    viewer, row = _speaking(request, reference)
    form = AttachForm(request.POST or None, places=targets(viewer))

    def change(said: dict[str, Any]) -> tuple[str, str]:
        risk, part = form.place()
        changes.attach(
            by=viewer,
            indicator=row.id,
            risk=risk,
            part=part,
            side=said["side"],
            leads=said["leads"],
            from_on=said["on"],
        )
        return "It speaks to that risk.", link(row)

    return ask(request, row, form, change, f"Which risk {row.label} speaks to", "Say so")


@ASKS
def detach(request: HttpRequest, reference: str) -> HttpResponse:
    """Say that it speaks to a risk no more."""
    viewer, row = _speaking(request, reference)
    use = named(request, "use")

    def change(said: dict[str, Any]) -> tuple[str, str]:
        changes.detach(by=viewer, use=use, on=said["on"], reason=said["reason"])
        return "It speaks to that risk no more; that it did stays to be seen.", link(row)

    title = f"{row.label} speaks to a risk no more"
    return ask(request, row, EndForm(request.POST or None), change, title, "End it")


def ask(
    request: HttpRequest, row: IndicatorRow, form: forms.Form, change: Change, title: str, button: str
) -> HttpResponse:
    """Ask it on a page that leads back to the indicator."""
    facts = {"title": title, "button": button, "back": link(row), "back_to": row.label}
    return asking.ask(request, form, change, "risk/form.html", facts)


def kept(request: HttpRequest, reference: str) -> tuple[Actor, IndicatorRow]:
    """The indicator, for who keeps it; the change itself asks once more."""
    viewer = viewer_of(request.user)
    row = queries.indicator_named(viewer, reference)
    if request.method != "POST":
        obey(may_keep(viewer, row.owner_post))
    return viewer, row


def _speaking(request: HttpRequest, reference: str) -> tuple[Actor, IndicatorRow]:
    """The indicator, for who may say which risks it speaks to; the change asks of the risk that is named."""
    viewer = viewer_of(request.user)
    row = queries.indicator_named(viewer, reference)
    if request.method != "POST":
        obey(may_attach_somewhere(viewer))
    return viewer, row


def _read(viewer: Actor, row: IndicatorRow, on: str) -> dict[str, Any]:
    """What is recorded for the period that an address names; nothing where it names none."""
    try:
        day = date.fromisoformat(on)
    except ValueError:
        return {}
    found = [each for each in queries.series(viewer, row.id).readings if each.on == day]
    names = ("on", "value", "numerator", "denominator", "note")
    return {name: getattr(found[0], name) for name in names} if found else {"on": day}


def _posts(viewer: Actor) -> list[people.PostRow]:
    return [each for each in people.posts(viewer) if each.abolished_on is None]


def named(request: HttpRequest, name: str) -> UUID:
    """The id that the address names."""
    try:
        return UUID(request.GET.get(name, ""))
    except ValueError:
        raise Missing("There is no such line.") from None


def link(row: IndicatorRow) -> str:
    """Where the indicator stands."""
    return reverse("indicator", args=[row.reference])

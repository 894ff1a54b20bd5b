"""The pages of units."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from watchkeep.apps.people import changes, queries
from watchkeep.apps.people.queries import UnitRow, viewer_of
from watchkeep.domain.people import may
from watchkeep.web.settings.asking import Question, ask
from watchkeep.web.settings.units.forms import ClosingForm, NameForm, ParentForm, UnitForm

ASKS = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def units(request: HttpRequest) -> HttpResponse:
    """The tree of units."""
    viewer = viewer_of(request.user)
    rows = queries.units(viewer)
    facts = {"units": rows, "standing": sum(each.closed_on is None for each in rows)}
    return render(request, "settings/units/page.html", facts)


@require_safe
def unit(request: HttpRequest, id: UUID) -> HttpResponse:
    """One unit: what it is part of, what is part of it, the posts in it."""
    viewer = viewer_of(request.user)
    rows = queries.units(viewer)
    row = queries.unit(viewer, id)
    facts = {
        "unit": row,
        "below": [each for each in rows if each.parent == id],
        "posts": [each for each in queries.posts(viewer) if each.unit == id and each.abolished_on is None],
        "may_amend": may(viewer, "look after people", queries.place(id)) is None and row.closed_on is None,
    }
    return render(request, "settings/units/unit.html", facts)


@ASKS
def open_unit(request: HttpRequest) -> HttpResponse:
    """Open a unit."""
    viewer = viewer_of(request.user)
    form = UnitForm(request.POST or None, units=queries.units(viewer), initial=request.GET.dict())
    question = Question("Open a unit", "Open the unit", reverse("units"), "Units")

    def change(said: dict[str, Any]) -> str:
        changes.open_unit(by=viewer, name=said["name"], parent=_id(said["parent"]))
        return f"{said['name']} is open."

    return ask(request, question, form, change)


@ASKS
def rename_unit(request: HttpRequest, id: UUID) -> HttpResponse:
    """Call a unit something else."""
    viewer = viewer_of(request.user)
    row = queries.unit(viewer, id)
    form = NameForm(request.POST or None, initial={"name": row.name, "version": row.version})

    def change(said: dict[str, Any]) -> str:
        changes.rename_unit(by=viewer, unit=id, **said)
        return f"It is called {said['name']} from now on."

    return ask(request, _about(row, f"Rename {row.name}", "Rename"), form, change)


@ASKS
def move_unit(request: HttpRequest, id: UUID) -> HttpResponse:
    """Put a unit below another one."""
    viewer = viewer_of(request.user)
    row = queries.unit(viewer, id)
    others = tuple(each for each in queries.units(viewer) if each.id != id)
    form = ParentForm(
        request.POST or None, units=others, initial={"parent": row.parent or "", "version": row.version}
    )

    def change(said: dict[str, Any]) -> str:
        changes.move_unit(by=viewer, unit=id, version=said["version"], parent=_id(said["parent"]))
        return f"{row.name} is moved, with all that is below it."

    lead = (
        "All that is below it moves with it. Roles that people have in the new place reach it from then on."
    )
    return ask(request, _about(row, f"Move {row.name}", "Move", lead), form, change)


@ASKS
def close_unit(request: HttpRequest, id: UUID) -> HttpResponse:
    """Close a unit in which nothing stands."""
    viewer = viewer_of(request.user)
    row = queries.unit(viewer, id)
    form = ClosingForm(request.POST or None, initial={"version": row.version})

    def change(said: dict[str, Any]) -> str:
        changes.close_unit(by=viewer, unit=id, **said)
        return f"{row.name} is closed."

    lead = "Its units and posts must have ended or moved before. What was said of it stays."
    return ask(request, _about(row, f"Close {row.name}", "Close", lead, grave=True), form, change)


def _about(row: UnitRow, title: str, button: str, lead: str = "", *, grave: bool = False) -> Question:
    return Question(title, button, reverse("unit", args=[row.id]), row.name, lead, grave)


def _id(said: str) -> UUID | None:
    return UUID(said) if said else None

"""The pages of categories, appetite and objectives."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from watchkeep.apps.people.queries import viewer_of
from watchkeep.apps.register import changes, queries
from watchkeep.domain.people import Actor, may
from watchkeep.web.components.clock import clock_of
from watchkeep.web.components.tags import counted
from watchkeep.web.settings.appetite.forms import SPLIT, AppetiteForm, NamedForm, RetireForm
from watchkeep.web.settings.asking import Question, ask

ASKS = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def categories(request: HttpRequest) -> HttpResponse:
    """Every category with the appetite that stands."""
    viewer, clock = viewer_of(request.user), clock_of(request)
    rows = queries.categories(viewer, clock)
    kept = [each for each in rows if each.retired_on is None]
    facts = {
        "categories": rows,
        "kept": len(kept),
        "stated": sum(each.standing is not None for each in kept),
        "scales": queries.scales(viewer),
        "may_state": _may(viewer) and not clock.past,
    }
    return render(request, "settings/appetite/page.html", facts)


@require_safe
def category(request: HttpRequest, id: UUID) -> HttpResponse:
    """One category: what is stated of it, and was before."""
    viewer, clock = viewer_of(request.user), clock_of(request)
    row = queries.category(viewer, id, clock)
    facts = {
        "row": row,
        "before": [each for each in row.stated if each != row.standing],
        "may_state": _may(viewer) and not clock.past,
    }
    return render(request, "settings/appetite/category.html", facts)


@require_POST
def start_categories(request: HttpRequest) -> HttpResponse:
    """Add the Orange Book's categories."""
    added = changes.start_categories(by=viewer_of(request.user))
    messages.success(request, f"{counted(added, 'category is,categories are')} added.")
    return redirect("categories")


@ASKS
def add_category(request: HttpRequest) -> HttpResponse:
    """Add one of the body's own."""
    viewer = viewer_of(request.user)

    def change(said: dict[str, Any]) -> str:
        changes.open_category(by=viewer, name=said["name"], description=said["description"])
        return f"{said['name']} is a category."

    question = Question("Add a category", "Add it", reverse("categories"), "Categories and appetite")
    return ask(request, question, NamedForm(request.POST or None), change)


@ASKS
def amend_category(request: HttpRequest, id: UUID) -> HttpResponse:
    """Say anew what a category is called and means."""
    viewer = viewer_of(request.user)
    row = queries.category(viewer, id)

    def change(said: dict[str, Any]) -> str:
        changes.amend_category(by=viewer, category=id, **_versioned(said))
        return "The category says so now."

    question = Question(f"Amend {row.name}", "Amend it", reverse("category", args=[id]), row.name)
    return ask(request, question, NamedForm(request.POST or None, initial=_said(row)), change)


@ASKS
def retire_category(request: HttpRequest, id: UUID) -> HttpResponse:
    """Offer a category no more."""
    viewer = viewer_of(request.user)
    row = queries.category(viewer, id)

    def change(said: dict[str, Any]) -> str:
        changes.retire_category(by=viewer, category=id, **said)
        return f"{row.name} is offered no more; risks that have it keep it."

    question = Question(
        f"Retire {row.name}",
        "Retire it",
        reverse("category", args=[id]),
        row.name,
        "Risks that have it keep it, and so does everything that was stated of it.",
        grave=True,
    )
    return ask(request, question, RetireForm(request.POST or None, initial={"version": row.version}), change)


@ASKS
def state_appetite(request: HttpRequest, id: UUID) -> HttpResponse:
    """State the appetite and tolerance of a category from a day on."""
    viewer = viewer_of(request.user)
    row = queries.category(viewer, id)
    scales = queries.scales(viewer)
    form = AppetiteForm(request.POST or None, scales=scales, initial={"version": row.version})

    def change(said: dict[str, Any]) -> str:
        scale, _, appetite = said.pop("appetite").partition(SPLIT)
        _, _, tolerance = said.pop("tolerance").partition(SPLIT)
        changes.state_appetite(
            by=viewer, category=id, scale=UUID(scale), appetite=appetite, tolerance=tolerance, **said
        )
        return f"The appetite for {row.name} is stated; what was stated before stays."

    lead = "What was stated before stays, and every risk of this category is read against the new statement."
    if not scales:
        lead = "Set a scale first: an appetite is stated in its bands."
    question = Question(
        f"Appetite for {row.name}", "State it", reverse("category", args=[id]), row.name, lead
    )
    return ask(request, question, form, change)


# --- Objectives ---------------------------------------------------------------------------------------------


@require_safe
def objectives(request: HttpRequest) -> HttpResponse:
    """What the body sets out to achieve."""
    viewer = viewer_of(request.user)
    rows = queries.objectives(viewer)
    facts = {
        "objectives": rows,
        "kept": sum(each.retired_on is None for each in rows),
        "may_state": _may(viewer),
    }
    return render(request, "settings/appetite/objectives.html", facts)


@ASKS
def add_objective(request: HttpRequest) -> HttpResponse:
    """Add an objective."""
    viewer = viewer_of(request.user)

    def change(said: dict[str, Any]) -> str:
        changes.open_objective(by=viewer, name=said["name"], description=said["description"])
        return "The objective is added."

    question = Question("Add an objective", "Add it", reverse("objectives"), "Objectives")
    return ask(request, question, NamedForm(request.POST or None), change)


@ASKS
def amend_objective(request: HttpRequest, id: UUID) -> HttpResponse:
    """Say anew what an objective is called and means."""
    viewer = viewer_of(request.user)
    row = queries.objective(viewer, id)

    def change(said: dict[str, Any]) -> str:
        changes.amend_objective(by=viewer, objective=id, **_versioned(said))
        return "The objective says so now."

    question = Question("Amend an objective", "Amend it", reverse("objectives"), "Objectives")
    return ask(request, question, NamedForm(request.POST or None, initial=_said(row)), change)


@ASKS
def retire_objective(request: HttpRequest, id: UUID) -> HttpResponse:
    """Offer an objective no more."""
    viewer = viewer_of(request.user)
    row = queries.objective(viewer, id)

    def change(said: dict[str, Any]) -> str:
        changes.retire_objective(by=viewer, objective=id, **said)
        return "The objective is offered no more; risks that have it keep it."

    question = Question(f"Retire “{row.name}”", "Retire it", reverse("objectives"), "Objectives", grave=True)
    return ask(request, question, RetireForm(request.POST or None, initial={"version": row.version}), change)


def _said(row: queries.CategoryRow | queries.ObjectiveRow) -> dict[str, Any]:
    return {"name": row.name, "description": row.description, "version": row.version}


def _versioned(said: dict[str, Any]) -> dict[str, Any]:
    """What was said, with no version at all as one that never stood."""
    return said | {"version": said["version"] or 0}


def _may(viewer: Actor) -> bool:
    return may(viewer, "change risks", queries.WHOLE_BODY) is None

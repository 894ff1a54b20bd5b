"""The pages of registers as settings."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from watchkeep.apps.people.queries import units, viewer_of
from watchkeep.apps.register import changes, queries
from watchkeep.web.register.links import register_link
from watchkeep.web.settings.asking import Question, ask
from watchkeep.web.settings.registers.forms import AmendForm, RegisterForm

ASKS = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def registers(request: HttpRequest) -> HttpResponse:
    """Every register of the body."""
    rows = queries.kept_registers(viewer_of(request.user))
    facts = {"rows": [{"row": each, "link": register_link(each.slug)} for each in rows]}
    return render(request, "settings/registers/page.html", facts)


@ASKS
def open_register(request: HttpRequest) -> HttpResponse:
    """Open a register."""
    viewer = viewer_of(request.user)
    form = RegisterForm(request.POST or None, units=units(viewer), initial=request.GET.dict())
    question = Question("Open a register", "Open the register", reverse("kept-registers"), "Registers")

    def change(said: dict[str, Any]) -> str:
        changes.open_register(by=viewer, name=said["name"], kind=said["kind"], unit=_id(said["unit"]))
        return f"{said['name']} is open. Its risks can be written here, or brought in with a paper."

    return ask(request, question, form, change)


@ASKS
def amend_register(request: HttpRequest, id: UUID) -> HttpResponse:
    """Say anew what a register is."""
    viewer = viewer_of(request.user)
    row = queries.kept_register(viewer, id)
    standing = {"name": row.name, "kind": row.kind, "unit": row.unit or "", "version": row.version}
    form = AmendForm(request.POST or None, units=units(viewer), initial=standing)
    lead = "Whoever has a role in a unit has it in the unit’s registers from then on. Addresses stay."
    question = Question(row.name, "Save", reverse("kept-registers"), "Registers", lead)

    def change(said: dict[str, Any]) -> str:
        changes.amend_register(by=viewer, register=id, **said | {"unit": _id(said["unit"])})
        return f"{said['name']} is changed."

    return ask(request, question, form, change)


def _id(said: str) -> UUID | None:
    return UUID(said) if said else None

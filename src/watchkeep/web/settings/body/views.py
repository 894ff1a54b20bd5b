"""The body's own page in the settings."""

from __future__ import annotations

from calendar import month_name
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from watchkeep.apps.people import changes, queries
from watchkeep.apps.people.queries import viewer_of
from watchkeep.domain.people import THROUGHOUT, may
from watchkeep.domain.period import containing
from watchkeep.web.settings.asking import Question, ask
from watchkeep.web.settings.body.forms import BodyForm


@require_safe
def settings(request: HttpRequest) -> HttpResponse:
    """What the body is called and how its year runs."""
    viewer = viewer_of(request.user)
    body = queries.body_of(viewer)
    facts = {
        "body": body,
        "month": month_name[body.year_starts_month],
        "period": containing(timezone.localdate(), year_start=body.year_starts_month),
        "may_amend": may(viewer, "look after registers", THROUGHOUT) is None,
    }
    return render(request, "settings/body/page.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
def amend(request: HttpRequest) -> HttpResponse:
    """Say what the body is called and how its year runs."""
    viewer = viewer_of(request.user)
    body = queries.body_of(viewer)
    said = {name: getattr(body, name) for name in BodyForm.base_fields}
    question = Question("Change what is said of the body", "Save", reverse("settings"), "Body")

    def change(said: dict[str, Any]) -> str:
        changes.amend_body(by=viewer, **said)
        return "The body is as you said."

    return ask(request, question, BodyForm(request.POST or None, initial=said), change)

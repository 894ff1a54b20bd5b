"""The pages on which a check is recorded and corrected."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from watchkeep.apps.people import queries as people
from watchkeep.apps.people.queries import viewer_of
from watchkeep.apps.treatment import changes, queries
from watchkeep.apps.treatment.queries import CheckRow, ControlPage
from watchkeep.domain.check import RULES, Check, may_check
from watchkeep.domain.errors import Invalid, Missing
from watchkeep.domain.people import Actor, may, obey
from watchkeep.web.components.clock import clock_of
from watchkeep.web.components.controls import effect, line_of, span, told
from watchkeep.web.controls.acting import VERBS, blame
from watchkeep.web.controls.forms import CheckForm, CorrectForm
from watchkeep.web.discussion.talk import talk


@require_http_methods(VERBS)
def record(request: HttpRequest, reference: str) -> HttpResponse:
    """Record what somebody found."""
    viewer = viewer_of(request.user)
    page = queries.control(viewer, reference)
    if request.method != "POST":
        obey(may_check(viewer, page.standing))
    form = CheckForm(request.POST or None, label_suffix="", initial=_beginning(viewer, page))
    if request.method == "POST" and form.is_valid():
        try:
            changes.record_check(by=viewer, control=page.row.id, value=form.value())
        except Invalid as problem:
            blame(form, problem)
        else:
            messages.success(request, f"The check of {page.row.label} is recorded.")
            return redirect("control", reference)
    return _form(request, form, page, f"Record a check: {page.row.label}")


@require_safe
def check(request: HttpRequest, reference: str) -> HttpResponse:
    """One check, with the files that it rests on and what is said of it."""
    viewer, clock = viewer_of(request.user), clock_of(request)
    page = queries.control(viewer, reference, clock)
    row = next((each for each in page.checks if _asked(request) in (each.id, each.first)), None)
    if row is None:
        raise Missing("There is no such check.")
    facts = {
        "page": page,
        "each": shown(row),
        "deeds": {"check": "" if clock.past else may_say(viewer)},
        "talk": talk(viewer, "check", str(row.first), back=request.get_full_path(), clock=clock),
    }
    return render(request, "controls/one_check.html", facts)


@require_http_methods(VERBS)
def correct(request: HttpRequest, reference: str) -> HttpResponse:
    """Say anew what a check found; both stay on record."""
    viewer = viewer_of(request.user)
    page, row = queries.check(viewer, _asked(request))
    if page.row.reference != reference:
        raise Missing("There is no such check.")
    if request.method != "POST":
        obey(may_check(viewer, page.standing))
    beginning = _said(row.check) | {"version": row.version}
    form = CorrectForm(request.POST or None, label_suffix="", initial=beginning)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            changes.correct_check(
                by=viewer,
                check=row.id,
                version=said["version"] or 0,
                value=form.value(),
                reason=said["reason"],
            )
        except Invalid as problem:
            blame(form, problem)
        else:
            messages.success(request, "The check is corrected; what was said first stays on record.")
            return redirect("control", reference)
    return _form(request, form, page, f"Correct a check: {told(row.check)}")


def shown(row: CheckRow) -> dict[str, Any]:
    """A check as the timeline shows it."""
    return {
        "row": row,
        "told": told(row.check),
        "line": line_of(row.check),
        "design": effect(row.check.design),
        "operation": effect(row.check.operation),
        "span": span(row.check.sample),
        "before": told(row.before) if row.before else "",
    }


def may_say(viewer: Actor) -> str:
    """Why this person records no check of anything, if so; whether of this control, the form answers."""
    refusal = may(viewer, "answer for own controls and actions")
    return refusal.sentence if refusal else ""


def _form(request: HttpRequest, form: CheckForm, page: ControlPage, title: str) -> HttpResponse:
    facts = {"form": form, "page": page, "title": title, "rules": RULES.items()}
    return render(request, "controls/check.html", facts, status=400 if form.errors else 200)


def _beginning(viewer: Actor, page: ControlPage) -> dict[str, Any]:
    """An owner begins an attestation of their own post, anybody else an assessment in a post of theirs."""
    common: dict[str, Any] = {"on": timezone.localdate(), "design": "not judged", "operation": "not judged"}
    if page.standing.owned_by(viewer):
        return common | {"kind": "attestation", "line": 1, "checked_by": page.row.owner}
    held = [each.title for each in people.posts(viewer) if str(each.id) in viewer.posts]
    return common | {"kind": "assessment", "line": 2, "checked_by": held[0] if len(held) == 1 else ""}


def _said(check: Check) -> dict[str, Any]:
    on: date = check.on
    return {
        "kind": check.kind,
        "line": check.line,
        "on": on,
        "checked_by": check.by,
        "design": check.design,
        "operation": check.operation,
        "sample": check.sample.size if check.sample else None,
        "failures": check.sample.failures if check.sample else None,
        "note": check.note,
    }


def _asked(request: HttpRequest) -> UUID:
    try:
        return UUID(request.GET.get("check", ""))
    except ValueError:
        raise Missing("There is no such check.") from None

"""One form about a risk on one page: which risk it is, and the form shown, sent, taken, or shown again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from watchkeep.apps.register import queries
from watchkeep.apps.register.queries import RegisterRow, RiskPage
from watchkeep.domain.clock import PRESENT, Clock
from watchkeep.domain.errors import Invalid, Missing
from watchkeep.domain.people import Actor
from watchkeep.web.register.links import risk_link

Change = Callable[[dict[str, Any]], tuple[str, str]]  # what was said, to the sentence and page that follow


def holding(viewer: Actor, key: str, asked: str, clock: Clock = PRESENT) -> tuple[RegisterRow, ...]:
    """The registers that have a risk of this key; only the one that is asked for, where one is."""
    found = tuple(each for each in queries.registers_with(viewer, key, clock) if asked in ("", each.slug))
    if not found:
        raise Missing("There is no such risk.")
    return found


def the_risk(request: HttpRequest, viewer: Actor, key: str) -> RiskPage:
    """The one risk that an address means; where several registers have its key, it must name one."""
    found = holding(viewer, key, request.GET.get("register", ""))
    if len(found) > 1:
        raise Invalid("register", f"Several registers have a risk called {key}. Open the one that is meant.")
    return queries.risk(viewer, found[0].slug, key)


def own_link(page: RiskPage) -> str:
    """The page of the risk in its register."""
    return risk_link(page.key, page.register.slug)


def latest_day(page: RiskPage) -> date:
    """The day that a change most likely speaks of: today, or the later one that the risk speaks of."""
    return max([timezone.localdate(), page.since, *(each.effective_on for each in page.versions)])


def ask(
    request: HttpRequest,
    form: forms.Form,
    change: Change,
    *,
    title: str,
    button: str,
    back: str,
    back_to: str,
    lead: str = "",
    template: str = "risk/form.html",
    **more: Any,
) -> HttpResponse:
    """Show the form, or hand what was sent to `change`."""
    if form.is_bound and form.is_valid():
        try:
            done, then = change(form.cleaned_data)
        except Invalid as problem:
            form.add_error(problem.field if problem.field in form.fields else None, problem.sentence)
        else:
            messages.success(request, done)
            return redirect(then)
    facts = {"form": form, "title": title, "button": button, "lead": lead, "back": back, "back_to": back_to}
    return render(request, template, facts | more, status=400 if form.errors else 200)

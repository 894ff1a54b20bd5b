"""Which risk an address means, and the page of one form about it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from watchkeep.apps.register import queries
from watchkeep.apps.register.queries import RegisterRow, RiskPage
from watchkeep.domain.clock import PRESENT, Clock
from watchkeep.domain.errors import Invalid, Missing
from watchkeep.domain.people import Actor
from watchkeep.web.components import asking
from watchkeep.web.components.asking import Change
from watchkeep.web.register.links import risk_link


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
    facts = {"title": title, "button": button, "lead": lead, "back": back, "back_to": back_to}
    return asking.ask(request, form, change, template, facts | more)

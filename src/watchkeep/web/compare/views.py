"""The page that compares two days."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from watchkeep.apps.people.queries import viewer_of
from watchkeep.apps.publication import queries as publication
from watchkeep.apps.publication.queries.preparing import closings
from watchkeep.apps.register import queries
from watchkeep.apps.register.queries import ComparedRisk, RegisterRow
from watchkeep.domain.clock import Clock
from watchkeep.domain.errors import Missing
from watchkeep.domain.people import Actor
from watchkeep.domain.since import since
from watchkeep.jobs.clocks import spoken
from watchkeep.web.compare.forms import DaysForm
from watchkeep.web.compare.treated import controls_changed, promises_changed
from watchkeep.web.components.news import Sheet, sheet
from watchkeep.web.components.pieces import Change
from watchkeep.web.components.tags import day
from watchkeep.web.register.links import register_link, risk_link

FEW = 3  # changes that are shown at once
NAMED = 6  # fields that a fold names
HEADINGS = (("new", "New"), ("gone", "Gone"), ("reopened", "Reopened"), ("changed", "Changed"))


@dataclass(frozen=True, slots=True)
class ShownRisk:
    """A risk of which something changed, with its sentence and what its fields said."""

    risk: ComparedRisk
    link: str
    sentence: str
    changes: tuple[Change, ...]

    @property
    def first(self) -> tuple[Change, ...]:
        """What is shown at once: where it stands and which way it goes; all of it, where there is little."""
        if len(self.changes) <= FEW:
            return self.changes
        return tuple(each for each in self.changes if _weighs(each))

    @property
    def rest(self) -> tuple[Change, ...]:
        """What is folded under its fields' names, so that a page of many risks can be read."""
        return tuple(each for each in self.changes if each not in self.first)

    @property
    def fields(self) -> str:
        """What the fold is called: which fields."""
        names = [each.name for each in self.rest]
        more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
        start = "Also changed: " if self.first else "Changed: "
        return f"{start}{', '.join(names[:NAMED])}{more}"


def _weighs(change: Change) -> bool:
    return change.name.endswith("rating") or change.name.startswith("Trend")


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """Two days of a register, or of one of its risks; without days, the form and the papers' days."""
    viewer = viewer_of(request.user)
    row = _register(viewer, request.GET.get("register", ""))
    if row is None:
        return render(request, "compare/none.html")
    key = request.GET.get("risk", "")
    asked = request.GET if {"earlier", "later"} & request.GET.keys() else None
    form = DaysForm(asked, label_suffix="", initial={"risk": key})
    facts: dict[str, Any] = {
        "form": form,
        "register": row,
        "risk": key,
        "back": risk_link(key, row.slug) if key else register_link(row.slug),
        "days": _suggested(viewer, row, key),
    }
    valid = form.is_bound and form.is_valid()
    if valid:
        facts |= _compared(viewer, row, key, *form.clocks())
    status = 400 if form.is_bound and not valid else 200
    return render(request, "compare/page.html", facts, status=status)


def _compared(viewer: Actor, row: RegisterRow, key: str, before: Clock, after: Clock) -> dict[str, Any]:
    found = queries.compare(viewer, row.id, before, after, risk=key)
    if key and not found.after and not found.risks and not found.same:
        raise Missing("There is no such risk, or there was none by then.")
    shown = [_shown(each, row.slug) for each in found.risks]
    bearing = queries.risks_of(viewer, row.id, key)
    return {
        "found": found,
        "before": spoken(before),
        "after": spoken(after),
        "groups": [
            (name, [each for each in shown if each.risk.how == how])
            for how, name in HEADINGS
            if found.count(how)  # type: ignore[arg-type]  # the names of `How`
        ],
        "controls": controls_changed(viewer, before, after, bearing),
        "promises": promises_changed(viewer, before, after, bearing),
        "news": None if key else _news(viewer, row, before, after),
    }


def _news(viewer: Actor, row: RegisterRow, before: Clock, after: Clock) -> Sheet:
    """The two days as a paper of the later one would tell what is new. The words are told below it."""
    then, now = (publication.document_for(viewer, row.id, clock) for clock in (before, after))
    found = since(
        then,
        now,
        earlier_called=f"the register {spoken(before)}",
        year_start=row.year_start,
        one_register=True,
        gone_because=closings(viewer, row, after),
        with_rules=True,
    )
    return replace(sheet(found, row.slug), texts=())


def _shown(each: ComparedRisk, slug: str) -> ShownRisk:
    changes = tuple(Change(said.label, said.before, said.after) for said in each.changes)
    return ShownRisk(each, risk_link(each.key, slug), _sentence(each), changes)


def _sentence(each: ComparedRisk) -> str:
    state, since = each.after.state, day(each.after.since)
    if each.how == "new":
        return f"It came on {since}."
    if each.before is None or each.before.state == state:
        return ""
    why = f": {each.after.reason}" if each.after.reason else "."
    return f"It was {each.before.state}, and is {state} since {since}{why}"


def _register(viewer: Actor, slug: str) -> RegisterRow | None:
    if slug:
        return queries.register(viewer, slug)
    rows = queries.registers(viewer)
    return next((each for each in rows if each.risks), rows[0] if rows else None)


def _suggested(viewer: Actor, row: RegisterRow, key: str) -> list[tuple[date, str, str]]:
    """The papers' days, each with its address."""
    asked = {"register": row.slug, "risk": key}
    return [
        (on, period, f"{reverse('compare')}?{urlencode(asked | {'earlier': on.isoformat()})}")
        for on, period in queries.papers_days(viewer, row.id)
    ]

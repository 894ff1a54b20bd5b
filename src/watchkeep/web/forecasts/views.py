"""Forecast questions: asked, guessed and settled; and how well the guesses held."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from watchkeep.apps.indicators.changes.questions import ask_question, guess, settle_question
from watchkeep.apps.indicators.queries.questions import QuestionRow, question_numbered, questions, scores
from watchkeep.apps.people import queries as people
from watchkeep.apps.people.queries import viewer_of
from watchkeep.domain.calibration import LEAST, Guess, Question, may_ask, may_guess, may_settle
from watchkeep.domain.errors import Refused
from watchkeep.domain.indicator.figure import figure
from watchkeep.domain.people import Actor, answers_for, obey
from watchkeep.web.components import asking
from watchkeep.web.components.asking import Change
from watchkeep.web.components.clock import clock_of
from watchkeep.web.forecasts.forms import AskForm, GuessForm, SettleForm

ASKS = require_http_methods(["GET", "HEAD", "POST"])


@dataclass(frozen=True, slots=True)
class Shown:
    """A question as its row shows it, with what the viewer may do about it."""

    row: QuestionRow
    guesses: tuple[tuple[str, str], ...]  # who, and what
    came: str
    due: bool  # to be settled by now
    guessing: bool
    settling: bool


@require_safe
def forecasts(request: HttpRequest) -> HttpResponse:
    """What is asked, what is held likely, and how well it held before?"""
    viewer, clock = viewer_of(request.user), clock_of(request)
    day = clock.day or timezone.localdate()
    rows = [_shown(viewer, each, day, past=clock.past) for each in questions(viewer, clock)]
    found = scores(viewer, clock)
    facts = {
        "open": sorted(
            (each for each in rows if each.row.came is None), key=lambda each: each.row.resolves_on
        ),
        "settled": [each for each in reversed(rows) if each.row.came is not None],
        "due": sum(each.due for each in rows),
        "all": len(rows),
        "scores": found,
        "tenths": [
            (f"{each.low:.0%} to {each.high:.0%}", f"{each.stated:.0%}", f"{each.came:.0%}", each.size)
            for each in found.reliability
        ],
        "few": sum(each.size for each in found.reliability) < LEAST,
        "least": LEAST,
        "asking": not clock.past and may_ask(viewer) is None,
    }
    return render(request, "forecasts/page.html", facts)


@ASKS
def forecast_ask(request: HttpRequest) -> HttpResponse:
    """Ask something that will be settled on a day."""
    viewer = viewer_of(request.user)
    form = AskForm(request.POST or None)

    def change(said: dict[str, Any]) -> tuple[str, str]:
        ask_question(by=viewer, question=form.question())
        return "It is asked.", reverse("forecasts")

    return _ask(request, form, change, "Ask what will come", "Ask it")


@ASKS
def forecast_guess(request: HttpRequest, number: int) -> HttpResponse:
    """Say what is held likely."""
    viewer = viewer_of(request.user)
    row = question_numbered(viewer, number)
    if request.method != "POST":
        obey(may_guess(viewer, _asked(row), timezone.localdate()))
        if row.came is not None:
            raise Refused(f"Q{row.number} is settled: no guess counts any more.")
    held = [each for each in people.posts(viewer) if answers_for(viewer, each.id)]
    form = GuessForm(request.POST or None, row=row, posts=held)

    def change(said: dict[str, Any]) -> tuple[str, str]:
        guess(by=viewer, question=row.id, value=form.value(), post=form.holder(), why=said["why"])
        return f"Your guess for Q{number} is taken. A later one takes its place.", reverse("forecasts")

    return _ask(request, form, change, f"Q{number}: what do you hold likely?", "Say so", row.text)


@ASKS
def forecast_settle(request: HttpRequest, number: int) -> HttpResponse:
    """Say what came."""
    viewer = viewer_of(request.user)
    row = question_numbered(viewer, number)
    if request.method != "POST":
        obey(may_settle(viewer, _asked(row), row.posts, row.guessed_by, timezone.localdate()))
    form = SettleForm(request.POST or None, row=row)

    def change(said: dict[str, Any]) -> tuple[str, str]:
        settle_question(
            by=viewer,
            question=row.id,
            came=float(said["came"]),
            source=said["source"],
            why=said.get("why", ""),
        )
        return f"Q{number} is settled.", reverse("forecasts")

    return _ask(request, form, change, f"Q{number}: what came?", "Settle it", row.text)


def _ask(
    request: HttpRequest, form: forms.Form, change: Change, title: str, button: str, lead: str = ""
) -> HttpResponse:
    facts = {"title": title, "button": button, "lead": lead}
    back = {"back": reverse("forecasts"), "back_to": "Forecast questions"}
    return asking.ask(request, form, change, "risk/form.html", facts | back)


def _shown(viewer: Actor, row: QuestionRow, day: date, *, past: bool) -> Shown:
    asked, is_open = _asked(row), row.came is None
    came = "" if row.came is None else figure(row.came, row.unit)
    if row.came is not None and row.kind == "yes or no":
        came = "Yes" if row.came else "No"
    return Shown(
        row=row,
        guesses=tuple((each.forecaster, _said(each.value, row.unit)) for each in row.guesses),
        came=came,
        due=is_open and row.resolves_on <= day,
        guessing=is_open and not past and may_guess(viewer, asked, day) is None,
        settling=is_open and not past and may_settle(viewer, asked, row.posts, row.guessed_by, day) is None,
    )


def _asked(row: QuestionRow) -> Question:
    return Question(row.text, row.category, row.opens_on, row.resolves_on, row.kind, row.unit)


def _said(value: Guess, unit: str) -> str:
    if value.chance is not None:
        return f"{value.chance:.0%}"
    return f"{figure(value.low)} to {figure(value.high, unit)}"

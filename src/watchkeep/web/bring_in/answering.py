"""Answers where a decision about a draft cannot be taken: the sentence, and the way back to the draft."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from watchkeep.apps.people.queries import viewer_of
from watchkeep.domain.errors import Invalid, Refused, Stale
from watchkeep.domain.people import may
from watchkeep.web.clash.views import again

Deciding = Callable[[HttpRequest, int], HttpResponse]


def back_to_the_draft(view: Deciding) -> Deciding:
    """Answer a refusal with the way back to the draft; one for want of permission stays that."""

    @wraps(view)
    def answered(request: HttpRequest, number: int) -> HttpResponse:
        try:
            return view(request, number)
        except (Refused, Stale, Invalid) as problem:
            viewer = viewer_of(request.user)
            if isinstance(problem, Stale) and problem.clashes:
                raise  # what they wrote stays in its boxes
            if isinstance(problem, Invalid) and (page := _again(request, problem, number)):
                return page
            if may(viewer, "bring in papers") or may(viewer, "change risks"):
                raise
            status = 400 if isinstance(problem, Invalid) else 409
            facts = {"sentence": problem.sentence, "number": number, "status": status}
            return render(request, "bring_in/not_done.html", facts, status=status)

    return answered


def _again(request: HttpRequest, problem: Invalid, number: int) -> HttpResponse | None:
    title = "Something in that was wrong"
    return again(request, problem, status=400, title=title, back=_draft(number))


def _draft(number: int) -> str:
    return reverse("import", args=[number])

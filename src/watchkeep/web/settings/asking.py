"""One form on one page: shown, sent, taken or shown again with what is wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from watchkeep.domain.errors import Invalid


@dataclass(frozen=True, slots=True)
class Listed:
    """Things under a heading, each with the page that shows it."""

    heading: str
    links: tuple[tuple[str, str], ...]  # what it is called, and its page


@dataclass(frozen=True, slots=True)
class Question:
    """What a page with one form asks, and where it leads once it is answered or left."""

    title: str
    button: str
    back: str
    back_to: str
    lead: str = ""
    grave: bool = False
    lists: tuple[Listed, ...] = ()  # what to look at before it is answered


def ask(
    request: HttpRequest,
    question: Question,
    form: forms.Form,
    change: Callable[[dict[str, Any]], str],
    then: Callable[[], str] | None = None,
) -> HttpResponse:
    """Show the form, or hand what was sent to `change`, which answers with the sentence to show afterwards.

    `then` names the page that follows, where that is not the one the form came from.
    """
    if form.is_bound and form.is_valid():
        try:
            done = change(form.cleaned_data)
        except Invalid as problem:
            form.add_error(problem.field if problem.field in form.fields else None, problem.sentence)
        else:
            messages.success(request, done)
            return redirect(then() if then else question.back)
    facts = {"form": form, **{name: getattr(question, name) for name in Question.__slots__}}
    return render(request, "settings/form.html", facts, status=400 if form.errors else 200)

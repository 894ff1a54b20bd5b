"""What a page of the settings with one form asks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse

from watchkeep.web.components import asking


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

    def take(said: dict[str, Any]) -> tuple[str, str]:
        done = change(said)
        return done, then() if then else question.back

    facts = {name: getattr(question, name) for name in Question.__slots__}
    return asking.ask(request, form, take, "settings/form.html", facts)

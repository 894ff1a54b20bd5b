"""One form about a promise on one page: shown, sent, taken, or shown again with what is wrong."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from watchkeep.apps.treatment.queries import CommitmentRow
from watchkeep.domain.errors import Invalid, Refused
from watchkeep.domain.people import Refusal
from watchkeep.web.promises.rows import promise_link


def ask(
    request: HttpRequest,
    form: forms.Form,
    change: Callable[[dict[str, Any]], tuple[str, str]],
    *,
    title: str,
    button: str,
    row: CommitmentRow | None = None,
    lead: str = "",
    grave: bool = False,
    back: str = "",
    back_to: str = "Promises",
    refusal: Refusal | None = None,
) -> HttpResponse:
    """Show the form, or hand what was sent to `change`: it answers with the sentence and page that follow.

    Where it could only be refused, why, before anything is written in it.
    """
    if refusal and not form.is_bound:
        raise Refused(refusal.sentence)
    if form.is_bound and form.is_valid():
        try:
            done, then = change(form.cleaned_data)
        except Invalid as problem:
            form.add_error(problem.field if problem.field in form.fields else None, problem.sentence)
        else:
            messages.success(request, done)
            return redirect(then)
    facts = {"form": form, "title": title, "button": button, "lead": lead, "grave": grave, "row": row}
    facts |= {
        "back": promise_link(row.reference) if row else back,
        "back_to": row.label if row else back_to,
    }
    return render(request, "promises/form.html", facts, status=400 if form.errors else 200)

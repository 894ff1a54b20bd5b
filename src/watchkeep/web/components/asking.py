"""One form on one page: shown, sent, taken, or shown again with what is wrong and all that was written."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from watchkeep.domain.errors import Invalid

Change = Callable[[dict[str, Any]], tuple[str, str]]  # what was said, to the sentence and page that follow


def ask(
    request: HttpRequest, form: forms.Form, change: Change, template: str, facts: dict[str, Any]
) -> HttpResponse:
    """Show the form on its page, or hand what was sent to `change`."""
    if form.is_bound and form.is_valid():
        try:
            done, then = change(form.cleaned_data)
        except Invalid as problem:
            form.add_error(problem.field if problem.field in form.fields else None, problem.sentence)
        else:
            messages.success(request, done)
            return redirect(then)
    return render(request, template, facts | {"form": form}, status=400 if form.errors else 200)

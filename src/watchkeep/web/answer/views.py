"""The page that a link in a mail opens. Opening it answers nothing: a mail scanner may open it, too."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from watchkeep.apps.notices import answers
from watchkeep.apps.notices.answers import Question
from watchkeep.domain.errors import Invalid
from watchkeep.web.answer.forms import ConfirmForm, PromiseForm


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, secret: str) -> HttpResponse:
    """What is asked, and the answer to it."""
    asked = answers.question(secret, timezone.now())
    form = _form(request, asked)
    if form.is_bound and form.is_valid():
        try:
            said = _give(secret, form)
        except Invalid as problem:
            box = "due_on" if problem.field == "due" else problem.field
            form.add_error(box if box in form.fields else None, problem.sentence)
        else:
            return render(request, "answer/given.html", {"said": said, "person": asked.person})
    facts = {"asked": asked, "form": form}
    return render(request, "answer/page.html", facts, status=422 if form.errors else 200)


def _form(request: HttpRequest, asked: Question) -> PromiseForm | ConfirmForm:
    sent = request.POST if request.method == "POST" else None
    if asked.review is not None:
        seen = {"version": asked.review.row.version, "risk_version": asked.review.risk_version}
        return ConfirmForm(sent, initial=seen, label_suffix="")
    version = asked.promise.row.version if asked.promise else 0
    return PromiseForm(sent, initial={"version": version}, label_suffix="")


def _give(secret: str, form: PromiseForm | ConfirmForm) -> str:
    said = form.cleaned_data
    if isinstance(form, ConfirmForm):
        return answers.confirm(
            secret=secret, version=said["version"], risk_version=said["risk_version"], note=said["note"]
        )
    if said["done"] == "yes":
        return answers.report_done(secret=secret, version=said["version"], note=said["note"])
    return answers.say_later(
        secret=secret, version=said["version"], due_on=said["due_on"], reason=said["reason"]
    )

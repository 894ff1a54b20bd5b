"""Saying something beside a record, and putting a file there. The record's own page shows it all."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from watchkeep.apps.discussion import changes, queries
from watchkeep.apps.people.queries import viewer_of
from watchkeep.apps.reviews.subjects import see
from watchkeep.domain.discussion import Subject, may_comment
from watchkeep.domain.errors import Invalid, Refused
from watchkeep.web.discussion.forms import AttachForm, BackForm, CommentForm, TakeAwayForm
from watchkeep.web.files import download, store


@require_POST
def comment(request: HttpRequest, kind: str, id: UUID) -> HttpResponse:
    """Say something of a record, or answer what was said of it."""
    viewer = viewer_of(request.user)
    subject = see(viewer, kind, str(id))
    form = CommentForm(request.POST)
    if not form.is_valid():
        return _again(request, subject, form, "Say it")
    said = form.cleaned_data
    try:
        changes.comment(by=viewer, subject=subject, text=said["text"], answers=said["answers"])
    except Invalid as problem:
        form.add_error("text", problem.sentence)
        return _again(request, subject, form, "Say it")
    messages.success(request, "Your answer stands." if said["answers"] else "Your comment stands.")
    return _back(form)


@require_POST
def reword(request: HttpRequest, id: UUID) -> HttpResponse:
    """Say one's own words anew."""
    viewer = viewer_of(request.user)
    subject = queries.subject_of_comment(viewer, id, see)
    form = CommentForm(request.POST)
    if not form.is_valid():
        return _again(request, subject, form, "Change it")
    try:
        changes.reword(by=viewer, comment=id, text=form.cleaned_data["text"], see=see)
    except Invalid as problem:
        form.add_error("text", problem.sentence)
        return _again(request, subject, form, "Change it")
    messages.success(request, "Your comment is changed; what it said before stays beside it.")
    return _back(form)


@require_POST
def take_back(request: HttpRequest, id: UUID) -> HttpResponse:
    """Take one's own words back."""
    form = BackForm(request.POST)
    form.is_valid()
    changes.take_back(by=viewer_of(request.user), comment=id, see=see)
    messages.success(request, "Your comment is taken back.")
    return _back(form)


@require_POST
def attach(request: HttpRequest, kind: str, id: UUID) -> HttpResponse:
    """Put a file beside a record. Who may not is told so before a byte is kept."""
    viewer = viewer_of(request.user)
    subject = see(viewer, kind, str(id))
    refusal = may_comment(viewer, subject)
    if refusal:
        raise Refused(refusal.sentence)
    form = AttachForm(request.POST, request.FILES)
    if not form.is_valid():
        return _again(request, subject, form, "Attach it")
    file = form.cleaned_data["file"]
    kept = store().put(file.read())
    changes.attach(
        by=viewer,
        subject=subject,
        name=file.name,
        sha256=kept,
        size=file.size,
        note=form.cleaned_data["note"],
    )
    messages.success(request, "The file is attached.")
    return _back(form)


@require_safe
def attachment(request: HttpRequest, id: UUID) -> HttpResponse:
    """A file, to save: never shown in the site's own origin, whatever its name says that it is."""
    found = queries.attachment(viewer_of(request.user), id, see)
    return download(store().get(found.sha256), "application/octet-stream", found.name)


@require_POST
def take_away(request: HttpRequest, id: UUID) -> HttpResponse:
    """Offer a file no longer, saying why."""
    viewer = viewer_of(request.user)
    subject = queries.subject_of_attachment(viewer, id, see)
    form = TakeAwayForm(request.POST)
    if not form.is_valid():
        return _again(request, subject, form, "Take it away")
    changes.take_away(by=viewer, attachment=id, reason=form.cleaned_data["reason"], see=see)
    messages.success(request, "The file is taken away; that it was here stays on record.")
    return _back(form)


def _back(form: CommentForm | AttachForm | TakeAwayForm | BackForm) -> HttpResponse:
    """To the page that the form stood on, if that is a page of ours."""
    return redirect(_own_page(str(form.cleaned_data.get("back") or "")))


def _own_page(asked: str) -> str:
    ours = asked.startswith("/") and url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    return asked if ours else "/"


def _again(
    request: HttpRequest, subject: Subject, form: CommentForm | AttachForm | TakeAwayForm, button: str
) -> HttpResponse:
    """The form by itself, with what is wrong and all that was written."""
    back = _own_page(request.POST.get("back", ""))
    facts = {"subject": subject, "form": form, "button": button, "back": back}
    return render(request, "discussion/page.html", facts, status=400)

"""The pages of controls on which something is done: add, amend, stand down and up, apply, end."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from watchkeep.apps.people import queries as people
from watchkeep.apps.people.queries import PostRow, viewer_of
from watchkeep.apps.treatment import changes, queries
from watchkeep.apps.treatment.queries import ControlPage
from watchkeep.domain.commitment import may_begin
from watchkeep.domain.control import may_add, may_change, may_give_away, may_move
from watchkeep.domain.errors import Invalid, Missing
from watchkeep.domain.people import Actor, Refusal, obey
from watchkeep.web.controls.forms import AddForm, ApplyForm, ControlForm, MoveForm, value_of

VERBS = ["GET", "HEAD", "POST"]


@require_http_methods(VERBS)
def add(request: HttpRequest) -> HttpResponse:
    """Add a control; then say what it serves."""
    viewer = viewer_of(request.user)
    posts = _owners(viewer, may_add(viewer, None))
    initial = {"effective_on": timezone.localdate(), "state": "in force"}
    form = AddForm(request.POST or None, posts=posts, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = changes.add_control(
                by=viewer,
                value=form.value(),
                effective_on=form.cleaned_data["effective_on"],
                owner_post=form.post(),
                state="planned" if form.cleaned_data["state"] == "planned" else "in force",
                reason=form.cleaned_data["reason"],
            )
        except Invalid as problem:
            blame(form, problem)
        else:
            return _added(request, viewer, queries.control(viewer, made))
    said = {
        "title": "Add a control",
        "lead": "A control is something that holds a risk back already, or will from a day on. One record "
        "serves as many risks as it may.",
        "button": "Add it",
    }
    return _form(request, form, said)


@require_http_methods(VERBS)
def amend(request: HttpRequest, reference: str) -> HttpResponse:
    """Say something else of a control."""
    viewer = viewer_of(request.user)
    page = queries.control(viewer, reference)
    obey(may_change(viewer, page.standing))
    row = page.row
    initial = {
        "name": row.name,
        "description": row.description,
        "kind": row.kind,
        "frequency": row.frequency,
        "owner_post": str(row.owner_post or ""),
        "tolerated": row.tolerated,
        "effective_on": timezone.localdate(),
        "version": row.version,
    }
    posts = _owners(viewer, may_give_away(viewer, page.standing), row.owner_post)
    form = ControlForm(request.POST or None, posts=posts, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            changes.amend_control(
                by=viewer,
                control=row.id,
                version=form.cleaned_data["version"] or 0,
                value=form.value(),
                effective_on=form.cleaned_data["effective_on"],
                owner_post=form.post(),
                reason=form.cleaned_data["reason"],
            )
        except Invalid as problem:
            blame(form, problem)
        else:
            return _done(request, page, f"{row.reference} is amended; what it said before stays on record.")
    said = {"title": f"Amend {row.label}", "button": "Save", "page": page}
    return _form(request, form, said)


@require_http_methods(VERBS)
def stand_down(request: HttpRequest, reference: str) -> HttpResponse:
    """Say that a control is no longer there, and why."""
    return _move(request, reference, down=True)


@require_http_methods(VERBS)
def stand_up(request: HttpRequest, reference: str) -> HttpResponse:
    """Put a planned control in force, or one that was stood down."""
    return _move(request, reference, down=False)


def _move(request: HttpRequest, reference: str, *, down: bool) -> HttpResponse:
    viewer = viewer_of(request.user)
    page = queries.control(viewer, reference)
    obey(may_change(viewer, page.standing))
    row = page.row
    if request.method != "POST":
        obey(may_move(row.label, page.standing.state, "stood down" if down else "in force"))
    initial = {"on": timezone.localdate(), "version": row.version}
    form = MoveForm(request.POST or None, label_suffix="", initial=initial)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        deed = changes.stand_down if down else changes.stand_up
        try:
            deed(
                by=viewer, control=row.id, version=said["version"] or 0, on=said["on"], reason=said["reason"]
            )
        except Invalid as problem:
            blame(form, problem)
        else:
            what = "stood down; every risk that it served shows it" if down else "in force"
            return _done(request, page, f"{row.label} is {what}.")
    told = {
        "title": f"{'Stand down' if down else 'Put in force'}: {row.label}",
        "lead": f"It serves {len(row.risks)} risks that you may see; each of them will show it."
        if down and len(row.risks) > 1
        else "",
        "button": "Stand it down" if down else "Put it in force",
        "page": page,
    }
    return _form(request, form, told)


@require_http_methods(VERBS)
def apply(request: HttpRequest) -> HttpResponse:
    """Say which risk, or which part of one, a control serves."""
    viewer = viewer_of(request.user)
    if request.method != "POST":
        obey(may_begin(viewer))
    controls, targets = queries.controls(viewer), queries.targets(viewer)
    asked, key, register = (request.GET.get(name, "") for name in ("control", "risk", "register"))
    row = next((each for each in controls if each.reference == asked), None)
    risk = next((each for each in targets if each.key == key and register in ("", each.register)), None)
    initial = {
        "control": str(row.id) if row else "",
        "risk": value_of(risk) if risk else "",
        "from_on": timezone.localdate(),
    }
    form = ApplyForm(request.POST or None, controls=controls, targets=targets, initial=initial)
    if request.method == "POST" and form.is_valid():
        said, (which, part) = form.cleaned_data, form.target()
        control = UUID(said["control"])
        try:
            changes.apply_control(
                by=viewer,
                control=control,
                risk=which,
                part=part,
                side=said["side"],
                from_on=said["from_on"],
            )
        except Invalid as problem:
            blame(form, problem)
        else:
            page = queries.control(viewer, control)
            return _done(request, page, "It is on record what it serves.")
    told = {
        "title": "Say what a control serves",
        "lead": "The same control may serve several risks, and several parts of one.",
        "button": "Save",
    }
    return _form(request, form, told)


@require_http_methods(VERBS)
def end(request: HttpRequest, reference: str) -> HttpResponse:
    """Say that a control serves a risk no longer."""
    viewer = viewer_of(request.user)
    page = queries.control(viewer, reference)
    use = next((each for each in page.row.uses if str(each.id) == request.GET.get("use")), None)
    if use is None:
        raise Missing("There is no such use of a control.")
    if request.method != "POST":
        obey(queries.may_serve(viewer, use.risk))
    form = MoveForm(request.POST or None, label_suffix="", initial={"on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            changes.end_use(by=viewer, use=use.id, on=said["on"], reason=said["reason"])
        except Invalid as problem:
            blame(form, problem)
        else:
            return _done(request, page, f"{page.row.reference} serves {use.risk_label} no longer.")
    of = f"part {use.part} of " if use.part else ""
    told = {
        "title": f"{page.row.label} serves {of}{use.risk_label} no longer",
        "lead": "That it did stays on record.",
        "button": "End it",
        "page": page,
    }
    return _form(request, form, told)


# --- Beneath the pages --------------------------------------------------------------------------------------


def blame(form: Form, problem: Invalid) -> None:
    """Say what is wrong beside the box that it is wrong in, or above all of them."""
    form.add_error(problem.field if problem.field in form.fields else None, problem.sentence)


def _owners(viewer: Actor, others: Refusal | None, standing: UUID | None = None) -> list[PostRow]:
    """The posts that the viewer may give a control to: any, or only those that they hold themselves."""
    posts = [each for each in people.posts(viewer) if each.abolished_on is None or each.id == standing]
    if others is None:
        return posts
    return [each for each in posts if str(each.id) in viewer.posts or each.id == standing]


def _form(request: HttpRequest, form: Form, told: Mapping[str, object]) -> HttpResponse:
    return render(request, "controls/form.html", {"form": form, **told}, status=400 if form.errors else 200)


def _added(request: HttpRequest, viewer: Actor, page: ControlPage) -> HttpResponse:
    """On to what it serves, for whoever may say that; its owner may not, and is not sent there."""
    row = page.row
    if may_begin(viewer):
        return _done(request, page, f"Added {row.label}.")
    messages.success(request, f"Added {row.label}. Now say what it serves.")
    asked = {name: request.GET[name] for name in ("risk", "register") if request.GET.get(name)}
    return redirect(f"{reverse('control-apply')}?{urlencode({'control': row.reference} | asked)}")


def _done(request: HttpRequest, page: ControlPage, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    return redirect("control", page.row.reference)

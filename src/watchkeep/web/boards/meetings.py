"""The pages of one meeting: its agenda with each risk as it stands, what was asked, what was decided."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from watchkeep.apps.people.queries import viewer_of
from watchkeep.apps.people.queries.posts import posts
from watchkeep.apps.reviews import changes, queries
from watchkeep.apps.reviews.queries import ItemRow, MeetingPage, choices, proposals
from watchkeep.domain.errors import Invalid, Missing, Refused
from watchkeep.domain.finding import written
from watchkeep.domain.people import Actor
from watchkeep.web.boards.forms import (
    ChallengeForm,
    CorrectionForm,
    DayForm,
    DecisionForm,
    Form,
    ItemForm,
    NoteForm,
    ReasonForm,
)
from watchkeep.web.boards.layout import Item, brief_of, items_of, meeting_finding
from watchkeep.web.boards.views import blame
from watchkeep.web.components.clock import clock_of
from watchkeep.web.discussion.talk import talk
from watchkeep.web.register.links import risk_link

EDITING = ["GET", "HEAD", "POST"]


@require_safe
def meeting(request: HttpRequest, slug: str, on: str) -> HttpResponse:
    """One meeting: its pack before it, its minutes after it."""
    return _show(request, slug, on)


@require_POST
def put_on(request: HttpRequest, slug: str, on: str) -> HttpResponse:
    """Put a risk, or something else, on the agenda."""
    viewer, page = _asked(request, slug, on)
    form = ItemForm(request.POST, risks=choices(viewer, page.board), prefix="item")
    if form.is_valid():
        said = form.cleaned_data
        try:
            changes.put_on_agenda(
                by=viewer,
                meeting=page.meeting.id,
                version=form.seen,
                purpose=said["purpose"],
                risk=UUID(said["risk"]) if said["risk"] else None,
                title=said["title"],
            )
        except Invalid as problem:
            blame(form, problem)
        else:
            messages.success(request, "It is on the agenda.")
            return redirect(_address(page, "agenda"))
    return _show(request, slug, on, form_item=form)


@require_POST
def hold(request: HttpRequest, slug: str, on: str) -> HttpResponse:
    """Say that the meeting was held."""
    viewer, page = _asked(request, slug, on)
    form = NoteForm(request.POST, prefix="hold")
    if form.is_valid():
        changes.hold_meeting(
            by=viewer, meeting=page.meeting.id, version=form.seen, note=form.cleaned_data["note"]
        )
        messages.success(request, "The meeting is recorded as held.")
        return redirect(_address(page))
    return _show(request, slug, on, hold=form)


@require_POST
def move(request: HttpRequest, slug: str, on: str) -> HttpResponse:
    """Move the meeting to another day."""
    viewer, page = _asked(request, slug, on)
    form = DayForm(request.POST, prefix="move")
    if form.is_valid():
        said = form.cleaned_data
        try:
            changes.move_meeting(
                by=viewer, meeting=page.meeting.id, version=form.seen, on=said["on"], reason=said["reason"]
            )
        except Invalid as problem:
            blame(form, problem)
        else:
            messages.success(request, f"The meeting is moved to {written(said['on'])}.")
            return redirect("meeting", slug, said["on"].isoformat())
    return _show(request, slug, on, move=form)


@require_POST
def cancel(request: HttpRequest, slug: str, on: str) -> HttpResponse:
    """Cancel the meeting, saying why."""
    viewer, page = _asked(request, slug, on)
    form = ReasonForm(request.POST, prefix="cancel")
    if form.is_valid():
        changes.cancel_meeting(
            by=viewer, meeting=page.meeting.id, version=form.seen, reason=form.cleaned_data["reason"]
        )
        messages.success(request, "The meeting is cancelled; it stays to be seen.")
        return redirect(_address(page))
    return _show(request, slug, on, cancel=form)


@require_POST
def move_item(request: HttpRequest, slug: str, on: str, id: UUID) -> HttpResponse:
    """Move an item one place up or down."""
    viewer, page = _asked(request, slug, on)
    changes.move_item(by=viewer, item=id, version=_seen(request), up="up" in request.POST)
    return redirect(_address(page, "agenda"))


@require_POST
def take_off(request: HttpRequest, slug: str, on: str, id: UUID) -> HttpResponse:
    """Take an item off the agenda."""
    viewer, page = _asked(request, slug, on)
    changes.take_off_agenda(by=viewer, item=id, version=_seen(request))
    messages.success(request, "It is off the agenda.")
    return redirect(_address(page, "agenda"))


@require_http_methods(EDITING)
def minute(request: HttpRequest, slug: str, on: str, id: UUID) -> HttpResponse:
    """Minute what was asked of one item; the form for what was decided stands beside it."""
    viewer, page = _asked(request, slug, on)
    row = _item(page, id)
    form = ChallengeForm(request.POST or None, initial=_minuted(row))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            changes.minute_challenge(
                by=viewer, item=id, version=form.seen, challenge=said["challenge"], answer=said["answer"]
            )
        except Invalid as problem:
            blame(form, problem)
        else:
            messages.success(request, "The challenge is minuted.")
            return redirect("minute", slug, on, id)
    return _minute_page(request, viewer, page, row, challenge=form)


@require_POST
def decide(request: HttpRequest, slug: str, on: str, id: UUID) -> HttpResponse:
    """Minute what was decided on one item, and what it gives somebody to do."""
    viewer, page = _asked(request, slug, on)
    row = _item(page, id)
    form = DecisionForm(request.POST, posts=posts(viewer), prefix="decide")
    if form.is_valid():
        try:
            changes.minute_decision(by=viewer, item=id, text=form.cleaned_data["text"], to_do=form.promise())
        except Invalid as problem:
            blame(form, problem)
        else:
            messages.success(request, "The decision is minuted.")
            return redirect("minute", slug, on, id)
    return _minute_page(request, viewer, page, row, decide=form)


@require_http_methods(EDITING)
def correct(request: HttpRequest, slug: str, on: str, id: UUID) -> HttpResponse:
    """Minute a decision anew, saying why."""
    viewer, page = _asked(request, slug, on)
    _must_minute(page)
    found = next((each for row in page.items for each in row.decisions if each.id == id), None)
    if found is None:
        raise Missing("There is no such decision.")
    form = CorrectionForm(request.POST or None, initial={"text": found.text})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        changes.correct_decision(by=viewer, decision=id, text=said["text"], reason=said["reason"])
        messages.success(request, "The minute is corrected; the first words stay beside it.")
        return redirect(_address(page, "agenda"))
    facts = {"form": form, "page": page, "decision": found}
    return render(request, "boards/correct.html", facts, status=400 if form.is_bound else 200)


# --- Beneath the pages --------------------------------------------------------------------------------------


def _show(request: HttpRequest, slug: str, on: str, **sent: Form) -> HttpResponse:
    viewer, page = _asked(request, slug, on)
    clock = clock_of(request)
    facts = {
        "page": page,
        "parts": meeting_finding(page),
        "items": items_of(page),
        "waiting": page.meeting.state == "planned" and page.meeting.on < (clock.day or timezone.localdate()),
        "talk": talk(viewer, "meeting", str(page.meeting.id), back=request.path, clock=clock),
        "wrong": next(iter(sent.values()), None),
    }
    if page.plan_refusal is None:
        facts |= _forms(viewer, page) | sent
    return render(request, "boards/meeting.html", facts, status=400 if sent else 200)


def _forms(viewer: Actor, page: MeetingPage) -> dict[str, object]:
    version = {"version": page.meeting.version}
    on_it = [each.risk.id for each in page.items if each.risk]
    return {
        "form_item": ItemForm(prefix="item", risks=choices(viewer, page.board), initial=version),
        "hold": NoteForm(prefix="hold", initial=version),
        "move": DayForm(prefix="move", initial=version | {"on": page.meeting.on}),
        "cancel": ReasonForm(prefix="cancel", initial=version),
        "proposed": [
            {"row": each, "link": risk_link(each.key, each.register)}
            for each in proposals(viewer, page.board, on_it)
        ],
    }


def _minute_page(
    request: HttpRequest,
    viewer: Actor,
    page: MeetingPage,
    row: ItemRow,
    challenge: Form | None = None,
    decide: Form | None = None,
) -> HttpResponse:
    _must_minute(page)
    sent = [each for each in (challenge, decide) if each is not None and each.is_bound]
    facts = {
        "page": page,
        "item": Item(row, brief_of(row.risk) if row.risk else None, first=False, last=False),
        "challenge": challenge or ChallengeForm(initial=_minuted(row)),
        "decide": decide or DecisionForm(posts=posts(viewer), prefix="decide"),
        "wrong": next(iter(sent), None),
    }
    return render(request, "boards/minute.html", facts, status=400 if sent else 200)


def _must_minute(page: MeetingPage) -> None:
    if page.minute_refusal:
        raise Refused(page.minute_refusal.sentence)


def _minuted(row: ItemRow) -> dict[str, object]:
    said = row.minute
    return {
        "challenge": said.challenge if said else "",
        "answer": said.answer if said else "",
        "version": row.version,
    }


def _asked(request: HttpRequest, slug: str, on: str) -> tuple[Actor, MeetingPage]:
    viewer = viewer_of(request.user)
    try:
        day = date.fromisoformat(on)
    except ValueError:
        queries.board(viewer, slug)  # one that the viewer may not see answers as one that is not there
        raise Missing("There is no such meeting.") from None
    return viewer, queries.meeting(viewer, slug, day, clock_of(request))


def _item(page: MeetingPage, id: UUID) -> ItemRow:
    found = next((each for each in page.items if each.id == id and not each.hidden), None)
    if found is None:
        raise Missing("There is no such item.")
    return found


def _address(page: MeetingPage, part: str = "") -> str:
    address = reverse("meeting", args=[page.board.slug, page.meeting.on.isoformat()])
    return f"{address}#{part}" if part else address


def _seen(request: HttpRequest) -> int:
    """The version that was looked at, as a button carries it."""
    form = Form(request.POST)
    return form.seen if form.is_valid() else 0

"""The pages of boards: which meet when, one board, and what is said of it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from watchkeep.apps.people.queries import viewer_of
from watchkeep.apps.people.queries.posts import posts
from watchkeep.apps.people.queries.units import units
from watchkeep.apps.reviews import changes, queries
from watchkeep.apps.reviews.queries import BoardRow, decisions, meeting_lines
from watchkeep.domain.errors import Invalid, Refused
from watchkeep.domain.finding import written
from watchkeep.domain.people import Actor, may, must
from watchkeep.formats.writers.table import to_csv
from watchkeep.jobs.tables import decisions as decided
from watchkeep.web.boards.forms import BoardForm, DayForm, Form, OpenForm, SeatForm
from watchkeep.web.boards.layout import finding, one_finding, row_of
from watchkeep.web.components.clock import clock_of
from watchkeep.web.discussion.talk import talk
from watchkeep.web.files import download

EDITING = ["GET", "HEAD", "POST"]


@require_safe
def boards(request: HttpRequest) -> HttpResponse:
    """Which boards there are, when they meet, and which missed a meeting."""
    viewer, clock = viewer_of(request.user), clock_of(request)
    rows = queries.boards(viewer, clock)
    facts = {
        "parts": finding(rows),
        "rows": [row_of(each) for each in rows if each.stood_down_on is None],
        "gone": [each for each in rows if each.stood_down_on is not None],
        "may_open": may(viewer, "run boards") is None,
    }
    return render(request, "boards/page.html", facts)


@require_http_methods(EDITING)
def open_board(request: HttpRequest) -> HttpResponse:
    """Open a board."""
    viewer = viewer_of(request.user)
    must(viewer, "run boards")
    form = OpenForm(request.POST or None, units=units(viewer), initial={"every": 3})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            made = changes.open_board(
                by=viewer,
                name=said["name"],
                terms=said["terms"],
                cadence=form.cadence(),
                unit=UUID(said["unit"]) if said["unit"] else None,
                opened_on=said["opened_on"],
            )
        except Invalid as problem:
            blame(form, problem)
        else:
            row = queries.board(viewer, made)
            messages.success(request, f"{row.name} is opened. Say who sits on it, and plan its next meeting.")
            return redirect("board", row.slug)
    facts = {"form": form, "title": "Open a board", "button": "Open it", "board": None}
    return render(request, "boards/edit.html", facts, status=400 if form.is_bound else 200)


@require_safe
def board(request: HttpRequest, slug: str) -> HttpResponse:
    """One board: what it is for, who sits on it, when it meets, what it decided."""
    return _page(request, slug)


@require_http_methods(EDITING)
def amend(request: HttpRequest, slug: str) -> HttpResponse:
    """Say anew what a board is."""
    viewer = viewer_of(request.user)
    row = queries.board(viewer, slug)
    if row.refusal:
        raise Refused(row.refusal.sentence)
    standing = {
        "name": row.name,
        "terms": row.terms,
        "every": row.cadence.months or row.cadence.weeks,
        "of": "weeks" if row.cadence.weeks else "months",
        "version": row.version,
    }
    form = BoardForm(request.POST or None, initial=standing)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            changes.amend_board(
                by=viewer,
                board=row.id,
                version=form.seen,
                name=said["name"],
                terms=said["terms"],
                cadence=form.cadence(),
            )
        except Invalid as problem:
            blame(form, problem)
        else:
            messages.success(
                request, "The board is changed; what was said of it before stays in the history."
            )
            return redirect("board", row.slug)
    facts = {"form": form, "title": f"Change {row.name}", "button": "Save", "board": row}
    return render(request, "boards/edit.html", facts, status=400 if form.is_bound else 200)


@require_POST
def stand_down(request: HttpRequest, slug: str) -> HttpResponse:
    """Stand a board down, saying why."""
    viewer = viewer_of(request.user)
    row = queries.board(viewer, slug)
    form = DayForm(request.POST, prefix="down")
    if form.is_valid():
        try:
            changes.stand_down_board(
                by=viewer,
                board=row.id,
                version=form.seen,
                on=form.cleaned_data["on"],
                reason=form.cleaned_data["reason"],
            )
        except Invalid as problem:
            blame(form, problem)
        else:
            messages.success(request, f"{row.name} stands down; what it asked and decided stays.")
            return redirect("board", row.slug)
    return _page(request, slug, down=form)


@require_POST
def seat(request: HttpRequest, slug: str) -> HttpResponse:
    """Seat a post on a board."""
    viewer = viewer_of(request.user)
    row = queries.board(viewer, slug)
    form = SeatForm(request.POST, posts=posts(viewer), prefix="seat")
    if form.is_valid():
        said = form.cleaned_data
        try:
            changes.seat(
                by=viewer, board=row.id, post=UUID(said["post"]), role=said["role"], from_on=said["from_on"]
            )
        except Invalid as problem:
            blame(form, problem)
        else:
            messages.success(request, "The seat is taken.")
            return redirect("board", row.slug)
    return _page(request, slug, seat=form)


@require_POST
def end_seat(request: HttpRequest, slug: str, id: UUID) -> HttpResponse:
    """End a seat from today."""
    viewer = viewer_of(request.user)
    row = queries.board(viewer, slug)
    changes.end_seat(by=viewer, seat=id, on=timezone.localdate())
    messages.success(request, "The seat is ended from today; that the post sat there stays.")
    return redirect("board", row.slug)


@require_POST
def plan(request: HttpRequest, slug: str) -> HttpResponse:
    """Plan a meeting of a board."""
    viewer = viewer_of(request.user)
    row = queries.board(viewer, slug)
    form = DayForm(request.POST, prefix="plan")
    if form.is_valid():
        on = form.cleaned_data["on"]
        try:
            changes.plan_meeting(by=viewer, board=row.id, on=on)
        except Invalid as problem:
            blame(form, problem)
        else:
            messages.success(
                request, f"The meeting of {written(on)} is planned. Put on its agenda what belongs there."
            )
            return redirect("meeting", row.slug, on.isoformat())
    return _page(request, slug, plan=form)


@require_safe
def export(request: HttpRequest, slug: str = "") -> HttpResponse:
    """What one board, or every board, decided, as a table: the rows that the pages show."""
    viewer, clock = viewer_of(request.user), clock_of(request)
    if slug:
        queries.board(viewer, slug, clock)
    found = decided.table(viewer, clock, board=slug)
    return download(
        to_csv(found.heading, found.rows), "text/csv; charset=utf-8", f"{slug or 'boards'}-decisions.csv"
    )


# --- Beneath the pages --------------------------------------------------------------------------------------


def _page(request: HttpRequest, slug: str, **sent: Form) -> HttpResponse:
    """The board's page; with a form that was sent and could not be taken, that form as it was sent."""
    viewer, clock = viewer_of(request.user), clock_of(request)
    row = queries.board(viewer, slug, clock)
    facts = {
        "board": row,
        "parts": one_finding(row),
        "decisions": decisions(viewer, slug, clock),
        "lines": meeting_lines(viewer, row.id, clock),
        "talk": talk(viewer, "board", str(row.id), back=request.path, clock=clock),
        "wrong": next(iter(sent.values()), None),
    }
    if row.refusal is None:
        facts |= _forms(viewer, row) | sent
    return render(request, "boards/board.html", facts, status=400 if sent else 200)


def _forms(viewer: Actor, row: BoardRow) -> dict[str, Form]:
    today = timezone.localdate()
    ahead = next((each.on for each in row.rhythm.ahead if not each.planned), None)
    return {
        "plan": DayForm(prefix="plan", initial={"on": ahead}),
        "seat": SeatForm(prefix="seat", posts=posts(viewer), initial={"from_on": today}),
        "down": DayForm(prefix="down", initial={"on": today, "version": row.version}),
    }


def blame(form: Form, problem: Invalid) -> None:
    """Put what is wrong beside the box that it is about."""
    form.add_error(problem.field if problem.field in form.fields else None, problem.sentence)

"""The pages of a quarter's review."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from watchkeep.apps.people.queries import viewer_of
from watchkeep.apps.register import queries as registers
from watchkeep.apps.reviews.changes import cycles as cycle_changes
from watchkeep.apps.reviews.changes import steps
from watchkeep.apps.reviews.queries import cycles, reviewing
from watchkeep.apps.reviews.queries.reviewing import ReviewPage
from watchkeep.apps.scrutiny.queries import findings_of
from watchkeep.domain.errors import Invalid, Missing, Refused
from watchkeep.domain.people import Actor, may
from watchkeep.web.components.clock import clock_of
from watchkeep.web.review.forms import OpeningForm, OverrideForm, RollForm, SignForm, StepForm, UpdateForm
from watchkeep.web.review.links import cycle_link, review_link
from watchkeep.web.review.sheet import shown


@require_safe
def reviews(request: HttpRequest) -> HttpResponse:
    """Every quarter's review that the viewer may read, what waits for them first."""
    viewer, clock = viewer_of(request.user), clock_of(request)
    facts = {
        "cycles": [{"row": each, "link": cycle_link(each)} for each in cycles.cycles(viewer, clock)],
        "yours": [
            {"row": row, "cycle": cycle, "link": review_link(cycle, row.key)}
            for cycle, row in (() if clock.past else cycles.asked_of(viewer))
        ],
        "runs": may(viewer, "run the review") is None,
    }
    return render(request, "review/page.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
def open_review(request: HttpRequest) -> HttpResponse:
    """Open the review of a quarter."""
    viewer = viewer_of(request.user)
    openings = cycles.openings(viewer)
    asked = next((each for each in openings if request.GET.get("register") == each.slug), None)
    first = asked or next((each for each in openings if each.refusal is None), None)
    if request.method != "POST":
        form = OpeningForm(openings=openings, initial=_begun(first))
        return render(request, "review/open.html", {"form": form, "openings": openings})
    form = OpeningForm(request.POST, openings=openings)
    if form.is_valid():
        said = form.cleaned_data
        try:
            cycle_changes.open_cycle(
                by=viewer,
                register=UUID(said["register"]),
                period=said["period"],
                opened_on=said["opened_on"],
                days=form.days(),
            )
        except (Invalid, Refused) as problem:
            form.add_error(_box_of(form, problem, "period"), problem.sentence)
        else:
            messages.success(request, "The review is open: every owner is asked.")
            row = next(each for each in cycles.cycles(viewer) if str(each.register) == said["register"])
            return redirect(cycle_link(row))
    return render(request, "review/open.html", {"form": form, "openings": openings}, status=400)


@require_safe
def cycle(request: HttpRequest, register: str, period: str) -> HttpResponse:
    """A quarter's review: what is asked of the viewer first, then everything, with what is late."""
    viewer, clock = viewer_of(request.user), clock_of(request)
    page = cycles.cycle(viewer, register, period, clock)
    rows = [{"row": each, "link": review_link(page.row, each.key)} for each in page.reviews]
    facts = {
        "page": page,
        "rows": rows,
        "yours": [each for each in rows if each["row"] in page.yours],
        "runs": page.not_run is None and page.row.open and not clock.past,
    }
    return render(request, "review/cycle.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, register: str, period: str, key: str) -> HttpResponse:
    """One risk's review: what moved or went stale on top, last quarter's words beside each box."""
    viewer, clock = viewer_of(request.user), clock_of(request)
    page = reviewing.review(viewer, register, period, key, clock)
    if request.method != "POST":
        return _page(request, page)
    form = UpdateForm(request.POST, page=page)
    if not form.is_valid():
        return _page(request, page, {"update": form}, status=400)
    said = form.cleaned_data
    try:
        steps.update_review(
            by=viewer,
            review=page.row.id,
            version=said["version"],
            risk_version=said["risk_version"],
            words=form.words(),
            rating=form.new_rating(),
            note=said["note"],
            on=timezone.localdate(),
        )
    except Invalid as problem:
        form.add_error(_box_of(form, problem, "note"), problem.sentence)
        return _page(request, page, {"update": form}, status=400)
    messages.success(request, f"{page.row.label} is updated for {page.cycle.period}.")
    return redirect(review_link(page.cycle, key))


@require_POST
def step(request: HttpRequest, register: str, period: str, step: str) -> HttpResponse:
    """Take one step in a risk's review: confirm, challenge, answer, send back, sign off, say its trend."""
    viewer = viewer_of(request.user)
    taken = STEPS.get(step)
    if taken is None:
        raise Missing("There is no such step in a review.")
    page = reviewing.review(viewer, register, period, request.GET.get("risk", ""))
    form = taken.form(request.POST, needed=taken.needs_words)
    if not form.is_valid():
        return _page(request, page, {step: form}, status=400)
    try:
        taken.take(viewer, page, form)
    except Invalid as problem:
        form.add_error(problem.field if problem.field in form.fields else "text", problem.sentence)
        return _page(request, page, {step: form}, status=400)
    messages.success(request, taken.said.format(risk=page.row.label))
    return redirect(review_link(page.cycle, page.row.key))


@require_http_methods(["GET", "HEAD", "POST"])
def roll_forward(request: HttpRequest, register: str, period: str) -> HttpResponse:
    """Close the quarter, carrying over by name and reason what is still open."""
    viewer = viewer_of(request.user)
    page = cycles.cycle(viewer, register, period)
    form = RollForm(request.POST if request.method == "POST" else None, page=page)
    if request.method == "POST" and form.is_valid():
        try:
            cycle_changes.roll_forward(
                by=viewer,
                cycle=page.row.id,
                version=form.cleaned_data["version"],
                carried=form.reasons(),
                on=timezone.localdate(),
            )
        except Refused as problem:
            form.add_error(None, problem.sentence)
        else:
            messages.success(request, f"{page.row.period} is rolled forward: each risk carries its trend.")
            return redirect(cycle_link(page.row))
    facts = {"page": page, "form": form, "link": cycle_link(page.row)}
    return render(request, "review/roll.html", facts, status=400 if form.errors else 200)


# --- The steps ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Taken:
    """How one step is sent, taken and told."""

    take: Callable[[Actor, ReviewPage, StepForm], None]
    said: str
    needs_words: bool = True
    form: type[StepForm] = StepForm


def _speak(change: Callable[..., None], words: str = "text") -> Callable[[Actor, ReviewPage, StepForm], None]:
    def take(by: Actor, page: ReviewPage, form: StepForm) -> None:
        said = form.cleaned_data
        told = {words: said["text"]}
        change(by=by, review=page.row.id, version=said["version"], on=timezone.localdate(), **told)

    return take


def _look(change: Callable[..., None]) -> Callable[[Actor, ReviewPage, StepForm], None]:
    def take(by: Actor, page: ReviewPage, form: StepForm) -> None:
        said = form.cleaned_data
        change(
            by=by,
            review=page.row.id,
            version=said["version"],
            risk_version=said["risk_version"],
            note=said["text"],
            on=timezone.localdate(),
        )

    return take


def _sign(by: Actor, page: ReviewPage, form: StepForm) -> None:
    said = form.cleaned_data
    steps.sign_review(
        by=by,
        review=page.row.id,
        version=said["version"],
        risk_version=said["risk_version"],
        note=said["text"],
        next_review=said.get("next_review"),
        on=timezone.localdate(),
    )


def _override(by: Actor, page: ReviewPage, form: StepForm) -> None:
    if isinstance(form, OverrideForm):
        said = form.cleaned_data
        steps.override_trend(
            by=by,
            review=page.row.id,
            version=said["version"],
            movement=form.way(),
            reason=said["text"],
            on=timezone.localdate(),
        )


STEPS = {
    "confirm": Taken(_look(steps.confirm_review), "{risk} is confirmed: it stands as it is.", False),
    "challenge": Taken(
        _speak(steps.challenge_review), "Your challenge stands; the owner is asked to answer."
    ),
    "answer": Taken(_speak(steps.answer_challenge), "Your answer stands beside the challenge."),
    "return": Taken(_speak(steps.return_review, "reason"), "{risk} is sent back to its owner."),
    "sign": Taken(_sign, "{risk} is signed off.", False, SignForm),
    "override": Taken(
        _override, "The trend of {risk} is as you say; the evidence stays beside.", True, OverrideForm
    ),
}


# --- Beneath the pages --------------------------------------------------------------------------------------


def _page(
    request: HttpRequest, page: ReviewPage, bound: dict[str, object] | None = None, status: int = 200
) -> HttpResponse:
    facts = shown(page, bound or {}) | {"found": _found(viewer_of(request.user), page)}
    return render(request, "review/review.html", facts, status=status)


def _found(viewer: Actor, page: ReviewPage) -> int:
    """How much is found in the risk's words that nobody has answered, for who is about to update it."""
    if page.refusals["update"]:
        return 0
    risk = registers.risk(viewer, page.cycle.register_slug, page.row.key)
    return sum(each.open for each in findings_of(viewer, risk))


def _begun(opening: cycles.Opening | None) -> dict[str, object]:
    if opening is None:
        return {}
    days = opening.days
    return {
        "register": str(opening.register),
        "period": opening.period,
        "opened_on": timezone.localdate(),
        "update_by": days.update_by,
        "challenge_by": days.challenge_by,
        "sign_by": days.sign_by,
    }


def _box_of(form: OpeningForm | UpdateForm, problem: Invalid | Refused, otherwise: str) -> str:
    field = "impact_level" if getattr(problem, "field", "") == "impact" else getattr(problem, "field", "")
    return field if field in form.fields else otherwise

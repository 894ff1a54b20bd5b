"""The pages of sorting: the lines of one risk, and what is left in every register."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from watchkeep.apps.people import queries as people
from watchkeep.apps.people.queries import viewer_of
from watchkeep.apps.register import queries as registers
from watchkeep.apps.reviews import queries as reviews
from watchkeep.apps.treatment import changes, queries
from watchkeep.apps.treatment.changes import Sorting
from watchkeep.apps.treatment.queries import SortedRow, SortingPage
from watchkeep.domain.errors import Invalid, Missing, Stale
from watchkeep.domain.people import Actor, may
from watchkeep.domain.sorting import SORTS
from watchkeep.web.components.clock import clock_of
from watchkeep.web.promises.rows import promise_link
from watchkeep.web.register.links import risk_link
from watchkeep.web.sorting.forms import LineForm


@require_safe
def sorting(request: HttpRequest) -> HttpResponse:
    """Every risk that has lines, those with most left first."""
    viewer = viewer_of(request.user)
    rows = queries.left_to_sort(viewer, clock_of(request))
    facts = {
        "rows": [(each, sort_link(each.risk_key, each.register)) for each in rows],
        "lines": sum(each.lines for each in rows),
        "left": sum(each.left for each in rows),
        "risks_left": sum(each.left > 0 for each in rows),
        "several": len({each.register for each in rows}) > 1,
    }
    return render(request, "sorting/page.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
def sort_risk(request: HttpRequest, key: str) -> HttpResponse:
    """The lines of one risk, each with what it most likely is; several may be answered at once."""
    viewer = viewer_of(request.user)
    page = queries.lines_of(viewer, _risk(viewer, key, request.GET.get("register", "")), clock_of(request))
    again = "again" in request.GET
    forms = _forms(viewer, page, request, again=again)
    if request.method == "POST":
        wrong = [each for each in forms if not each.is_valid()]  # every one is asked, not only the first
        if not wrong:
            take = request.POST.get("take") == "suggestions"
            said = [one for each in forms if (one := each.sorting(take_suggestion=take))]
            problem = _record(viewer, page, said)
            if not problem:
                messages.success(request, _told(said))
                return redirect(sort_link(page.risk_key, page.register))
            return _shown(request, viewer, page, forms, again=again, problem=problem)
    return _shown(request, viewer, page, forms, again=again)


def sort_link(key: str, register: str = "") -> str:
    """The address where the lines of a risk are sorted."""
    query = f"?{urlencode({'register': register})}" if register else ""
    return reverse("sort-risk", args=[key]) + query


def _shown(
    request: HttpRequest,
    viewer: Actor,
    page: SortingPage,
    forms: Sequence[LineForm],
    *,
    again: bool,
    problem: str = "",
) -> HttpResponse:
    wrong = [form for form in forms if form.errors]
    facts: dict[str, Any] = {
        "page": page,
        "risk_link": risk_link(page.risk_key, page.register),
        "forms": forms if _may(viewer, page) else (),
        "lines": page.left,
        "answers": [(each, _kept(each.answer)) for each in page.lines if each.answer],
        "again": again,
        "again_link": f"{sort_link(page.risk_key, page.register)}&again",
        "problem": problem,
        "wrong": wrong,
        "sorts": SORTS.items(),
        "kept": [
            *((each.reference, each.name) for each in queries.controls(viewer)),
            *((each.reference, each.title) for each in queries.commitments(viewer)),
        ],
    }
    return render(request, "sorting/risk.html", facts, status=400 if wrong or problem else 200)


def _may(viewer: Actor, page: SortingPage) -> bool:
    """Whether the form is worth showing; the change asks again, of this very risk."""
    return may(viewer, "change controls") is None or may(viewer, "answer for own risks") is None


def _forms(viewer: Actor, page: SortingPage, request: HttpRequest, *, again: bool) -> list[LineForm]:
    posts = [(str(each.id), each.title) for each in people.posts(viewer) if each.abolished_on is None]
    boards = [(str(each.id), each.name) for each in reviews.boards(viewer)]
    lines = page.lines if again else page.left
    data = request.POST if request.method == "POST" else None
    return [LineForm(data, line=each, posts=posts, boards=boards) for each in lines]


def _record(viewer: Actor, page: SortingPage, said: list[Sorting]) -> str:
    """Record it all, or say why not: the page then still has all that was sent."""
    if not said:
        return "Nothing was chosen. Say of at least one line what it is."
    try:
        boards = {each.id for each in reviews.boards(viewer)}
        changes.sort_lines(by=viewer, risk=page.risk, sortings=said, boards=boards)
    except (Invalid, Stale) as problem:
        return problem.sentence
    return ""


def _told(said: list[Sorting]) -> str:
    return f"{len(said)} {'line is' if len(said) == 1 else 'lines are'} sorted."


def _kept(answer: SortedRow | None) -> str:
    """Where the thing that a line became is looked at."""
    if answer is None or not answer.reference:
        return ""
    return promise_link(answer.reference) if answer.commitment else _control_link(answer.reference)


def _control_link(reference: str) -> str:
    return reverse("control", args=[reference])


def _risk(viewer: Actor, key: str, register: str) -> Any:
    """The one risk of this key that the viewer may see."""
    found = [each for each in registers.registers_with(viewer, key) if register in ("", each.slug)]
    if not found:
        raise Missing("There is no such risk.")
    return registers.risk(viewer, found[0].slug, key).id

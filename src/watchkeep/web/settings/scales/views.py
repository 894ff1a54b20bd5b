"""The pages of scales."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from watchkeep.apps.people.queries import viewer_of
from watchkeep.apps.register import changes, queries
from watchkeep.apps.register.queries import ScalePage
from watchkeep.domain.errors import Invalid, Missing
from watchkeep.domain.matrix import Graded
from watchkeep.domain.people import Actor, may
from watchkeep.domain.rescaling import differences, steps_changed
from watchkeep.domain.scale import shade
from watchkeep.web.components.tags import day
from watchkeep.web.settings.asking import Question, ask
from watchkeep.web.settings.scales.forms import FIELDS, MatrixForm, StepsForm, UseForm, named_only, written

NEXT_VERSION = "The old version stays, and so does everything that was rated on it."
FIRST_VERSION = (
    "Bands alone are enough. With levels of likelihood and impact you are asked which band each two make."
)
ASKS = require_http_methods(["GET", "HEAD", "POST"])


@dataclass(frozen=True, slots=True)
class Drawn:
    """A scale as it is drawn: bands with their steps, and the matrix with the gravest likelihood on top."""

    scale: Graded
    bands: tuple[tuple[str, str, int], ...]  # name, meaning, tint
    rows: tuple[tuple[str, tuple[tuple[str, int], ...]], ...]


def drawn(scale: Graded) -> Drawn:
    """Lay a scale out for its page."""
    shown = scale.as_document("")
    tints = {step.name: shade(shown, step.name) or 0 for step in scale.bands}
    return Drawn(
        scale,
        tuple((step.name, step.meaning, tints[step.name]) for step in reversed(scale.bands)),
        tuple(
            (
                likelihood.name,
                tuple((scale.bands[rank - 1].name, tints[scale.bands[rank - 1].name]) for rank in ranks),
            )
            for likelihood, ranks in reversed(list(zip(scale.likelihood, scale.matrix, strict=True)))
        ),
    )


@require_safe
def scales(request: HttpRequest) -> HttpResponse:
    """Every scale of the body, and which registers use which."""
    viewer = viewer_of(request.user)
    rows = queries.scales(viewer)
    names = {each.id: each.name for each in rows}
    facts = {
        "scales": rows,
        "registers": [
            (each, names[each.family] if each.family else "") for each in queries.register_scales(viewer)
        ],
        "may_set": _may_set(viewer),
    }
    return render(request, "settings/scales/page.html", facts)


@require_safe
def scale(request: HttpRequest, id: UUID) -> HttpResponse:
    """One scale: what it says, and every version before."""
    viewer = viewer_of(request.user)
    page = queries.scale(viewer, id)
    older = page.versions[1:]
    facts = {
        "page": page,
        "latest": drawn(page.latest.scale),
        "versions": [
            (each, drawn(each.scale), differences(before.scale, each.scale) if before else ())
            for each, before in zip(page.versions, (*older, None), strict=True)
        ],
        "may_set": _may_set(viewer),
    }
    return render(request, "settings/scales/scale.html", facts)


@ASKS
def new_scale(request: HttpRequest) -> HttpResponse:
    """Set a scale of a new name."""
    return _set(request, None)


@ASKS
def change_scale(request: HttpRequest, id: UUID) -> HttpResponse:
    """Give a scale a new version; what was assessed before keeps the old one."""
    return _set(request, queries.scale(viewer_of(request.user), id))


@ASKS
def use_scale(request: HttpRequest, id: UUID) -> HttpResponse:
    """Say on which scale a register is assessed from now on."""
    viewer = viewer_of(request.user)
    row = next((each for each in queries.register_scales(viewer) if each.register == id), None)
    if row is None:
        raise Missing("There is no such register.")
    form = UseForm(
        request.POST or None,
        scales=queries.scales(viewer),
        initial={"family": row.family or "", "version": row.version},
    )

    def change(said: dict[str, Any]) -> str:
        family = UUID(said["family"]) if said["family"] else None
        changes.use_scale(
            by=viewer, register=id, version=said["version"], family=family, reason=said["reason"]
        )
        return f"{row.name} is assessed on it from now on; what was rated before keeps its own scale."

    question = Question(
        f"Scale of {row.name}",
        "Use it",
        reverse("scales"),
        "Scales",
        "Ratings from now on are given on this scale. Nothing that was rated before is changed: it is read "
        "on the new scale only beside what was said then.",
    )
    return ask(request, question, form, change)


# --- Beneath the pages --------------------------------------------------------------------------------------


def _set(request: HttpRequest, page: ScalePage | None) -> HttpResponse:
    """The steps first; then, where there is a matrix or a lost name, the second question."""
    viewer = viewer_of(request.user)
    before = page.latest.scale if page else None
    steps = StepsForm(request.POST or None, page=page, initial=_initial(page))
    if not (steps.is_bound and steps.is_valid()):
        return _ask_steps(request, page, steps)
    settled = request.POST if "settled" in request.POST else None
    matrix = MatrixForm(settled, steps=steps.steps(), before=before)
    if matrix.needed and not (matrix.is_bound and matrix.is_valid()):
        return _ask_matrix(request, page, steps, matrix)
    said = steps.cleaned_data
    try:
        which = changes.set_scale(
            by=viewer,
            name=said.get("name", ""),
            scale=matrix.graded(),
            effective_on=said["effective_on"],
            family=page.id if page else None,
            version=said["version"] or 0,
            counterparts=matrix.counterparts() if page else None,
            reason=said["reason"],
        )
    except Invalid as problem:
        return _told(request, page, steps, matrix, problem)
    messages.success(request, _done(page, said))
    return redirect("scale", id=which)


def _told(
    request: HttpRequest, page: ScalePage | None, steps: StepsForm, matrix: MatrixForm, problem: Invalid
) -> HttpResponse:
    """Show what is wrong on the page whose box it is in."""
    if problem.field in ("matrix", "why_it_falls", "counterparts") and matrix.needed:
        matrix.add_error(problem.field if problem.field in matrix.fields else None, problem.sentence)
        return _ask_matrix(request, page, steps, matrix)
    field = FIELDS.get(problem.field, problem.field)
    steps.add_error(field if field in steps.fields else None, problem.sentence)
    return _ask_steps(request, page, steps)


def _done(page: ScalePage | None, said: dict[str, Any]) -> str:
    if page is None:
        return f"{said['name']} is set. Say which registers use it."
    return (
        f"{page.name} has a new version from {day(said['effective_on'])}. What was rated before stays on the "
        "version that it was rated on."
    )


def _ask_steps(request: HttpRequest, page: ScalePage | None, form: StepsForm) -> HttpResponse:
    facts = {
        "form": form,
        "title": f"A new version of {page.name}" if page else "Set a scale",
        "button": "Continue",
        "back": reverse("scale", args=[page.id]) if page else reverse("scales"),
        "back_to": page.name if page else "Scales",
        "lead": NEXT_VERSION if page else FIRST_VERSION,
    }
    return render(request, "settings/form.html", facts, status=400 if form.errors else 200)


def _ask_matrix(
    request: HttpRequest, page: ScalePage | None, steps: StepsForm, matrix: MatrixForm
) -> HttpResponse:
    facts = {
        "page": page,
        "matrix": matrix,
        "carried": [(name, value) for name, value in request.POST.items() if name in steps.fields],
        "title": f"A new version of {page.name}" if page else f"The matrix of {steps.cleaned_data['name']}",
        "changes": steps_changed(page.latest.scale, named_only(matrix.steps)) if page else (),
        "back": reverse("scale", args=[page.id]) if page else reverse("scales"),
    }
    return render(request, "settings/scales/matrix.html", facts, status=400 if matrix.errors else 200)


def _initial(page: ScalePage | None) -> dict[str, Any]:
    if page is None:
        return {"version": 0}
    scale = page.latest.scale
    return {
        "bands": written(scale.bands),
        "likelihood": written(scale.likelihood),
        "impact": written(scale.impact),
        "version": page.version,
    }


def _may_set(viewer: Actor) -> bool:
    return may(viewer, "change risks", queries.WHOLE_BODY) is None

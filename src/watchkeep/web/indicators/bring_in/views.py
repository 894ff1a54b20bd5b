"""The pages of a file of readings."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from watchkeep.apps.indicators.changes import loads as changes
from watchkeep.apps.indicators.queries import loads as queries
from watchkeep.apps.people.queries import viewer_of
from watchkeep.domain.errors import Unreadable
from watchkeep.formats.readings import written
from watchkeep.jobs import loading
from watchkeep.web.files import store
from watchkeep.web.indicators.bring_in.forms import FileForm, MapForm

SHOWN = 100  # bad rows on the page; all of them are counted


@require_http_methods(["GET", "HEAD", "POST"])
def readings(request: HttpRequest) -> HttpResponse:
    """The upload form, and the files that came before."""
    viewer = viewer_of(request.user)
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file, indicator = form.cleaned_data["file"], form.cleaned_data["indicator"].strip().upper()
        try:
            brought = loading.bring(viewer, store(), file.read(), file.name, indicator=indicator)
        except Unreadable as problem:
            form.add_error("file", problem.sentence)
        else:
            return redirect("readings-file", queries.load_of(viewer, brought).number)
    facts = {"form": form, "loads": queries.loads(viewer)}
    return render(request, "indicators/bring_in/page.html", facts, status=400 if form.is_bound else 200)


@require_safe
def readings_file(request: HttpRequest, number: int) -> HttpResponse:
    """One file: what would come of it, or what became of it."""
    viewer = viewer_of(request.user)
    row = queries.load(viewer, number)
    if row.state != "waiting":
        return render(request, "indicators/bring_in/decided.html", {"load": row})
    looked = loading.looked_at(viewer, store(), row)
    return _waiting(request, looked, MapForm.of(looked))


@require_POST
def readings_map(request: HttpRequest, number: int) -> HttpResponse:
    """Say which column is what."""
    viewer = viewer_of(request.user)
    looked = loading.looked_at(viewer, store(), queries.load(viewer, number))
    form = MapForm(request.POST, looked=looked)
    if not form.is_valid():
        return _waiting(request, looked, form)
    sheet = form.cleaned_data.get("sheet") or looked.load.sheet
    turned = sheet != looked.grid.sheet and bool(form.cleaned_data.get("sheet"))
    mapping = (
        loading.turned_to(viewer, store(), looked.load, sheet) if turned else written(form.mapping(looked))
    )
    changes.remap_load(
        by=viewer,
        load=looked.load.id,
        version=form.cleaned_data["version"],
        mapping=mapping,
        indicator=form.cleaned_data["indicator"].strip().upper(),
        sheet=sheet,
    )
    return redirect("readings-file", number)


@require_POST
def readings_take(request: HttpRequest, number: int) -> HttpResponse:
    """Record the good rows."""
    viewer = viewer_of(request.user)
    looked = loading.looked_at(viewer, store(), queries.load(viewer, number))
    taken = loading.take(
        viewer,
        looked,
        version=_version(request),
        without_bad=request.POST.get("without_bad") == "yes",
        reason=request.POST.get("reason", "")[:2000],
    )
    messages.success(
        request, f"Recorded {taken.added}, corrected {taken.corrected}; {taken.unchanged} stood already."
    )
    return redirect("readings-file", number)


@require_POST
def readings_drop(request: HttpRequest, number: int) -> HttpResponse:
    """Drop the whole file."""
    viewer = viewer_of(request.user)
    row = queries.load(viewer, number)
    changes.drop_load(by=viewer, load=row.id, version=_version(request))
    messages.success(request, f"{row.name} is dropped: none of it counts.")
    return redirect("readings-file", number)


def _version(request: HttpRequest) -> int:
    said = request.POST.get("version", "")
    return int(said) if said.isdecimal() and len(said) < 10 else 0


def _waiting(request: HttpRequest, looked: loading.Looked, form: MapForm) -> HttpResponse:
    facts = {
        "load": looked.load,
        "looked": looked,
        "bad": looked.sorted.bad[:SHOWN],
        "more": max(0, len(looked.sorted.bad) - SHOWN),
        "form": form,
    }
    return render(request, "indicators/bring_in/file.html", facts, status=400 if form.is_bound else 200)

"""The pages of papers."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from watchkeep.apps.people.queries import viewer_of
from watchkeep.apps.publication import changes, queries
from watchkeep.apps.publication.queries import EditionRow
from watchkeep.apps.register import queries as register_queries
from watchkeep.domain.edition import AUDIENCES, Edition
from watchkeep.domain.errors import Missing
from watchkeep.domain.people import Actor, may
from watchkeep.domain.redaction import for_audience
from watchkeep.formats.writers import KINDS, MEDIA_TYPES, ending, write
from watchkeep.web.components.clock import clock_of
from watchkeep.web.files import download, paper, store
from watchkeep.web.papers.forms import PaperForm, WithdrawForm


@require_safe
def papers(request: HttpRequest) -> HttpResponse:
    """Every edition that the viewer may see, and the form for a new one."""
    viewer, clock = viewer_of(request.user), clock_of(request)
    refusal = may(viewer, "publish papers")
    registers = register_queries.registers(viewer, clock)
    return render(
        request,
        "papers/page.html",
        {
            "form": None if refusal else PaperForm(registers=registers),
            "ready": any(each.risks for each in registers),
            "editions": [_shown(each) for each in queries.editions(viewer, clock=clock)],
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: HttpRequest) -> HttpResponse:
    """The paper as it would be frozen now, as a web page. Sent as a form, it first sheds the form's token."""
    viewer = viewer_of(request.user)
    if request.method == "POST":
        asked = {name: request.POST.get(name, "") for name in ("register", "audience", "title", "marking")}
        return redirect(f"{reverse('preview')}?{urlencode(asked)}")
    form = PaperForm(request.GET, registers=register_queries.registers(viewer))
    if not form.is_valid():
        return redirect("papers")
    row = register_queries.register(viewer, form.cleaned_data["register"])
    value = for_audience(register_queries.document(viewer, row.slug), form.for_whom())
    facts = Edition(
        title=f"Preview: {form.cleaned_data['title'] or row.name}",
        frozen_on=timezone.localdate(),
        as_at=value.as_at.on,
        audience=form.for_whom(),
        marking=form.cleaned_data["marking"],
    )
    return paper(write(value, "html", edition=facts))


@require_POST
def publish(request: HttpRequest) -> HttpResponse:
    """Freeze the register, make its files, publish them."""
    viewer = viewer_of(request.user)
    form = PaperForm(request.POST, registers=register_queries.registers(viewer))
    if not form.is_valid():
        facts = {
            "form": form,
            "ready": True,
            "editions": [_shown(each) for each in queries.editions(viewer)],
        }
        return render(request, "papers/page.html", facts, status=400)
    said = form.cleaned_data
    row = register_queries.register(viewer, said["register"])
    edition = changes.freeze(
        by=viewer,
        register=row.id,
        audience=form.for_whom(),
        title=said["title"],
        marking=said["marking"],
        key=said["key"] or None,
    )
    _make_files(viewer, queries.edition(viewer, edition))
    changes.publish(by=viewer, edition=edition)
    made = queries.edition(viewer, edition)
    messages.success(request, f"Published {made.title}, edition {made.number}.")
    return redirect("edition", made.register_slug, made.number)


@require_safe
def edition(request: HttpRequest, register: str, number: int) -> HttpResponse:
    """One edition: its facts, its files, and how to withdraw it."""
    viewer = viewer_of(request.user)
    row = _edition(viewer, register, number)
    form = (
        None if may(viewer, "publish papers") or row.state == "withdrawn" else WithdrawForm(label_suffix="")
    )
    return render(
        request,
        "papers/edition.html",
        {"edition": row, "files": _files(row), "audience": AUDIENCES[row.audience], "form": form},
    )


@require_http_methods(["POST"])
def withdraw(request: HttpRequest, register: str, number: int) -> HttpResponse:
    """Stop serving an edition, saying why."""
    viewer = viewer_of(request.user)
    row = _edition(viewer, register, number)
    form = WithdrawForm(request.POST, label_suffix="")
    if not form.is_valid():
        facts = {"edition": row, "files": _files(row), "audience": AUDIENCES[row.audience], "form": form}
        return render(request, "papers/edition.html", facts, status=400)
    changes.withdraw(by=viewer, edition=row.id, reason=form.cleaned_data["reason"])
    messages.success(request, f"Edition {row.number} is withdrawn.")
    return redirect("edition", register, number)


@require_safe
def edition_file(request: HttpRequest, register: str, number: int, kind: str) -> HttpResponse:
    """A file of an edition, to save; the web page may also be read in place."""
    viewer = viewer_of(request.user)
    row = _edition(viewer, register, number)
    file = queries.edition_file(viewer, row.id, kind)
    data = store().get(file.sha256)
    if kind == "html" and "read" in request.GET:
        return paper(data)
    media = next((media for name, media in MEDIA_TYPES.items() if name == kind), "application/octet-stream")
    return download(data, media, file.name)


# --- Beneath the pages --------------------------------------------------------------------------------------


def _make_files(viewer: Actor, row: EditionRow) -> None:
    """Write every kind from what was frozen; a kind that stands already is left."""
    value, facts = queries.frozen(viewer, row.id)
    for kind in KINDS:
        if row.file(kind) is None:
            data = write(value, kind, edition=facts)
            name = f"{slugify(row.title)[:80] or 'register'}-edition-{row.number}.{ending(kind)}"
            changes.attach_file(
                by=viewer, edition=row.id, kind=kind, sha256=store().put(data), size=len(data), name=name
            )


def _edition(viewer: Actor, register: str, number: int) -> EditionRow:
    found = next((each for each in queries.editions(viewer, register) if each.number == number), None)
    if found is None:
        raise Missing("There is no such edition.")
    return found


def _shown(row: EditionRow) -> dict[str, object]:
    return {"row": row, "files": _files(row), "audience": AUDIENCES[row.audience]}


def _files(row: EditionRow) -> list[dict[str, object]]:
    """Its files in the order that people ask for them."""
    if row.state == "withdrawn":
        return []
    return [{"name": name, "row": file} for kind, name in KINDS.items() if (file := row.file(kind))]

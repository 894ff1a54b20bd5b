"""The pages of papers: the list, the form for a new one, what stands in its way, and each edition."""

from __future__ import annotations

from typing import Any

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
from watchkeep.apps.register import queries as register_queries
from watchkeep.domain.edition import Edition
from watchkeep.domain.people import Actor, may
from watchkeep.formats.writers import MEDIA_TYPES, write
from watchkeep.jobs.papers import make_files
from watchkeep.web.components.clock import clock_of
from watchkeep.web.files import download, paper, store
from watchkeep.web.papers.forms import PaperForm
from watchkeep.web.papers.shown import Way, edition_of, page_of, shown, way

TOKENS = ("csrfmiddlewaretoken", "key")  # of a form, and of one sending of it


@require_safe
def papers(request: HttpRequest) -> HttpResponse:
    """Every edition that the viewer may see, the rules that are due, and the form for a new one."""
    viewer, clock = viewer_of(request.user), clock_of(request)
    refusal = may(viewer, "publish papers")
    registers = register_queries.registers(viewer, clock)
    editions = queries.editions(viewer, clock=clock)
    rules = queries.markings(viewer, clock)
    return render(
        request,
        "papers/page.html",
        {
            "form": None if refusal else PaperForm(registers=registers, editions=editions),
            "ready": any(each.risks for each in registers),
            "editions": [shown(each) for each in editions],
            "rules": rules,
            "due": [each for each in rules if each.due],
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: HttpRequest) -> HttpResponse:
    """The paper as it would be frozen now, as a web page. Sent as a form, it first sheds the form's token."""
    viewer = viewer_of(request.user)
    if request.method == "POST":
        kept = {name: str(each) for name, each in request.POST.items() if name not in TOKENS and each}
        wanted = {name: request.POST.get(name, "") for name in ("register", "audience", "title", "marking")}
        return redirect(f"{reverse('preview')}?{urlencode(wanted | kept)}")
    form = _form(viewer, request.GET)
    if not form.is_valid():
        return redirect("papers")
    asked = form.asked()
    made = queries.prepared(viewer, form.cleaned_data["register"], form.for_whom(), asked)
    facts = Edition(
        title=f"Preview: {asked.title or made.register.name}",
        frozen_on=timezone.localdate(),
        as_at=made.document.as_at.on,
        audience=form.for_whom(),
        marking=asked.marking,
        order=asked.order,
        matter=made.matter,
    )
    return paper(write(made.document, "html", edition=facts))


@require_POST
def check(request: HttpRequest) -> HttpResponse:
    """What would be withheld from the paper's readers, and what stands in its way. Nothing is frozen."""
    viewer = viewer_of(request.user)
    form = _form(viewer, request.POST)
    if not form.is_valid():
        return _again(request, viewer, form, status=400)
    return _again(request, viewer, form, status=200, found=_way(viewer, form))


@require_POST
def publish(request: HttpRequest) -> HttpResponse:
    """Freeze the register and make its files; publish them, where that takes no second person."""
    viewer = viewer_of(request.user)
    form = _form(viewer, request.POST)
    if not form.is_valid():
        return _again(request, viewer, form, status=400)
    found = _way(viewer, form)
    if found.refusal:
        return _again(request, viewer, form, status=400, found=found)
    said, audience = form.cleaned_data, form.for_whom()
    edition = changes.freeze(
        by=viewer,
        register=register_queries.register(viewer, said["register"]).id,
        audience=audience,
        title=said["title"],
        marking=said["marking"],
        key=said["key"] or None,
        asked=form.asked(),
    )
    row = queries.edition(viewer, edition)
    make_files(viewer, edition, store(), name=slugify(row.title)[:80] or "register")
    if audience == "public":
        sentence = f"Frozen: {row.title}, edition {row.number}. A second person approves it next."
    else:
        changes.publish(by=viewer, edition=edition)
        sentence = f"Published {row.title}, edition {row.number}."
    messages.success(request, sentence)
    return redirect("edition", row.register_slug, row.number)


@require_safe
def edition(request: HttpRequest, register: str, number: int) -> HttpResponse:
    """One edition: its facts, its files, and what can be done with it."""
    viewer = viewer_of(request.user)
    return render(request, "papers/edition.html", page_of(viewer, edition_of(viewer, register, number)))


@require_safe
def edition_file(request: HttpRequest, register: str, number: int, kind: str) -> HttpResponse:
    """A file of an edition, to save; the web page may also be read in place."""
    viewer = viewer_of(request.user)
    row = edition_of(viewer, register, number)
    file = queries.edition_file(viewer, row.id, kind)
    data = store().get(file.sha256)
    if kind == "html" and "read" in request.GET:
        return paper(data)
    media = next((media for name, media in MEDIA_TYPES.items() if name == kind), "application/octet-stream")
    return download(data, media, file.name)


# --- Beneath the pages --------------------------------------------------------------------------------------


def _form(viewer: Actor, sent: Any) -> PaperForm:
    return PaperForm(sent, registers=register_queries.registers(viewer), editions=queries.editions(viewer))


def _way(viewer: Actor, form: PaperForm) -> Way:
    return way(queries.prepared(viewer, form.cleaned_data["register"], form.for_whom(), form.asked()), form)


def _again(
    request: HttpRequest, viewer: Actor, form: PaperForm, *, status: int, found: Way | None = None
) -> HttpResponse:
    """The page with all that was written, and what was found."""
    if found:
        form.shows(found.gate.digest)
    facts = {
        "form": form,
        "ready": True,
        "editions": [shown(each) for each in queries.editions(viewer)],
        "way": found,
        "refused": found.refusal if found and status != 200 else "",
    }
    return render(request, "papers/page.html", facts, status=status)

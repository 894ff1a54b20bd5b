"""The pages of bringing a paper in."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from watchkeep.apps.intake import changes, queries
from watchkeep.apps.intake.queries import ImportPage, RiskRow, Taken
from watchkeep.apps.people.queries import viewer_of
from watchkeep.apps.register import changes as register_changes
from watchkeep.apps.register import queries as register_queries
from watchkeep.domain.document import Place
from watchkeep.domain.errors import Invalid, Missing
from watchkeep.domain.fields import fields_of, label_of
from watchkeep.formats.readers.text.decoding import decode
from watchkeep.web.bring_in import draft as layout
from watchkeep.web.bring_in.answering import back_to_the_draft
from watchkeep.web.bring_in.evidence import Evidence, PageSize, evidence, places_of
from watchkeep.web.bring_in.forms import BringInForm, DecisionForm, PlaceForm, WhereForm, correct_form
from watchkeep.web.components.tags import counted, day
from watchkeep.web.files import download, picture, store
from watchkeep.web.register.links import register_link
from watchkeep.web.risk.forms import ClosingForm

READING = ("waiting", "reading")
OPEN = ("draft", "partly accepted")
QUIET = timedelta(seconds=20)  # without a sign from the reader, after which the page says so


@require_http_methods(["GET", "HEAD", "POST"])
def bring_in(request: HttpRequest) -> HttpResponse:
    """The upload form, and what was brought in before."""
    viewer = viewer_of(request.user)
    registers = register_queries.registers(viewer)
    form = BringInForm(request.POST or None, request.FILES or None, registers=registers)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        stored = store().put(file.read())
        number = changes.receive_file(
            by=viewer,
            name=file.name,
            sha256=stored,
            size=file.size,
            key=form.cleaned_data["key"],
            **form.said(),
        )
        return redirect("import", number)
    facts = {"form": form, "imports": queries.imports(viewer)}
    return render(request, "bring_in/page.html", facts, status=400 if form.is_bound else 200)


@require_safe
def draft(request: HttpRequest, number: int) -> HttpResponse:
    """A paper that is being read, was refused, or waits for decisions."""
    viewer = viewer_of(request.user)
    page = queries.import_page(viewer, number)
    facts = _how_far(page)
    if page.document is None:
        name = "refused" if page.row.state in {"refused", "set aside"} else "waiting"
        return render(request, f"bring_in/{name}.html", facts)
    registers = register_queries.registers(viewer)
    given = {
        "register": page.register.id if page.register else "",
        "body": page.given.body,
        "period": page.given.period,
        "as_at": page.given.as_at,
    }
    facts |= {
        "document": page.document,
        "kinds": layout.kinds(page),
        "open": page.row.state in OPEN,
        "open_doubts": layout.open_doubts(page),
        "panels": layout.panels(page),
        "arrows": layout.arrows_asked(page),
        "form": PlaceForm(registers=registers, initial=given),
        "set_by_people": layout.SET_BY_PEOPLE,
        "nameless": page.register is None and not page.document.name.recorded,
        "evidence": _evidence(page, _shown_places(page, request.GET.get("show", ""))),
    }
    return render(request, "bring_in/draft.html", facts)


@require_safe
def progress(request: HttpRequest, number: int) -> HttpResponse:
    """The steps alone, for the page that waits; once the reading has ended, word to load the page anew."""
    page = queries.import_page(viewer_of(request.user), number)
    if page.row.state not in READING:
        return HttpResponseClientRefresh()
    return render(request, "bring_in/progress.html", _how_far(page))


@require_http_methods(["GET", "HEAD", "POST"])
@back_to_the_draft
def correct(request: HttpRequest, number: int) -> HttpResponse:
    """One risk of the draft to look over; with a field named, that field to set right."""
    viewer = viewer_of(request.user)
    page = queries.import_page(viewer, number)
    row = _risk(page, request.GET.get("risk", ""))
    path = request.GET.get("field", "")
    facts = {
        "page": page,
        "row": row,
        "fields": layout.draft_fields(page, row),
        "evidence": _evidence(page, ()),
    }
    if not path:
        return render(request, "bring_in/review.html", facts | {"evidence": _evidence(page, _places_of(row))})
    field = layout.field_at(row, path)
    if field is None:
        raise Missing("This risk has no such field.")
    form = correct_form(path, field, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            seen = DecisionForm(request.POST).seen()
            changes.correct_field(
                by=viewer, paper=number, risk=row.key, path=path, version=seen, **form.said()
            )
        except Invalid as problem:
            form.add_error("text", problem.sentence)
        else:
            messages.success(
                request,
                f"{label_of(path)} of {row.value.reference.text or row.key} is set right in the draft.",
            )
            return redirect(layout.correct_link(number, row.key))
    facts |= {
        "form": form,
        "field": field,
        "label": label_of(path),
        "source": layout.field_source(page, field),
        "evidence": _evidence(page, field.places),
    }
    return render(request, "bring_in/correct.html", facts, status=400 if form.is_bound else 200)


@require_POST
@back_to_the_draft
def resolve(request: HttpRequest, number: int) -> HttpResponse:
    """Settle one doubt, or all of a kind: a person has seen it and leaves what was read as it stands."""
    form = DecisionForm(request.POST)
    settled = changes.resolve_doubt(
        by=viewer_of(request.user),
        paper=number,
        doubt=form.asked("doubt") or None,
        code=form.asked("code") or None,
        version=form.seen(),
    )
    messages.success(request, f"Settled {counted(settled, 'doubt,doubts')}; what was read stays as it is.")
    return redirect(_draft(number, "doubts"))


@require_POST
@back_to_the_draft
def arrows(request: HttpRequest, number: int) -> HttpResponse:
    """Say what a rising arrow means in this paper."""
    means = DecisionForm(request.POST).asked("means")
    if means not in ("worsening", "improving"):
        raise Invalid("means", "Say whether a rising arrow means worsening or improving.")
    changes.confirm_rising(
        by=viewer_of(request.user), paper=number, means="worsening" if means == "worsening" else "improving"
    )
    messages.success(request, f"A rising arrow means {means} in this paper.")
    return redirect(_draft(number, "doubts"))


@require_POST
@back_to_the_draft
def place_paper(request: HttpRequest, number: int) -> HttpResponse:
    """Say which register the paper is, and what it speaks of."""
    viewer = viewer_of(request.user)
    form = PlaceForm(request.POST, registers=register_queries.registers(viewer))
    if not form.is_valid():
        wrong, errors = next(iter(form.errors.items()))
        raise Invalid(wrong, " ".join(map(str, errors)))
    changes.place(by=viewer, paper=number, **form.said())
    messages.success(request, "Noted what the paper is.")
    return redirect(_draft(number))


@require_POST
@back_to_the_draft
def accept(request: HttpRequest, number: int) -> HttpResponse:
    """Take one risk into the register."""
    form = DecisionForm(request.POST)
    risk, viewer = form.asked("risk"), viewer_of(request.user)
    if changes.accept_risk(by=viewer, paper=number, risk=risk, version=form.seen()):
        messages.success(request, f"{risk} is in the register.")
    else:
        who = _who_took(queries.taken(viewer, number, risk))
        messages.error(request, f"{risk} was accepted already{who}; nothing was changed.")
    return redirect(_draft(number, "risks"))


@require_POST
@back_to_the_draft
def accept_all(request: HttpRequest, number: int) -> HttpResponse:
    """Take everything that is not decided yet into the register."""
    viewer = viewer_of(request.user)
    taken = changes.accept_all(by=viewer, paper=number, version=DecisionForm(request.POST).seen())
    page = queries.import_page(viewer, number)
    if taken:
        messages.success(request, f"{counted(taken, 'risk is,risks are')} in the register.")
    elif not page.waiting:
        who = _who_took(queries.taken(viewer, number))
        messages.error(request, f"This paper was accepted already{who}; nothing was changed.")
    if page.waiting:
        waiting = counted(page.waiting_by_themselves, "risk waits,risks wait")
        messages.warning(request, f"{waiting} for a decision each: {layout.SET_BY_PEOPLE}")
        return redirect(_draft(number, "risks"))
    return redirect(register_link(page.register.slug if page.register else ""))


@require_POST
@back_to_the_draft
def set_aside(request: HttpRequest, number: int) -> HttpResponse:
    """Leave one risk, or what is left of the paper, out of the register."""
    form = DecisionForm(request.POST)
    risk = form.asked("risk")
    changes.set_aside(
        by=viewer_of(request.user), paper=number, risk=risk or None, reason=form.asked("reason")
    )
    messages.success(request, f"{risk or 'The paper'} is set aside; it stays on record.")
    return redirect(_draft(number, "risks") if risk else reverse("bring-in"))


@require_POST
@back_to_the_draft
def close_risk(request: HttpRequest, number: int) -> HttpResponse:
    """Close a risk of the register that the paper no longer has."""
    viewer = viewer_of(request.user)
    page = queries.import_page(viewer, number)
    form = DecisionForm(request.POST)
    lacked = next((each for each in page.lacked if each.key == form.asked("risk")), None)
    if lacked is None or page.effective_on is None:
        raise Missing("The register has no such risk that the paper lacks.")
    said = ClosingForm({"closed_on": page.effective_on} | request.POST.dict())
    if not said.is_valid():
        raise Invalid("reason", said.sentence)
    register_changes.close_risk(
        by=viewer,
        risk=lacked.id,
        version=said.cleaned_data["version"] or lacked.version,
        closed_on=said.cleaned_data["closed_on"],
        reason=said.cleaned_data["reason"],
    )
    messages.success(request, f"{lacked.label} is closed; what was said of it stays.")
    return redirect(_draft(number, "risks"))


@require_safe
def place(request: HttpRequest, sha256: str) -> HttpResponse:
    """The place in a file that a field was read from."""
    file = queries.file_page(viewer_of(request.user), sha256)
    form = WhereForm(request.GET)
    form.is_valid()
    asked = form.cleaned_data
    places = places_of(asked.get("page"), asked.get("boxes") or "", asked.get("lines") or "")
    sizes = tuple(PageSize(each.page, each.width, each.height) for each in file.pictures)
    text = _lines(sha256, file.name) if asked.get("lines") else []
    return render(
        request,
        "bring_in/place.html",
        {
            "file": file,
            "sizes": sizes,
            "at": asked.get("at") or "",
            "evidence": evidence(sha256, file.name, places, sizes, text),
        },
    )


@require_safe
def place_picture(request: HttpRequest, sha256: str, page: int) -> HttpResponse:
    """The picture of one page of a file."""
    file = queries.file_page(viewer_of(request.user), sha256)
    found = next((each for each in file.pictures if each.page == page), None)
    if found is None:
        raise Missing("There is no picture of this page.")
    return picture(store().get(found.sha256))


@require_safe
def original(request: HttpRequest, sha256: str) -> HttpResponse:
    """The file itself, as it was brought in."""
    file = queries.file_page(viewer_of(request.user), sha256)
    return download(store().get(file.sha256), "application/octet-stream", file.name)


# --- Beneath the pages --------------------------------------------------------------------------------------


def _draft(number: int, part: str = "") -> str:
    return reverse("import", args=[number]) + (f"#{part}" if part else "")


def _how_far(page: ImportPage) -> dict[str, Any]:
    """The steps of the reading, and, where it has gone quiet, when it is begun again."""
    quiet = page.heard_at is not None and timezone.now() - page.heard_at > QUIET
    over = page.tried_again_at is not None and page.tried_again_at < timezone.now()
    return {
        "page": page,
        "steps": layout.steps(page.steps, page.row.state),
        "again": ("now" if over else "later") if quiet else "",
    }


def _who_took(taken: Taken | None) -> str:
    """By whom and when, as the end of a sentence."""
    if taken is None:
        return ""
    at = timezone.localtime(taken.at)
    return f", by {taken.by} on {day(at.date())} at {at:%H:%M}"


def _risk(page: ImportPage, key: str) -> RiskRow:
    found = next((each for each in page.risks if each.key == key), None)
    if found is None:
        raise Missing("The paper has no such risk.")
    return found


def _places_of(row: RiskRow) -> tuple[Place, ...]:
    return tuple(place for _, field in fields_of(row.value) for place in field.places)


def _shown_places(page: ImportPage, key: str) -> tuple[Place, ...]:
    """The places of the doubt that was asked for; else of the first that is open and has any."""
    rows = [each for each in page.doubts if each.doubt.places]
    asked = next((each for each in rows if each.key == key), None)
    first = asked or next((each for each in rows if not each.resolved), None)
    return first.doubt.places if first else ()


def _evidence(page: ImportPage, places: tuple[Place, ...]) -> Evidence:
    sizes = tuple(PageSize(each.page, each.width, each.height) for each in page.pictures)
    on_lines = any(place.kind == "line" for place in places)
    text = _lines(page.sha256, page.row.name) if on_lines and not sizes else []
    return evidence(page.sha256, page.row.name, places, sizes, text)


def _lines(sha256: str, name: str) -> list[str]:
    return decode(store().get(sha256), name)

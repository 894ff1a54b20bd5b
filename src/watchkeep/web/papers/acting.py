"""What is done with an edition: approved by a second person, published, withdrawn."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from watchkeep.apps.people.queries import viewer_of
from watchkeep.apps.publication import changes
from watchkeep.web.papers.forms import WithdrawForm
from watchkeep.web.papers.shown import edition_of, page_of


@require_POST
def approve(request: HttpRequest, register: str, number: int) -> HttpResponse:
    """Say as a second person that the public may have it."""
    viewer = viewer_of(request.user)
    row = edition_of(viewer, register, number)
    changes.approve(by=viewer, edition=row.id)
    messages.success(request, f"Edition {row.number} is approved. It is not published yet.")
    return redirect("edition", register, number)


@require_POST
def publish_edition(request: HttpRequest, register: str, number: int) -> HttpResponse:
    """Let its readers have it."""
    viewer = viewer_of(request.user)
    row = edition_of(viewer, register, number)
    changes.publish(by=viewer, edition=row.id)
    messages.success(request, f"Published {row.title}, edition {row.number}.")
    return redirect("edition", register, number)


@require_POST
def withdraw(request: HttpRequest, register: str, number: int) -> HttpResponse:
    """Stop serving it, saying why."""
    viewer = viewer_of(request.user)
    row = edition_of(viewer, register, number)
    form = WithdrawForm(request.POST, label_suffix="")
    if not form.is_valid():
        return render(request, "papers/edition.html", page_of(viewer, row, form), status=400)
    changes.withdraw(by=viewer, edition=row.id, reason=form.cleaned_data["reason"])
    messages.success(request, f"Edition {row.number} is withdrawn.")
    return redirect("edition", register, number)

"""Saved views: keep one, open one by its address, drop one."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from watchkeep.apps.people.queries import viewer_of
from watchkeep.apps.register import changes, queries
from watchkeep.domain.errors import Invalid
from watchkeep.domain.naming import named
from watchkeep.domain.people import Actor
from watchkeep.web.register.forms import ViewForm, seen


@require_safe
def view(request: HttpRequest, id: UUID) -> HttpResponse:
    """Lead to the register as the view has it."""
    row = queries.view(viewer_of(request.user), id)
    query = QueryDict(row.query, mutable=True)
    query["register"] = row.register
    return redirect(f"{reverse('register')}?{query.urlencode()}")


@require_POST
def save_view(request: HttpRequest) -> HttpResponse:
    """Keep the view that was looked at."""
    viewer = viewer_of(request.user)
    form = ViewForm(request.POST, may_share=True)
    if not form.is_valid():
        raise Invalid("name", " ".join(str(message) for each in form.errors.values() for message in each))
    said = form.cleaned_data
    register = queries.register(viewer, said["register"])
    which = changes.save_view(
        by=viewer,
        register=register.id,
        name=said["name"],
        query=said["query"],
        shared=said["shared"],
        version=said["version"] or _seen(request, viewer, register.id, said["name"]),
    )
    who = "All who may read the register find it there" if said["shared"] else "You find it there"
    messages.success(request, f"The view “{said['name']}” is kept. {who}, above the table.")
    return redirect("view", id=which)


def _seen(request: HttpRequest, viewer: Actor, register: UUID, name: str) -> int:
    """The version of the viewer's own view of that name that stood above the form; 0 where none did."""
    own = [each for each in queries.views(viewer, register) if each.mine and each.name == named(name)]
    number = request.POST.get(seen(own[0].id), "") if own else ""
    return int(number) if number.isdecimal() else 0


@require_POST
def drop_view(request: HttpRequest, id: UUID) -> HttpResponse:
    """Offer a view no more."""
    viewer = viewer_of(request.user)
    row = queries.view(viewer, id)
    number = request.POST.get("version", "")
    changes.drop_view(by=viewer, view=id, version=int(number) if number.isdecimal() else 0)
    messages.success(request, f"The view “{row.name}” is dropped.")
    return redirect(f"{reverse('register')}?register={row.register}")

"""The page of roles: what each may do, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from watchkeep.apps.people import queries
from watchkeep.apps.people.queries import viewer_of
from watchkeep.domain.people import PERMISSIONS, ROLES, Action, Role


@dataclass(frozen=True, slots=True)
class RoleCard:
    """A role, what it does, what it may do one by one, and who has it for the whole body."""

    name: Role
    does: str
    may: tuple[Action, ...]
    people: tuple[str, ...]


@require_safe
def roles(request: HttpRequest) -> HttpResponse:
    """Every role as a list of permissions in words."""
    viewer = viewer_of(request.user)
    everybody = [each for each in queries.people(viewer) if each.active]
    cards = [
        RoleCard(
            role,
            does,
            tuple(each for each in get_args(Action) if each in PERMISSIONS[role]),
            tuple(each.name for each in everybody if each.role == role),
        )
        for role, does in ROLES.items()
    ]
    return render(request, "settings/roles/page.html", {"roles": cards})

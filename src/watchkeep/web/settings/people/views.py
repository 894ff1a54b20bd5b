"""The pages of people: who there is, what each may do, and which posts they hold."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from watchkeep.apps.people import changes, queries
from watchkeep.apps.people.queries import PersonRow, viewer_of
from watchkeep.apps.register import queries as register_queries
from watchkeep.domain.errors import Refused
from watchkeep.domain.people import ROLES, THROUGHOUT, may
from watchkeep.web.settings.asking import Question, ask
from watchkeep.web.settings.people import forms
from watchkeep.web.sign_in import letters

ASKS = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Everybody, with their role and how they stand."""
    viewer = viewer_of(request.user)
    rows = queries.people(viewer)
    granted = {each.person for each in queries.grants(viewer)}
    facts = {
        "people": [{"row": each, "granted": each.id in granted} for each in rows],
        "active": sum(each.active for each in rows),
        "waiting": sum(each.active and not each.may_sign_in for each in rows),
        "stopped": sum(not each.active for each in rows),
        "may_add": may(viewer, "look after people", THROUGHOUT) is None,
    }
    return render(request, "settings/people/page.html", facts)


@require_safe
def person(request: HttpRequest, id: UUID) -> HttpResponse:
    """One person: roles, posts, and what can be done about them."""
    viewer = viewer_of(request.user)
    row = queries.person(viewer, id)
    registers = {each.id: each.name for each in register_queries.registers(viewer)}
    facts = {
        "person": row,
        "does": ROLES[row.role] if row.role else "",
        "grants": [
            {"row": each, "where": each.unit_name or registers.get(each.register or id, "A register")}
            for each in queries.grants(viewer, id)
        ],
        "holdings": queries.holdings(viewer, person=id),
        "today": timezone.localdate(),
        "may_amend": may(viewer, "look after people", THROUGHOUT) is None,
        "second_factor": queries.has_second_factor(viewer, id),
        "self": viewer.id == str(id),
    }
    return render(request, "settings/people/person.html", facts)


@ASKS
def add_person(request: HttpRequest) -> HttpResponse:
    """Add somebody, and send them a link to choose a password."""
    viewer = viewer_of(request.user)
    question = Question("Add a person", "Add them", reverse("people"), "People")
    made: list[UUID] = []

    def change(said: dict[str, Any]) -> str:
        role = forms.role_of(said["role"])
        added = changes.add_person(by=viewer, name=said["name"], email=said["email"], role=role)
        made.append(added.pk)
        if not said["send_link"]:
            return f"{added.name} is added, and cannot sign in yet."
        return f"{added.name} is added. {letters.send_link(request, added.email)}"

    form = forms.PersonForm(request.POST or None)
    return ask(request, question, form, change, lambda: reverse("person", args=made))


@ASKS
def amend_person(request: HttpRequest, id: UUID) -> HttpResponse:
    """Say what a person is called, and what they sign in with."""
    viewer = viewer_of(request.user)
    row = queries.person(viewer, id)
    said = {"name": row.name, "email": row.email, "version": row.version}

    def change(said: dict[str, Any]) -> str:
        changes.amend_person(by=viewer, person=id, **said)
        return f"{said['name']} signs in as {said['email']}."

    form = forms.AmendForm(request.POST or None, initial=said)
    return ask(request, _about(row, f"Change {row.name}’s name or address", "Save"), form, change)


@ASKS
def change_role(request: HttpRequest, id: UUID) -> HttpResponse:
    """Give a person another role for the whole body, or none."""
    viewer = viewer_of(request.user)
    row = queries.person(viewer, id)
    form = forms.RoleForm(request.POST or None, initial={"role": row.role or "", "version": row.version})

    def change(said: dict[str, Any]) -> str:
        role = forms.role_of(said["role"])
        changes.change_role(by=viewer, person=id, role=role, version=said["version"])
        return f"{row.name} is {'without a role for the whole body' if role is None else role} now."

    return ask(request, _about(row, f"Change {row.name}’s role", "Save"), form, change)


@ASKS
def grant_role(request: HttpRequest, id: UUID) -> HttpResponse:
    """Give a person a role in a part of the body."""
    viewer = viewer_of(request.user)
    row = queries.person(viewer, id)
    registers = register_queries.registers(viewer)
    form = forms.GrantForm(request.POST or None, units=queries.units(viewer), registers=registers)

    def change(said: dict[str, Any]) -> str:
        changes.grant_role(
            by=viewer,
            person=id,
            role=said["role"],
            unit=UUID(said["unit"]) if said["unit"] else None,
            register=UUID(said["register"]) if said["register"] else None,
            from_on=said["from_on"],
            until_on=said["until_on"],
        )
        return f"{row.name} is {said['role']} there."

    return ask(request, _about(row, f"Give {row.name} a role in a part of the body", "Give it"), form, change)


@ASKS
def end_grant(request: HttpRequest, id: UUID) -> HttpResponse:
    """Say from which day on a person no longer has a role in a part of the body."""
    viewer = viewer_of(request.user)
    grant = queries.grant_of(viewer, id)
    row = queries.person(viewer, grant.person)

    def change(said: dict[str, Any]) -> str:
        changes.end_grant(by=viewer, grant=id, **said)
        return f"{row.name} is no longer {grant.role} there."

    title = f"End {row.name}’s role as {grant.role}{f' in {grant.unit_name}' if grant.unit else ''}"
    form = forms.GrantEndForm(request.POST or None)
    return ask(request, _about(row, title, "End it"), form, change)


@ASKS
def set_password(request: HttpRequest, id: UUID) -> HttpResponse:
    """Choose a password for somebody who cannot be reached by mail."""
    viewer = viewer_of(request.user)
    row = queries.person(viewer, id)

    def change(said: dict[str, Any]) -> str:
        changes.change_password(by=viewer, person=id, password=said["password"])
        return f"{row.name} has a new password."

    lead = "Better is a link by mail, by which they choose one that you do not know."
    form = forms.PasswordForm(request.POST or None)
    return ask(request, _about(row, f"Set a password for {row.name}", "Set it", lead), form, change)


@ASKS
def send_link(request: HttpRequest, id: UUID) -> HttpResponse:
    """Send somebody a link by which they choose a password."""
    viewer = viewer_of(request.user)
    row = queries.person(viewer, id)

    def change(said: dict[str, Any]) -> str:
        if not row.active:
            raise Refused(f"{row.name} is stopped; let them sign in again first.")
        return letters.send_link(request, row.email)

    lead = f"It goes to {row.email}, holds once, for a day, and changes nothing until it is used."
    question = _about(row, f"Send {row.name} a link to choose a password", "Send it", lead)
    return ask(request, question, forms.SureForm(request.POST or None), change)


@ASKS
def drop_second_factor(request: HttpRequest, id: UUID) -> HttpResponse:
    """Turn off the second factor of somebody who has lost it."""
    viewer = viewer_of(request.user)
    row = queries.person(viewer, id)

    def change(said: dict[str, Any]) -> str:
        changes.drop_second_factor(by=viewer, person=id)
        return f"{row.name} signs in by password alone now."

    lead = "Make sure that it is they who ask. They are signed out everywhere, and may turn one on again."
    question = _about(row, f"Turn off {row.name}’s second factor", "Turn it off", lead, grave=True)
    return ask(request, question, forms.SureForm(request.POST or None), change)


@ASKS
def stop_person(request: HttpRequest, id: UUID) -> HttpResponse:
    """Stop a person signing in."""
    viewer = viewer_of(request.user)
    row = queries.person(viewer, id)

    def change(said: dict[str, Any]) -> str:
        changes.stop_person(by=viewer, person=id, reason=said["reason"])
        return f"{row.name} is out, and has left every post."

    lead = (
        "They are signed out at once and leave every post that they hold. The posts stay, with the risks, "
        "controls and promises that belong to them; what they did stays under their name."
    )
    question = _about(row, f"Stop {row.name} signing in", "Stop them", lead, grave=True)
    return ask(request, question, forms.StopForm(request.POST or None), change)


@ASKS
def resume_person(request: HttpRequest, id: UUID) -> HttpResponse:
    """Let a person who was stopped sign in again."""
    viewer = viewer_of(request.user)
    row = queries.person(viewer, id)

    def change(said: dict[str, Any]) -> str:
        changes.resume_person(by=viewer, person=id, reason=said["reason"])
        return f"{row.name} may sign in again."

    lead = "They have the role that they had. Posts and roles in parts of the body are given anew."
    question = _about(row, f"Let {row.name} sign in again", "Let them in", lead)
    return ask(request, question, forms.ResumeForm(request.POST or None), change)


@ASKS
def end_sessions(request: HttpRequest, id: UUID) -> HttpResponse:
    """Sign a person out everywhere."""
    viewer = viewer_of(request.user)
    row = queries.person(viewer, id)

    def change(said: dict[str, Any]) -> str:
        changes.end_sessions(by=viewer, person=id)
        return f"{row.name} is signed out everywhere."

    lead = "On every device, at once. They may sign in again."
    question = _about(row, f"Sign {row.name} out everywhere", "Sign them out", lead)
    return ask(request, question, forms.SureForm(request.POST or None), change)


def _about(row: PersonRow, title: str, button: str, lead: str = "", *, grave: bool = False) -> Question:
    return Question(title, button, reverse("person", args=[row.id]), row.name, lead, grave)

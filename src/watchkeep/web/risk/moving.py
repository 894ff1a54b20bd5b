"""What becomes of a risk: opened, escalated, accepted, returned, brought back, merged, reopened."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from watchkeep.apps.people.queries import viewer_of
from watchkeep.apps.register import changes, queries
from watchkeep.apps.register.queries import Choice, RiskPage
from watchkeep.domain.errors import Refused
from watchkeep.domain.risk_state import Move
from watchkeep.web.components.asking import Change
from watchkeep.web.register.links import risk_link
from watchkeep.web.risk.asking import ask, latest_day, own_link, the_risk
from watchkeep.web.risk.doing import refused
from watchkeep.web.risk.forms import EscalateForm, MergeForm, MoveForm, ReferenceForm
from watchkeep.web.settings.boxes import Asking

ASKS = require_http_methods(["GET", "HEAD", "POST"])


@ASKS
def risk_open(request: HttpRequest, key: str) -> HttpResponse:
    """Open a draft under a reference; or accept, so, what another register offers."""
    viewer = viewer_of(request.user)
    page = the_risk(request, viewer, key)
    offered = queries.came_from(viewer, page.id) is not None
    form = ReferenceForm(
        request.POST or None,
        initial=_initial(page) | {"reference": queries.suggested_reference(viewer, page.register.slug)},
    )

    def change(said: dict[str, Any]) -> tuple[str, str]:
        given = {
            "by": viewer,
            "risk": page.id,
            **{each: said[each] for each in ("version", "reference", "on")},
        }
        opened = changes.accept_escalation(**given) if offered else changes.open_draft(**given)
        done = f"{opened} is in the register." if offered else f"{opened} is open."
        return done, risk_link(opened, page.register.slug)

    move: Move = "accept" if offered else "open"
    title = f"Take {_named(page)} into {page.register.name}" if offered else f"Open {_named(page)}"
    return _ask(request, page, form, change, title, "Take it in" if offered else "Open it", move)


@ASKS
def risk_escalate(request: HttpRequest, key: str) -> HttpResponse:
    """Offer a risk to another register."""
    viewer = viewer_of(request.user)
    page = the_risk(request, viewer, key)
    form = EscalateForm(request.POST or None, initial=_initial(page))
    _offer(form, "to_register", "Choose a register", queries.other_registers(viewer, page.register.id))

    def change(said: dict[str, Any]) -> tuple[str, str]:
        above = UUID(said["to_register"])
        changes.escalate(by=viewer, risk=page.id, to_register=above, **_moved(said))
        return f"{page.label} is offered; it waits there until it is taken in or returned.", own_link(page)

    lead = "It stays here, with its own words and judgement. The other register adds its own judgement to it."
    return _ask(request, page, form, change, f"Escalate {page.label}", "Escalate it", "escalate", lead)


@ASKS
def risk_return(request: HttpRequest, key: str) -> HttpResponse:
    """Send an offered risk back to where it came from."""
    viewer = viewer_of(request.user)
    page = the_risk(request, viewer, key)

    def change(said: dict[str, Any]) -> tuple[str, str]:
        changes.return_escalation(by=viewer, risk=page.id, **_moved(said))
        return f"{_named(page)} is returned.", own_link(page)

    return _ask(request, page, _plain(request, page), change, f"Return {_named(page)}", "Return it", "return")


@ASKS
def risk_bring_back(request: HttpRequest, key: str) -> HttpResponse:
    """End an escalation."""
    viewer = viewer_of(request.user)
    page = the_risk(request, viewer, key)

    def change(said: dict[str, Any]) -> tuple[str, str]:
        changes.bring_back(by=viewer, risk=page.id, **_moved(said))
        return f"{page.label} is brought back; that it was escalated stays to be seen.", own_link(page)

    return _ask(
        request,
        page,
        _plain(request, page),
        change,
        f"Bring {page.label} back",
        "Bring it back",
        "bring back",
    )


@ASKS
def risk_merge(request: HttpRequest, key: str) -> HttpResponse:
    """Say that a risk is told by another from now on."""
    viewer = viewer_of(request.user)
    page = the_risk(request, viewer, key)
    form = MergeForm(request.POST or None, initial=_initial(page))
    _offer(form, "into", "Choose a risk", queries.other_risks(viewer, page.id))

    def change(said: dict[str, Any]) -> tuple[str, str]:
        changes.merge_risk(by=viewer, risk=page.id, into=UUID(said["into"]), **_moved(said))
        return f"{page.label} is merged; its own history stays.", own_link(page)

    lead = "Both keep their history. The one that stays shows the links and events of the other."
    return _ask(request, page, form, change, f"Merge {page.label}", "Merge it", "merge", lead)


@ASKS
def risk_reopen(request: HttpRequest, key: str) -> HttpResponse:
    """Open a closed risk again."""
    viewer = viewer_of(request.user)
    page = the_risk(request, viewer, key)

    def change(said: dict[str, Any]) -> tuple[str, str]:
        changes.reopen_risk(by=viewer, risk=page.id, **_moved(said))
        return f"{page.label} is open again; that it was closed stays to be seen.", own_link(page)

    return _ask(request, page, _plain(request, page), change, f"Reopen {page.label}", "Reopen it", "reopen")


# --- Beneath the pages --------------------------------------------------------------------------------------


def _ask(
    request: HttpRequest,
    page: RiskPage,
    form: Asking,
    change: Change,
    title: str,
    button: str,
    move: Move,
    lead: str = "",
) -> HttpResponse:
    """The form; or, where it could only be refused, why, before anything is written in it."""
    viewer = viewer_of(request.user)
    if not form.is_bound:
        above = queries.came_from(viewer, page.id) is not None
        if refusal := refused(viewer, page, move, above=above):
            raise Refused(refusal.sentence)
    return ask(
        request,
        form,
        change,
        title=title,
        button=button,
        lead=lead,
        back=own_link(page),
        back_to=_named(page),
    )


def _plain(request: HttpRequest, page: RiskPage) -> MoveForm:
    return MoveForm(request.POST or None, initial=_initial(page))


def _initial(page: RiskPage) -> dict[str, Any]:
    return {"on": latest_day(page), "version": page.version}


def _moved(said: dict[str, Any]) -> dict[str, Any]:
    return {"version": said["version"], "on": said["on"], "reason": said["reason"]}


def _offer(form: Asking, name: str, nothing: str, choices: Iterable[Choice]) -> None:
    form.choose(name, [("", nothing), *((str(each.id), each.label) for each in choices)])


def _named(page: RiskPage) -> str:
    """A draft has no reference: its name says which it is."""
    return (page.value.name.text or page.label) if page.state == "draft" else page.label

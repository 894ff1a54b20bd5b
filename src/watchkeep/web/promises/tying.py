"""What a promise waits for, and which risks it bears on: said and ended."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from watchkeep.apps.people.queries import viewer_of
from watchkeep.apps.treatment import changes, queries
from watchkeep.domain import commitment as rules
from watchkeep.domain.errors import Missing
from watchkeep.web.promises.asking import ask
from watchkeep.web.promises.forms import BearsForm, EndForm, NeedsForm, target_of
from watchkeep.web.promises.rows import promise_link

ASKS = require_http_methods(["GET", "HEAD", "POST"])


@ASKS
def promise_needs(request: HttpRequest, reference: str) -> HttpResponse:
    """Say which promise must be kept first."""
    viewer = viewer_of(request.user)
    page = queries.commitment(viewer, reference)
    row, refusals = page.row, rules.refusals(viewer, page.row.facts, page.held)
    others = [each for each in queries.commitments(viewer) if each.id != row.id and not each.standing.settled]
    form = NeedsForm(request.POST or None, rows=others)

    def change(said: dict[str, Any]) -> tuple[str, str]:
        changes.depend_on(by=viewer, commitment=row.id, needs=UUID(said["needs"]))
        return f"{row.reference} waits for it from today.", promise_link(reference)

    lead = "While that one is late, it shows here and there that this one waits."
    return ask(
        request,
        form,
        change,
        title=f"What must come before {row.reference}?",
        button="Save",
        row=row,
        lead=lead,
        refusal=refusals["needs"],
    )


@ASKS
def promise_freed(request: HttpRequest, reference: str, id: UUID) -> HttpResponse:
    """It waits for that no longer."""
    viewer = viewer_of(request.user)
    page = queries.commitment(viewer, reference)
    waiting = next((each for each in page.needs if each.id == id), None)
    if waiting is None:
        raise Missing("There is no such waiting.")
    form = EndForm(request.POST or None).without_version()

    def change(said: dict[str, Any]) -> tuple[str, str]:
        changes.end_dependence(by=viewer, dependence=id, **said)
        return f"{reference} waits for {waiting.row.reference} no longer.", promise_link(reference)

    title = f"{reference} waits for {waiting.row.reference} no longer"
    refusal = rules.may_answer(viewer, page.held)
    return ask(request, form, change, title=title, button="Say so", row=page.row, refusal=refusal)


@ASKS
def promise_bears(request: HttpRequest, reference: str) -> HttpResponse:
    """Say that it bears on another risk too."""
    viewer = viewer_of(request.user)
    page = queries.commitment(viewer, reference)
    row, refusals = page.row, rules.refusals(viewer, page.row.facts, page.held)
    form = BearsForm(request.POST or None, targets=queries.targets(viewer))

    def change(said: dict[str, Any]) -> tuple[str, str]:
        risk, part = target_of(said["risk"])
        if risk is None:
            raise Missing("There is no such risk.")
        changes.apply_commitment(by=viewer, commitment=row.id, risk=risk, part=part, from_on=said["from_on"])
        return f"{row.reference} bears on it.", promise_link(reference)

    title = f"Which risk does {row.reference} bear on too?"
    return ask(request, form, change, title=title, button="Save", row=row, refusal=refusals["bears"])


@ASKS
def promise_leaves(request: HttpRequest, reference: str, id: UUID) -> HttpResponse:
    """It bears on that risk no longer."""
    viewer = viewer_of(request.user)
    page = queries.commitment(viewer, reference)
    use = next((each for each in page.row.bears_on if each.id == id), None)
    if use is None:
        raise Missing("There is no such use of a promise.")
    form = EndForm(request.POST or None).without_version()

    def change(said: dict[str, Any]) -> tuple[str, str]:
        changes.end_commitment_use(by=viewer, use=id, **said)
        return f"{reference} bears on {use.risk_label} no longer.", promise_link(reference)

    title = f"{reference} bears on {use.risk_label} no longer"
    refusal = queries.may_serve(viewer, use.risk)
    return ask(request, form, change, title=title, button="Say so", row=page.row, refusal=refusal)

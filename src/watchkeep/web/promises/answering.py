"""What is said of a promise: made, amended, moved, done, dropped, taken up again, and its effect."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from watchkeep.apps.indicators.queries.effects import looked_for, proposal_of
from watchkeep.apps.people import queries as people
from watchkeep.apps.people.queries import viewer_of
from watchkeep.apps.treatment import changes, queries
from watchkeep.apps.treatment.queries import CommitmentPage, CommitmentRow
from watchkeep.domain import commitment as rules
from watchkeep.domain.finding import written
from watchkeep.domain.people import Actor, Refusal
from watchkeep.web.promises.asking import ask
from watchkeep.web.promises.forms import (
    AmendForm,
    BecomesForm,
    DoneForm,
    EffectForm,
    EndForm,
    NewForm,
    SlipForm,
    target_of,
)
from watchkeep.web.promises.rows import promise_link

ASKS = require_http_methods(["GET", "HEAD", "POST"])


@ASKS
def promise_new(request: HttpRequest) -> HttpResponse:
    """Say what is promised."""
    viewer = viewer_of(request.user)
    targets = queries.targets(viewer)
    named = next(
        (
            f"{each.risk}|"
            for each in targets
            if (each.key, each.part) == (request.GET.get("risk", ""), "")
            and request.GET.get("register", "") in ("", each.register)
        ),
        "",
    )
    form = NewForm(request.POST or None, posts=people.posts(viewer), targets=targets, initial={"risk": named})

    def change(said: dict[str, Any]) -> tuple[str, str]:
        risk, part = target_of(said["risk"])
        made = changes.promise(by=viewer, kind=said["kind"], value=form.value(), risk=risk, part=part)
        row = queries.commitment(viewer, made).row
        return f"{row.reference} is promised.", promise_link(row.reference)

    return ask(
        request,
        form,
        change,
        title="Make a promise",
        button="Promise it",
        back=reverse("promises"),
        refusal=rules.may_begin(viewer),
    )


@ASKS
def promise_amend(request: HttpRequest, reference: str) -> HttpResponse:
    """Say anew what is promised."""
    viewer = viewer_of(request.user)
    page = queries.commitment(viewer, reference)
    row = page.row
    value = row.value
    initial = {name: getattr(value, name) for name in value.__slots__}
    initial |= {"owner_post": value.owner_post or "", "due": _due(row), "version": row.version}
    form = AmendForm(request.POST or None, posts=people.posts(viewer), initial=initial)

    def change(said: dict[str, Any]) -> tuple[str, str]:
        changes.amend_promise(
            by=viewer,
            commitment=row.id,
            version=said["version"],
            value=form.value(),
            slip_reason=said["reason"],
        )
        return f"{row.reference} is amended; what was said before stays.", promise_link(reference)

    return ask(
        request,
        form,
        change,
        title=f"Amend {row.reference}",
        button="Save",
        row=row,
        refusal=_refusal(viewer, page, "amend"),
    )


@ASKS
def promise_slip(request: HttpRequest, reference: str) -> HttpResponse:
    """Not done: a new day, and why."""
    viewer = viewer_of(request.user)
    page = queries.commitment(viewer, reference)
    row = page.row
    form = SlipForm(request.POST or None, initial={"due": _due(row), "version": row.version})

    def change(said: dict[str, Any]) -> tuple[str, str]:
        changes.slip(
            by=viewer,
            commitment=row.id,
            version=said["version"],
            due=said["due"],
            due_on=form.due_on,
            reason=said["reason"],
        )
        told = f"is now due on {written(form.due_on)}" if form.due_on else "has no date now"
        return f"{row.reference} {told}.", promise_link(reference)

    lead = _promised(row)
    return ask(
        request,
        form,
        change,
        title=f"Not done: give {row.reference} a new day",
        button="Save",
        row=row,
        refusal=_refusal(viewer, page, "slip"),
        lead=lead,
    )


@ASKS
def promise_done(request: HttpRequest, reference: str) -> HttpResponse:
    """Done, and what there is to see."""
    viewer = viewer_of(request.user)
    page = queries.commitment(viewer, reference)
    row, initial = page.row, {"version": page.row.version, "on": timezone.localdate()}
    offered = row.kind in ("action", "recommendation") and rules.may_change(viewer, page.held) is None
    form: DoneForm
    if offered:
        kept = [(str(each.id), each.label) for each in queries.controls(viewer) if each.state != "stood down"]
        initial["control_name"] = row.title
        form = BecomesForm(request.POST or None, controls=kept, initial=initial)
    else:
        form = DoneForm(request.POST or None, initial=initial)

    def change(said: dict[str, Any]) -> tuple[str, str]:
        changes.report_done(
            by=viewer,
            commitment=row.id,
            version=said["version"],
            on=said["on"],
            note=said["note"],
            becomes_control=form.control_made() if isinstance(form, BecomesForm) else None,
        )
        return f"{row.reference} is done.", promise_link(reference)

    done_when = row.value.definition_of_done
    lead = f"Done when: {done_when}" if done_when else "Nobody wrote down what counts as done."
    return ask(
        request,
        form,
        change,
        title=f"{row.reference} is done",
        button="Report it done",
        row=row,
        refusal=_refusal(viewer, page, "done"),
        lead=lead,
    )


@ASKS
def promise_drop(request: HttpRequest, reference: str) -> HttpResponse:
    """Give it up, and say why."""
    viewer = viewer_of(request.user)
    page = queries.commitment(viewer, reference)
    row = page.row
    form = EndForm(request.POST or None, initial={"version": row.version})

    def change(said: dict[str, Any]) -> tuple[str, str]:
        changes.drop(by=viewer, commitment=row.id, **said)
        return f"{row.reference} is dropped; it stays on record.", promise_link(reference)

    return ask(
        request,
        form,
        change,
        title=f"Drop {row.reference}",
        button="Drop it",
        row=row,
        refusal=_refusal(viewer, page, "drop"),
        grave=True,
    )


@ASKS
def promise_again(request: HttpRequest, reference: str) -> HttpResponse:
    """It is not done, or not dropped, after all."""
    viewer = viewer_of(request.user)
    page = queries.commitment(viewer, reference)
    row = page.row
    form = EndForm(request.POST or None, initial={"version": row.version})

    def change(said: dict[str, Any]) -> tuple[str, str]:
        changes.take_up_again(by=viewer, commitment=row.id, **said)
        return f"{row.reference} is open again.", promise_link(reference)

    title = f"Take {row.reference} up again"
    lead = f"It was reported {row.facts.outcome or 'open'}. That stays on record."
    return ask(
        request,
        form,
        change,
        title=title,
        button="Take it up again",
        row=row,
        refusal=_refusal(viewer, page, "again"),
        lead=lead,
    )


@ASKS
def promise_effect(request: HttpRequest, reference: str) -> HttpResponse:
    """Whether the expected effect was seen."""
    viewer = viewer_of(request.user)
    page = queries.commitment(viewer, reference)
    row = page.row
    form = EffectForm(request.POST or None, initial={"version": row.version})

    def change(said: dict[str, Any]) -> tuple[str, str]:
        changes.say_effect(by=viewer, commitment=row.id, **said)
        return f"What was found of {row.reference}’s effect is on record.", promise_link(reference)

    by = f", by {written(row.value.expected_by)}" if row.value.expected_by else ""
    told = proposal_of(looked_for(viewer, [row]).get(row.id, ()))
    lead = f"Expected{by}: {row.value.expected_effect}" + (f". {told}" if told else "")
    title = f"Did {row.reference} have its effect?"
    return ask(
        request,
        form,
        change,
        title=title,
        button="Record it",
        row=row,
        refusal=_refusal(viewer, page, "effect"),
        lead=lead,
    )


def _refusal(viewer: Actor, page: CommitmentPage, deed: rules.Deed) -> Refusal | None:
    return rules.refusals(viewer, page.row.facts, page.held)[deed]


def _due(row: CommitmentRow) -> str:
    return row.value.due or (written(row.due_on) if row.due_on else "")


def _promised(row: CommitmentRow) -> str:
    if row.due_on is None:
        return "No day was promised yet."
    slipped = f"; it has slipped {len(row.slips)} times" if len(row.slips) > 1 else ""
    return f"It was promised by {written(row.due_on)}{slipped}."

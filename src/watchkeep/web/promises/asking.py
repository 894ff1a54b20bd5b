"""The page of one form about a promise, or before there is one."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse

from watchkeep.apps.treatment.queries import CommitmentRow
from watchkeep.domain.errors import Refused
from watchkeep.domain.people import Refusal
from watchkeep.web.components import asking
from watchkeep.web.components.asking import Change
from watchkeep.web.promises.rows import promise_link


def ask(
    request: HttpRequest,
    form: forms.Form,
    change: Change,
    *,
    title: str,
    button: str,
    row: CommitmentRow | None = None,
    lead: str = "",
    grave: bool = False,
    back: str = "",
    back_to: str = "Promises",
    refusal: Refusal | None = None,
) -> HttpResponse:
    """Show the form, or hand what was sent to `change`: it answers with the sentence and page that follow.

    Where it could only be refused, why, before anything is written in it.
    """
    if refusal and not form.is_bound:
        raise Refused(refusal.sentence)
    facts = {"title": title, "button": button, "lead": lead, "grave": grave, "row": row}
    facts |= {
        "back": promise_link(row.reference) if row else back,
        "back_to": row.label if row else back_to,
    }
    return asking.ask(request, form, change, "promises/form.html", facts)

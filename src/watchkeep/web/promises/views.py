"""The pages of promises: all of them, one of them, and what its answer is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from watchkeep.apps.indicators.queries.effects import looked_for, proposals
from watchkeep.apps.people.queries import viewer_of
from watchkeep.apps.treatment import queries
from watchkeep.apps.treatment.queries import CommitmentPage
from watchkeep.domain import commitment as rules
from watchkeep.domain.commitment import KINDS, SOON, STATES
from watchkeep.domain.errors import Missing
from watchkeep.domain.people import Actor
from watchkeep.formats.writers.table import to_csv, to_xlsx
from watchkeep.jobs import happenings
from watchkeep.jobs.clocks import spoken
from watchkeep.jobs.tables.promises import HEADING, cells
from watchkeep.web.components.clock import clock_of
from watchkeep.web.components.happenings import happening
from watchkeep.web.files import download
from watchkeep.web.promises.forms import ChoiceForm
from watchkeep.web.promises.looking import effect_shown
from watchkeep.web.promises.rows import (
    GRAVE,
    borne,
    chosen,
    finding,
    promise_link,
    shown,
    times,
)

KINDS_OF_FILE = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True, slots=True)
class Answers:
    """What may be done about a promise; none of them is offered that would be refused."""

    amend: bool
    slip: bool
    done: bool
    drop: bool
    again: bool
    effect: bool
    needs: bool
    bears: bool

    @property
    def any(self) -> bool:
        """Whether there is anything to offer."""
        return any(getattr(self, name) for name in self.__slots__)


@require_safe
def promises(request: HttpRequest) -> HttpResponse:
    """Every promise that the viewer may see."""
    viewer = viewer_of(request.user)
    clock = clock_of(request)
    rows = queries.commitments(viewer, clock)
    doubted = proposals(viewer, rows, clock)
    form = ChoiceForm(request.GET, rows=rows)
    choices = form.choices()
    fitting = chosen(rows, choices, doubted)
    # Whoever looks for something gets one list; else what is settled is folded away beneath.
    settled = () if choices else tuple(each for each in fitting if each.standing.settled)
    facts = {
        "parts": finding(rows, doubted) if rows else (),
        "form": form,
        "rows": shown((each for each in fitting if choices or not each.standing.settled), doubted),
        "settled": shown(settled, doubted),
        "count": len(fitting),
        "all": len(rows),
        "times": times(fitting, clock.day or timezone.localdate()),
        "asked": request.GET.urlencode(),
        "soon": [(kind, days) for kind, days in SOON.items()],
        "states": STATES.items(),
        "may_promise": rules.may_begin(viewer) is None,
    }
    return render(request, "promises/page.html", facts)


@require_safe
def promises_file(request: HttpRequest, kind: str) -> HttpResponse:
    """Exactly the promises that are shown, to take away."""
    if kind not in KINDS_OF_FILE:
        raise Missing("There is no such file.")
    viewer = viewer_of(request.user)
    clock = clock_of(request)
    rows = queries.commitments(viewer, clock)
    choices = ChoiceForm(request.GET, rows=rows).choices()
    doubted = proposals(viewer, rows, clock) if choices.get("only") == "without effect" else {}
    fitting = [cells(each) for each in chosen(rows, choices, doubted)]
    if kind == "csv":
        return download(to_csv(HEADING, fitting), KINDS_OF_FILE[kind], "promises.csv")
    notes = (f"{len(fitting)} of {len(rows)} promises", f"The promises {spoken(clock)}")
    return download(
        to_xlsx(HEADING, fitting, title="Promises", notes=notes), KINDS_OF_FILE[kind], "promises.xlsx"
    )


@require_safe
def promise(request: HttpRequest, reference: str) -> HttpResponse:
    """Everything known of one promise."""
    viewer = viewer_of(request.user)
    clock = clock_of(request)
    page = queries.commitment(viewer, reference, clock)
    effects = looked_for(viewer, [page.row], clock).get(page.row.id, ())
    facts: dict[str, Any] = {
        "page": page,
        "row": page.row,
        "value": page.row.value,
        "kind": KINDS[page.row.kind],
        "grave": page.row.standing.state in GRAVE,
        "risks": [borne(use) for use in page.row.bears_on],
        "ended": [borne(use) for use in page.ended],
        "dependants": [(each, promise_link(each.row.reference)) for each in page.dependants],
        "needs": [(each, promise_link(each.row.reference)) for each in page.needs],
        "answers": answers(viewer, page),
        "effects": [effect_shown(each) for each in effects],
        "expecting": not clock.past and rules.may_change(viewer, page.held) is None,
        "entries": [
            happening(each, page.row.reference)
            for each in happenings.entries(viewer, subject=("commitment", str(page.row.id))).rows
        ],
    }
    return render(request, "promises/promise.html", facts)


def answers(viewer: Actor, page: CommitmentPage) -> Answers:
    """What the domain does not refuse."""
    found = rules.refusals(viewer, page.row.facts, page.held)
    return Answers(**{name: refusal is None for name, refusal in found.items()})

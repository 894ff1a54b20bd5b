"""What is planned, and what was said in error: the forms beside those of acting.py."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from watchkeep.apps.indicators import changes, queries
from watchkeep.apps.indicators.queries import SaidRow
from watchkeep.domain.errors import Missing
from watchkeep.domain.finding import written
from watchkeep.domain.indicator import Annotation, Rebase, Target
from watchkeep.domain.indicator.figure import figure
from watchkeep.formats.readings import points_of, written_out
from watchkeep.web.indicators.acting import ASKS, ask, kept, link, named
from watchkeep.web.indicators.forms import PlanForm, TakeBackForm


@ASKS
def plan(request: HttpRequest, reference: str) -> HttpResponse:
    """Say what is planned for which day."""
    viewer, row = kept(request, reference)
    standing = queries.lines_of([row.id])[row.id].plan
    form = PlanForm(request.POST or None, initial={"points": written_out(standing)})

    def change(said: dict[str, Any]) -> tuple[str, str]:
        points = points_of(said["points"])
        changed = changes.plan(by=viewer, indicator=row.id, points=points, why=said["why"])
        done = (
            f"{changed} day{'' if changed == 1 else 's'} of the plan changed; what was planned before stays."
        )
        return done if changed else "That is the plan already.", link(row)

    return ask(request, row, form, change, f"The plan of {row.label}", "Plan it")


@ASKS
def take_back(request: HttpRequest, reference: str) -> HttpResponse:
    """Say that a line, new limits, something that happened or a planned day was said in error."""
    viewer, row = kept(request, reference)
    wanted = named(request, "line")
    line = next((each for each in queries.said_of(viewer, row.id) if each.id == wanted), None)
    if line is None:
        raise Missing("There is no such line.")

    def change(said: dict[str, Any]) -> tuple[str, str]:
        changes.take_back(by=viewer, said=line.id, why=said["why"])
        return "It is taken back; that it was said stays in the history.", link(row)

    title = f"Take back: {_called(line, row.definition.unit)}"
    return ask(request, row, TakeBackForm(request.POST or None), change, title, "Take it back")


def _called(line: SaidRow, unit: str) -> str:
    what = line.what
    if isinstance(what, Target):
        return f"the {what.kind} of {figure(what.value, unit)} from {written(what.from_on)}"
    if isinstance(what, Rebase):
        return f"new limits from {written(what.on)}"
    if isinstance(what, Annotation):
        return f"what happened on {written(what.on)}"
    return f"what is planned for {written(what.on)}"

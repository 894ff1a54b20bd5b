"""What a promise's page shows of an expected effect: the verdict, the chart, the table behind it, what else
changed; and the form that says what is expected.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_http_methods

from watchkeep.apps.indicators import queries as indicators
from watchkeep.apps.indicators.changes.effects import expect_effect, take_back_effect
from watchkeep.apps.indicators.queries import IndicatorRow
from watchkeep.apps.indicators.queries.effects import EffectRow, Looked, effects_of
from watchkeep.apps.people.queries import viewer_of
from watchkeep.apps.treatment import queries
from watchkeep.apps.treatment.queries import CommitmentRow
from watchkeep.domain import commitment as rules
from watchkeep.domain.finding import written
from watchkeep.domain.forecast import VERDICTS, WITHOUT, Compared, Edges, Expected
from watchkeep.domain.indicator.figure import figure
from watchkeep.domain.people import Actor
from watchkeep.domain.spc.spacing import spoken
from watchkeep.formats.charts import drawn, effect_chart
from watchkeep.web.indicators.forms import number
from watchkeep.web.promises.asking import ask
from watchkeep.web.promises.rows import promise_link
from watchkeep.web.settings import boxes

WAYS: Final = (
    ("down", "It goes down by"),
    ("up", "It goes up by"),
    ("level", "It comes to"),
    ("none", "Nothing any more: what was expected is taken back"),
)


@dataclass(frozen=True, slots=True)
class Period:
    """One period in the table behind the chart."""

    name: str
    came: str
    without: str
    hoped: str
    judged: bool


@dataclass(frozen=True, slots=True)
class EffectShown:
    """One expected effect as the page shows it."""

    looked: Looked
    verdict: str
    grave: bool
    expected: str
    desk: SafeString
    phone: SafeString
    periods: tuple[Period, ...]


def effect_shown(looked: Looked) -> EffectShown:
    """Draw it, and put it in words."""
    unit, word = looked.series.definition.unit, looked.effect.word
    return EffectShown(
        looked,
        VERDICTS[word],
        word in WITHOUT,
        looked.row.expected.spoken(unit),
        _drawn(looked, 1120, 280, "desk"),
        _drawn(looked, 340, 250, "phone"),
        tuple(_period(each, looked) for each in reversed(looked.effect.compared)),
    )


def _drawn(looked: Looked, width: int, height: int, where: str) -> SafeString:
    if not looked.series.recorded:
        return mark_safe("")
    said = looked.series.definition
    text = drawn(
        effect_chart(looked, width=width, height=height),
        title=looked.effect.sentence,
        description=(
            f"Readings of {said.name} since before {written(looked.waited.started)}, beside what was to be "
            f"expected without the action and what was hoped for: {looked.row.expected.spoken(said.unit)}. "
            f"The table has every period. Drawn for a {where}."
        ),
    )
    return mark_safe(text)  # noqa: S308  # drawn by us; every word in it is escaped


def _period(each: Compared, looked: Looked) -> Period:
    said = looked.series.definition
    return Period(
        spoken(each.on, said.frequency),
        figure(each.came, said.unit) if each.came is not None else "",
        f"{figure(each.without, said.unit)}{_between(each.edges)}",
        figure(each.hoped, said.unit) if each.hoped is not None else "",
        each.judged,
    )


def _between(edges: Edges | None) -> str:
    return f" ({figure(edges.low)} to {figure(edges.high)})" if edges else ""


# --- The form -----------------------------------------------------------------------------------------------


class ExpectForm(boxes.Asking):
    """Which indicator, which way, by how much, from when and by when."""

    indicator = boxes.choice("On which indicator?")
    way = boxes.choice("What is expected of it?")
    amount = number("How much", hint="In the indicator’s own unit.")
    from_on = boxes.day(
        "From", hint="The day on which the action begins to work. Readings of before it are held against."
    )
    by = boxes.day("To be seen by", required=False, hint="Three readings from that day on are waited for.")
    why = boxes.reason("Why is that expected?", required=False)

    def __init__(self, *args: Any, rows: Iterable[IndicatorRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("way", WAYS)
        self.choose("indicator", [("", "Choose one"), *((each.reference, _named(each)) for each in rows)])

    def clean(self) -> dict[str, Any]:
        """What is expected has an amount and a day; what is taken back has a reason."""
        said: dict[str, Any] = super().clean() or {}
        if said.get("way") == "none":
            return said
        if said.get("amount") is None and "amount" not in self.errors:
            self.add_error("amount", "Say how much.")
        if said.get("by") is None and "by" not in self.errors:
            self.add_error("by", "Give the day by which it is to be seen.")
        if said.get("way") in ("down", "up") and (said.get("amount") or 0.0) < 0:
            self.add_error("amount", "Give the amount without a sign: the box above says which way.")
        return said

    def expected(self) -> Expected:
        """The effect."""
        said = self.cleaned_data
        if said["way"] == "level":
            return Expected("level", said["amount"], said["by"])
        return Expected("change", -said["amount"] if said["way"] == "down" else said["amount"], said["by"])


@require_http_methods(["GET", "HEAD", "POST"])
def promise_expect(request: HttpRequest, reference: str) -> HttpResponse:
    """Say what a promise is to do to an indicator, say it otherwise, or take it back."""
    viewer = viewer_of(request.user)
    page = queries.commitment(viewer, reference)
    row = page.row
    rows = _nearest(viewer, row)
    standing = effects_of(viewer, row.id)
    named = next((each for each in standing if each.reference == request.GET.get("indicator", "")), None)
    form = ExpectForm(request.POST or None, rows=rows, initial=_initial(row, named))

    def change(said: dict[str, Any]) -> tuple[str, str]:
        indicator = next(each.id for each in rows if each.reference == said["indicator"])
        given: dict[str, Any] = {"by": viewer, "commitment": row.id, "indicator": indicator}
        if said["way"] == "none":
            take_back_effect(**given, why=said["why"])
            return "It is expected no more; that it was stays on record.", promise_link(reference)
        expect_effect(**given, expected=form.expected(), from_on=said["from_on"], why=said["why"])
        return f"What is expected of {reference} is on record.", f"{promise_link(reference)}#effect"

    return ask(
        request,
        form,
        change,
        title=f"What is {reference} to do to an indicator?",
        button="Save",
        row=row,
        lead="What comes is held against what was to be expected without it, and against what was hoped for.",
        refusal=rules.may_change(viewer, page.held),
    )


def _nearest(viewer: Actor, row: CommitmentRow) -> list[IndicatorRow]:
    """Every indicator, those first that speak to a risk on which the promise bears."""
    found = indicators.series_of(viewer, [each.risk for each in row.bears_on])
    near = {each.indicator for attached in found.values() for each in attached}
    return sorted(indicators.indicators(viewer), key=lambda each: (each.id not in near, each.number))


def _initial(row: CommitmentRow, named: EffectRow | None) -> dict[str, Any]:
    if named is None:
        begins = row.facts.outcome_on or row.due_on
        return {"from_on": begins} if begins else {}
    expected = named.expected
    way = "level" if expected.measure == "level" else "down" if expected.amount < 0 else "up"
    amount = expected.amount if way == "level" else abs(expected.amount)
    said = {"indicator": named.reference, "way": way, "amount": amount}
    return said | {"from_on": named.from_on, "by": expected.by}


def _named(row: IndicatorRow) -> str:
    unit = f" ({row.definition.unit})" if row.definition.unit else ""
    return f"{row.label}{unit}, read every {row.definition.frequency}"

"""The page of one indicator: its chart for desk and phone, the table behind it, and every line by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString, mark_safe

from watchkeep.apps.indicators.queries import SaidRow
from watchkeep.domain.indicator import Annotation, PlanPoint, Reading, Rebase, Target
from watchkeep.domain.indicator.figure import figure
from watchkeep.domain.indicator.periods import filled
from watchkeep.domain.spc import Chart, Judged
from watchkeep.formats.charts import Ahead, drawn, xmr
from watchkeep.web.indicators.panels import Panel

FORESEEN = " What is forecast follows, and stands in words under it."
SIGNALS = {
    "astronomical": "beyond a limit",
    "trend": "part of a trend",
    "two-of-three": "two of three near a limit",
    "shift": "part of a run on one side",
}


@dataclass(frozen=True, slots=True)
class TableRow:
    """A period in the table behind the chart."""

    reading: Reading
    value: str
    judged: Judged | None
    signals: str
    limits: str


@dataclass(frozen=True, slots=True)
class Line:
    """A target, a rebase or an annotation with the id by which it is put right."""

    row: SaidRow
    value: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class One:
    """All that the page draws."""

    desk: SafeString
    phone: SafeString
    rows: tuple[TableRow, ...]
    targets: tuple[Line, ...]
    rebases: tuple[Line, ...]
    annotations: tuple[Line, ...]
    plan: tuple[Line, ...]
    corrected: int


def one(panel: Panel, said: Sequence[SaidRow], on: date, fan: Sequence[Ahead] = ()) -> One:
    """Draw it with what is forecast, the table with the last period first."""
    chart = panel.chart
    unit = chart.series.definition.unit
    rows = tuple(_row(each, chart) for each in reversed(filled(chart.series, on).readings))
    notes = [each for each in said if isinstance(each.what, Annotation)]
    return One(
        desk=_drawn(chart, 1120, 320, "desk", fan),
        phone=_drawn(chart, 340, 250, "phone", fan),
        rows=rows,
        targets=tuple(
            Line(each, figure(each.what.value, unit)) for each in said if isinstance(each.what, Target)
        ),
        rebases=tuple(Line(each) for each in said if isinstance(each.what, Rebase)),
        annotations=tuple(Line(each, number=place) for place, each in enumerate(notes, 1)),
        plan=tuple(
            Line(each, figure(each.what.value, unit)) for each in said if isinstance(each.what, PlanPoint)
        ),
        corrected=sum(each.reading.revision > 1 for each in rows),
    )


def _drawn(chart: Chart, width: int, height: int, where: str, fan: Sequence[Ahead]) -> SafeString:
    if not chart.readings:
        return mark_safe("")
    text = drawn(
        xmr(chart, width=width, height=height, fan=fan),
        title=chart.verdict.sentence,
        description=f"{described(chart)}{FORESEEN if fan else ''} Drawn for a {where}.",
    )
    return mark_safe(text)  # noqa: S308  # drawn by us; every word in it is escaped


def described(chart: Chart) -> str:
    """The chart in a sentence or two, for who does not see it."""
    said, last = chart.series.definition, chart.readings[-1]
    limits = [
        f"{name} limit {figure(value, said.unit)}"
        for name, value in (("lower", last.lower), ("upper", last.upper))
        if value is not None
    ]
    told = ", ".join([f"mean {figure(last.centre, said.unit)}", *limits])
    flagged = sum(bool(each.signals) for each in chart.readings)
    return (
        f"Control chart of {len(chart.readings)} readings of {said.name}; the last is "
        f"{figure(last.value, said.unit)}, with {told}. {flagged} have a signal. The table has every reading."
    )


def _row(reading: Reading, chart: Chart) -> TableRow:
    unit = chart.series.definition.unit
    judged = next((each for each in chart.readings if each.on == reading.on), None)
    limits = ""
    if judged:
        low, high = judged.lower, judged.upper
        limits = f"{figure(low)} to {figure(high)}" if low is not None and high is not None else ""
        limits = limits or (f"up to {figure(high)}" if high is not None else "")
    return TableRow(
        reading=reading,
        value=figure(reading.value, unit) if reading.value is not None else "",
        judged=judged,
        signals=", ".join(SIGNALS[each] for each in judged.signals) if judged else "",
        limits=limits,
    )

"""The section on indicators of a risk's page: what its figures say of causes, controls and consequences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from watchkeep.apps.indicators.queries import Attached, series_of_risk
from watchkeep.apps.register.queries import RiskPage
from watchkeep.domain.clock import PRESENT, Clock
from watchkeep.domain.document import Trend
from watchkeep.domain.finding import spoken_period
from watchkeep.domain.indicator.verdict import Spoken, Voice, difference, spoken
from watchkeep.domain.people import Actor
from watchkeep.web.indicators.panels import Panel, day_of, panel

TEMPLATE = "risk/figures_section.html"


@dataclass(frozen=True, slots=True)
class Figure:
    """One indicator of the risk, with its side and whether it leads."""

    panel: Panel
    side: str
    part: str
    leads: bool


@dataclass(frozen=True, slots=True)
class FiguresSection:
    """What they say together, and each by itself: causes first, for they move before the risk does. `differs`
    is where its trend on record says otherwise.
    """

    said: Spoken | None
    differs: str
    rows: tuple[Figure, ...]
    every: str


def section(viewer: Actor, page: RiskPage, clock: Clock = PRESENT) -> FiguresSection:
    """What the indicators of the risk said by the clock, in a fixed number of statements."""
    mark = last_mark(page.value.trends, page.quarters)
    return shown(series_of_risk(viewer, page.id, clock), clock, mark, page.quarters)


def last_mark(trends: Sequence[Trend], quarters: Mapping[str, str]) -> Trend | None:
    """The trend of the newest period that has one: by their quarters where all are known, else the last."""
    told = [each for each in trends if each.state == "recorded"]
    if all(each.period in quarters for each in told):
        told.sort(key=lambda each: quarters[each.period])
    return told[-1] if told else None


def shown(
    attached: Sequence[Attached],
    clock: Clock,
    mark: Trend | None = None,
    quarters: Mapping[str, str] | None = None,
) -> FiguresSection:
    """The rows of these indicators, and the word that they make together."""
    on = day_of(clock)
    made = {each.series.key: panel(each.series, on) for each in attached}
    voices = [
        Voice(
            key=each.series.key,
            name=each.series.definition.name,
            side=each.side,
            verdict=made[each.series.key].chart.verdict,
            leads=each.leads,
        )
        for each in attached
    ]
    rows = [Figure(made[each.series.key], each.side, each.part, each.leads) for each in attached]
    order = ("cause", "control", "consequence")
    rows.sort(key=lambda each: (not each.leads, order.index(each.side)))
    said = spoken(voices)
    period = (quarters or {}).get(mark.period, spoken_period(mark.period)) if mark else ""
    differs = difference(mark.movement if mark else None, said, period)
    return FiguresSection(said, differs, tuple(rows), reverse("indicators"))

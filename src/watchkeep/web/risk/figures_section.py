"""The section on indicators of a risk's page: what its figures say of causes, controls and consequences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from watchkeep.apps.indicators.queries import Attached, series_of_risk
from watchkeep.apps.register.queries import RiskPage
from watchkeep.domain.clock import PRESENT, Clock
from watchkeep.domain.indicator.verdict import Spoken, Voice, spoken
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
    """What they say together, and each by itself: causes first, for they move before the risk does."""

    said: Spoken | None
    rows: tuple[Figure, ...]
    every: str


def section(viewer: Actor, page: RiskPage, clock: Clock = PRESENT) -> FiguresSection:
    """What the indicators of the risk said by the clock, in a fixed number of statements."""
    return shown(series_of_risk(viewer, page.id, clock), clock)


def shown(attached: Sequence[Attached], clock: Clock) -> FiguresSection:
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
    return FiguresSection(spoken(voices), tuple(rows), reverse("indicators"))

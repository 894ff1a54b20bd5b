"""An indicator in the room of a card or a cell: its small picture, its verdict, its last reading."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from watchkeep.domain.clock import Clock
from watchkeep.domain.indicator import Series
from watchkeep.domain.indicator.figure import figure
from watchkeep.domain.indicator.periods import filled
from watchkeep.domain.spc import Chart
from watchkeep.domain.spc.chart import judged
from watchkeep.domain.spc.spacing import spoken
from watchkeep.formats.charts import sparkline
from watchkeep.formats.charts.sparkline import HEIGHT, WIDTH
from watchkeep.web.components.verdicts import AbleMark, VerdictMark, able_mark, verdict_mark

CARD = (262, 76)  # pixels: the picture of a card


@dataclass(frozen=True, slots=True)
class Panel:
    """An indicator as a card, a cell or a row shows it. `late` are the periods whose reading is overdue, and
    `missing` those between readings that have none. Its picture is drawn where it is asked for.
    """

    chart: Chart
    link: str
    mark: VerdictMark
    able: AbleMark
    late: int
    missing: int = 0
    card: bool = False  # drawn in the room of a card, with every signal marked

    @property
    def series(self) -> Series:
        """What was judged."""
        return self.chart.series

    @property
    def spark(self) -> SafeString:
        """Its course as a small picture, with the finding as its words."""
        width, height = CARD if self.card else (WIDTH, HEIGHT)
        words = f"{self.series.definition.name}: {self.chart.verdict.sentence}"
        picture = sparkline(self.chart, width=width, height=height, dots=self.card, words=words)
        return mark_safe(picture)  # noqa: S308  # drawn from numbers, its words escaped

    @property
    def value(self) -> str:
        """The last reading with its unit."""
        last = self.chart.readings[-1].value if self.chart.readings else None
        return figure(last, self.series.definition.unit)

    @property
    def on(self) -> date | None:
        """The first day of the last reading's period."""
        return self.chart.readings[-1].on if self.chart.readings else None

    @property
    def period(self) -> str:
        """The last reading's period, as it is named in a sentence."""
        return spoken(self.on, self.series.definition.frequency) if self.on else ""

    @property
    def target(self) -> str:
        """The target in force at the last reading, in words; none where none was."""
        held = [
            each
            for each in self.series.targets
            if self.on
            and each.kind == "target"
            and each.from_on <= self.on
            and (each.until_on is None or self.on < each.until_on)
        ]
        return figure(held[-1].value, self.series.definition.unit) if held else ""


def day_of(clock: Clock) -> date:
    """The day as at which series are judged."""
    return clock.day or timezone.localdate()


def panel(series: Series, on: date, *, card: bool = False) -> Panel:
    """One series judged as at a day."""
    chart = judged(series, as_at=on)
    states = [each.state for each in filled(series, on).readings]
    return Panel(
        chart=chart,
        link=reverse("indicator", args=[series.key]),
        mark=verdict_mark(chart.verdict),
        able=able_mark(chart.capability),
        late=states.count("late"),
        missing=states.count("missing"),
        card=card,
    )


def panels(every: Iterable[Series], on: date, *, card: bool = False) -> tuple[Panel, ...]:
    """All of them, in the order given."""
    return tuple(panel(each, on, card=card) for each in every)

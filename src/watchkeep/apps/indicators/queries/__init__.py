"""What can be asked about indicators: one module for each kind of answer."""

from watchkeep.apps.indicators.queries.lines import Lines, SaidRow, lines_of, said_of
from watchkeep.apps.indicators.queries.overdue import Overdue, overdue
from watchkeep.apps.indicators.queries.rows import IndicatorRow, indicator_named, indicators, indicators_among
from watchkeep.apps.indicators.queries.scope import hidden_indicators, visible_indicators
from watchkeep.apps.indicators.queries.series import (
    Attached,
    all_series,
    leading_of,
    references_speaking,
    risks_served,
    series,
    series_among,
    series_of,
    series_of_risk,
    series_told,
    speaking_to,
)
from watchkeep.apps.indicators.queries.touched import touched
from watchkeep.apps.indicators.queries.verifying import readings_checked
from watchkeep.apps.indicators.queries.voices import spoken_of

__all__ = [
    "Attached",
    "IndicatorRow",
    "Lines",
    "Overdue",
    "SaidRow",
    "all_series",
    "hidden_indicators",
    "indicator_named",
    "indicators",
    "indicators_among",
    "leading_of",
    "lines_of",
    "overdue",
    "readings_checked",
    "references_speaking",
    "risks_served",
    "said_of",
    "series",
    "series_among",
    "series_of",
    "series_of_risk",
    "series_told",
    "speaking_to",
    "spoken_of",
    "touched",
    "visible_indicators",
]

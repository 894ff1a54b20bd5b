"""What can be asked about indicators: one module for each kind of answer."""

from watchkeep.apps.indicators.queries.lines import SaidRow, said_of
from watchkeep.apps.indicators.queries.rows import IndicatorRow, indicator_named, indicators
from watchkeep.apps.indicators.queries.scope import visible_indicators
from watchkeep.apps.indicators.queries.series import (
    Attached,
    all_series,
    series,
    series_among,
    series_of,
    series_of_risk,
)
from watchkeep.apps.indicators.queries.verifying import readings_checked

__all__ = [
    "Attached",
    "IndicatorRow",
    "SaidRow",
    "all_series",
    "indicator_named",
    "indicators",
    "readings_checked",
    "said_of",
    "series",
    "series_among",
    "series_of",
    "series_of_risk",
    "visible_indicators",
]

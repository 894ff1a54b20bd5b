"""Indicators, their readings, the lines that readings are held against, and the risks that they speak to.

Identity rows say what exists; versions say what was true as at a day. Readings are too many for an entry
each: they come in batches, and a batch's entry vouches for its readings by their digest.
"""

from watchkeep.apps.indicators.models.definitions import Indicator, IndicatorVersion
from watchkeep.apps.indicators.models.feeding import Feed, FeedRun, Load
from watchkeep.apps.indicators.models.forecasting import (
    EffectFound,
    ExpectedEffect,
    ForecastGuess,
    ForecastOutcome,
    ForecastQuestion,
    ForecastRun,
)
from watchkeep.apps.indicators.models.lines import AnnotationSaid, PlanSaid, RebaseSaid, Said, TargetSaid
from watchkeep.apps.indicators.models.readings import Batch, Observation
from watchkeep.apps.indicators.models.uses import IndicatorUse

__all__ = [
    "AnnotationSaid",
    "Batch",
    "EffectFound",
    "ExpectedEffect",
    "Feed",
    "FeedRun",
    "ForecastGuess",
    "ForecastOutcome",
    "ForecastQuestion",
    "ForecastRun",
    "Indicator",
    "IndicatorUse",
    "IndicatorVersion",
    "Load",
    "Observation",
    "PlanSaid",
    "RebaseSaid",
    "Said",
    "TargetSaid",
]

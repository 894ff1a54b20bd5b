"""What is expected of an indicator, how surely, when a limit will be breached, and what an action changed.

Each way of forecasting is tried on what has come since; naive ones are among them, and are the bar.
"""

from watchkeep.domain.forecast.breach import Breach, Chance, breach_of, breaches_of
from watchkeep.domain.forecast.effect import VERDICTS, WITHOUT, Compared, Effect, effect_of, proposed
from watchkeep.domain.forecast.expecting import Awaited, Expected, awaited, must_be_possible
from watchkeep.domain.forecast.making import digest_of, digest_of_inputs, forecast_of
from watchkeep.domain.forecast.ratio import ratio_of
from watchkeep.domain.forecast.values import Candidate, Edges, Forecast, Held, Point

__all__ = [
    "VERDICTS",
    "WITHOUT",
    "Awaited",
    "Breach",
    "Candidate",
    "Chance",
    "Compared",
    "Edges",
    "Effect",
    "Expected",
    "Forecast",
    "Held",
    "Point",
    "awaited",
    "breach_of",
    "breaches_of",
    "digest_of",
    "digest_of_inputs",
    "effect_of",
    "forecast_of",
    "must_be_possible",
    "proposed",
    "ratio_of",
]

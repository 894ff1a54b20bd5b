"""What can be done about indicators: one module for each kind of thing that changes."""

from watchkeep.apps.indicators.changes.definitions import open_indicator, redefine
from watchkeep.apps.indicators.changes.lines import (
    annotate,
    end_target,
    plan,
    rebase,
    set_target,
    take_back,
)
from watchkeep.apps.indicators.changes.observing import Taken, observe, observe_many
from watchkeep.apps.indicators.changes.uses import attach, detach

__all__ = [
    "Taken",
    "annotate",
    "attach",
    "detach",
    "end_target",
    "observe",
    "observe_many",
    "open_indicator",
    "plan",
    "rebase",
    "redefine",
    "set_target",
    "take_back",
]

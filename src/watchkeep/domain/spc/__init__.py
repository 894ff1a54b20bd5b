"""Statistical process control: limits, signals, and what they say of the process and of its target."""

from watchkeep.domain.spc.chart import judged
from watchkeep.domain.spc.dialects import DIALECTS, LEAST_BASELINE, Conflict
from watchkeep.domain.spc.values import (
    Basis,
    Capability,
    Chart,
    Dialect,
    Judged,
    Segment,
    Signal,
    Verdict,
    VerdictWord,
)

__all__ = [
    "DIALECTS",
    "LEAST_BASELINE",
    "Basis",
    "Capability",
    "Chart",
    "Conflict",
    "Dialect",
    "Judged",
    "Segment",
    "Signal",
    "Verdict",
    "VerdictWord",
    "judged",
]

"""Statistical process control: limits, signals, and what they say of the process and of its target."""

from watchkeep.domain.spc.values import (
    Capability,
    Chart,
    Dialect,
    Judged,
    Segment,
    Signal,
    Verdict,
    VerdictWord,
)

__all__ = ["Capability", "Chart", "Dialect", "Judged", "Segment", "Signal", "Verdict", "VerdictWord"]

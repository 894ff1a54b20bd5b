"""What can be done about what sentences rest on: bind one, judge one, take a basis off, look again."""

from watchkeep.apps.evidence.changes.binding import (
    OnDocument,
    OnReading,
    OnRecord,
    Rests,
    bind,
    judge,
    unbind,
)
from watchkeep.apps.evidence.changes.measuring import OnObservation
from watchkeep.apps.evidence.changes.renewing import renew

__all__ = [
    "OnDocument",
    "OnObservation",
    "OnReading",
    "OnRecord",
    "Rests",
    "bind",
    "judge",
    "renew",
    "unbind",
]

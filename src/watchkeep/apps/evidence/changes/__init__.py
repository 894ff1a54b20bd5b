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
from watchkeep.apps.evidence.changes.renewing import renew

__all__ = ["OnDocument", "OnReading", "OnRecord", "Rests", "bind", "judge", "renew", "unbind"]

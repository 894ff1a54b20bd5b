"""What can be done with what goes out: one module a noun."""

from watchkeep.apps.publication.changes.markings import mark, unmark
from watchkeep.apps.publication.changes.papers import approve, attach_file, freeze, publish, withdraw
from watchkeep.domain.edition_state import KINDS

__all__ = ["KINDS", "approve", "attach_file", "freeze", "mark", "publish", "unmark", "withdraw"]

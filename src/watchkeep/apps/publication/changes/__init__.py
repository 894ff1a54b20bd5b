"""What can be done with what goes out: one module a noun."""

from watchkeep.apps.publication.changes.papers import KINDS, attach_file, freeze, publish, withdraw

__all__ = ["KINDS", "attach_file", "freeze", "publish", "withdraw"]

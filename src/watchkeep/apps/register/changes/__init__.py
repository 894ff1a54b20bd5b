"""What can be done to registers and risks: one module for each kind of thing that changes."""

from watchkeep.apps.register.changes.risks import (
    FromFile,
    amend_risk,
    close_risk,
    correct_risk,
    cover_text,
    open_register,
    open_risk,
    set_cover,
)

__all__ = [
    "FromFile",
    "amend_risk",
    "close_risk",
    "correct_risk",
    "cover_text",
    "open_register",
    "open_risk",
    "set_cover",
]

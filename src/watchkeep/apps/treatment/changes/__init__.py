"""What can be done about controls and commitments: one module for each kind of thing that changes."""

from watchkeep.apps.treatment.changes.checks import correct_check, record_check
from watchkeep.apps.treatment.changes.controls import add_control, amend_control, stand_down, stand_up
from watchkeep.apps.treatment.changes.uses import apply_control, end_use

__all__ = [
    "add_control",
    "amend_control",
    "apply_control",
    "correct_check",
    "end_use",
    "record_check",
    "stand_down",
    "stand_up",
]

"""What can be done about controls and commitments: one module for each kind of thing that changes."""

from watchkeep.apps.treatment.changes.bearing import (
    apply_commitment,
    depend_on,
    end_commitment_use,
    end_dependence,
)
from watchkeep.apps.treatment.changes.checks import correct_check, record_check
from watchkeep.apps.treatment.changes.commitments import (
    Becomes,
    amend_promise,
    drop,
    promise,
    report_done,
    say_effect,
    slip,
    take_up_again,
)
from watchkeep.apps.treatment.changes.controls import add_control, amend_control, stand_down, stand_up
from watchkeep.apps.treatment.changes.sorting import Sorting, sort_line, sort_lines
from watchkeep.apps.treatment.changes.uses import apply_control, end_use

__all__ = [
    "Becomes",
    "Sorting",
    "add_control",
    "amend_control",
    "amend_promise",
    "apply_commitment",
    "apply_control",
    "correct_check",
    "depend_on",
    "drop",
    "end_commitment_use",
    "end_dependence",
    "end_use",
    "promise",
    "record_check",
    "report_done",
    "say_effect",
    "slip",
    "sort_line",
    "sort_lines",
    "stand_down",
    "stand_up",
    "take_up_again",
]

"""What stands about controls and commitments: one module for each kind of question."""

from watchkeep.apps.treatment.queries.commitment import CommitmentPage, WaitingRow, commitment
from watchkeep.apps.treatment.queries.commitments import (
    BearingRow,
    CommitmentRow,
    commitments,
    commitments_of,
    commitments_of_post,
    visible_commitments,
)
from watchkeep.apps.treatment.queries.concentrating import Concentration, concentration
from watchkeep.apps.treatment.queries.control import CheckRow, ControlPage, VersionRow, check, control
from watchkeep.apps.treatment.queries.controls import (
    ControlRow,
    UseRow,
    controls,
    controls_of,
    visible_controls,
)

__all__ = [
    "BearingRow",
    "CheckRow",
    "CommitmentPage",
    "CommitmentRow",
    "Concentration",
    "ControlPage",
    "ControlRow",
    "UseRow",
    "VersionRow",
    "WaitingRow",
    "check",
    "commitment",
    "commitments",
    "commitments_of",
    "commitments_of_post",
    "concentration",
    "control",
    "controls",
    "controls_of",
    "visible_commitments",
    "visible_controls",
]

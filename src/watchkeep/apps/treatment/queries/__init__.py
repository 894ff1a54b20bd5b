"""What stands about controls and commitments: one module for each kind of question."""

from watchkeep.apps.treatment.queries.choosing import Target, targets
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
from watchkeep.apps.treatment.queries.held import may_serve
from watchkeep.apps.treatment.queries.sorting import (
    LeftRow,
    LineRow,
    SortedRow,
    SortingPage,
    left_to_sort,
    lines_of,
)

__all__ = [
    "BearingRow",
    "CheckRow",
    "CommitmentPage",
    "CommitmentRow",
    "Concentration",
    "ControlPage",
    "ControlRow",
    "LeftRow",
    "LineRow",
    "SortedRow",
    "SortingPage",
    "Target",
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
    "left_to_sort",
    "lines_of",
    "may_serve",
    "targets",
    "visible_commitments",
    "visible_controls",
]

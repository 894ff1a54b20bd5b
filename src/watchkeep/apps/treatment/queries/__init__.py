"""What stands about controls and commitments: one module for each kind of question."""

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
    "CheckRow",
    "Concentration",
    "ControlPage",
    "ControlRow",
    "UseRow",
    "VersionRow",
    "check",
    "concentration",
    "control",
    "controls",
    "controls_of",
    "visible_controls",
]

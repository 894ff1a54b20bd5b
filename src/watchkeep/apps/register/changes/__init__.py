"""What can be done to registers and risks: one module for each kind of thing that changes."""

from watchkeep.apps.register.changes.appetite import (
    amend_category,
    amend_objective,
    open_category,
    open_objective,
    retire_category,
    retire_objective,
    start_categories,
    state_appetite,
)
from watchkeep.apps.register.changes.belonging import Belongs
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
from watchkeep.apps.register.changes.scales import set_scale, use_scale
from watchkeep.apps.register.changes.together import Looked, Outcome, Told, edit_risks
from watchkeep.apps.register.changes.views import drop_view, save_view

__all__ = [
    "Belongs",
    "FromFile",
    "Looked",
    "Outcome",
    "Told",
    "amend_category",
    "amend_objective",
    "amend_risk",
    "close_risk",
    "correct_risk",
    "cover_text",
    "drop_view",
    "edit_risks",
    "open_category",
    "open_objective",
    "open_register",
    "open_risk",
    "retire_category",
    "retire_objective",
    "save_view",
    "set_cover",
    "set_scale",
    "start_categories",
    "state_appetite",
    "use_scale",
]

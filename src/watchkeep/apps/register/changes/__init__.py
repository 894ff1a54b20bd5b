"""What can be done to registers and risks: one module for each kind of thing that changes."""

from watchkeep.apps.register.changes.amending import amend_risk, correct_risk
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
from watchkeep.apps.register.changes.assessing import assess, set_owner
from watchkeep.apps.register.changes.belonging import Belongs, OwnedBy
from watchkeep.apps.register.changes.escalation import (
    accept_escalation,
    bring_back,
    escalate,
    return_escalation,
)
from watchkeep.apps.register.changes.events import correct_event, record_event
from watchkeep.apps.register.changes.links import end_link, link_risks, look_at_link
from watchkeep.apps.register.changes.moves import close_risk, merge_risk, open_draft, reopen_risk
from watchkeep.apps.register.changes.registers import amend_register, cover_text, open_register, set_cover
from watchkeep.apps.register.changes.risks import draft_risk, open_risk
from watchkeep.apps.register.changes.scales import set_scale, use_scale
from watchkeep.apps.register.changes.together import Looked, Outcome, Told, edit_risks
from watchkeep.apps.register.changes.views import drop_view, save_view
from watchkeep.apps.register.changes.writing import FromFile

__all__ = [
    "Belongs",
    "FromFile",
    "Looked",
    "Outcome",
    "OwnedBy",
    "Told",
    "accept_escalation",
    "amend_category",
    "amend_objective",
    "amend_register",
    "amend_risk",
    "assess",
    "bring_back",
    "close_risk",
    "correct_event",
    "correct_risk",
    "cover_text",
    "draft_risk",
    "drop_view",
    "edit_risks",
    "end_link",
    "escalate",
    "link_risks",
    "look_at_link",
    "merge_risk",
    "open_category",
    "open_draft",
    "open_objective",
    "open_register",
    "open_risk",
    "record_event",
    "reopen_risk",
    "retire_category",
    "retire_objective",
    "return_escalation",
    "save_view",
    "set_cover",
    "set_owner",
    "set_scale",
    "start_categories",
    "state_appetite",
    "use_scale",
]

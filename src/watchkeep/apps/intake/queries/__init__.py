"""What was brought in, how far its reading is, what the draft says, and what accepting it would do."""

from watchkeep.apps.intake.queries.decisions import Taken, decisions_of, taken
from watchkeep.apps.intake.queries.doubts import ARROWS, DoubtRow, doubts_of
from watchkeep.apps.intake.queries.drafts import (
    Settled,
    corrected_of,
    draft_of,
    given_of,
    settled_of,
    version_of,
)
from watchkeep.apps.intake.queries.files import FilePage, PictureRow, file_page, kept_files
from watchkeep.apps.intake.queries.imports import ACCEPTED, LEASE, ImportRow, any_waiting, imports, visible
from watchkeep.apps.intake.queries.overwriting import own_decision
from watchkeep.apps.intake.queries.pages import Earlier, ImportPage, LackedRisk, RiskRow, StepRow, import_page
from watchkeep.apps.intake.queries.plans import Plan, compared, plan_of
from watchkeep.apps.intake.queries.registers import likely_register, register_of_file
from watchkeep.apps.intake.queries.standing import Standing

__all__ = [
    "ACCEPTED",
    "ARROWS",
    "LEASE",
    "DoubtRow",
    "Earlier",
    "FilePage",
    "ImportPage",
    "ImportRow",
    "LackedRisk",
    "PictureRow",
    "Plan",
    "RiskRow",
    "Settled",
    "Standing",
    "StepRow",
    "Taken",
    "any_waiting",
    "compared",
    "corrected_of",
    "decisions_of",
    "doubts_of",
    "draft_of",
    "file_page",
    "given_of",
    "import_page",
    "imports",
    "kept_files",
    "likely_register",
    "own_decision",
    "plan_of",
    "register_of_file",
    "settled_of",
    "taken",
    "version_of",
    "visible",
]

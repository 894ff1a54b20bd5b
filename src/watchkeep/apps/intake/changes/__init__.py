"""What can be done with a paper brought in: receive, read, correct, settle, accept, set aside.

States: waiting > reading > draft | refused; draft > partly accepted > accepted. A paper that is not being
read, and not accepted, may be set aside.
"""

from watchkeep.apps.intake.changes.correcting import confirm_rising, correct_field, resolve_doubt
from watchkeep.apps.intake.changes.deciding import accept_all, accept_risk, set_aside
from watchkeep.apps.intake.changes.papers import OPEN_STATES
from watchkeep.apps.intake.changes.reading import (
    ATTEMPTS,
    LEASE,
    Claim,
    Picture,
    claim_next,
    record_reading,
    record_refusal,
    record_step,
)
from watchkeep.apps.intake.changes.receiving import place, receive_file

__all__ = [
    "ATTEMPTS",
    "LEASE",
    "OPEN_STATES",
    "Claim",
    "Picture",
    "accept_all",
    "accept_risk",
    "claim_next",
    "confirm_rising",
    "correct_field",
    "place",
    "receive_file",
    "record_reading",
    "record_refusal",
    "record_step",
    "resolve_doubt",
    "set_aside",
]

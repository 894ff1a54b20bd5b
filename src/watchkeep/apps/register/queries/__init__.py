"""What registers and risks say: one module for each kind of question."""

from watchkeep.apps.register.queries.registers import (
    ClosedRow,
    Passage,
    RegisterRow,
    RiskPage,
    VersionRow,
    closed_risks,
    cover_as_at,
    document,
    latest_effective_on,
    quarter_told,
    register,
    registers,
    registers_with,
    risk,
    value_of,
    version_as_at,
)
from watchkeep.apps.register.queries.scope import visible, visible_risks, where

__all__ = [
    "ClosedRow",
    "Passage",
    "RegisterRow",
    "RiskPage",
    "VersionRow",
    "closed_risks",
    "cover_as_at",
    "document",
    "latest_effective_on",
    "quarter_told",
    "register",
    "registers",
    "registers_with",
    "risk",
    "value_of",
    "version_as_at",
    "visible",
    "visible_risks",
    "where",
]

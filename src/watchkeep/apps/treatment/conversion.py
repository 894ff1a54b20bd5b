"""Rows to domain values: what is stored of a check is exactly what somebody found."""

from __future__ import annotations

from typing import get_args

from watchkeep.apps.treatment.models import Check as CheckRecord
from watchkeep.apps.treatment.models import ControlVersion
from watchkeep.domain.check import WORDS, Check, CheckKind, Sample, Word
from watchkeep.domain.control import STATES, ControlValue, State


def check_of(row: CheckRecord) -> Check:
    """A check as the domain judges it."""
    sample = None if row.sample is None else Sample(row.sample, row.failures or 0)
    return Check(
        kind=kind_of(row.kind),
        line=row.line,
        on=row.effective_on,
        by=row.by,
        design=word_of(row.design),
        operation=word_of(row.operation),
        sample=sample,
        note=row.note,
        id=str(row.pk),
    )


def value_of(row: ControlVersion) -> ControlValue:
    """What a version says of its control."""
    return ControlValue(row.name, row.description, row.kind, row.frequency, row.tolerated)


def state_of(text: str) -> State:
    """A stored state, as the domain names it."""
    return next(each for each in STATES if each == text)


def kind_of(text: str) -> CheckKind:
    """A stored kind of check, as the domain names it."""
    return next(each for each in get_args(CheckKind) if each == text)


def word_of(text: str) -> Word:
    """A stored judgement, as the domain names it."""
    return next(each for each in WORDS if each == text)

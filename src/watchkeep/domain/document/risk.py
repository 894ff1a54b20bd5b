"""A risk as a register tells it: its texts, its ratings, its trends, and what they rest on."""

from __future__ import annotations

from datetime import date
from typing import Literal

from watchkeep.domain.document.fields import (
    NOT_RECORDED,
    DateField,
    Extra,
    Field,
    Item,
    PartedField,
    Trend,
)
from watchkeep.domain.document.measure import Heard, Indicator
from watchkeep.domain.document.proof import Promise, Rule, Statement
from watchkeep.domain.document.values import Grown

Stage = Literal["inherent", "residual", "target", "not stated"]


class Assessment(Grown):
    """A rating of one risk, or of one part of it, at one stage. Words stay words: a band is never turned
    into a number.
    """

    LATER = frozenset({"part", "rationale", "basis", "by", "on"})

    stage: Stage
    likelihood: Field = NOT_RECORDED
    impact: Field = NOT_RECORDED
    score: Field = NOT_RECORDED
    rating: Field = NOT_RECORDED
    fill: str | None = None  # the colour the source paints the rating in, as #rrggbb
    part: str | None = None  # the marker of the part that it is of; none where it is of the whole
    rationale: Field = NOT_RECORDED
    basis: Field = NOT_RECORDED  # what the judgement rests on
    by: str = ""  # the post or person who judged
    on: date | None = None  # the day it was judged


class Risk(Grown):
    """One risk as a register tells it."""

    LATER = frozenset(
        {
            "proximity",
            "velocity",
            "confidence",
            "unknowns",
            "whole_rule",
            "promises",
            "statements",
            "rules",
            "indicators",
            "heard",
        }
    )

    key: str  # unique in this document: the reference where there is one, else the row
    reference: Field = NOT_RECORDED
    name: Field = NOT_RECORDED
    description: PartedField = PartedField()
    cause: Field = NOT_RECORDED
    event: Field = NOT_RECORDED
    impact: PartedField = PartedField()
    category: Field = NOT_RECORDED
    objective: Field = NOT_RECORDED
    owner: Field = NOT_RECORDED
    status: Field = NOT_RECORDED
    treatment: Field = NOT_RECORDED
    contingency: Field = NOT_RECORDED
    controls: tuple[Item, ...] = ()
    actions: tuple[Item, ...] = ()
    date_raised: DateField = DateField()
    due_date: DateField = DateField()
    review_date: DateField = DateField()
    trends: tuple[Trend, ...] = ()
    assessments: tuple[Assessment, ...] = ()
    extra: tuple[Extra, ...] = ()
    proximity: Field = NOT_RECORDED  # how soon it could happen
    velocity: Field = NOT_RECORDED  # how fast it would be felt
    confidence: Field = NOT_RECORDED  # how sure the body is of its assessment
    unknowns: Field = NOT_RECORDED  # what the body does not know
    whole_rule: Field = NOT_RECORDED  # how the whole is rated from its parts: see parts.py
    promises: tuple[Promise, ...] = ()  # what was promised, each with its clock
    statements: tuple[Statement, ...] = ()  # its sentences, and what they rest on
    indicators: tuple[Indicator, ...] = ()  # what it is measured by
    heard: Heard | None = None  # what they say together
    rules: tuple[Rule, ...] = ()  # who may not read what of it; an edition for others than the body has none

    def assessment(self, stage: Stage, part: str | None = None) -> Assessment | None:
        """The assessment at `stage` of the whole, or of one part, if the register has one."""
        return next((each for each in self.assessments if (each.stage, each.part) == (stage, part)), None)

    @property
    def standing(self) -> Assessment | None:
        """Where the risk stands today: the residual assessment, else one with no stage, else inherent."""
        for stage in STANDING_ORDER:
            found = self.assessment(stage)
            if found and (found.rating.recorded or found.score.recorded):
                return found
        return None


STANDING_ORDER: tuple[Stage, ...] = ("residual", "not stated", "inherent")

"""How the whole of a risk is rated from its parts: by a rule that the body states, never by an average."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from watchkeep.domain.document import Assessment, Field, Part, Risk, Scale, Stage
from watchkeep.domain.fields import PARTED

WORST, STATED = "worst part", "stated"
RULES: Final = {
    WORST: "The whole stands where its worst part does",
    STATED: "The whole is judged by itself",
}
BY_RULE: Final = "By the rule for the whole: "  # how the basis begins of a rating that the rule made


@dataclass(frozen=True, slots=True)
class Whole:
    """What the rule makes of the parts at one stage, beside what is stated of the whole."""

    stage: Stage
    stated: str  # nothing where nobody rated the whole
    made: str  # nothing where the rule makes nothing, and `reason` says why
    reason: str
    by: str = ""  # the part that the rule takes it from

    @property
    def differs(self) -> bool:
        """Whether the two say something else."""
        return bool(self.stated and self.made) and self.stated.casefold() != self.made.casefold()


def parts_of(risk: Risk) -> tuple[Part, ...]:
    """The parts of a risk: of its description, else of its impact, each marker once."""
    for name in PARTED:
        parts: tuple[Part, ...] = getattr(risk, name).parts
        if parts:
            return tuple({each.marker: each for each in reversed(parts)}.values())[::-1]
    return ()


def whole(risk: Risk, scale: Scale, stage: Stage) -> Whole | None:
    """What the rule makes at `stage`; nothing where no part is rated there."""
    rated = [each for each in risk.assessments if each.stage == stage and each.part is not None]
    if not any(each.rating.recorded for each in rated):
        return None
    own = risk.assessment(stage)
    stated = (own.rating.text or "") if own and own.rating.recorded and not made_by_rule(own) else ""
    made, by, reason = _made(risk, scale, rated)
    return Whole(stage, stated, made, reason, by)


def made_by_rule(assessment: Assessment) -> bool:
    """Whether nobody judged it: the rule made it of the parts."""
    return (assessment.basis.text or "").startswith(BY_RULE)


def with_the_rule(risk: Risk, scale: Scale, stage: Stage) -> Risk:
    """The risk with its whole rated by the rule at `stage`, unless a person stated it."""
    found = whole(risk, scale, stage)
    own = risk.assessment(stage)
    judged = own is not None and own.rating.recorded and not made_by_rule(own)
    kept = tuple(each for each in risk.assessments if each is not own)
    if judged or found is None:
        return risk
    if not found.made:
        return risk.model_copy(update={"assessments": kept}) if own and made_by_rule(own) else risk
    basis = f"{BY_RULE}{WORST}, which is {found.by}."
    made = Assessment(
        stage=stage,
        rating=Field(state="recorded", text=found.made),
        basis=Field(state="recorded", text=basis),
    )
    return risk.model_copy(update={"assessments": (made, *kept)})


def _made(risk: Risk, scale: Scale, rated: list[Assessment]) -> tuple[str, str, str]:
    """The rating, the part it is of, and the reason in words."""
    rule = (risk.whole_rule.text or "").strip().casefold()
    if rule != WORST:
        return "", "", RULES[STATED] if rule == STATED else "No rule says how the whole is rated."
    ranked = [(band.rank, each) for each in rated if (band := scale.band(each.rating.text))]
    if len(ranked) < len(rated):
        return "", "", "A part is not rated on this scale, so the worst cannot be told."
    lacking = [each.marker for each in parts_of(risk) if each.marker not in {row.part for row in rated}]
    worst = max(ranked, key=lambda each: each[0])[1]
    part = worst.part or ""
    reason = f"{RULES[WORST]}: {part}."
    if lacking:
        reason += f" Not rated: {', '.join(lacking)}."
    return worst.rating.text or "", part, reason

"""Scores with the likelihood and the impact beside them, and the rule by which a register makes them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from watchkeep.domain.document import Assessment, Field, Risk, Stage
from watchkeep.domain.fields import assessed
from watchkeep.domain.lint.paper import Paper

MOST: Final = 3  # scores, from which the way that a register scores is told by most of them
_ALONE: Final = re.compile(r"^\D*?(\d{1,3}(?:\.\d{1,2})?)\D*$")
# Likelihood first, then impact. Some bodies give the impact more weight.
WAYS: Final[dict[str, Callable[[float, float], float]]] = {
    "product": lambda likelihood, impact: likelihood * impact,
    "sum": lambda likelihood, impact: likelihood + impact,
    "product and the impact again": lambda likelihood, impact: likelihood * impact + impact,
    "product and the likelihood again": lambda likelihood, impact: likelihood * impact + likelihood,
    "sum with the impact twice": lambda likelihood, impact: likelihood + 2 * impact,
    "sum with the likelihood twice": lambda likelihood, impact: 2 * likelihood + impact,
    "product with the impact twice": lambda likelihood, impact: likelihood * impact * impact,
    "product with the likelihood twice": lambda likelihood, impact: likelihood * likelihood * impact,
}
_LONE: Final[tuple[Stage, ...]] = ("residual", "inherent")


@dataclass(frozen=True, slots=True)
class Scored:
    """One score, with the two numbers that it is made of."""

    risk: Risk
    path: str
    field: Field
    likelihood: float
    impact: float
    score: float

    @property
    def ways(self) -> tuple[str, ...]:
        """Every rule by which the two make this score."""
        return tuple(name for name, way in WAYS.items() if way(self.likelihood, self.impact) == self.score)


def number(field: Field) -> float | None:
    """The one number of a field (“4”, “4 – Likely”); none where it has none, or several."""
    match = _ALONE.match(field.text or "") if field.recorded else None
    return float(match[1]) if match else None


def path(assessment: Assessment, name: str) -> str:
    """Where a field of an assessment stands."""
    return f"assessments:{assessed(assessment.stage, assessment.part)}:{name}"


def scored(paper: Paper) -> tuple[Scored, ...]:
    """Every score with its two numbers. A likelihood and an impact of no stage belong to the score of the
    stage that they make best: of columns “Likelihood, Consequence, Current score, Target score” the third.
    """
    own = [*_paired(paper, lambda risk, one: one)]
    lone = [found for stage in _LONE if (found := [*_paired(paper, _of_no_stage(stage))])]
    best = max(lone, key=_fitting, default=[])
    if len(lone) > 1 and not _fitting(best):
        best = []  # which of the two scores they belong to is not known
    return (*own, *best)


def _of_no_stage(stage: Stage) -> Callable[[Risk, Assessment], Assessment | None]:
    """For a score of that stage without numbers of its own: those of no stage, where they have no score."""

    def rated(risk: Risk, one: Assessment) -> Assessment | None:
        found = risk.assessment("not stated", one.part)
        if one.stage != stage or one.likelihood.recorded or one.impact.recorded:
            return None
        return found if found and not found.score.recorded else None

    return rated


def _paired(paper: Paper, rated: Callable[[Risk, Assessment], Assessment | None]) -> Iterator[Scored]:
    for risk in paper.document.risks:
        for one in risk.assessments:
            beside = rated(risk, one)
            score = number(one.score)
            if beside is None or score is None:
                continue
            likelihood, impact = number(beside.likelihood), number(beside.impact)
            if likelihood is not None and impact is not None:
                yield Scored(risk, path(one, "score"), one.score, likelihood, impact, score)


def fits(found: Sequence[Scored]) -> Counter[str]:
    """How many of the scores each rule makes."""
    return Counter(way for each in found for way in each.ways)


def _fitting(found: Sequence[Scored]) -> int:
    return max(fits(found).values(), default=0)


def known_way(found: Sequence[Scored]) -> str:
    """The rule by which a register scores, where three of four keep it; none where it is not known."""
    made = fits(found)
    best = max(WAYS, key=lambda way: made[way])
    return best if made[best] >= MOST and made[best] * 4 >= len(found) * 3 else ""


def without_rule(found: Sequence[Scored]) -> bool:
    """Whether there is enough to tell by, and neither the product nor the sum nor another rule fits."""
    made = fits(found)
    fitting = any(made[way] * 2 >= len(found) for way in ("product", "sum"))
    return len(found) >= MOST and not known_way(found) and not fitting

"""What a register does not record."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from watchkeep.domain.document import Field, Item, RegisterDocument, Risk
from watchkeep.domain.finding.bands import standing_rating


@dataclass(frozen=True, slots=True)
class Missing:
    """What some risks do not say. `field` is the field's name in the document, `what` its name for people."""

    field: str
    what: str
    risks: tuple[str, ...]

    @property
    def count(self) -> int:
        """How many risks do not say it."""
        return len(self.risks)


def _recorded(field: Field) -> bool:
    """A field that does not apply is not missing."""
    return field.state != "not recorded"


def _any(items: tuple[Item, ...]) -> bool:
    return any(item.recorded for item in items)


def _stage_says(risk: Risk, what: str) -> bool:
    return any(_recorded(getattr(each, what)) for each in risk.assessments if each.stage != "target")


def _promised(risk: Risk, *, dated: bool = False) -> bool:
    """A promise is an action, and its day a due date; one that was given up is neither."""
    return any(each.state != "dropped" and (each.due or not dated) for each in risk.promises)


_LOOKED_FOR: tuple[tuple[str, str, Callable[[Risk], bool]], ...] = (
    ("owner", "owner", lambda risk: _recorded(risk.owner)),
    ("due_date", "due date", lambda risk: _recorded(risk.due_date) or _promised(risk, dated=True)),
    ("review_date", "review date", lambda risk: _recorded(risk.review_date)),
    ("date_raised", "date raised", lambda risk: _recorded(risk.date_raised)),
    ("rating", "rating", lambda risk: _recorded(standing_rating(risk)) or _stage_says(risk, "score")),
    ("likelihood", "likelihood", lambda risk: _stage_says(risk, "likelihood")),
    ("impact_level", "impact level", lambda risk: _stage_says(risk, "impact")),
    ("target", "target", lambda risk: risk.assessment("target") is not None),
    ("category", "category", lambda risk: _recorded(risk.category)),
    ("objective", "objective", lambda risk: _recorded(risk.objective)),
    ("cause", "cause", lambda risk: _recorded(risk.cause)),
    ("description", "description", lambda risk: _recorded(risk.description) or _recorded(risk.event)),
    ("impact", "impact in words", lambda risk: _recorded(risk.impact)),
    ("controls", "control", lambda risk: _any(risk.controls)),
    ("actions", "action", lambda risk: _any(risk.actions) or _promised(risk)),
)


def missing_of(document: RegisterDocument) -> tuple[Missing, ...]:
    """What at least one risk does not say, and which those are."""
    counts = (
        Missing(field, what, tuple(risk.key for risk in document.risks if not says(risk)))
        for field, what, says in _LOOKED_FOR
    )
    return tuple(each for each in counts if each.risks)

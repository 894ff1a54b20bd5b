"""The whole of a risk as the body's rule rates it from its parts, on the scale of a day."""

from __future__ import annotations

from datetime import date

from watchkeep.apps.register import queries
from watchkeep.apps.register.models import Risk
from watchkeep.domain import document, parts
from watchkeep.domain.amending import in_order


def ruled(
    found: Risk, value: document.Risk, above: document.Risk | None, stage: document.Stage, on: date
) -> document.Risk:
    """The risk with its whole rated by the rule at `stage`, where nobody judged the whole by itself. The rule
    and the parts are words: of the register that it came from (`above`), where it came from one.
    """
    words = above or value
    whole = value.model_copy(update={"whole_rule": words.whole_rule, "description": words.description})
    made = parts.with_the_rule(whole, queries.scale_of(found.register, on), stage)
    if made.assessment(stage) == value.assessment(stage):
        return value
    return value.model_copy(update={"assessments": in_order(made.assessments)})

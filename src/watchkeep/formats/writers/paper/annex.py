"""The annex: the key to the marks, what was not placed, what is doubted, what was inferred."""

from __future__ import annotations

from watchkeep.domain.document import Loose, RegisterDocument
from watchkeep.domain.edition import Edition
from watchkeep.domain.finding import Finding, listed
from watchkeep.domain.redaction import LEFT_OUT
from watchkeep.formats.writers.paper.arrows import meaning_of_arrows
from watchkeep.formats.writers.paper.cells import called
from watchkeep.formats.writers.paper.columns import each_field
from watchkeep.formats.writers.paper.values import NOT_APPLICABLE, NOT_RECORDED, capital

INDICATORS = (
    "What the readings of an indicator say: a concern, an improvement, a change where neither way is better, "
    "signals both ways, nothing that stands out. Hollow signs are first signs: one reading may be chance. On "
    "a chart the line of middle height is the mean, broken lines are the limits within which readings come "
    "by chance, long dashes a target; an upright line is where limits were worked out anew."
)


def key_to_marks(
    document: RegisterDocument, found: Finding, edition: Edition | None = None
) -> tuple[tuple[str, str], ...]:
    """Each mark that the paper uses, and what it means; for readers who may not have all of it, that too."""
    left_out = LEFT_OUT[edition.audience] if edition and edition.matter.layout > 1 else ""
    nothing = "The source says nothing here. Nothing has been filled in."
    marks = [
        (NOT_RECORDED, f"{nothing} {left_out}".strip()),
        (
            NOT_APPLICABLE,
            "The source says that there is nothing to record, as for a risk that was not open yet.",
        ),
    ]
    if found.history:
        marks.append(("↑ → ↓", meaning_of_arrows(document, found)))
    if any(risk.indicators for risk in document.risks):
        marks.append(("■ ◆ ▲ ✚ ●", INDICATORS))
    marks.append(
        (
            "(i) (ii)",
            "Parts of one risk. The first control of a part carries its number; those after it belong to it.",
        )
    )
    return tuple(marks)


def where_of(loose: Loose) -> str:
    """Where in the source a text stands that was not placed."""
    return listed(place.label for place in loose.places[:3]) or "place not recorded"


def doubted(document: RegisterDocument, key: str | None) -> str:
    """Which risk a doubt is about."""
    risk = document.risk(key) if key else None
    return (risk.reference.text or called(risk)) if risk else "Whole register"


def inferred_of(document: RegisterDocument) -> tuple[tuple[str, str], ...]:
    """Fields that a reader placed by inference, gathered under the reason it gave."""
    reasons: dict[str, dict[str, None]] = {}
    for risk in document.risks:
        name = risk.reference.text or called(risk)
        for what, field in each_field(risk):
            if field.confidence < 1:
                reasons.setdefault(_sentence(field.reason), {})[f"{name} {what}"] = None
    return tuple((reason, listed(where)) for reason, where in reasons.items())


def _sentence(text: str) -> str:
    return capital(text.rstrip(".")) + "."

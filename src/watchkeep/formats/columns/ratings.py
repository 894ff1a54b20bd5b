"""Headings of ratings: a stage, a dimension, and words that add nothing."""

from __future__ import annotations

import re

from watchkeep.formats.columns.known import names_in
from watchkeep.formats.columns.recognised import Recognised

STAGE_PHRASES = {
    "inherent": names_in(
        "before any controls|before existing controls|before controls|without controls|before mitigation|"
        "before mitigations|before treatment|before action|pre mitigation|pre mitigated|pre control|"
        "pre controls|pre treatment|premitigation|no controls|with no controls|inherent|inherit|gross|"
        "initial|original|raw|unmitigated|untreated|uncontrolled|starting|baseline|absolute|unmanaged|"
        "opening|pre|before"
    ),
    "residual": names_in(
        "after existing controls|with existing controls|after current controls|with current controls|"
        "after controls|with controls|after mitigation|after mitigations|with mitigation|after treatment|"
        "after action|after actions|post mitigation|post mitigated|post control|post controls|post treatment|"
        "postmitigation|controlled|residual|net|current|mitigated|managed|present|existing|treated|revised|"
        "remaining|retained|latest|post|after"
    ),
    "target": names_in(
        "after further action|after further actions|after planned actions|after further controls|target|"
        "targeted|tolerable|tolerated|desired|future|planned|projected|forecast|predicted|aspirational|"
        "acceptable|proposed"
    ),
}
LIKELIHOOD_WORDS = frozenset(
    names_in("likelihood|likelyhood|liklihood|likelihoods|probability|prob|frequency|chance|lik|lh|l|p")
)
IMPACT_WORDS = frozenset(names_in("impact|impacts|severity|consequence|consequences|imp|sev|cons|i|c"))
SCORE_WORDS = frozenset(
    names_in("score|scores|scoring|total|rpn|exposure|factor|index|points|product|s|sc|value")
)
RATING_WORDS = frozenset(
    names_in(
        "rating|ratings|rag|brag|level|grade|grading|band|colour|color|rank|ranking|priority|r|rr|magnitude"
    )
)
FILLER_WORDS = frozenset(
    names_in(
        "risk|risks|the|of|a|an|and|or|to|in|for|assessment|assessments|assessed|evaluation|evaluated|"
        "analysis|level|levels|rating|ratings|score|scores|scoring|rag|overall|status|value|number|out|x|by|"
        "with|position|profile|matrix|criteria|occurrence|occurring|happening|calculated|combined|final|"
        "exposure|factor|numerical|scale|measure|category|times|multiplied|numeric|high|medium|low|hml|h|m|"
        "red|amber|green|estimate|estimated"
    )
)
PRODUCT = re.compile(r"\b[lp]\s?[x×*]\s?[ics]\b|\b[ics]\s?[x×*]\s?[lp]\b")

# "H/M/L" and "1to5" say the steps of a scale, not what it measures.
GRADES = re.compile(
    r"\b(?:(?:vh )?h m l(?: vl)?|(?:vl )?l m h(?: vh)?|hml|lmh|"
    r"high medium (?:or )?low|low medium (?:or )?high|high med low|low med high|red amber green)\b"
)
STEPS = re.compile(r"\b\d{1,2} ?(?:to|-) ?\d{1,3}\b")
LETTERS = frozenset({"l", "p", "i", "c", "s", "r", "h", "m"})


def rating_of(text: str) -> Recognised | None:
    """The rating that a normalised heading names, if all its words speak of one."""
    text = " ".join(text.replace("/", " ").split())
    product = PRODUCT.search(text)
    text = PRODUCT.sub(" ", text)
    graded = GRADES.search(text)
    text = GRADES.sub(" ", STEPS.sub(" ", text))
    if graded and not text.strip():
        return Recognised("assessments:not stated:rating", 0.95, "the heading says only its grades")
    stage, text = _staged(text)
    words = [word for word in text.split() if not word.isdigit()]
    likely, severe = LIKELIHOOD_WORDS & set(words), IMPACT_WORDS & set(words)
    total = (SCORE_WORDS | RATING_WORDS) & frozenset(words)
    if product and not likely and not severe:
        total = frozenset({"score"})
    left = set(words) - LIKELIHOOD_WORDS - IMPACT_WORDS - SCORE_WORDS - RATING_WORDS - FILLER_WORDS
    if left or not (stage or likely or severe or total):
        return None
    if not stage and not product and set(words) <= LETTERS and len(words) < 2:
        # A bare letter says little by itself; beside its siblings it is plain, and the assembler asks again.
        return Recognised(f"letter:{''.join(words)}", 0.9, "a heading of one letter")
    if likely and severe:
        dimension = "score"
    elif likely:
        dimension = "likelihood"
    elif severe:
        if not stage and not (total or {"score", "rating", "level"} & set(words)):
            return Recognised("impact?")
        dimension = "impact"
    elif total:
        dimension = (
            "score" if product or (SCORE_WORDS & set(words) and not RATING_WORDS & set(words)) else "rating"
        )
    else:
        return _of_stage(stage, alone=not words)
    return Recognised(f"assessments:{stage or 'not stated'}:{dimension}")


def _staged(text: str) -> tuple[str, str]:
    """The stage that a heading names, and what is left of it without the stage."""
    stage = ""
    for each, phrases in STAGE_PHRASES.items():
        for phrase in phrases:
            if phrase not in text:
                continue
            shorter = re.sub(rf"\b{phrase}\b", " ", text)
            if shorter != text and stage in ("", each):
                text, stage = shorter, each
    return stage, text


def _of_stage(stage: str, *, alone: bool) -> Recognised:
    """The rating of a stage whose heading measures nothing; `alone` where it says nothing but the stage."""
    if alone and stage == "residual":
        return Recognised("assessments:residual:rating", 0.9, "the heading names a stage and nothing else")
    if alone and stage != "inherent":
        return Recognised("assessments:target:rating", 0.8, "the heading says only “target”")
    return Recognised(f"assessments:{stage or 'not stated'}:rating")

"""Headings that only contain a telling word."""

from __future__ import annotations

import re

from watchkeep.formats.columns.comparing import normal
from watchkeep.formats.columns.recognised import Recognised

NOT_A_CONTROL = (
    r"(?!.*\b(?:gaps?|assuranc\w*|effectiv\w*|owners?|dates?|due|when|deadline|costs?|status|progress|"
    r"adequacy|confidence|update)\b)"
)
TELLING = tuple(
    (meaning, re.compile(pattern))
    for meaning, pattern in (
        (
            "actions",
            rf"^{NOT_A_CONTROL}.*\b(?:further|additional|planned|future|proposed|required|outstanding|new|recommended|"
            r"next)\b.*\b(?:actions?|controls?|mitigat\w+|measures?|work|treatments?|steps?)\b",
        ),
        (
            "controls",
            rf"^{NOT_A_CONTROL}.*\b(?:existing|current|in place|currently)\b.*\b(?:actions?|"
            rf"controls?|mitigat\w+|measures?)\b",
        ),
        ("controls", rf"^{NOT_A_CONTROL}.*\b(?:controls?|mitigat\w+|safeguards?)\b"),
        ("contingency", r"\b(?:contingency|fallback)\b"),
        ("actions", rf"^{NOT_A_CONTROL}(?!.*\b(?:by|complete\w*|ref|no|id)\b).*\bactions?\b"),
        ("review_date", r"\breview\w*\b.*\bdate\b|\bdate\b.*\breview"),
        ("due_date", r"\b(?:due|target|completion|complete)\b.*\bdate\b|\bdate\b.*\b(?:due|complet\w+)\b"),
        (
            "date_raised",
            r"\bdate\b.*\b(?:raised|identified|opened|added|logged|entered|created|registered|recorded)\b",
        ),
        (
            "owner",
            r"^(?!.*\b(?:action|actions|control|controls|mitigations?|date|task|committee|board)\b).*\b(?:owners?|responsible|accountable)\b",
        ),
        ("cause", r"^(?!.*\b(?:consequences?|effects?|impacts?)\b).*\b(?:causes?|triggers?|drivers)\b"),
        (
            "impact",
            r"^(?!.*\b(?:causes?|assessment|date|equality|score)\b).*\b(?:consequences?|impacts?|effects)\b",
        ),
        ("description", r"\b(?:description|describe|narrative)\b"),
        ("objective", r"\b(?:objectives?|corporate plan|strategic plan)\b"),
        ("category", r"\b(?:category|theme)\b"),
        ("reference", r"^(?:\w+ )?(?:risk )?(?:ref|reference|id|identifier|number)(?: \w+)?$"),
        ("name", r"\brisk (?:title|name|headline)\b"),
    )
)

# A sentence, or a list of things, may hold a telling word and yet be no heading.
SENTENCE = re.compile(r"(?:\S+\s+){4,}\S+[.;]$|(?:,[^,]*){3,}|\S:\s+\S+(?:\s+\S+){3,}")
LEFT_ALONE = re.compile(
    r"\b(?:action|control|task)s? (?:owner|lead|status|ref|id)|\b(?:previous|prior|last|past|former|old)\b|"
    r"\bassurances?\b|\bgaps?\b|\bappetite\b|\bcomments?\b|\bnotes?\b|\bclosed?\b|\bcosts?\b|\bproximity\b|"
    r"\beffectiv\w*|\bupdate on\b|\b(?:latest|progress) updates?\b|\bprogress\b|\bcommentary\b|"
    r"\brationale\b|\bexplanation of\b|"
    r"\bjustification\b"
)


def telling_of(heading: str) -> Recognised | None:
    """What one telling word makes of a heading; it is never certain."""
    text = normal(heading)
    if LEFT_ALONE.search(text) or SENTENCE.search(heading.strip()):
        return None
    for meaning, pattern in TELLING:
        if pattern.search(text):
            return Recognised(meaning, 0.85, "judged by one word of the heading", 200)
    return None

"""Words that stand in a register as values and not as prose: ratings, arrows, scores, dates, states."""

from __future__ import annotations

import re
from functools import lru_cache

_STEP = (
    r"(?:high|medium|moderate|med|low|significant|major|minor|severe|critical|extreme|negligible|tolerable|substantial|"
    r"serious|minimal|insignificant|catastrophic|fundamental|elevated|acceptable|limited|remote|unlikely|possible|likely|"
    r"probable|almost certain|rare|certain|red|amber|green|yellow|orange|black|blue|purple)"
)
_RATING = re.compile(
    rf"^(?:(?:very|extremely)\s+)?{_STEP}(?:\s*(?:[-–/]|to)\s*(?:very\s+)?{_STEP})?(?:\s*[-–(]?\s*\d{{1,3}}\)?)?$"
    rf"|^\d{{1,3}}\s*[-–(]?\s*{_STEP}\)?$|^(?:VH|VL|HM|MH|LM|ML|H|M|L|R|A|G|A/R|A/G|R/A|G/A)$",
    re.IGNORECASE,
)
_LEVEL = re.compile(r"^\d{1,3}$|^[1-9]\s*[x×*]\s*[1-9](?:\s*=\s*\d{1,2})?$", re.IGNORECASE)
ARROWS = "←↑→↓↔↕↖↗↘↙⇐⇑⇒⇓⇔⇧⇨⇩⬆⬇➔➡⬅⬈⬊▲▼►◄△▽▶◀▴▾"
_TREND = re.compile(
    rf"^[{ARROWS}\ue000-\uf8ff]\ufe0f?$|^(?:increas(?:ed|ing)|decreas(?:ed|ing)|reduc(?:ed|ing)|worsen(?:ed|ing)|improv(?:ed|ing)|"
    r"stable|static|steady|same|unchanged|no change|up|down|level|rising|falling|new)$",
    re.IGNORECASE,
)
_ABSENT = re.compile(r"^(?:n/?a|not applicable|tbc|tbd|none|nil|[-–—])$", re.IGNORECASE)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]*"
_DATE = re.compile(
    rf"^(?:\d{{1,2}}[./-]\d{{1,2}}[./-]\d{{2,4}}|\d{{4}}-\d{{2}}-\d{{2}}|(?:\d{{1,2}}(?:st|nd|rd|th)?\s+)?{_MONTH}[\s'’-]*\d{{2,4}}|"
    r"q[1-4]\s*\d{2,4}(?:/\d{2,4})?|ongoing|on-going|complete|completed)$",
    re.IGNORECASE,
)
_STATE = re.compile(
    r"^(?:open|closed|live|active|on track|in progress|draft|treat|tolerate|transfer|terminate|accept|"
    r"mitigate|reduce|avoid|monitor|share|escalated?)$",
    re.IGNORECASE,
)


@lru_cache(maxsize=8192)
def kinds(text: str) -> frozenset[str]:
    """What a short text may be: rating, level, trend, date, state, or absent (n/a); empty for prose."""
    text = " ".join(text.split())
    if len(text) > 32:
        return frozenset()
    tests = (
        ("rating", _RATING),
        ("level", _LEVEL),
        ("trend", _TREND),
        ("date", _DATE),
        ("state", _STATE),
        ("absent", _ABSENT),
    )
    return frozenset(kind for kind, pattern in tests if pattern.match(text))


def kind_of_meaning(meaning: str) -> str:
    """Which kind of value a column of this meaning holds; empty for prose."""
    if meaning.startswith("trends"):
        return "trend"
    if meaning.startswith("assessments"):
        return "rating" if meaning.endswith("rating") else "level"
    if meaning.startswith("letter"):
        return "level"
    if meaning.endswith("_date") or meaning == "date_raised":
        return "date"
    return "state" if meaning in ("status", "treatment") else ""


def fits(text: str, kind: str) -> bool:
    """Whether a value may stand in a column of that kind."""
    found = kinds(text)
    if "absent" in found:
        return True
    if kind == "level":
        return bool(found & {"level", "rating"})
    if kind == "rating":
        return bool(found & {"rating", "level"})
    return kind in found

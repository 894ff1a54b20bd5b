"""Headings of trends, and the period that each speaks of."""

from __future__ import annotations

import re

from watchkeep.formats.columns.comparing import normal
from watchkeep.formats.columns.known import names_in
from watchkeep.formats.columns.recognised import Recognised

TREND_WORDS = frozenset(names_in("trend|trends|trending|direction|travel|dot|movement|trajectory|movements"))
TREND_PHRASES = re.compile(
    r"^(risk |score |rating )?change( in (the )?(risk|score|rating|level)( score| rating| level)?)?"
    r"( (since|from|on) .*)?$|^up down( same)?$|^increasing decreasing.*$|^(rising|up) (falling|down).*$"
)
TREND_FILLER = frozenset(
    names_in(
        "of|the|risk|vs|versus|in|since|last|previous|prior|from|on|to|compared|with|current|this|quarter|"
        "quarterly|review|report|reporting|month|monthly|period|meeting|score|rating|level|change|arrow|"
        "arrows|assessment|update|and|status|indicator|residual|latest|qtr|year|annual|overall|for|position|"
        "net|against|iteration"
    )
)
MONTHS = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    "oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
PERIOD = re.compile(
    rf"\b(?:q(?:uarter|tr)?\s?\.?\s?[1-4]|(?:{MONTHS}))\b(?:[\s'’/-]*(?:fy)?\s?(?:20)?\d\d(?:\s?[/-]\s?(?:20)?\d\d)?)?"
    r"|\b20\d\d\s?[/-]\s?(?:20)?\d\d(?:\s*q[1-4])?|\bperiod\s\d{1,2}\b",
    re.IGNORECASE,
)


def trend_of(heading: str) -> Recognised | None:
    """The trend that a heading names, with the period it speaks of."""
    periods = [found.group(0).strip() for found in PERIOD.finditer(heading)]
    text = normal(PERIOD.sub(" ", heading))
    words = set(text.replace("/", " ").split())
    if TREND_PHRASES.match(text) or (words & TREND_WORDS and words <= TREND_WORDS | TREND_FILLER):
        since = re.search(r"\b(?:since|from|against|on|compared|vs|versus)\b", text)
        period = " ".join(" ".join(each.split()) for each in periods)
        if not period:
            period = (
                "previous" if re.search(r"\b(?:previous|prior|last)\b", text) and not since else "current"
            )
        return Recognised(f"trends:{period}")
    return None

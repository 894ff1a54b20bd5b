"""Takes a rating cell apart: a number, a word, or both, or two factors and their product ("4 x 3 = 12")."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from watchkeep.domain.scale import is_rating_word

NUMBER = re.compile(r"^\d{1,4}(?:\.\d+)?$")
NUMBER_AND_WORD = re.compile(
    r"^(?P<number>\d{1,3}(?:\.\d+)?)\s*(?:[-–—:/,|]|\s)\s*(?P<word>[A-Za-z][A-Za-z /&-]*)$|"
    r"^(?P<number2>\d{1,3}(?:\.\d+)?)\s*[(\[]\s*(?P<word2>[A-Za-z][A-Za-z /&-]*?)\s*[)\]]$"
)
WORD_AND_NUMBER = re.compile(
    r"^(?P<word>[A-Za-z][A-Za-z /&-]*?)\s*(?:[-–—:/,|=]|\s)?\s*[(\[]?\s*(?P<number>"
    r"\d{1,3}(?:\.\d+)?)\s*[)\]]?$"
)
LETTERED = re.compile(
    r"^[(\[]?\s*(?P<first>[LPIC]|likelihood|probability|impact|consequence|severity)\s*[:=\-]?\s*(?P<one>\d{1,2})\s*"
    r"[,;xX×*+/ &]*\s*(?P<second>[LPIC]|likelihood|probability|impact|consequence|"
    r"severity)\s*[:=\-]?\s*(?P<two>\d{1,2})\s*[)\]]?"
    r"(?:\s*[,;=:\-–]*\s*(?:(?:score|total|rating|s|r)\s*[:=]?\s*)?(?P<score>"
    r"\d{1,3}))?(?:\s*[(\-–:]*\s*(?P<word>[A-Za-z][A-Za-z /&-]*?)\s*\)?)?$",
    re.IGNORECASE,
)
PRODUCT = re.compile(
    r"^[(\[]?\s*(?P<one>\d{1,2})\s*[xX×*]\s*(?P<two>\d{1,2})\s*[)\]]?\s*(?:[=:]\s*(?P<score>\d{1,3}))?"
    r"(?:\s*[(\[\-–]?\s*(?P<word>[A-Za-z][A-Za-z /&-]*?)\s*[)\]]?)?$"
)
SCORE_OF_PRODUCT = re.compile(
    r"^(?P<score>\d{1,3})\s*[(\[]\s*(?P<one>\d{1,2})\s*[xX×*]\s*(?P<two>"
    r"\d{1,2})\s*[)\]](?:\s*[-–]?\s*(?P<word>[A-Za-z][A-Za-z /&-]*))?$"
)
SCORE_AND_FACTORS = re.compile(
    r"^(?P<score>\d{1,3})\s*[(\[=:]\s*(?P<factors>[LPICS][^()\[\]]*?)\s*[)\]]?$", re.IGNORECASE
)
# Coloured dots and the like say the rating once more, in colour alone.
DECORATION = re.compile(
    "[\U0001f534\U0001f535\U0001f7e0-\U0001f7eb\u26aa\u26ab\u2b24\u25cf\u25a0\u2b1b\u2b1c\ufe0f\u26a0\u2705\u274c]"
)
NOTHING = re.compile(
    r"^(?:[-–—.?]+|tbc|tbd|t\.b\.c\.?|to be (?:confirmed|determined|assessed)|not (?:known|assessed|"
    r"scored|set)|unknown|blank)$",
    re.IGNORECASE,
)
NOT_RECORDED = re.compile(r"^not recorded$", re.IGNORECASE)
NOT_APPLICABLE = re.compile(r"^(?:n\s?/\s?a\.?|not applicable)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Rated:
    """What one cell says; `sure_order` is false where nothing says which factor is the likelihood."""

    likelihood: str = ""
    impact: str = ""
    score: str = ""
    rating: str = ""
    sure_order: bool = True


def read_rating(text: str) -> Rated | None:
    """A cell under a score or rating heading, or nothing where it is neither a number nor a rating word."""
    text = " ".join(DECORATION.sub(" ", text).split())
    if NUMBER.match(text):
        return Rated(score=text)
    if match := LETTERED.match(text):
        first = match.group("first")[0].casefold()
        one, two = match.group("one"), match.group("two")
        if (first in "lp") == (match.group("second")[0].casefold() in "lp"):
            return None
        likelihood, impact = (one, two) if first in "lp" else (two, one)
        return Rated(likelihood, impact, match.group("score") or "", match.group("word") or "")
    if match := SCORE_AND_FACTORS.match(text):
        factors = read_rating(match["factors"])
        if factors and factors.likelihood and factors.impact and not factors.score:
            return replace(factors, score=match["score"])
    for pattern in (PRODUCT, SCORE_OF_PRODUCT):
        if match := pattern.match(text):
            one, two = match.group("one"), match.group("two")
            return Rated(
                one, two, match.group("score") or "", match.group("word") or "", sure_order=one == two
            )
    if match := NUMBER_AND_WORD.match(text):
        word = match.group("word") or match.group("word2")
        if is_rating_word(word):
            return Rated(score=match.group("number") or match.group("number2"), rating=word.strip())
    if (match := WORD_AND_NUMBER.match(text)) and is_rating_word(match.group("word")):
        return Rated(score=match.group("number"), rating=match.group("word").strip())
    if re.search(r"[^\W\d_]", text) and len(text.split()) <= 5:
        return Rated(rating=text)
    return None


# "High (stops all sailings)", "Major - two sites": the level, and then why.
LED_BY_LEVEL = re.compile(r"^(?P<level>[A-Za-z]+(?: [A-Za-z]+)?)\s*(?:\(|[:;–—]|\s-\s)")


def looks_like_level(text: str) -> bool:
    """Whether a text is a level of likelihood or impact ("4", "Major", "4 - Likely") rather than a
    sentence.
    """
    text = " ".join(text.split())
    if re.fullmatch(r"\d{1,2}(?:\.\d)?%?", text) or is_rating_word(text) or re.fullmatch(r"[A-Z]{1,2}", text):
        return True
    led = LED_BY_LEVEL.match(text)
    if led and is_rating_word(led["level"]):
        return True
    bare = re.sub(r"^\(?\d{1,2}\)?\s*[-–:.=]?\s*|\s*[-–:=]?\s*\(?\d{1,2}\)?$", "", text)
    return bare != text and len(bare.split()) <= 3

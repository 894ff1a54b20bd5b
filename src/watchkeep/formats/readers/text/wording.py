"""How lines of prose hang together: bullets and part markers, whether one line goes on in the next.

Costs are small numbers: 0 says nothing speaks against it, 1 is odd, 3 and more is all but ruled out.
"""

from __future__ import annotations

import re
from functools import lru_cache

BULLET = re.compile(r"^(?:[-–—•·*▪●○◦‣■□➢►✓\uf0b7\uf0a7\uf0d8]|o(?=\s))\s+(?=\S)")
BULLET_ALONE = re.compile(r"^[-–—•·*▪●○◦‣■□➢►✓\uf0b7\uf0a7\uf0d8]$")
_ROMAN = r"(?:x{0,2}(?:ix|iv|v?i{0,3}))"
MARKER = re.compile(rf"^\(?(?P<mark>{_ROMAN}|[a-h]|\d{{1,2}})(?:[.)]|\s[-–—:])(?=\s|$)\s*", re.IGNORECASE)
MARKER_ALONE = re.compile(rf"^\(?(?P<mark>{_ROMAN})[.)]?$")
ROMAN_ORDER = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")

_ENDS = re.compile(r"[.!?][\"'”’)\]]*$")
_PAUSES = re.compile(r"[;:]$")
_ABBREVIATED = re.compile(r"(?:\b(?:e\.g|i\.e|etc|approx|incl|inc|vs|cf|no|nos)\.)$", re.IGNORECASE)
_LEADS_ON = re.compile(r"(?:[,(/&-]|\b(?:e\.g|i\.e|approx|incl|vs|cf)\.)$", re.IGNORECASE)
LEADING_WORDS = frozenset(
    (
        "a an the of and or to in on for with by from as at is are be been being that which who "
        "whose their its our his her will would may might can could should must shall not no has "
        "have had was were this these those any all into than then but if it they we through "
        "between within without under over across against during per via such some each due more "
        "most other including whether because while when where how both either also very so only"
    ).split()
)


_DETERMINERS = frozenset(("a an the our their its your his her my this these those every each").split())
_NEVER_AFTER = frozenset(
    (
        "of and or to in on for with by from as at is are was were be been has have had that which "
        "who will would can could may might must should shall but than then if because while when "
        "where the a an"
    ).split()
)
_PREPOSITIONS = frozenset(
    ["of", "with", "by", "from", "for", "into", "within", "between", "towards", "against", "upon"]
)
_NEVER_AFTER_PREPOSITION = frozenset(
    ("of and or is are was were be been has have had will would can could may might").split()
)


@lru_cache(maxsize=20000)
def bulleted(text: str) -> bool:
    """Whether a line opens with a bullet (a dash, a dot, a star)."""
    return bool(BULLET.match(text) or BULLET_ALONE.match(text))


@lru_cache(maxsize=20000)
def marker(text: str) -> str | None:
    """The part marker a line opens with or consists of (i, ii, a, 1), in lower case."""
    found = MARKER.match(text) or MARKER_ALONE.match(text)
    return found["mark"].lower() if found and found["mark"] else None


def marker_rank(mark: str) -> int | None:
    """The position of a marker in its own series: i, 1 and a are 1."""
    if mark in ROMAN_ORDER:
        return ROMAN_ORDER.index(mark) + 1
    if mark.isdigit():
        return int(mark)
    if len(mark) == 1 and "a" <= mark <= "h":
        return ord(mark) - ord("a") + 1
    return None


@lru_cache(maxsize=20000)
def opens_item(text: str) -> bool:
    """Whether a line opens a bullet or a part."""
    return bulleted(text) or marker(text) is not None


@lru_cache(maxsize=20000)
def finished(text: str) -> bool:
    """Whether a line ends as a sentence does."""
    return bool(_ENDS.search(text)) and not _ABBREVIATED.search(text)


@lru_cache(maxsize=20000)
def leads_on(text: str) -> bool:
    """Whether a line ends so that more must follow: a comma, a hyphen, a word such as "of"."""
    if _LEADS_ON.search(text):
        return True
    last = text.rsplit(None, 1)[-1] if text.split() else ""
    return last.casefold() in LEADING_WORDS or text.count("(") > text.count(")")


@lru_cache(maxsize=20000)
def starts_small(text: str) -> bool:
    """Whether a line starts in the middle of a sentence, by its first letter."""
    if opens_item(text):
        return False
    first = text.lstrip("\"'“‘(")[:1]
    return first.islower() or text[:1] in "&+/),;"


@lru_cache(maxsize=40000)
def join_cost(before: str, after: str) -> float:
    """What speaks against `after` being the next line of the same cell as `before`."""
    if opens_item(after):
        if bulleted(after) and not bulleted(before) and before.endswith(("–", "-")):
            return 1.0
        return 2.0 if leads_on(before) else (0.0 if finished(before) else 0.3)
    if marker(before) is not None and MARKER_ALONE.match(before):
        return 0.5
    small = starts_small(after)
    if finished(before):
        return 4.0 if small else 0.3
    if small:
        return _clash(before, after)
    if leads_on(before) or _PAUSES.search(before):
        return 0.3
    return 0.6 if after[:1].isdigit() or after[:1] in "\"'“‘(+£$€" else 1.2


def _clash(before: str, after: str) -> float:
    """Two words that no sentence has side by side: an article before a preposition or a verb."""
    last = before.rsplit(None, 1)[-1].casefold()
    first = after.split(None, 1)[0].casefold().strip(".,;:()")
    if last in _DETERMINERS and first in _NEVER_AFTER:
        return 2.5
    return 2.0 if last in _PREPOSITIONS and first in _NEVER_AFTER_PREPOSITION else 0.0


@lru_cache(maxsize=20000)
def end_cost(text: str) -> float:
    """What speaks against a cell ending with this line."""
    if leads_on(text):
        return 2.5
    if _PAUSES.search(text):
        return 0.3
    return 0.0 if finished(text) else 0.6


@lru_cache(maxsize=20000)
def start_cost(text: str) -> float:
    """What speaks against a cell starting with this line."""
    return 3.0 if starts_small(text) else 0.0

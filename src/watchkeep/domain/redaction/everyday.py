"""Which words tell nothing because everybody uses them; and which stand in a text as a name does.

How common a word is in English is taken from the frequency lists that zxcvbn ships (Wikipedia, film and
television, passwords, each without the words that stand higher in another); its lists of names are left out.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from functools import cache
from typing import Final

EVERYDAY: Final = 4_000  # so many of the commonest words of each list
SMALL: Final = 100  # so many hold sentences together: “the”, “from”, “would”
_FITS: Final = 0.5  # of a register's words stand in the lists, else it is in another language
_LISTS: Final = ("english_wikipedia", "us_tv_and_film", "passwords")
_TOKEN: Final = re.compile(r"\w+")
_DAYS: Final = {name.casefold() for name in (*calendar.month_name, *calendar.day_name) if name}


def everyday(word: str, among: int = EVERYDAY) -> bool:
    """Whether a word, or the one of which it is the plural, is among the commonest of English."""
    ranks = _ranks()
    return min(ranks.get(word, among), ranks.get(stem(word), among)) < among


def is_english(words: Iterable[str]) -> bool:
    """Whether the lists can tell anything of these words."""
    every = {word for word in words if word.isalpha()}
    known = sum(word in _ranks() or stem(word) in _ranks() for word in every)
    return known >= len(every) * _FITS


def stem(word: str) -> str:
    """A word without the s of its plural."""
    return word[:-1] if len(word) > 4 and word.endswith("s") and not word.endswith("ss") else word


def names_in(texts: Iterable[str]) -> set[str]:
    """Words that the texts write with a capital in the middle of a sentence, or all in capitals, and never
    without. Texts that are mostly capitals tell nothing, nor do the names of months and days.
    """
    small: set[str] = set()
    named: set[str] = set()
    for text in texts:
        found = [each for each in _TOKEN.finditer(text) if each.group().isalpha()]
        lower = [each.group() for each in found if each.group().islower()]
        small |= set(map(str.casefold, lower))
        if len(lower) * 2 < len(found):
            continue
        for each in found:
            word = each.group()
            within = re.search(r"[\w,;’'”)&(–-]\s*$", text[: each.start()])
            if not word[1:].islower() or (within and word[0].isupper()):
                named.add(word.casefold())
    return {each for each in named - small - _DAYS if len(each) > 1}


@cache
def _ranks() -> dict[str, int]:
    from zxcvbn.frequency_lists import FREQUENCY_LISTS

    best: dict[str, int] = {}
    for name in _LISTS:
        for rank, word in enumerate(FREQUENCY_LISTS[name]):
            best[word] = min(rank, best.get(word, rank))
    return best

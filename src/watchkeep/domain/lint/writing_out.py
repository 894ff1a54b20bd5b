"""Which short forms a text writes out: found in one pass, whatever the number of short forms."""

from __future__ import annotations

import re
from typing import Final

_SMALL: Final = frozenset("of the and for in to on with a".split())
_WORD: Final = re.compile(r"[A-Za-z][A-Za-z’']*")
_JOINED: Final = re.compile(r"[\s,/&-]*")
_BESIDE: Final = re.compile(r"[\w’'-]\s+\(\s*(?:the\s+)?[“\"'‘]?(?P<short>[A-Za-z&]{2,8}?)s?[”\"'’]?\s*\)")
_FOLLOWED: Final = re.compile(
    r"\b(?P<short>[A-Z][A-Za-z&]{1,7}?)s?\s*(?:\(|[=:–—]|-\s|means\s|stands for\s)(?P<rest>.{0,90})",
    re.DOTALL,
)


class WrittenOut:
    """A text, as the short forms that it explains."""

    def __init__(self, text: str) -> None:
        self._beside = {match["short"].upper() for match in _BESIDE.finditer(text)}
        self._all, self._great = _initials(text)
        self._words = {match[0] for match in _WORD.finditer(text)}
        self._followed: dict[str, list[str]] = {}
        for match in _FOLLOWED.finditer(text):
            self._followed.setdefault(match["short"], []).append(match["rest"])

    def has(self, short: str) -> bool:
        """Whether it says what these letters stand for, beside them or by itself."""
        letters = "".join(each for each in short if each.isalpha())
        if short.upper() in self._beside or letters in self._all or letters in self._great:
            return True
        return any(
            initials.upper().startswith(letters.upper())
            for rest in self._followed.get(short, ())
            for initials in _initials(rest.lstrip())
        )

    def is_a_word(self, short: str) -> bool:
        """Whether the same letters stand as a plain word too: a name in capitals, not a short form."""
        return len(short) > 3 and not self._words.isdisjoint({short.capitalize(), short.lower()})


def _initials(text: str) -> tuple[str, str]:
    """The first letters of its words in a row, with and without the small ones; a gap where a stop parts "
    "them."""
    every, great, end = [], [], 0
    for match in _WORD.finditer(text):
        if not _JOINED.fullmatch(text, end, match.start()):
            every.append(" ")
            great.append(" ")
        end = match.end()
        if len(match[0]) == 1:
            continue
        every.append(match[0][0])
        if match[0] not in _SMALL:
            great.append(match[0][0])
    return "".join(every), "".join(great)

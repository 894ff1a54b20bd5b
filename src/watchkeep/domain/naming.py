"""What somebody gives as a name or says in words; nothing where there is nothing to read."""

from __future__ import annotations

import unicodedata
from typing import Final

# Letters, marks and signs that are drawn as nothing: the Hangul fillers and the empty Braille pattern.
_BLANK: Final = frozenset("\u115f\u1160\u3164\uffa0\u2800")
REASON_WORDS, REASON_LETTERS = 3, 12  # fewer say nothing that could be weighed later
_SEEN: Final = frozenset("LNPS")  # letters, numbers, punctuation and symbols, by the first of their category


def named(text: str) -> str:
    """The name in one line with single spaces; empty where every sign of it is invisible.

    Signs that are not seen may be part of a name in some scripts, so that the rest of it is left alone.
    """
    return " ".join(text.split()) if any(_is_seen(each) for each in text) else ""


def in_words(text: str) -> str:
    """What somebody says, such as a reason, without the space around it; empty where nothing of it is seen.

    Inside and at its edges, signs that are not seen are kept where others are: they may be part of words. All
    its lines end alike: a browser sends two signs for each end, which nobody wrote.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    return lines if any(_is_seen(each) for each in lines) else ""


def says_why(text: str) -> bool:
    """Whether a reason says something: at least three words, and twelve letters or figures in all."""
    words = [each for each in in_words(text).split() if any(sign.isalnum() for sign in each)]
    letters = sum(sign.isalnum() for each in words for sign in each)
    return len(words) >= REASON_WORDS and letters >= REASON_LETTERS


def _is_seen(sign: str) -> bool:
    return sign not in _BLANK and unicodedata.category(sign)[0] in _SEEN

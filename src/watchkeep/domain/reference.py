"""A risk’s reference as a person gives it: which would do, and when two are one to a reader."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from watchkeep.domain.errors import Invalid
from watchkeep.domain.people import Refusal

LONGEST: Final = 100

# Hyphens, dashes and the minus sign: nobody tells them apart on paper.
_DASHES: Final = re.compile(r"[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")
_PLAIN: Final = frozenset(" -_./()")


def tidied(text: str) -> str:
    """The reference in plain signs: one width of letter, one kind of dash, single spaces."""
    plain = unicodedata.normalize("NFKC", _DASHES.sub("-", text))
    return " ".join(_DASHES.sub("-", plain).split())


def folded(text: str) -> str:
    """What two references have in common that a reader would take for one."""
    return tidied(text).casefold()


def would_do(text: str) -> Refusal | None:
    """Why a tidied reference cannot be a person's for a risk: it is read aloud, and opens as an address."""
    signs = all(each.isalpha() or each.isdecimal() or each in _PLAIN for each in text)
    ends = text[:1] in "./" or text[-1:] in "./"
    if signs and not ends and ".." not in text and any(each.isalnum() for each in text):
        return None
    return Refusal(
        f"“{text}” is no reference. Use letters, digits, spaces and - _ . / ( ), with at least one letter or "
        "digit and no dot or slash at either end, such as CV-04."
    )


def given(text: str) -> str:
    """The reference that a person gave, as it is kept, shown and compared; refused where it is none."""
    made = tidied(text)
    if not made:
        raise Invalid("reference", "Give the risk a reference; the next free one is suggested.")
    if len(made) > LONGEST:
        raise Invalid("reference", f"A reference has up to {LONGEST} signs, not {len(made)}; shorten it.")
    if refusal := would_do(made):
        raise Invalid("reference", refusal.sentence)
    return made


def openable(text: str) -> str:
    """The reference as a name in addresses; one that a paper gives and browsers fold away is changed."""
    parts = text.split("/")
    if text.strip() and not any(part.strip() in ("", ".", "..") for part in parts):
        return text
    return "-".join(kept for part in parts if (kept := part.strip(" ."))) or "risk"

"""The number that a cell means: separated thousands, percent and pound signs, brackets for a minus."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Decimal = Literal[".", ","]
LARGEST = 1e15  # beyond it neighbouring whole numbers are no longer told apart
_PLAIN = re.compile(r"(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,2})?", re.ASCII)
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d*)?", re.ASCII)
_SPACED = re.compile(r"\d{1,3}(?: \d{3})+(?:\.\d*)?", re.ASCII)
_SIGNS = str.maketrans({"−": "-", "–": "-", "\u00a0": " ", "\u202f": " ", "\u2009": " ", "’": "'"})
# Ways to write that nothing was read.
NOTHING = frozenset(
    {"", "-", "--", ".", "..", "...", "*", "n/a", "na", "n.a.", "none", "null", "not available"}
    | {"not recorded", "missing", "tbc", "#n/a", "no data"}
)


@dataclass(frozen=True, slots=True)
class Number:
    """A value and whether it was written as so many in a hundred."""

    value: float
    percent: bool = False


def is_nothing(text: str) -> bool:
    """Whether a cell says that nothing was read, in one of the usual ways."""
    return text.strip().translate(_SIGNS).casefold() in NOTHING


def number_of(text: str, *, decimal: Decimal = ".") -> Number | None:
    """The number that `text` is, or none; `decimal` is the sign before its fractions."""
    said = text.strip().translate(_SIGNS)
    percent = said.endswith("%")
    said = said.removesuffix("%").strip()
    negative = said.startswith("(") and said.endswith(")")
    said = said[1:-1].strip() if negative else said
    if said[:1] in "+-" and not negative:
        negative, said = said.startswith("-"), said[1:].strip()
    said = said[1:].strip() if said[:1] in ("£", "€", "$") else said
    if said.startswith("-") and not negative:  # £-12
        negative, said = True, said[1:].strip()
    if decimal == ",":
        said = said.translate(str.maketrans(".,", ",."))
    if _GROUPED.fullmatch(said) or _SPACED.fullmatch(said):
        said = said.replace(",", "").replace(" ", "")
    if len(said) > 40 or not _PLAIN.fullmatch(said):
        return None
    value = float(said)
    if value > LARGEST:
        return None
    return Number(-value if negative and value else value, percent)

"""Headings as they are compared: in lower case, without punctuation, and in the singular."""

from __future__ import annotations

import re
import unicodedata

CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z][a-z])")  # "CurrentRating", as databases export it


def normal(heading: str) -> str:
    """A heading as compared: lower case, one space, punctuation gone save `/`, `#` and `&` as "and"."""
    text = (
        unicodedata.normalize("NFKC", CAMEL.sub(" ", heading))
        .casefold()
        .replace("&", " and ")
        .replace("’", "")
        .replace("'", "")
    )
    text = re.sub(r"\(s\)|\(es\)", "s", text)
    text = re.sub(r"[^\w/#]+", " ", text.replace("_", " "))
    text = re.sub(r"(?<=\D)/|/(?=\D)", " / ", text)
    return " ".join(text.split()).strip("/ ")


def singular(text: str) -> str:
    """A normalised heading with the plurals of its words taken off: "controls and activities" names what
    "control and activity" names."""
    return re.sub(r"(?<=\w\w)(?:(ie)s|(?<![su])s)\b", lambda found: "y" if found[1] else "", text)

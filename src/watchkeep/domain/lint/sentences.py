"""The sentences of a register's text, as spans of its characters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

Span = tuple[int, int]

# Full stops that end no sentence: short forms, initials, "No. 4", and the dots inside "e.g." and "i.e.".
_SHORT: Final = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|approx|c|ca|cf|no|nos|ref|refs|para|dept|depts|govt|st|mr|mrs|ms|dr|prof|vs|inc|"
    r"incl|excl|est|min|max|fig|vol|p|pp|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)|\b[A-Z])\.$",
    re.IGNORECASE,
)
_ROMAN: Final = r"(?:x|ix|iv|v?i{1,3}|v)"
_MARKER: Final = rf"(?:[-–—•·▪◦*]|\(?(?:\d{{1,2}}|[a-h]|{_ROMAN})(?:[.)]|\s[-–—])(?=\s))"
# A sentence ends at its stop before a capital, a figure, a bracket, a bullet or the marker of a part; a line
# ends one unless the next goes on in small letters. The dots of "i.e." and a part's own "i." do not.
_END: Final = re.compile(
    rf"(?P<stop>[.!?…]+[\"'”’)\]]*)(?=\s+(?:[A-Z0-9£(\"'“‘\[]|{_MARKER}))"
    rf"|(?P<semicolon>;)(?=\s)"
    rf"|(?P<line>\n)(?=\s*(?:\n|{_MARKER}|[^\sa-z]))"
)
_LONE_MARKER: Final = re.compile(rf"^\s*{_MARKER[:-1]})?\s*$|^\s*\(?(?:\d{{1,2}}|[a-hA-H]|{_ROMAN})[.)]?\s*$")


@lru_cache(maxsize=8192)
def sentences(text: str) -> tuple[Span, ...]:
    """Where each sentence (or line of a list, or part between semicolons) stands: no blanks at either end."""
    return tuple(_spans(text))


def _spans(text: str) -> Iterator[Span]:
    start = 0
    for match in _END.finditer(text):
        end = match.end() if match["stop"] else match.start()
        said = text[start:end]
        if match["stop"] and (_SHORT.search(said) or _LONE_MARKER.match(said)):
            continue
        yield from _bare(text, start, end)
        start = match.end()
    yield from _bare(text, start, len(text))


def _bare(text: str, start: int, end: int) -> Iterator[Span]:
    """The span without the blanks and bullets about it; none where nothing is left."""
    while start < end and (text[start].isspace() or text[start] in "-–—•·▪◦*;"):
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    if any(sign.isalnum() for sign in text[start:end]):
        yield start, end

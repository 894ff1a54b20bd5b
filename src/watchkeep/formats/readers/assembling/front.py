"""Reads the register's title, body, period and key from the text around its tables, where it is said
plainly.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from watchkeep.domain.days import DATE_SOMEWHERE, day_of
from watchkeep.domain.document import DateField, Field, Movement, Place
from watchkeep.domain.trend import rising_in_key
from watchkeep.formats.readers.assembling.text import one_line

REGISTER = re.compile(
    r"\brisks? (?:register|log|report|profile|schedule|assurance framework)\b|\bregister of risks\b|"
    r"\bboard assurance framework\b|\brisks and issues log\b",
    re.IGNORECASE,
)
YEARS = r"(?:20)?\d\d\s?[/–-]\s?(?:20)?\d\d"
PERIOD = re.compile(
    rf"\b(?:quarter|qtr|q)\s?\.?\s?(?:[1-4]|one|two|three|four)\b(?:[\s,:(–-]*(?:fy\s?)?(?:of\s+)?(?:{YEARS}|20\d\d))?|"
    rf"\b(?:fy\s?)?20\d\d\s?[/–-]\s?(?:20)?\d\d\b(?:[\s,:–-]*(?:q|quarter)\s?[1-4])?",
    re.IGNORECASE,
)
AS_AT = re.compile(
    rf"\b(?:as at|as of|position at|correct at|date)\b[:\s]*({DATE_SOMEWHERE.pattern})", re.IGNORECASE
)
BODY_WORDS = (
    r"(?:police|constabulary|council|borough|nhs|trust|foundation trust|university|college|school|"
    r"academy|authority|"
    r"association|housing|homes|board|hospice|charity|commissioner|service|fire and rescue|agency|"
    r"foundation|society|"
    r"group|partnership|commission|institute|hospitals?|ambulance|corporation|city of|combined "
    r"authority|ltd|limited|plc)"
)
BODY = re.compile(rf"\b{BODY_WORDS}\b", re.IGNORECASE)
NOT_A_BODY = re.compile(
    r"\b(?:risk|register|committee|page|report|assurance framework|quarter|appendix|agenda|item|"
    r"version|draft)\b",
    re.IGNORECASE,
)
SEAMS = re.compile(r"\s+[-–—|:]\s+|\s*\|\s*|\s{3,}|:\s+|,\s+(?=(?:q|quarter)\b)", re.IGNORECASE)
KEY = re.compile(r"\b(?:key|legend|trend|direction of travel|arrow)\b|^[^\w\s]", re.IGNORECASE)
LONGEST_TITLE = 160


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text around the tables."""

    text: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Front:
    """What the text around the tables says of the register; `used` are the lines it was read from."""

    body: Field
    name: Field
    period: Field
    as_at: DateField
    rising: Movement | None
    key: str  # every line, for what else a key may state
    used: frozenset[int]


def read_front(title_lines: Sequence[Line], other: Sequence[Line], sheet_names: Sequence[str] = ()) -> Front:
    """Reads the title lines first; a period or a body is taken only from a title line, a key from
    anywhere.
    """
    used: set[int] = set()
    name = body = period = Field()
    as_at = DateField()
    for index, line in enumerate(title_lines):
        text = one_line(line.text)
        if len(text) > LONGEST_TITLE:
            continue
        before = (name, body, period, as_at)
        dated = AS_AT.search(text)
        if not as_at.recorded and dated:
            as_at = DateField(
                state="recorded", text=dated.group(1), places=line.places, on=day_of(dated.group(1))
            )
        if not period.recorded and (found := PERIOD.search(text)):
            period = Field(state="recorded", text=found.group(0).strip(" -–,(:"), places=line.places)
        segments = [each.strip(" -–—|:,()") for each in SEAMS.split(text) if each.strip(" -–—|:,()")]
        for segment in segments:
            if not name.recorded and REGISTER.search(segment):
                name = Field(state="recorded", text=_title(segment), places=line.places)
            elif not body.recorded and len(segments) <= 6 and _is_body(segment):
                body = Field(state="recorded", text=segment, places=line.places)
        if name.recorded and not body.recorded and (own := _body_in_title(name.text or "")):
            body = Field(
                state="recorded",
                text=own,
                places=name.places,
                confidence=0.8,
                reason="the title begins with it",
            )
        if before != (name, body, period, as_at):
            used.add(index)
    rising = rising_in_key("\n".join(line.text for line in [*title_lines, *other] if KEY.search(line.text)))
    key = "\n".join(line.text for line in [*title_lines, *other])
    return Front(body, name, period, as_at, rising, key, frozenset(used))


def _title(segment: str) -> str:
    text = PERIOD.sub(" ", segment)
    text = re.sub(
        rf"\s*\(?\b(?:as at|as of)\b.*$|\s*\({DATE_SOMEWHERE.pattern}\)", "", text, flags=re.IGNORECASE
    )
    text = re.sub(r"\(\s*\)", " ", text)
    return one_line(text).strip(" -–—|:,(") or one_line(segment)


def _is_body(segment: str) -> bool:
    return (
        bool(BODY.search(segment))
        and not NOT_A_BODY.search(segment)
        and len(segment.split()) <= 9
        and segment[0].isupper()
        and not segment.endswith(".")
    )


def _body_in_title(title: str) -> str:
    match = re.match(
        rf"^(?P<body>(?:[A-Z][\w'’&.]*\s|of\s|and\s|the\s|for\s)*?(?:[A-Z][\w'’&.]*\s)?{BODY_WORDS.title()})\s+(?:[A-Z]\w+\s+){{0,2}}[Rr]isk",
        title,
    )
    if match is None:
        match = re.match(
            r"^(?P<body>(?:[A-Z][\w'’&.]*\s+|of\s+|and\s+){1,7}?(?:Police|Constabulary|Council|Trust|University|College|Authority|Association|Service|Foundation|Homes|Housing))\s+(?:Corporate|Strategic|Risk|Principal|Board)",
            title,
        )
    return match.group("body").strip() if match else ""

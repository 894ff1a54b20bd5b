"""Text as lines: paragraphs, bullets and parts with their markers."""

from __future__ import annotations

import re

from watchkeep.domain.document import PartedField
from watchkeep.formats.writers.paper.values import Line

_MARKER = re.compile(r"[\s(\[]*([0-9]{1,2}|[ivxIVX]{1,5}|[A-Za-z])[\s.):\]–—-]*")


def parted_lines(field: PartedField) -> tuple[Line, ...]:
    """The lead (if any) and the parts; the text as it stands where the parts do not account for all of it."""
    text = " ".join((field.text or "").split())
    lines: list[Line] = []
    position = 0
    for part in field.parts:
        wanted = " ".join(part.text.split())
        start = text.find(wanted, position)
        if start < 0:
            return paragraphs(field.text or "")
        between = text[position:start]
        mark = bare_marker(part.marker)
        lead = re.sub(rf"[\s(\[]*{re.escape(mark)}[\s.):\]–—-]*$", "", between, flags=re.IGNORECASE).strip()
        if lead and lines:
            return paragraphs(field.text or "")
        if lead:
            lines.append(Line(lead))
        lines.append(Line(wanted, f"({mark})" if mark else "•"))
        position = start + len(wanted)
    if text[position:].strip():
        return paragraphs(field.text or "")
    return tuple(lines)


def bare_marker(marker: str) -> str:
    """`i` for `i -`, `(i)` or `i.`; nothing for a bullet."""
    found = _MARKER.fullmatch(marker)
    return found[1] if found else ""


def paragraphs(text: str) -> tuple[Line, ...]:
    """One line for each line of the text that says anything; leading bullets become bullets."""
    lines = []
    for raw in text.splitlines():
        line = " ".join(raw.split())
        bullet = re.match(r"[•‣▪●·*]\s+|[-–—]\s+(?=\S)", line)
        if line:
            lines.append(Line(line[bullet.end() :], "•") if bullet else Line(line))
    return tuple(lines) or (Line(text.strip()),)

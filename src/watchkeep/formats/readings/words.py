"""Which column is what, said in words: `day=Month, value=Seen`, by heading or by the letter of the column."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from watchkeep.domain.errors import Invalid
from watchkeep.formats.readers.csv import letters
from watchkeep.formats.readings.grid import Grid
from watchkeep.formats.readings.mapping import Mapping, Suggested
from watchkeep.formats.readings.years import kind_of

PARTS: Final = ("day", "within", "value", "numerator", "denominator", "reference", "note")
_ALSO: Final = {"indicator": "reference", "date": "day"}


def parted(said: str) -> dict[str, str]:
    """Each part with the name of its column, as it was said; refused where a part is none or said twice."""
    found: dict[str, str] = {}
    for pair in filter(str.strip, said.split(",")):
        part, between, name = pair.partition("=")
        part = _ALSO.get(part.strip().casefold(), part.strip().casefold())
        if part not in PARTS:
            raise Invalid("map", f"“{part}” is no part of a reading: it is one of {', '.join(PARTS)}.")
        if not between or not name.strip():
            raise Invalid("map", f"Say which column the {part} is: {part}=Heading, or {part}=B.")
        if part in found:
            raise Invalid("map", f"The {part} is said twice.")
        found[part] = name.strip()
    return found


def mapped(said: str, grid: Grid, proposed: Suggested) -> Mapping:
    """The mapping that the words say; what they leave open but the day is left out."""
    titles = [each.strip().casefold() for each in proposed.headings]
    places = {letters(column): column for column in range(grid.width)}
    columns: dict[str, Any] = dict.fromkeys(PARTS[1:])
    for part, name in parted(said).items():
        if titles.count(name.casefold()) > 1:
            raise Invalid("map", f"There are several columns “{name}”; say one by its letter.")
        if name.casefold() in titles:
            columns[part] = titles.index(name.casefold())
        elif name.upper() in places:
            columns[part] = places[name.upper()]
        else:
            there = ", ".join(f"“{each.strip()[:40]}”" for each in proposed.headings[:20] if each.strip())
            raise Invalid(
                "map", f"There is no column “{name}”. {f'There are: {there}.' if there else ''}".strip()
            )
    base = proposed.mapping
    if base is None and "day" not in columns:
        raise Invalid("map", "Say which column holds the days: day=Heading.")
    headings = base.headings if base else (grid.lines[0].number if proposed.headings else None)
    if "day" not in columns and base is not None:
        columns |= {
            "day": base.day,
            "within": base.within if columns["within"] is None else columns["within"],
        }
    if (within := columns["within"]) is not None:
        columns["kind"] = kind_of(proposed.headings[within] if within < len(proposed.headings) else "")
    return replace(base or Mapping(day=0), **columns, headings=headings, wide=())

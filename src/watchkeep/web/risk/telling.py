"""What a person wrote in the boxes of a risk, as the document's fields; a box that was not touched stays as
it was read, with its place. Lines and parts are written one to a line: “(i) text” stands under part i.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from watchkeep.domain.days import day_of
from watchkeep.domain.document import (
    NOT_RECORDED,
    DateField,
    Extra,
    Field,
    Item,
    Part,
    PartedField,
    Risk,
    State,
)
from watchkeep.domain.fields import DATES, LABELS, LISTS, PARTED, TEXTS

NOTHING: Final = "not applicable"
MARKED: Final = re.compile(r"^\s*\(([^()\s]{1,12})\)\s*(\S.*)$")
TITLES: Final = frozenset({"reference"})  # kept for good: it has no box


def boxes(value: Risk) -> dict[str, str]:
    """What stands in every box, by the box's name."""
    said = {name: _text(getattr(value, name)) for name in (*TEXTS, *DATES) if name not in TITLES}
    said |= {name: _parted_text(getattr(value, name)) for name in PARTED}
    said |= {name: "\n".join(_line(each) for each in getattr(value, name)) for name in LISTS}
    said |= {f"extra-{number}": _text(each) for number, each in enumerate(value.extra)}
    return said


def labels(value: Risk) -> tuple[tuple[str, str], ...]:
    """Every box with what it is called."""
    named = [(name, LABELS[name]) for name in (*TEXTS, *PARTED, *DATES, *LISTS) if name not in TITLES]
    return (*named, *((f"extra-{number}", each.heading) for number, each in enumerate(value.extra)))


def told(value: Risk, wrote: Mapping[str, str], reason: str) -> Risk:
    """`value` with what was written in place of what stood, box by box."""
    before = boxes(value)
    new = {
        name: _even(text)
        for name, text in wrote.items()
        if name in before and _even(text) != _even(before[name])
    }
    update: dict[str, object] = {}
    for name, text in new.items():
        if name in PARTED:
            update[name] = _parted(text, reason)
        elif name in LISTS:
            update[name] = _lines(getattr(value, name), text, reason)
        elif name in DATES:
            state, words = _state(text)
            update[name] = DateField(
                state=state, text=words, on=day_of(words) if words else None, reason=reason
            )
        elif not name.startswith("extra-"):
            state, words = _state(text)
            update[name] = Field(state=state, text=words, reason=reason)
    extra = [
        _extra(each, new[f"extra-{number}"], reason) if f"extra-{number}" in new else each
        for number, each in enumerate(value.extra)
    ]
    return value.model_copy(update=update | {"extra": tuple(extra)})


def _extra(before: Extra, text: str, reason: str) -> Extra:
    state, words = _state(text)
    return Extra(heading=before.heading, state=state, text=words, reason=reason)


def _text(field: Field) -> str:
    return field.text or "" if field.state != NOTHING else NOTHING


def _parted_text(field: PartedField) -> str:
    """The text with each part on a line of its own, where the parts tell all of it."""
    if not field.parts or not all(each.marker for each in field.parts):
        return _text(field)
    text = field.text or ""
    start = text.find(field.parts[0].text)
    lead = re.sub(r"[\s(\[]*\S{1,6}$", "", text[:start].rstrip()).strip() if start > 0 else ""
    lines = [f"({_marker(each)}) {' '.join(each.text.split())}" for each in field.parts]
    return "\n".join(filter(None, [" ".join(lead.split()), *lines]))


def _marker(part: Part) -> str:
    return part.marker.strip("() .:-–—") or part.marker


def _line(item: Item) -> str:
    said = " ".join((item.text or "").split()) if item.recorded else NOTHING if item.state == NOTHING else ""
    return f"({item.part}) {said}" if item.part else said


def _parted(text: str, reason: str) -> PartedField:
    state, words = _state(text)
    found = [match for line in text.splitlines() if (match := MARKED.match(line))]
    parts = tuple(Part(marker=each[1], text=each[2].strip()) for each in found)
    return PartedField(state=state, text=words, parts=parts if words else (), reason=reason)


def _lines(standing: Iterable[Item], text: str, reason: str) -> tuple[Item, ...]:
    """A line each; one that stood there already keeps where it was read, wherever it now stands."""
    known = {_line(each): each for each in standing}
    made = []
    for line in text.splitlines():
        said = " ".join(line.split())
        if not said:
            continue
        match = MARKED.match(said)
        part, words = (match[1], match[2]) if match else (None, said)
        made.append(known.get(said) or Item(state="recorded", text=words, part=part, reason=reason))
    return tuple(made)


def _state(text: str) -> tuple[State, str | None]:
    said = text.strip()
    if not said:
        return "not recorded", None
    return ("not applicable", None) if said.casefold() == NOTHING else ("recorded", said)


def _even(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").strip().splitlines())


def blank(key: str) -> Risk:
    """A risk of which nothing is said yet."""
    return Risk(key=key, reference=NOT_RECORDED)

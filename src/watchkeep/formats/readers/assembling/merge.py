"""Brings together what several tables say of the same risks: a summary and its details, scores on a sheet
of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from watchkeep.domain.document import Loose
from watchkeep.formats.cells import Cell
from watchkeep.formats.readers.assembling.headings import IDENTITY, Heading
from watchkeep.formats.readers.assembling.rows import Gathered, Record, Segment
from watchkeep.formats.readers.assembling.text import one_line

TELLING = IDENTITY - {"reference"}
# What a table that names no risk may add to the risks it refers to; its owners and dates are those of
# something else.
ADDED = (
    "controls",
    "actions",
    "assessments:",
    "trends:",
    "contingency",
    "cause",
    "impact",
    "category",
    "objective",
)


@dataclass(slots=True)
class Told:
    """One risk as all tables tell it: its cells with their headings, the fullest table first."""

    pairs: list[tuple[Heading, Cell]]
    record: Record
    segment: Segment
    more: list[tuple[str, Heading, Cell]] = field(default_factory=list)


def merge(segments: Sequence[Segment], gathered: Gathered) -> list[Told]:
    """The risks of all segments, each once; a reference told twice in different tables is one risk."""
    telling = [
        segment for segment in segments if any(segment.column(meaning) is not None for meaning in TELLING)
    ]
    others = [segment for segment in segments if segment not in telling]
    if not telling:
        telling, others = list(segments), []
    fullest = max(
        telling,
        key=lambda segment: (
            len({h.meaning for h in segment.headings if h.meaning != "extra"}),
            len(segment.records),
        ),
        default=None,
    )
    told = [_told(segment, record) for segment in telling for record in segment.records]
    result: list[Told] = []
    by_key: dict[str, Told] = {}
    for each in sorted(told, key=lambda one: one.segment is not fullest) if len(telling) > 1 else told:
        key = _key(each)
        first = by_key.get(key) if key else None
        if first is not None and first.segment is not each.segment and _same_risk(first, each):
            _add(first, each, gathered, everything=True)
        else:
            by_key.setdefault(key, each)
            result.append(each)
    order = {id(each): position for position, each in enumerate(told)}
    result.sort(key=lambda each: order[id(each)])
    for segment in others:
        _lay_beside(segment, by_key, gathered)
    return result


def _lay_beside(segment: Segment, by_key: dict[str, Told], gathered: Gathered) -> None:
    """Add what a table tells of risks that another table names; what refers to none stays unassigned."""
    of_risks = _one_row_a_risk(segment, by_key)
    for record in segment.records:
        each = _told(segment, record)
        first = by_key.get(_key(each))
        if first is not None and first.segment is not segment:
            _add(first, each, gathered, everything=of_risks)
        else:
            reason = "a row that refers to no risk of this register"
            gathered.unassigned.extend(
                Loose(text=cell.text, places=cell.places, reason=reason)
                for _, cell in each.pairs
                if cell.text
            )


def _one_row_a_risk(segment: Segment, by_key: dict[str, Told]) -> bool:
    """Whether a table goes through the risks once, and is not a list of actions with owners of their own."""
    keys = [_key(_told(segment, record)) for record in segment.records]
    known = [key for key in keys if key in by_key]
    once = len(set(keys)) == len(keys) and len(known) * 2 > len(by_key) and len(known) == len(keys)
    return once and segment.column("actions") is None


def _told(segment: Segment, record: Record) -> Told:
    return Told(
        [(heading, record.cells.get(heading.index, Cell())) for heading in segment.headings], record, segment
    )


def _text(told: Told, meaning: str) -> str:
    return next(
        (one_line(cell.text).casefold() for heading, cell in told.pairs if heading.meaning == meaning), ""
    )


def _key(told: Told) -> str:
    return _text(told, "reference") or _text(told, "name")


def _same_risk(first: Told, second: Told) -> bool:
    """The same reference with another name is another risk (or a slip): a person must see both."""
    one, two = _text(first, "name"), _text(second, "name")
    return not one or not two or one == two or one in two or two in one


def _add(first: Told, second: Told, gathered: Gathered, *, everything: bool) -> None:
    held: dict[str, list[Cell]] = {}
    for heading, cell in first.pairs:
        held.setdefault(heading.meaning, []).append(cell)
    for heading, cell in second.pairs:
        if not cell.text or (heading.meaning == "reference" and not everything):
            if cell.text:
                gathered.furniture.append(_again(cell))
            continue
        known = [one_line(each.text).casefold() for each in held.get(heading.meaning, []) if each.text]
        if heading.meaning != "extra" and one_line(cell.text).casefold() in known:
            gathered.furniture.append(_again(cell))
        elif heading.meaning == "extra" or (known and heading.meaning not in ("controls", "actions")):
            first.more.append((second.record.table, heading, cell))
        elif everything or heading.meaning.startswith(ADDED):
            first.pairs.append((replace(heading), cell))
        else:
            first.more.append((second.record.table, heading, cell))


def _again(cell: Cell) -> Loose:
    return Loose(
        text=cell.text, places=cell.places, reason="says again what another table says of the same risk"
    )

"""Registers told one risk after another: "Label: value" lines, or a heading for each risk with sections
under it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from watchkeep.formats.cells import Cell, Extract, Piece, Table
from watchkeep.formats.columns import recognise
from watchkeep.formats.readers.text.identifiers import Occurrence, Standing, references
from watchkeep.formats.readers.text.lines import Fragment, fragments, furniture

LABEL = re.compile(
    r"(?P<name>[A-Z][\w /&().,'’#-]{0,48}?)\s*(?P<after>\*\*|__)?\s*[:\t]\s*(?P<again>\*\*|__)?(?=\s|$|\S)"
)
MARKS = re.compile(r"^(?P<hashes>#{1,6}\s+)?(?P<stars>\*\*|__)?")
APART = re.compile(r"(?:[|;]\s*|\s{2,}|\.\s+)(?:\*\*|__)?$")
LEAST_RISKS = 2
LEAST_LABELS = 3
RULE = re.compile(r"^[-=_*~\s]{3,}$")


@dataclass(slots=True)
class _Line:
    """A line taken apart: labels with their values, or a heading, or text that goes on."""

    fragment: Fragment
    labels: list[tuple[Fragment, Fragment | None]] = field(default_factory=list)
    reference: Fragment | None = None
    title: Fragment | None = None


@dataclass(slots=True)
class _Record:
    """One risk: for each label its lines."""

    values: dict[str, list[Fragment]] = field(default_factory=dict)


def read_labelled(lines: list[str]) -> Extract | None:
    """The risks of such a text as one table, or none where its labels do not come again and again."""
    aside = furniture(lines)
    sequence = [each for each in fragments(lines) if each.line not in aside]
    spare = [each for each in fragments(lines) if each.line in aside]
    known = _labels(sequence)
    if len(known) < LEAST_LABELS:
        return None
    plain = [fragment.cut(_lead(fragment.text), len(fragment.text)) for fragment in sequence]
    heads = {
        each.index: each
        for each in references(plain)
        if each.start <= 8 and each.standing >= Standing.OPENING
    }
    taken = [_take_apart(fragment, known, heads.get(index)) for index, fragment in enumerate(sequence)]
    first: dict[str, Fragment] = {}
    records, loose = _records(taken, first, spare)
    cells = {each.reference for each in references(plain) if each.standing >= Standing.OPENING}
    if len(cells) >= 1.6 * len(records):
        return None  # the labels are the headings of a table, put out again on each page
    if len(records) < LEAST_RISKS or sum(len(each.values) for each in records) < 2.5 * len(records):
        return None
    order = list(dict.fromkeys(label for record in records for label in record.values))
    order = sorted(order, key=lambda label: (not label.startswith("#"), _usual(label, records)))
    header = tuple(Cell((_header_piece(label, first, records),)) for label in order)
    rows = tuple(tuple(_cell(record.values.get(label, ())) for label in order) for record in records)
    return Extract(
        reader="text: one risk after another, each with labels",
        tables=(Table((header, *rows)),),
        loose=tuple(each.piece for each in loose),
        furniture=tuple(each.piece for each in sorted(spare, key=lambda each: (each.line, each.start))),
    )


def _usual(label: str, records: Sequence[_Record]) -> float:
    """Where a label usually stands among the others of its risk."""
    places = [list(record.values).index(label) for record in records if label in record.values]
    return sum(places) / len(places)


def _header_piece(label: str, first: dict[str, Fragment], records: Sequence[_Record]) -> Piece:
    if label in first:
        return Piece(first[label].text.rstrip(" :"), first[label].place)
    # A reference or a title that stands as the heading of its risk has no name in the file.
    stands = next(record.values[label][0] for record in records if record.values.get(label))
    return Piece("Reference" if label == "#reference" else "Risk title", stands.place)


def _cell(values: Sequence[Fragment]) -> Cell:
    if not values:
        return Cell()
    return Cell(tuple(each.piece for each in values))


# --- Labels
# --------------------------------------------------------------------------------------------------


def _labels(sequence: Sequence[Fragment]) -> frozenset[str]:
    """The labels of the file: known headings that stand before a value at least twice.

    With a colon; or alone on a line with text, not another label, right after it.
    """
    seen: Counter[str] = Counter()
    alone: Counter[str] = Counter()
    spoiled: Counter[str] = Counter()
    for index, fragment in enumerate(sequence):
        text = MARKS.sub("", fragment.text)
        for found in LABEL.finditer(text):
            apart = found.start() == 0 or APART.search(text[: found.start()])
            if apart and _is_heading(found["name"]):
                seen[_normal(found["name"])] += 1
        bare = text.strip("*_: ")
        if _is_heading(bare) and len(bare.split()) <= 6:
            following = (
                MARKS.sub("", sequence[index + 1].text).strip("*_: ") if index + 1 < len(sequence) else ""
            )
            if following and not _is_heading(following):
                alone[_normal(bare)] += 1
            else:
                spoiled[_normal(bare)] += 1
    both = {name for name, count in seen.items() if count >= LEAST_RISKS}
    both |= {name for name, count in alone.items() if count >= LEAST_RISKS and count > 2 * spoiled[name]}
    return frozenset(both)


def _is_heading(text: str) -> bool:
    found = recognise(text.strip()) if 1 < len(text.strip()) <= 60 and text.strip()[:1].isupper() else None
    return found is not None and found.confidence >= 0.85


def _normal(text: str) -> str:
    return " ".join(text.casefold().split())


def _take_apart(fragment: Fragment, known: frozenset[str], head: Occurrence | None) -> _Line:
    line = _Line(fragment)
    lead = _lead(fragment.text)
    text = fragment.text
    found = [
        match
        for match in LABEL.finditer(text, lead)
        if _normal(match["name"]) in known
        and (match.start() == lead or not text[match.start() - 1].isalnum())
    ]
    found = [
        match for index, match in enumerate(found) if index or not text[lead : match.start()].strip(" |;-*_•")
    ]
    for index, match in enumerate(found):
        end = found[index + 1].start() if index + 1 < len(found) else len(text)
        value = text[match.end() : end]
        kept = value.strip().rstrip("|;").strip().removesuffix("**").strip()
        name = _part(fragment, match.start("name"), match.end("name"))
        start = match.end() + value.index(kept) if kept else match.end()
        line.labels.append((name, _part(fragment, start, start + len(kept)) if kept else None))
    if line.labels:
        return line
    bare = text[lead:].strip("*_: ")
    if _normal(bare) in known:
        start = text.index(bare, lead)
        line.labels.append((_part(fragment, start, start + len(bare)), None))
        return line
    if head is not None:
        line.reference = _part(fragment, lead + head.start, lead + head.end)
        rest = text[lead + head.end :].lstrip(" :.-–—|\t)").removesuffix("**").strip()
        if rest:
            start = text.index(rest, lead + head.end)
            line.title = _part(fragment, start, start + len(rest))
    elif text.startswith("#") and len(bare) > 2:
        start = text.index(bare, lead)
        line.title = _part(fragment, start, start + len(bare))
    return line


def _lead(text: str) -> int:
    """How many characters of markup (#, **) a line starts with."""
    marks = MARKS.match(text)
    return marks.end() if marks else 0


def _part(fragment: Fragment, start: int, end: int) -> Fragment:
    whole = fragment.whole and start == 0 and end == len(fragment.text)
    return Fragment(fragment.line, fragment.start + start, fragment.text[start:end], whole)


# --- Records
# -------------------------------------------------------------------------------------------------


def _records(
    lines: Sequence[_Line], first: dict[str, Fragment], spare: list[Fragment]
) -> tuple[list[_Record], list[Fragment]]:
    """The risks in order: a new one starts at a heading with a reference or title, or where a label comes
    again.
    """
    records: list[_Record] = []
    loose: list[Fragment] = []
    current: list[Fragment] | None = None
    headed = _headed(lines)
    for index, line in enumerate(lines):
        if RULE.match(line.fragment.text):
            spare.append(line.fragment)
            current = None
        elif line.labels:
            for name, value in line.labels:
                label = _normal(name.text)
                if not records or (label in records[-1].values and not headed):
                    records.append(_Record())
                current = records[-1].values.setdefault(label, [])
                if value is not None:
                    current.append(value)
                if label in first:
                    spare.append(name)
                else:
                    first[label] = name
        elif (line.reference or line.title) and headed and _labels_follow(lines, index):
            records.append(_Record())
            current = None
            if line.reference is not None:
                records[-1].values["#reference"] = [line.reference]
            if line.title is not None:
                current = records[-1].values["#name"] = [line.title]
            elif index + 1 < len(lines) and not lines[index + 1].labels:
                current = records[-1].values["#name"] = []
        elif current is not None:
            current.append(line.fragment)
        else:
            loose.append(line.fragment)
    return _telling(records, loose)


def _telling(records: Sequence[_Record], loose: list[Fragment]) -> tuple[list[_Record], list[Fragment]]:
    """The records that say more than one thing; what the others say is left over, in the file's order."""
    for each in records:
        if len(each.values) < 2:
            loose.extend(fragment for values in each.values.values() for fragment in values)
    loose.sort(key=lambda each: (each.line, each.start))
    return [each for each in records if len(each.values) > 1], loose


def _headed(lines: Sequence[_Line]) -> bool:
    """Whether risks open with headings of their own."""
    heads = sum(
        (line.reference is not None or line.title is not None) and _labels_follow(lines, index)
        for index, line in enumerate(lines)
    )
    return heads >= LEAST_RISKS


def _labels_follow(lines: Sequence[_Line], index: int) -> bool:
    """Whether a label stands within the next few lines, before any other heading: so this can be the
    heading of a risk.
    """
    for line in lines[index + 1 : index + 5]:
        if line.labels:
            return True
        if line.reference or line.title:
            return False
    return False

"""The ledger's bytes: what an entry is, how entries are chained, and how a chain is checked.

Each entry is stored as the exact text that was hashed. Its digest is SHA-256 over a fixed prefix and that
text; the text holds the digest of the entry before it, so that none can change without every later one.
A chain that was rewritten whole, or cut at its end, shows only against a head that was kept somewhere else.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

FORMAT = "watchkeep.ledger/1"
UNCHECKED = "not checked against an outside head"

# The prefixes keep an entry's digest from ever being the digest of something else with the same bytes.
OPENING = b"watchkeep.ledger/1 opening\0"
ENTRY = b"watchkeep.ledger/1 entry\0"


# --- The bytes ----------------------------------------------------------------------------------------------


def canonical(value: object) -> str:
    """The one way to write `value` as JSON: keys in order, no spaces, ASCII only, no NaN."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)


def opening(body: str) -> str:
    """What the first entry of a body's chain gives as the digest before it."""
    return hashlib.sha256(OPENING + body.encode("utf-8")).hexdigest()


def digest_of(text: str) -> str:
    """The digest of an entry, from its exact text."""
    return hashlib.sha256(ENTRY + text.encode("utf-8", "surrogatepass")).hexdigest()


def moment(at: datetime) -> str:
    """A moment as the ledger writes it: UTC, to the microsecond."""
    if at.tzinfo is None:
        raise ValueError("a moment without a time zone cannot be ordered")
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


@dataclass(frozen=True)
class Happening:
    """What an entry says, before it has its place. `rows` are the records written, with their values."""

    body: str
    at: datetime
    as_at: date | None
    who_kind: str
    who_id: str
    who_name: str
    verb: str
    subject_kind: str
    subject_id: str
    subject_label: str
    reason: str
    facts: dict[str, Any]
    rows: list[dict[str, Any]]


@dataclass(frozen=True)
class Line:
    """An entry in its chain: the exact text, and its digest."""

    digest: str
    text: str


def write(happening: Happening, *, sequence: int, previous: str) -> Line:
    """Place `happening` in the chain, after the entry whose digest is `previous`."""
    text = canonical(
        {
            "format": FORMAT,
            "body": happening.body,
            "sequence": sequence,
            "previous": previous,
            "at": moment(happening.at),
            "as_at": happening.as_at.isoformat() if happening.as_at else None,
            "who": {"kind": happening.who_kind, "id": happening.who_id, "name": happening.who_name},
            "verb": happening.verb,
            "subject": {
                "kind": happening.subject_kind,
                "id": happening.subject_id,
                "label": happening.subject_label,
            },
            "reason": happening.reason,
            "facts": happening.facts,
            "rows": happening.rows,
        }
    )
    return Line(digest=digest_of(text), text=text)


def columns(text: str) -> dict[str, Any]:
    """What a store's columns must say beside this text; a store that says otherwise was altered."""
    said = json.loads(text)
    who, subject = said["who"], said["subject"]
    return {
        "body": said["body"],
        "sequence": said["sequence"],
        "previous": said["previous"],
        "at": said["at"],
        "as_at": said["as_at"],
        "who_kind": who["kind"],
        "who_id": who["id"],
        "who_name": who["name"],
        "verb": said["verb"],
        "subject_kind": subject["kind"],
        "subject_id": subject["id"],
        "subject_label": subject["label"],
        "reason": said["reason"],
    }


# --- Checking -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Head:
    """The number and digest of an entry that was once the last; without its number, that is 0."""

    sequence: int
    digest: str

    def __str__(self) -> str:
        return f"{self.sequence}:{self.digest}" if self.sequence else self.digest


def head_of(text: str) -> Head:
    """Read a head as printed, with its number or without; ValueError says what one looks like."""
    number, colon, digest = text.strip().lower().rpartition(":")
    if (colon and not number.isdecimal()) or len(digest) != 64 or set(digest) - set("0123456789abcdef"):
        raise ValueError(
            "A head is 64 hexadecimal digits, with the entry's number and a colon before them or not."
        )
    return Head(int(number or 0), digest)


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong, at the entry with this number (none where it is the chain as a whole)."""

    sequence: int | None
    sentence: str


@dataclass(frozen=True)
class Verdict:
    """The outcome of a check. `against` names the outside head that was compared, or says none was."""

    body: str
    entries: int
    head: Head | None
    faults: tuple[Fault, ...]
    against: str
    checked: tuple[str, ...] = ("Every entry's digest, its number, and that it follows from the one before.",)

    @property
    def holds(self) -> bool:
        """Whether nothing was found wrong."""
        return not self.faults

    @property
    def sentence(self) -> str:
        """The verdict for a person."""
        count = f"{self.entries} {'entry' if self.entries == 1 else 'entries'}"
        if self.faults:
            first = self.faults[0]
            where = f"entry {first.sequence}: " if first.sequence is not None else ""
            return (
                f"The history does NOT hold ({count}, {self.against}). First fault: {where}{first.sentence}"
            )
        return f"The history holds: {count}, {self.against}."


def check(lines: Iterable[Line], *, body: str, outside: Head | None = None) -> Verdict:
    """Check a chain from its first entry to its last, and against a head kept elsewhere if one is given."""
    faults: list[Fault] = []
    met: tuple[int, str] | None = None
    count, last_number, last_digest = 0, 0, opening(body)
    for line in lines:
        count += 1
        number = last_number + 1
        if digest_of(line.text) != line.digest:
            faults.append(Fault(number, "its text does not have the digest that is stored for it."))
        try:
            said = json.loads(line.text)
            number_said, previous, whose = said["sequence"], said["previous"], said["body"]
        except (ValueError, KeyError, TypeError, RecursionError):
            faults.append(Fault(number, "its text is not an entry."))
            last_number, last_digest = number, line.digest
            continue
        if type(number_said) is not int or number_said != number:  # 1.0 and true are no numbers of entries
            faults.append(Fault(number, f"entry {number} was expected, and {number_said} was found."))
        if previous != last_digest:
            faults.append(Fault(number, "it does not follow from the entry before it."))
        if whose != body:
            faults.append(Fault(number, "it belongs to another body."))
        last_number = number_said if isinstance(number_said, int) else number
        last_digest = line.digest
        if outside and (last_number == outside.sequence or line.digest == outside.digest):
            met = (last_number, line.digest)
    faults.extend(_against_outside(outside, met, last_number))
    head = Head(last_number, last_digest) if count else None
    against = f"checked against the outside head {str(outside)[:20]}…" if outside else UNCHECKED
    return Verdict(body=body, entries=count, head=head, faults=tuple(faults), against=against)


def _against_outside(outside: Head | None, met: tuple[int, str] | None, last_number: int) -> Iterator[Fault]:
    if outside is None:
        return
    number = outside.sequence or None
    if met is None:
        yield Fault(
            number,
            f"the outside head is of an entry that is not here; the history ends at {last_number}: "
            "it was cut, rewound or rewritten.",
        )
    elif met != (outside.sequence or met[0], outside.digest):
        yield Fault(
            number, "it is not the entry that the outside head was taken from: the history was rewritten."
        )


# --- Exports ------------------------------------------------------------------------------------------------


def export(lines: Iterable[Line], *, body: str, name: str) -> Iterator[str]:
    """The lines of an export file: a heading, then an entry a line."""
    yield canonical({"format": FORMAT, "body": body, "name": name})
    for line in lines:
        yield canonical({"digest": line.digest, "text": line.text})


def check_export(export_lines: Iterable[str], *, outside: Head | None = None) -> Verdict:
    """Check an export; ValueError where the file is not one."""
    waiting = (each for each in export_lines if each.strip())
    heading = _parsed(next(waiting, ""))
    if heading.get("format") != FORMAT or not isinstance(heading.get("body"), str):
        raise ValueError(f"This is not a ledger export: the first line does not say {FORMAT}.")
    return check((_line(each) for each in waiting), body=heading["body"], outside=outside)


def _parsed(text: str) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _line(text: str) -> Line:
    """A damaged line becomes a line that cannot hold, so that it is reported in its place."""
    value = _parsed(text)
    return Line(digest=str(value.get("digest", "")), text=str(value.get("text", "")))

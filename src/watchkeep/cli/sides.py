"""What a command compares: a file, a frozen edition, or a register by the two clocks, as one word each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from watchkeep.apps.publication.queries import EditionRow
    from watchkeep.domain.clock import Clock
    from watchkeep.domain.document import RegisterDocument
    from watchkeep.domain.people import Actor

FORMS: Final = (
    "A file, edition:REGISTER/2 for an edition, or register:REGISTER for the records as they stand "
    "(register:REGISTER@2031-03-31 as at a day, and @2031-04-01T09:30 after that as known at a moment). "
    "REGISTER is a name or address; empty where there is only one."
)

_EDITION = re.compile(r"edition:(?:(?P<name>.*)/)?(?P<number>\d{1,6})", re.DOTALL)
_REGISTER = re.compile(r"register:(?P<name>[^@]*)(?:@(?P<as_at>[^@]*))?(?:@(?P<known_at>[^@]*))?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Side:
    """One of two papers: what it says, what it is called, and its register, where it comes from records."""

    document: RegisterDocument
    called: str
    register: str = ""
    year_start: int | None = None
    clock: Clock | None = None  # where the records were asked, and not a paper of them
    keys_last: bool = True  # whether its keys are the records' own; a redacted paper counts its risks anew
    with_rules: bool = False  # whether it says who may read what; what is for others than the body never does
    closings: Mapping[str, str] = field(default_factory=dict)  # why risks left the register, by their keys


def from_records(word: str) -> bool:
    """Whether a word names something of the records; a file of such a name is reached as ./edition:2."""
    return word.startswith(("edition:", "register:"))


@contextmanager
def opened(*words: str) -> Iterator[None]:
    """The records, where one of the words names something of them; what cannot be done is one sentence."""
    from watchkeep.cli.records import records, refuse
    from watchkeep.domain.errors import WatchkeepError

    if any(from_records(word) for word in words):
        with records():
            yield
        return
    try:
        yield
    except WatchkeepError as problem:
        refuse(problem.sentence)


def side(word: str, body: str | None) -> Side:
    """The paper that a word names."""
    from watchkeep.domain.errors import Invalid

    if edition := _EDITION.fullmatch(word):
        return _edition(edition["name"] or "", int(edition["number"]), body)
    if register := _REGISTER.fullmatch(word):
        return _register(register["name"], register["as_at"] or "", register["known_at"] or "", body)
    if from_records(word):
        raise Invalid("side", f"“{word}” names no paper. {FORMS}")
    from watchkeep.formats.readers import read_file

    read = read_file(Path(word))
    return Side(read, Path(word).name, with_rules=any(risk.rules for risk in read.risks))


def _edition(name: str, number: int, body: str | None) -> Side:
    from watchkeep.apps.publication import queries
    from watchkeep.cli.publish import register_named
    from watchkeep.cli.records import operator
    from watchkeep.domain.finding import written

    by = operator(body)
    row = register_named(by, name)
    found = _numbered(by, row.slug, number)
    document, _ = queries.frozen(by, found.id)
    called = f"edition {number}, frozen on {written(found.frozen_on)}"
    keys_last = found.audience == "internal" or all(risk.reference.recorded for risk in document.risks)
    with_rules = found.audience == "internal"
    return Side(document, called, row.slug, row.year_start, keys_last=keys_last, with_rules=with_rules)


def _numbered(by: Actor, slug: str, number: int) -> EditionRow:
    from watchkeep.apps.publication import queries
    from watchkeep.domain.errors import Missing

    found = next((each for each in queries.editions(by, slug) if each.number == number), None)
    if found is None:
        raise Missing(f"{slug} has no edition {number} that you may read. The Papers page lists them all.")
    return found


def _register(name: str, as_at: str, known_at: str, body: str | None) -> Side:
    from watchkeep.apps.publication import queries
    from watchkeep.apps.publication.queries.preparing import closings
    from watchkeep.cli.publish import register_named
    from watchkeep.cli.records import operator
    from watchkeep.jobs.clocks import clock_said, spoken

    by = operator(body)
    row = register_named(by, name)
    clock = clock_said(as_at, known_at)
    document = queries.document_for(by, row.id, clock)
    called = f"{row.name} {spoken(clock)}"
    gone = closings(by, row, clock)
    return Side(document, called, row.slug, row.year_start, clock, with_rules=True, closings=gone)

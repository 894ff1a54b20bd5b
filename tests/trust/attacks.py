"""What somebody with write access to the database might do to the history, as a table.

Each attack has a name and a change. On exported lines it is a function of them; in a database it is SQL. What
it must be found by stands beside it: the chain alone, the replay of today's records, or an outside head.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.db import models

from chains import BODY, a_chain, forged
from watchkeep import verifier
from watchkeep.apps.history import queries
from watchkeep.apps.history.models import Entry
from watchkeep.domain import ledger
from watchkeep.domain.ledger import Head, Line

Attack = Callable[[list[Line]], list[Line]]


@dataclass(frozen=True)
class Answer:
    """What a check said: whether the history holds, and the first entry at which it does not."""

    holds: bool
    entry: int | None


def places(count: int) -> tuple[int, ...]:
    """First, middle and last."""
    return tuple(sorted({0, count // 2, count - 1}))


def changed_entries(lines: list[Line]) -> Iterator[tuple[str, list[Line]]]:
    """H1: every part of the first, a middle and the last entry, altered in its text or its digest."""
    for at in places(len(lines)):
        line = lines[at]
        for name in json.loads(line.text):
            told = json.loads(line.text)
            told[name] = _other(told[name])
            yield f"{name} of entry {at + 1}", _with(lines, at, Line(line.digest, ledger.canonical(told)))
        yield f"digest of entry {at + 1}", _with(lines, at, Line("0" * 64, line.text))
        yield f"a blank in entry {at + 1}", _with(lines, at, Line(line.digest, line.text + " "))


def moved_entries(lines: list[Line]) -> Iterator[tuple[str, list[Line]]]:
    """H2: entries taken out, put in, swapped, renumbered and doubled, anywhere."""
    for at in places(len(lines)):
        if at < len(lines) - 1:  # without its last entry a chain is whole: that is H4
            yield f"entry {at + 1} deleted", [*lines[:at], *lines[at + 1 :]]
            yield f"entry {at + 1} swapped", [*lines[:at], lines[at + 1], lines[at], *lines[at + 2 :]]
        yield f"entry {at + 1} doubled", [*lines[: at + 1], *lines[at:]]
        told = json.loads(lines[at].text)
        text = ledger.canonical(told | {"sequence": told["sequence"] + 1})
        again = Line(ledger.digest_of(text), text)
        yield f"entry {at + 1} renumbered", _with(lines, at, again)
        yield f"an entry put in after {at + 1}", [*lines[: at + 1], again, *lines[at + 1 :]]


def ends(lines: list[Line]) -> Iterator[tuple[str, list[Line]]]:
    """H4: the tail cut, everything rewound, and another future from a middle entry on."""
    middle = len(lines) // 2
    yield "the last entry cut", lines[:-1]
    yield "half of it cut", lines[:middle]
    yield "all of it cut", []
    yield "a fork", forged(lines, middle)[: middle + 1]


def rewritten(lines: list[Line]) -> Iterator[tuple[str, list[Line]]]:
    """H5: an entry altered, and every digest from there on made anew."""
    for at in places(len(lines)):
        yield f"all recomputed from entry {at + 1}", forged(lines, at + 1)


CHAIN: Final = (changed_entries, moved_entries)
OUTSIDE: Final = (ends, rewritten)


def by_product(lines: list[Line], body: str, head: Head | None) -> Answer:
    """What Watchkeep says of an export of these lines."""
    verdict = ledger.check_export(ledger.export(lines, body=body, name="x"), outside=head)
    return Answer(verdict.holds, verdict.faults[0].sequence if verdict.faults else None)


def by_verifier(lines: list[Line], body: str, head: Head | None) -> Answer:
    """What the stand-alone verifier says of the same."""
    heads = [verifier.Head("x", head.sequence, head.digest)] if head else []
    history = verifier.walk(ledger.export(lines, body=body, name="x"), heads)
    verifier.judge(history, heads)
    first = [number for number, _ in history.faults] + [each.number for each in heads if each.problem]
    return Answer(not first, first[0] or None if first else None)


def a_forged_paper(data: bytes) -> tuple[list[Line], list[Line]]:
    """H5, with the paper: a chain whose second entry names a file, and the same naming another one."""
    rows: list[list[dict[str, Any]]] = [
        [{"model": "m", "id": "1", "after": {}}],
        [
            {
                "model": "publication.editionfile",
                "id": "f",
                "after": {"sha256": hashlib.sha256(data).hexdigest()},
            }
        ],
    ]
    true = [rows[0], [{**rows[1][0], "after": {"sha256": "0" * 64}}]]
    return a_chain(2, rows=true), a_chain(2, rows=rows)


def paper_is_proved(lines: list[Line], data: bytes, head: Head) -> bool:
    """Whether the verifier takes the file for a published one, with this outside head."""
    heads = [verifier.Head("x", head.sequence, head.digest)]
    history = verifier.walk(ledger.export(lines, body=BODY, name="x"), heads)
    verifier.judge(history, heads)
    return verifier.told(history, heads, [("p", hashlib.sha256(data).hexdigest(), True)])[0] == 0


# --- In the database ----------------------------------------------------------------------------------------


def columns_of_entries() -> Iterator[tuple[str, str]]:
    """H1: each column of the ledger's table, as SQL with a place for the entry's number."""
    for column in Entry._meta.concrete_fields:
        if not column.primary_key and column.column != "sequence":
            yield column.column, f"UPDATE history_entry SET {_altered(column)} WHERE sequence = %s"  # noqa: S608 (ours)


def columns_of_records() -> Iterator[tuple[str, str, type[models.Model]]]:
    """H3: each column that the history tells of in every table of records, as SQL and a place for a key."""
    for model in queries.recorded_models():
        for column in model._meta.concrete_fields:
            if column.primary_key or column.attname in model.SECRET or column.is_relation:
                continue  # the database itself refuses a key that leads nowhere
            table = model._meta.db_table
            statement = f"UPDATE {table} SET {_altered(column)} WHERE id = %s"  # noqa: S608 (our own names)
            yield f"{table}.{column.column}", statement, model


def _altered(column: models.Field) -> str:  # type: ignore[type-arg]
    """An assignment that changes a column whatever it holds, on either engine."""
    name, kind = f'"{column.column}"', column.get_internal_type()
    if kind == "BooleanField":
        return f"{name} = NOT COALESCE({name}, false)"
    if "Integer" in kind:
        return f"{name} = COALESCE({name}, 0) + 1"
    if kind == "DateField":
        return f"{name} = '1999-01-01'"
    if kind == "DateTimeField":
        return f"{name} = '1999-01-01 00:00:00+00:00'"
    if kind == "UUIDField":
        return f"{name} = '{'9' * 32}'"
    if kind in ("FloatField", "DecimalField"):
        return f"{name} = COALESCE({name}, 0) + 1"
    return f"{name} = CASE WHEN {name} IS NULL OR {name} = '' THEN 'x' ELSE substr({name}, 2) || '~' END"


def _other(value: object) -> object:
    if isinstance(value, int):
        return value + 1
    return f"{value} " if isinstance(value, str) else [] if isinstance(value, dict) else {"x": 1}


def _with(lines: list[Line], at: int, line: Line) -> list[Line]:
    return [*lines[:at], line, *lines[at + 1 :]]

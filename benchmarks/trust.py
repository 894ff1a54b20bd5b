"""`python -m benchmarks.trust [ROW ...]`: tamper evidence, a line a row: id, name, figure, target, outcome.

On a made-up force in an SQLite database of its own, or in the empty one that WATCHKEEP_DATABASE_URL names.
A row that could not be run is “not run”, never a pass; the exit code is 1 where a row failed.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

MILLION, SAMPLE, WRITES = 1_000_000, 100_000, 300
HOLDS_FOR = 30.0  # seconds in which a million entries are verified
WRITE = 1.0  # milliseconds that an entry may add to a write
Row = tuple[str, bool | None]  # the figure, and whether it meets the target; none: not run


def main() -> int:
    """Print the table."""
    with tempfile.TemporaryDirectory(prefix="watchkeep-trust-") as home:
        os.environ["WATCHKEEP_HOME"] = home
        os.environ["DJANGO_SETTINGS_MODULE"] = "watchkeep.config.settings"
        sys.path[:0] = [str(Path(__file__).resolve().parents[1] / "tests")]
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        return _table(_filled())


def _filled() -> Any:
    from django.db import connection

    from cast import a_force, accepted
    from watchkeep.apps.history import changes, triggers

    force = a_force()
    accepted(force)
    changes.checkpoint(by=force.administrator)
    triggers.lift(connection)
    return force


def _table(force: Any) -> int:
    rows: list[tuple[str, str, str, Callable[[Any], Row]]] = [
        ("H1", "a column of an entry altered", "all found", _h1),
        ("H2", "entries deleted, inserted, swapped, renumbered, doubled", "all found", _h2),
        ("H3", "a record altered without history", "all found", _h3),
        ("H4", "tail cut, rewound, forked; with an outside head", "all found", _h4),
        ("H5", "everything recomputed; with an outside head", "all found", _h5),
        ("H6", "altered proofs and checkpoints", "0 accepted", _h6),
        ("H7", "VACUUM, migrating again (nothing is disposed of yet)", "0 alarms", _h7),
        ("H8", "verifying a million entries; an entry's part of a write", "< 30 s; < 1 ms", _h8),
        ("H9", "verifier against product, over H1, H2, H4 and H5", "0 differ", _h9),
    ]
    failed = 0
    for name, what, target, measure in rows:
        wanted = name in sys.argv[1:] or not sys.argv[1:]
        figure, passed = measure(force) if wanted else ("", None)
        outcome = "not run" if passed is None else "pass" if passed else "FAIL"
        failed += passed is False
        print(f"{name}  {what:58} {figure:42} {target:16} {outcome}", flush=True)
    return 1 if failed else 0


def _share(answers: list[bool]) -> Row:
    return f"{sum(answers)} of {len(answers)} found", bool(answers) and all(answers)


def _lines(force: Any) -> Any:
    from watchkeep.apps.history import queries

    return list(queries.lines(force.reader))


def _h1(force: Any) -> Row:
    from trust import attacks

    count = len(_lines(force))
    return _share(
        [
            shown
            for _, statement in attacks.columns_of_entries()
            for at in attacks.places(count)
            if (shown := _shows(force, statement, at + 1)) is not None
        ]
    )


def _h2(force: Any) -> Row:
    from trust import attacks

    lines, body = _lines(force), force.reader.body
    return _share(
        [not attacks.by_product(left, body, None).holds for _, left in attacks.moved_entries(lines)]
    )


def _h3(force: Any) -> Row:
    from django.db import connection

    from trust import attacks

    answers = []
    for _, statement, model in attacks.columns_of_records():
        keys = list(model._base_manager.order_by("pk").values_list("pk", flat=True))
        for at in attacks.places(len(keys)) if keys else ():
            key = keys[at].hex if connection.vendor == "sqlite" else keys[at]
            answers.append(_shows(force, statement, key))
    return _share([each for each in answers if each is not None])


def _h4(force: Any) -> Row:
    from trust import attacks

    return _share(_with_head(force, attacks.ends))


def _h5(force: Any) -> Row:
    from trust import attacks

    return _share(_with_head(force, attacks.rewritten))


def _with_head(force: Any, family: Any) -> list[bool]:
    from trust import attacks
    from watchkeep.domain.ledger import Head

    lines, body = _lines(force), force.reader.body
    head = Head(len(lines), lines[-1].digest)
    return [not attacks.by_product(left, body, head).holds for _, left in family(lines)]


def _h6(force: Any) -> Row:
    from trust import mutants

    tried, accepted = mutants.of_checkpoints(force)
    return f"{accepted} of {tried} accepted", tried > 1000 and accepted == 0


def _h7(force: Any) -> Row:
    from django.core.management import call_command
    from django.db import connection

    from watchkeep.apps.history import queries

    head = queries.head(force.reader)
    call_command("migrate", verbosity=0)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM")
    else:
        connection.close()
        with connection.cursor() as cursor:
            cursor.execute("VACUUM FULL history_entry")
    alarms = len(queries.verify(force.reader, head).faults)
    return f"{alarms} alarms on {connection.vendor}", alarms == 0


def _h8(force: Any) -> Row:
    from django.db import transaction

    from chains import BODY, a_chain
    from watchkeep import verifier
    from watchkeep.apps.history import changes
    from watchkeep.apps.history.models import OPEN, OpenEntry
    from watchkeep.domain import ledger

    exported = list(ledger.export(a_chain(SAMPLE), body=BODY, name="x"))
    start = time.process_time()
    ledger.check_export(exported)
    product = (time.process_time() - start) * MILLION / SAMPLE
    start = time.process_time()
    verifier.walk(exported, [])
    alone = (time.process_time() - start) * MILLION / SAMPLE
    taken = []
    with transaction.atomic():
        for _ in range(WRITES):
            entry = OpenEntry(by=force.administrator, verb="measure", body=force.administrator.body)
            entry.rows.append({"model": "x.y", "id": "1", "after": {"words": "w" * 600}})
            token = OPEN.set(entry)
            start = time.process_time()
            changes._append(entry)
            taken.append((time.process_time() - start) * 1000)
            OPEN.reset(token)
        transaction.set_rollback(True)
    write = statistics.median(taken)
    figure = f"{product:.0f} s, alone {alone:.0f} s; {write:.2f} ms"
    return figure, max(product, alone) < HOLDS_FOR and write < WRITE


def _h9(force: Any) -> Row:
    from trust import attacks
    from watchkeep.domain.ledger import Head

    lines, body = _lines(force), force.reader.body
    heads = (None, Head(len(lines), lines[-1].digest), Head(0, lines[2].digest))
    answers = [
        attacks.by_product(left, body, head) == attacks.by_verifier(left, body, head)
        for family in (*attacks.CHAIN, *attacks.OUTSIDE)
        for _, left in family(lines)
        for head in heads
    ]
    return f"{answers.count(False)} of {len(answers)} differ", all(answers)


def _shows(force: Any, statement: str, *values: object) -> bool | None:
    """Whether a change in the database shows; none where the database itself refuses it. It is taken back."""
    from django.db import DatabaseError, connection, transaction

    from watchkeep.apps.history import queries

    shown = None
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(statement, values)
                if cursor.rowcount:
                    shown = not queries.verify(force.reader).holds
            transaction.set_rollback(True)
    except DatabaseError:
        return None
    return shown


if __name__ == "__main__":
    raise SystemExit(main())

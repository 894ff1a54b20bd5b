"""Tamper evidence as a table: every attack is found, what is lawful raises no alarm, two checkers agree."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.db import DatabaseError, connection, transaction

from cast import Force, accepted
from trust import attacks
from watchkeep.apps.history import queries, triggers
from watchkeep.apps.history.models import Entry
from watchkeep.domain.ledger import Head, Line

pytestmark = pytest.mark.django_db


@pytest.fixture
def filled(force: Force) -> Force:
    """A force with a paper accepted, and the triggers out of the forger's way."""
    accepted(force)
    triggers.lift(connection)
    return force


def every_attack(lines: list[Line]) -> Iterator[tuple[str, list[Line], bool]]:
    """Each attack's name, what it leaves, and whether the chain alone must show it."""
    for family in (*attacks.CHAIN, *attacks.OUTSIDE):
        for name, left in family(lines):
            yield name, left, family in attacks.CHAIN


def test_every_attack_on_an_export_is_found_and_both_checkers_say_the_same(filled: Force) -> None:
    """H1, H2, H4, H5 and H9, on an exported ledger."""
    body, lines = filled.reader.body, list(queries.lines(filled.reader))
    head = Head(len(lines), lines[-1].digest)
    tried = missed = 0
    disagreements = []
    for name, left, by_chain in every_attack(lines):
        for outside in (None, head, Head(0, head.digest), Head(3, lines[2].digest)):
            product = attacks.by_product(left, body, outside)
            if product != (alone := attacks.by_verifier(left, body, outside)):
                disagreements.append((name, outside, product, alone))
            if by_chain or outside in (head, Head(0, head.digest)):
                tried, missed = tried + 1, missed + product.holds
    assert disagreements == []
    assert (tried > 200, missed) == (True, 0)
    assert attacks.by_verifier(lines, body, head) == attacks.by_product(lines, body, head)
    assert attacks.by_verifier(lines, body, head).holds


def test_a_paper_forged_with_the_entry_that_names_it_is_not_proved_by_its_own_head() -> None:
    """H5: the head that the paper prints is of the entry before, and agrees with both histories."""
    true, rewritten = attacks.a_forged_paper(b"forged")
    assert attacks.paper_is_proved(rewritten, b"forged", Head(1, true[0].digest)) is False
    assert attacks.paper_is_proved(rewritten, b"forged", Head(2, true[1].digest)) is False
    assert attacks.paper_is_proved(rewritten, b"forged", Head(2, rewritten[1].digest)) is True


def found(force: Force, statement: str, *values: object, outside: Head | None = None) -> bool | None:
    """Whether a change in the database shows; none where the database itself refuses it. It is taken back."""
    shown: bool | None = None
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(statement, values)
                if cursor.rowcount:
                    shown = not queries.verify(force.reader, outside).holds
            transaction.set_rollback(True)
    except DatabaseError:
        return None
    return shown


def test_every_column_of_the_ledger_shows_a_change(filled: Force) -> None:
    """H1, in the database: each column, of the first, a middle or the last entry in turn."""
    places = attacks.places(Entry.objects.filter(body=filled.reader.body).count())
    answers = {
        name: found(filled, statement, places[turn % 3] + 1)
        for turn, (name, statement) in enumerate(attacks.columns_of_entries())
    }
    assert len(answers) > 12
    assert [each for each, shown in answers.items() if shown is not True] == []


def test_a_column_of_every_table_of_records_shows_a_change(filled: Force) -> None:
    """H3: one column of each table that holds a row; `make trust` tries them all, and more rows."""
    seen: dict[str, bool | None] = {}
    for _, statement, model in attacks.columns_of_records():
        table = model._meta.db_table
        row = model._base_manager.order_by("pk").first()
        if row is not None and seen.get(table) is None:
            seen[table] = found(filled, statement, row.pk.hex if connection.vendor == "sqlite" else row.pk)
    assert len(seen) > 8
    assert {table for table, shown in seen.items() if shown is not True} == set()


def test_without_an_outside_head_a_cut_says_what_was_not_checked(filled: Force) -> None:
    """H4: what only an outside head could show is not claimed."""
    lines = list(queries.lines(filled.reader))
    asked: Callable[..., attacks.Answer] = attacks.by_product
    assert asked(lines[:-1], filled.reader.body, None).holds
    assert "not checked against an outside head" in queries.verify(filled.reader).sentence

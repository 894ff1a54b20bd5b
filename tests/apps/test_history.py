"""History cannot be skipped, and cannot be altered without it showing."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction

from cast import Force, a_force, accepted
from watchkeep.apps.history import queries, triggers
from watchkeep.apps.history.changes import recording
from watchkeep.apps.history.models import OPEN, Entry, UnrecordedWrite
from watchkeep.apps.people.models import Person
from watchkeep.apps.register.models import Register, Risk
from watchkeep.domain import ledger
from watchkeep.domain.ledger import Head, digest_of

pytestmark = pytest.mark.django_db


def last_written(force: Force) -> list[dict[str, Any]]:
    """What the last entry of the force tells of the rows that it wrote."""
    last = Entry.objects.filter(body=force.administrator.body).order_by("-sequence")[0]
    rows: list[dict[str, Any]] = json.loads(last.text)["rows"]
    return rows


# --- The guard ----------------------------------------------------------------------------------------------

WRITES: dict[str, Callable[[Risk], object]] = {
    "save": lambda risk: risk.save(),
    "save of one field": lambda risk: risk.save(update_fields=["name"]),
    "save_base": lambda risk: risk.save_base(raw=True),
    "delete": lambda risk: risk.delete(),
    "update": lambda _: Risk.objects.update(name="x"),
    "update through a relation": lambda risk: risk.register.risks.update(name="x"),
    "update through the base manager": lambda _: Risk._base_manager.update(name="x"),
    "delete by query": lambda _: Risk.objects.all().delete(),
    "raw delete": lambda _: Risk.objects.all()._raw_delete("default"),
    "create": lambda risk: Risk.objects.create(register=risk.register, key="x", opened_on=risk.opened_on),
    "get or create": lambda risk: Risk.objects.get_or_create(
        register=risk.register, key="x", defaults={"opened_on": risk.opened_on}
    ),
    "update or create": lambda risk: Risk.objects.update_or_create(pk=risk.pk, defaults={"name": "x"}),
    "bulk create": lambda risk: Risk.objects.bulk_create([Risk(register=risk.register, key="x")]),
    "bulk create over what stands": lambda risk: Risk.objects.bulk_create(
        [Risk(register=risk.register, key="x")], ignore_conflicts=True
    ),
    "bulk update": lambda risk: Risk.objects.bulk_update([risk], ["name"]),
    "add to a relation": lambda risk: risk.register.risks.add(risk, bulk=False),
}


@pytest.mark.parametrize("way", WRITES)
def test_a_record_cannot_be_written_without_an_entry(force: Force, way: str) -> None:
    accepted(force)
    risk = Risk.objects.select_related("register").order_by("key")[0]
    risk.name = "changed in passing"
    with pytest.raises(UnrecordedWrite), transaction.atomic():
        WRITES[way](risk)
    assert set(Risk.objects.values_list("key", flat=True)) == {"LH1", "LH2", "LH3"}
    assert not Risk.objects.filter(name__in=["x", "changed in passing"]).exists()


def test_no_entry_tells_of_columns_that_were_not_saved(force: Force) -> None:
    person = Person.objects.get(pk=force.reader_person.pk)
    person.name, person.role = "Ivo Marsh-Holm", "administrator"
    with pytest.raises(UnrecordedWrite), recording(by=force.administrator, verb="rename a person"):
        person.save(update_fields=["name"])
    assert queries.verify(force.reader).holds


def test_what_is_written_is_in_the_entry_with_what_it_was_before(force: Force) -> None:
    with recording(by=force.administrator, verb="rename a person") as entry:
        person = Person.objects.get(pk=force.reader_person.pk)
        entry.about("person", person.pk, person.name)
        person.name = "Ivo Marsh-Holm"
        person.save()
    (written,) = last_written(force)
    assert written["before"] == {"name": "Ivo Marsh"}
    assert written["after"] == {"name": "Ivo Marsh-Holm"}


def test_an_entry_and_its_change_are_kept_or_lost_together(force: Force) -> None:
    before = head(force)

    def fail_half_way() -> None:
        with recording(by=force.administrator, verb="fail"):
            Register(body_id=force.administrator.body, name="Half", slug="half").save()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_half_way()
    assert head(force) == before
    assert not Register.objects.filter(name="Half").exists()


def test_a_recording_that_writes_nothing_leaves_no_entry(force: Force) -> None:
    before = head(force)
    with recording(by=force.administrator, verb="look"):
        pass
    assert head(force) == before


def test_a_password_is_in_the_ledger_in_no_form(force: Force) -> None:
    told = "".join(Entry.objects.values_list("text", flat=True))
    assert "argon2" not in told
    assert Person.objects.get(pk=force.reader_person.pk).password.startswith("argon2$argon2id$")


def test_an_entry_can_be_neither_saved_again_nor_deleted_nor_updated(force: Force) -> None:
    entry = Entry.objects.order_by("sequence")[0]
    for attempt in (
        entry.save,
        entry.delete,
        Entry.objects.all().delete,
        lambda: Entry.objects.update(verb="x"),
    ):
        with pytest.raises(UnrecordedWrite):
            attempt()


# --- Columns that came later --------------------------------------------------------------------------------


def a_register_of_an_older_watchkeep(force: Force) -> Register:
    """A register whose only entry was written before its columns kind, unit and version were there."""
    with recording(by=force.administrator, verb="open a register") as entry:
        register = Register(body_id=force.administrator.body, name="Old roads", slug="old-roads")
        register.save()
        for name in ("kind", "unit_id", "version"):
            del entry.rows[0]["after"][name]
    return register


def test_a_column_that_the_ledger_never_told_of_holds_its_default(force: Force) -> None:
    a_register_of_an_older_watchkeep(force)
    assert queries.verify(force.reader).holds


FORGERIES = {
    "kind": "UPDATE register_register SET kind = 'programme' WHERE slug = 'old-roads'",
    "version": "UPDATE register_register SET version = 7 WHERE slug = 'old-roads'",
}


@pytest.mark.parametrize("column", FORGERIES)
def test_a_forged_value_in_a_column_that_the_ledger_never_told_of_is_a_fault(
    force: Force, column: str
) -> None:
    register = a_register_of_an_older_watchkeep(force)
    with connection.cursor() as cursor:
        cursor.execute(FORGERIES[column])
    (fault,) = queries.verify(force.reader).faults
    assert (
        fault.sentence
        == f"register.register {register.pk}: {column} is not what the history last said it was."
    )


def test_a_later_column_that_is_then_changed_says_what_it_was_before(force: Force) -> None:
    register = a_register_of_an_older_watchkeep(force)
    with recording(by=force.administrator, verb="change a register"):
        register.kind = "programme"
        register.save()
    assert last_written(force)[0]["before"] == {"kind": "corporate"}
    assert queries.verify(force.reader).holds


def test_a_forgery_that_a_later_change_took_for_true_is_a_fault(force: Force) -> None:
    register = a_register_of_an_older_watchkeep(force)
    with connection.cursor() as cursor:
        cursor.execute(FORGERIES["kind"])
    with recording(by=force.administrator, verb="change a register"):
        register.kind = "department"
        register.save()
    faults = [fault.sentence for fault in queries.verify(force.reader).faults]
    assert faults == [f"register.register {register.pk} was not as the history said when it changed."]


# --- Tampering ----------------------------------------------------------------------------------------------

OTHER = {
    "body": "'00000000-0000-0000-0000-000000000000'",
    "sequence": "sequence + 1000",
    "at": "'2001-01-01 00:00:00+00:00'",
    "as_at": "'2001-01-01'",
    "text": "replace(text, '\"who\"', '\"hwo\"')",
}
COPIED = {"sequence": "1000", "previous": f"'{'9' * 64}'"}
COLUMNS = [each.column for each in Entry._meta.concrete_fields if not each.primary_key]


def tamper(statement: str, *values: object) -> None:
    """What somebody with the database's own password could do."""
    triggers.lift(connection)
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


@pytest.mark.parametrize("where", ["first", "middle", "last"])
@pytest.mark.parametrize("column", COLUMNS)
def test_a_changed_value_is_found_in_every_column_of_every_entry(
    force: Force, column: str, where: str
) -> None:
    accepted(force)
    last = head(force).sequence
    sequence = {"first": 1, "middle": last // 2, "last": last}[where]
    change = OTHER.get(
        column, f"{column} || 'x'" if column not in ("digest", "previous") else "'" + "0" * 64 + "'"
    )
    tamper(f"UPDATE history_entry SET {column} = {change} WHERE sequence = %s", sequence)  # noqa: S608 (ours)
    assert not queries.verify(force.administrator).holds


@pytest.mark.parametrize(
    "attack",
    {
        "the first deleted": "DELETE FROM history_entry WHERE sequence = 1",
        "a middle one deleted": "DELETE FROM history_entry WHERE sequence = 5",
        "two deleted": "DELETE FROM history_entry WHERE sequence IN (4, 5)",
        "renumbered": "UPDATE history_entry SET sequence = sequence + 1 "
        "WHERE sequence = (SELECT max(sequence) FROM history_entry)",
        "two swapped": "UPDATE history_entry SET sequence = CASE sequence WHEN 4 THEN 1005 ELSE 1004 END "
        "WHERE sequence IN (4, 5)",
        "one doubled": f"INSERT INTO history_entry ({', '.join(COLUMNS)}) "  # noqa: S608 (our own names)
        f"SELECT {', '.join(COPIED.get(name, name) for name in COLUMNS)} "
        "FROM history_entry WHERE sequence = 5",
    }.items(),
    ids=lambda each: each[0],
)
def test_entries_removed_moved_or_added_are_found(force: Force, attack: tuple[str, str]) -> None:
    accepted(force)
    tamper(attack[1])
    if "swapped" in attack[0]:
        tamper("UPDATE history_entry SET sequence = sequence - 1000 WHERE sequence > 1000")
    assert not queries.verify(force.administrator).holds


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE register_riskversion SET owner = 'Somebody else'",
        "UPDATE register_risk SET state = 'closed'",
        "UPDATE register_trendmark SET movement = 'improving' WHERE movement = 'worsening'",
        "UPDATE register_riskversion SET passages = '{}'",
        "UPDATE people_person SET role = 'administrator'",
        "DELETE FROM register_line",
        "INSERT INTO register_step (id, scale_id, kind, position, rank, name, meaning) "
        "SELECT '{new}', scale_id, kind, 9, 9, 'Forged', '' FROM register_step WHERE position = 0",
    ],
)
def test_a_record_changed_behind_the_history_is_found_by_replay(force: Force, statement: str) -> None:
    accepted(force)
    assert queries.verify(force.administrator).holds
    tamper(statement.replace("{new}", "0" * 31 + "9"))
    verdict = queries.verify(force.administrator)
    assert not verdict.holds


def test_a_cut_tail_is_found_with_an_outside_head_and_by_replay(force: Force) -> None:
    accepted(force)
    outside = head(force)
    tamper("DELETE FROM history_entry WHERE sequence > %s", outside.sequence - 1)
    verdict = queries.verify(force.administrator, outside)
    assert any("cut, rewound" in fault.sentence for fault in verdict.faults)
    assert not queries.verify(force.administrator).holds  # the records of the cut entries are still there


def test_everything_recomputed_is_found_only_with_an_outside_head(force: Force) -> None:
    accepted(force)
    outside = head(force)
    rewrite_all(force, lambda said: said["who"].update(name="Nobody") if said["sequence"] == 6 else None)
    without = queries.verify(force.administrator)
    assert without.holds
    assert "not checked against an outside head" in without.sentence
    assert not queries.verify(force.administrator, outside).holds
    assert not queries.verify(force.administrator, Head(0, outside.digest)).holds


def test_an_outside_head_from_earlier_still_fits_after_more_has_happened(force: Force) -> None:
    outside = head(force)
    accepted(force)
    assert queries.verify(force.administrator, outside).holds
    assert queries.verify(force.administrator, Head(0, outside.digest)).holds


def test_two_bodies_have_two_chains_and_neither_disturbs_the_other(force: Force) -> None:
    other = a_force("Mossgate Constabulary")
    accepted(force)
    accepted(other)
    assert queries.verify(force.administrator).holds
    assert queries.verify(other.administrator).holds
    tamper("UPDATE history_entry SET reason = 'x' WHERE body = %s", other.administrator.body)
    assert queries.verify(force.administrator).holds
    assert not queries.verify(other.administrator).holds


# --- Reading it ---------------------------------------------------------------------------------------------


def test_history_is_read_a_page_at_a_time_newest_first(force: Force, django_assert_num_queries: Any) -> None:
    accepted(force)
    with django_assert_num_queries(2):
        page = queries.entries(force.reader)
    numbers = [row.sequence for row in page.rows]
    assert numbers == sorted(numbers, reverse=True)
    risk = Risk.objects.get(key="LH2")
    about = queries.entries(force.reader, subject=("risk", str(risk.pk)))
    assert [row.verb for row in about.rows] == ["open a risk"]


def test_an_entry_about_a_risk_names_the_file_and_the_places(force: Force) -> None:
    accepted(force)
    (row,) = [each for each in queries.entries(force.reader).rows if each.subject.startswith("LH2 ")]
    assert row.facts["file"]["name"] == "paper.txt"
    assert len(row.facts["file"]["sha256"]) == 64
    assert row.facts["places"]
    assert row.as_at is not None


def test_an_export_gives_the_same_verdict_as_the_database(force: Force) -> None:
    accepted(force)
    lines = list(
        ledger.export(queries.lines(force.reader), body=force.reader.body, name="Calder Vale Police")
    )
    exported = ledger.check_export(lines, outside=head(force))
    stored = queries.verify(force.reader, head(force))
    assert exported.holds
    assert (exported.entries, exported.head) == (stored.entries, stored.head)


def head(force: Force) -> Head:
    """The force's last entry."""
    found = queries.head(force.reader)
    assert found is not None
    return found


def rewrite_all(force: Force, alter: Callable[[dict[str, Any]], object]) -> None:
    """The strongest forger: alters an entry and recomputes every digest and column after it."""
    triggers.lift(connection)
    previous = ledger.opening(force.reader.body)
    for entry in Entry.objects.filter(body=force.reader.body).order_by("sequence"):
        said = json.loads(entry.text)
        alter(said)
        said["previous"] = previous
        text = ledger.canonical(said)
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE history_entry SET text = %s, digest = %s, previous = %s, who_name = %s WHERE id = %s",
                [text, digest_of(text), previous, said["who"]["name"], entry.pk],
            )
        previous = digest_of(text)


def test_a_recording_does_not_leak_out_of_its_block(force: Force) -> None:
    with recording(by=force.administrator, verb="look"):
        assert OPEN.get() is not None
    assert OPEN.get() is None

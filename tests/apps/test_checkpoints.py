"""Signed checkpoints: made, stored once, and found out when they or the history under them were altered."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import connection

from cast import Force, accepted
from watchkeep.apps.history import changes, checkpoints, queries, signing, triggers
from watchkeep.apps.history.models import Checkpoint, Entry, UnrecordedWrite
from watchkeep.domain import merkle
from watchkeep.domain.checkpoint import COSIGNATURE, Key, Note, note_of
from watchkeep.domain.errors import Broken, Refused

pytestmark = pytest.mark.django_db


def signed(force: Force) -> Note:
    note = changes.checkpoint(by=force.administrator)
    assert note is not None
    return note


def tamper(statement: str, *values: object) -> None:
    triggers.lift(connection)
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def faults(force: Force, copy: str | None = None) -> str:
    return " ".join(fault.sentence for fault in queries.verify(force.reader, copy=copy).faults)


def test_a_checkpoint_signs_the_root_over_every_entry(force: Force) -> None:
    note = signed(force)
    texts = Entry.objects.order_by("sequence").values_list("text", flat=True)
    assert note.checkpoint.size == len(texts)
    assert note.checkpoint.root == merkle.root(merkle.leaf(text) for text in texts)
    assert str(note_of(checkpoints.stored(force.reader)[0])) == str(note)
    assert queries.verify(force.reader).holds


def test_the_same_history_is_signed_once_and_more_of_it_anew(force: Force) -> None:
    assert str(signed(force)) == str(signed(force))
    assert Checkpoint.objects.count() == 1
    accepted(force)
    assert signed(force).checkpoint.size == Entry.objects.filter(body=force.reader.body).count()
    assert list(Checkpoint.objects.values_list("number", flat=True)) == [1, 2]
    assert queries.verify(force.reader, copy="".join(checkpoints.stored(force.reader))).holds


def test_the_key_is_the_owner_s_alone_and_its_public_half_is_beside_it(force: Force, settings: Any) -> None:
    signed(force)
    assert Path(settings.WATCHKEEP_SIGNING_KEY).stat().st_mode & 0o777 == 0o600
    (key,) = signing.keys(force.reader.body)
    assert key.name == f"watchkeep/{force.reader.body}"


def test_a_key_that_is_kept_elsewhere_is_not_made_here_and_stops_nothing(force: Force, settings: Any) -> None:
    settings.WATCHKEEP_SIGNING_KEY_ELSEWHERE = True
    assert changes.checkpoint(by=force.administrator) is None
    assert not Path(settings.WATCHKEEP_SIGNING_KEY).exists()


def test_a_new_key_signs_on_and_what_the_old_one_signed_still_holds(force: Force, settings: Any) -> None:
    signed(force)
    Path(settings.WATCHKEEP_SIGNING_KEY).unlink()
    accepted(force)
    signed(force)
    assert len(signing.keys(force.reader.body)) == 2
    assert queries.verify(force.reader).holds


def test_a_history_that_was_altered_is_not_signed_again(force: Force) -> None:
    signed(force)
    tamper("UPDATE history_entry SET text = replace(text, 'Edda', 'Enda') WHERE sequence = 2")
    accepted(force)
    with pytest.raises(Broken, match="not the one that was signed"):
        changes.checkpoint(by=force.administrator)


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("UPDATE history_checkpoint SET note = replace(note, 'watchkeep', 'watchweep')", "another history"),
        ("UPDATE history_checkpoint SET note = 'x'", "not a checkpoint any more"),
        ("UPDATE history_checkpoint SET size = size + 1 WHERE number = 2", "columns"),
        ("UPDATE history_checkpoint SET root = '' WHERE number = 1", "columns"),
        ("DELETE FROM history_checkpoint WHERE number = 1", "checkpoint 1 is not stored"),
        ("UPDATE history_entry SET text = text || ' ' WHERE sequence = 1", "between entry 1 and entry"),
        ("DELETE FROM history_entry WHERE sequence > 3", "cut or rewound"),
    ],
)
def test_an_altered_checkpoint_or_history_is_found_by_the_stored_ones(
    force: Force, statement: str, found: str
) -> None:
    signed(force)
    accepted(force)
    signed(force)
    tamper(statement)
    assert found in faults(force)


def test_checkpoints_that_were_deleted_or_signed_anew_are_found_by_the_copy_elsewhere(
    force: Force, settings: Any
) -> None:
    signed(force)
    accepted(force)
    signed(force)
    copy = "".join(checkpoints.stored(force.reader))
    tamper("DELETE FROM history_checkpoint")
    assert faults(force) == ""
    assert "no longer stored" in faults(force, copy)
    Path(settings.WATCHKEEP_SIGNING_KEY).unlink()
    Path(settings.WATCHKEEP_SIGNING_KEY_PUBLIC).unlink()
    signed(force)
    assert "not signed by this history's key" in faults(force, copy)


def test_only_the_last_checkpoints_may_not_have_reached_the_copy_yet(force: Force) -> None:
    signed(force)
    accepted(force)
    signed(force)
    first, second = checkpoints.stored(force.reader)
    assert faults(force, first) == ""
    assert "checkpoint 1 is missing from the copy" in faults(force, second)
    assert "cannot be read" in faults(force, f"{first}\nscribbled\n{second}")


def test_a_checkpoint_is_written_once(force: Force) -> None:
    signed(force)
    row = Checkpoint.objects.get()
    for attempt in (
        row.save,
        row.delete,
        Checkpoint.objects.all().delete,
        lambda: Checkpoint.objects.update(size=1),
    ):
        with pytest.raises(UnrecordedWrite):
            attempt()


def test_a_witness_gets_a_proof_from_what_it_last_saw(force: Force) -> None:
    seen = signed(force)
    accepted(force)
    now = signed(force)
    note, proof = checkpoints.growth(force.reader, seen.checkpoint)
    assert str(note) == str(now)
    assert merkle.consistent(
        proof,
        before=seen.checkpoint.size,
        old=seen.checkpoint.root,
        size=now.checkpoint.size,
        new=now.checkpoint.root,
    )
    with pytest.raises(Broken, match="rewritten"):
        checkpoints.growth(force.reader, type(seen.checkpoint)(seen.checkpoint.origin, 2, b"x" * 32))


def test_a_witness_s_signature_is_kept_if_the_witness_is_known(force: Force, settings: Any) -> None:
    witness = Ed25519PrivateKey.generate()
    key = Key("mossgate.test/witness", witness.public_key().public_bytes_raw(), COSIGNATURE)
    note = signed(force)
    stamp = (1_900_000_000).to_bytes(8, "big")
    line = witness.sign(b"cosignature/v1\ntime 1900000000\n" + note.checkpoint.text.encode())
    cosigned = Note(note.checkpoint, (*note.signatures, (key.name, key.number + stamp + line)))
    with pytest.raises(Refused, match="WATCHKEEP_WITNESSES"):
        changes.checkpoint(by=force.administrator, cosigned=cosigned)
    settings.WATCHKEEP_WITNESSES = [str(key)]
    changes.checkpoint(by=force.administrator, cosigned=cosigned)
    assert key.name in checkpoints.stored(force.reader)[-1]
    assert queries.verify(force.reader).holds

"""The one way to write: `with recording(...)` opens a transaction and an entry, and closes both together.

It takes the body's chain lock before anything else, so that changes of one body follow one another: the chain
never forks, and a change that loads rows inside it reads what the change before it wrote.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any, Final

from django.db import connection, transaction
from django.utils import timezone

from watchkeep.apps.history import checkpoints, signing
from watchkeep.apps.history.models import OPEN, Checkpoint, Entry, Kept, OpenEntry
from watchkeep.domain import ledger
from watchkeep.domain.checkpoint import Note, note_of, signers
from watchkeep.domain.errors import Clash, Refused, Stale
from watchkeep.domain.naming import in_words
from watchkeep.domain.people import Actor, must

# Facts of an entry that the entries made inside it have too.
INHERITED: Final = ("review", "cycle")
# Called as an entry closes, with the rows that it wrote, inside its transaction: for what is derived from
# the records and must never lag behind them. They write no record.
FOLLOWERS: Final[list[Callable[[Sequence[dict[str, Any]]], None]]] = []


@contextmanager
def recording(
    *, by: Actor, verb: str, reason: str = "", as_at: date | None = None, body: str | None = None
) -> Iterator[OpenEntry]:
    """Open an entry of `by`'s body. It is stored only if something was written, and together with that.

    Recordings may stand inside one another: each makes its own entry, and all are kept or none.
    """
    entry = OpenEntry(by=by, verb=verb, body=body or by.body, reason=in_words(reason), as_at=as_at)
    around = OPEN.get()
    if around is not None:  # what is done in a review is the review's, whichever entry tells it
        entry.facts |= {name: around.facts[name] for name in INHERITED if name in around.facts}
    with transaction.atomic():
        lock_chains([entry.body])
        token = OPEN.set(entry)
        try:
            yield entry
            if entry.rows:
                _append(entry)
                for follow in FOLLOWERS:
                    follow(entry.rows)
        finally:
            OPEN.reset(token)


def check_version(found: Kept, version: int, clashes: tuple[Clash, ...] = ()) -> None:
    """Refuse a write by somebody who looked at another version; `clashes` is what each of them says.

    Ask inside the recording: the chain's lock is what makes the answer hold until the write.
    """
    if found.version != version:
        raise Stale(
            f"Somebody changed {found} while you were looking at it: version {version} became "
            f"{found.version}.",
            clashes=clashes,
            version=found.version,
        )


def lock_chains(bodies: Iterable[str]) -> None:
    """Hold the chains of these bodies until the transaction ends: nothing is recorded in them meanwhile.
    SQLite has one writer at a time by itself.
    """
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        for body in sorted(bodies):
            number = int.from_bytes(hashlib.sha256(body.encode()).digest()[:8], "big", signed=True)
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])


def _append(entry: OpenEntry) -> None:
    last = (
        Entry.objects.filter(body=entry.body).order_by("-sequence").values_list("sequence", "digest").first()
    )
    sequence, previous = (last[0] + 1, last[1]) if last else (1, ledger.opening(entry.body))
    kind, subject_id, label = entry.subject
    happening = ledger.Happening(
        body=entry.body,
        at=timezone.now(),
        as_at=entry.as_at,
        who_kind=entry.by.kind,
        who_id=entry.by.id,
        who_name=entry.by.name,
        verb=entry.verb,
        subject_kind=kind,
        subject_id=subject_id,
        subject_label=label[:400],
        reason=entry.reason,
        facts=entry.facts,
        rows=entry.rows,
    )
    line = ledger.write(happening, sequence=sequence, previous=previous)
    said = ledger.columns(line.text) | {"at": happening.at, "as_at": happening.as_at}
    Entry(**said, text=line.text, digest=line.digest).save(force_insert=True)


def checkpoint(*, by: Actor, cosigned: Note | None = None) -> Note | None:
    """Sign the history of `by`'s body as it stands; the same history again is the same checkpoint.

    None where nothing was recorded yet, or where this process may not read the key: then `watchkeep
    checkpoint` signs it, run by whoever may. `cosigned` is the last checkpoint with the signatures of
    witnesses added.
    """
    must(by, "read")
    with transaction.atomic():
        lock_chains([by.body])
        found, last = checkpoints.next_of(by.body)
        if cosigned is not None:
            note = _cosigned(cosigned, last, by.body)
        elif last is not None and last.size == found.size:
            return note_of(last.note)
        elif not found.size or not signing.can_sign():
            return None
        else:
            note = signing.sign(found, by.body)
        if last is None or str(note) != last.note:
            said = note.checkpoint
            Checkpoint(
                body=by.body,
                number=last.number + 1 if last else 1,
                size=said.size,
                root=said.root.hex(),
                made_at=timezone.now(),
                note=str(note),
            ).save(force_insert=True)
        return note


def _cosigned(note: Note, last: Checkpoint | None, body: str) -> Note:
    """The note, if it is the last checkpoint with the cosignature of a witness that is known here."""
    if last is None or note.checkpoint != note_of(last.note).checkpoint:
        raise Refused("What was cosigned is not the last checkpoint of this history.")
    known = (*signing.keys(body), *signing.witnesses())
    names = {key.name for key in signers(note, known, signing.is_signed)}
    if note.checkpoint.origin not in names or len(names) < 2:
        raise Refused(
            "No witness that is known here has cosigned this. Name their public keys in WATCHKEEP_WITNESSES."
        )
    return note

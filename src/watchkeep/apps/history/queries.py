"""What happened, and whether the record of it still holds."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.db import connection, transaction
from django.db.models import Q

from watchkeep.apps.history.checkpoints import Checking
from watchkeep.apps.history.models import Entry, Recorded
from watchkeep.domain import ledger
from watchkeep.domain.clock import PRESENT, Clock
from watchkeep.domain.ledger import Fault, Head, Line, Verdict
from watchkeep.domain.people import Actor, must

PAGE = 50


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One entry, for a list."""

    sequence: int
    at: datetime
    as_at: date | None
    who_kind: str
    who_id: str
    who: str
    verb: str
    subject_kind: str
    subject_id: str
    subject: str
    reason: str
    facts: dict[str, Any]
    digest: str


@dataclass(frozen=True, slots=True)
class EntryPage:
    """A page of entries, newest first."""

    rows: tuple[EntryRow, ...]
    page: int
    pages: int
    total: int


def entries(
    viewer: Actor,
    subject: tuple[str, str] | None = None,
    page: int = 1,
    clock: Clock = PRESENT,
    hidden: Mapping[str, Collection[str]] | None = None,
    without: Collection[str] = (),
    closed: Collection[str] = (),
) -> EntryPage:
    """A page of the history of the viewer's body, or of one (kind, id) in it; by a clock, what was so by its
    day and written by its moment. What is `hidden`, as ids by kind, is left out, and so are the verbs that
    the page is to be `without` and the kinds of subject that are `closed`.
    """
    must(viewer, "read")
    found = Entry.objects.filter(body=viewer.body).exclude(verb__in=sorted(without))
    if closed:
        found = found.exclude(subject_kind__in=sorted(closed))
    for kind, ids in (hidden or {}).items():
        if ids:
            found = found.exclude(subject_kind=kind, subject_id__in=sorted(ids))
    if clock.day is not None:
        found = found.filter(Q(as_at__lte=clock.day) | Q(as_at=None, at__date__lte=clock.day))
    if clock.known_at is not None:
        found = found.filter(at__lte=clock.known_at)
    if subject:
        found = found.filter(subject_kind=subject[0], subject_id=str(subject[1]))
    total = found.count()
    pages = max(1, -(-total // PAGE))
    page = min(max(1, page), pages)
    rows = found.order_by("-sequence")[(page - 1) * PAGE : page * PAGE]
    return EntryPage(tuple(_row(each) for each in rows), page, pages, total)


def last(viewer: Actor, subject: tuple[str, str], verb: str) -> EntryRow | None:
    """The last time that this was done to this (kind, id) of the viewer's body."""
    must(viewer, "read")
    found = Entry.objects.filter(
        body=viewer.body, subject_kind=subject[0], subject_id=str(subject[1]), verb=verb
    )
    newest = found.order_by("-sequence").first()
    return _row(newest) if newest else None


def head(viewer: Actor) -> Head | None:
    """The last entry's number and digest: what a paper prints, so that the paper vouches for the history."""
    must(viewer, "read")
    last = (
        Entry.objects.filter(body=viewer.body).order_by("-sequence").values_list("sequence", "digest").first()
    )
    return Head(*last) if last else None


def written_since(viewer: Actor, sequence: int) -> dict[str, set[str]]:
    """The records that the entries after that one wrote: their ids, by the name of their kind."""
    must(viewer, "read")
    found: dict[str, set[str]] = defaultdict(set)
    later = Entry.objects.filter(body=viewer.body, sequence__gt=sequence).order_by("sequence")
    for text in later.values_list("text", flat=True).iterator(chunk_size=1000):
        for written in _rows_of(text):
            found[written["model"]].add(written["id"])
    return found


def lines(viewer: Actor) -> Iterator[Line]:
    """Every entry of the viewer's body, oldest first, as its exact text and digest: what an export holds."""
    must(viewer, "read")
    found = Entry.objects.filter(body=viewer.body).order_by("sequence", "pk")
    for digest, text in found.values_list("digest", "text").iterator(chunk_size=1000):
        yield Line(digest, text)


def verify(viewer: Actor, outside: Head | None = None, copy: str | None = None) -> Verdict:
    """Check the chain, each entry's columns against its text, every record against its history, and every
    checkpoint against the chain; `copy` is what was kept of them elsewhere, if anything was.
    """
    must(viewer, "read")
    with one_moment():
        signed = Checking(viewer.body, copy)
        chain = ledger.check(signed.passing(lines(viewer)), body=viewer.body, outside=outside)
        columns, records = _columns_against_texts(viewer.body), _records_against_history(viewer.body)
        faults = (*chain.faults, *columns, *records, *signed.faults())
    checked = (*chain.checked, "Every record against what the history last said of it.", *signed.said())
    against = chain.against
    if outside is None and signed.outside:
        against = f"checked against {len(signed.outside)} signed and kept elsewhere"
    return replace(chain, faults=faults, checked=checked, against=against)


@contextmanager
def one_moment() -> Iterator[None]:
    """Let all that is read inside be of one moment: a change made meanwhile would pass for a fault."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    else:
        with connection.cursor() as cursor:
            cursor.execute("BEGIN")  # Django's own would take the write lock, and keep everybody waiting
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")


def _columns_against_texts(body: str) -> Iterator[Fault]:
    for each in Entry.objects.filter(body=body).order_by("sequence", "pk").iterator(chunk_size=1000):
        try:
            said = ledger.columns(each.text)
            stored = each.as_columns()
        except (ValueError, KeyError, TypeError):
            continue  # the chain's check has reported it
        for name in sorted(said):
            if said[name] != stored[name]:
                yield Fault(each.sequence, f"its column {name} does not say what its text says.")


def _records_against_history(body: str) -> Iterator[Fault]:
    """Replay the history and compare: a record that was changed behind the ledger's back shows here."""
    last, sequences, faults = _replayed(body)
    yield from faults
    others = _told_by_other_bodies(body)
    for model in recorded_models():
        label, unsaid = model._meta.label_lower, model.unsaid()
        for row in model.objects.order_by("pk").iterator(chunk_size=1000):
            key = (label, str(row.pk))
            told = last.pop(key, None)
            if told is None:
                if key not in others:
                    yield Fault(None, f"{label} {row.pk} is stored, and no entry tells of it.")
                continue
            for name, value in row.values().items():
                if (told[name] if name in told else unsaid.get(name)) != value:
                    yield Fault(
                        sequences[key], f"{label} {row.pk}: {name} is not what the history last said it was."
                    )
    for key in last:
        yield Fault(sequences[key], f"{key[0]} {key[1]} is in the history, and is not stored.")


Replayed = dict[tuple[str, str], dict[str, Any]]


def _replayed(body: str) -> tuple[Replayed, dict[tuple[str, str], int], list[Fault]]:
    """Each record's last recorded values, and the entry that last wrote it."""
    last: Replayed = {}
    sequences: dict[tuple[str, str], int] = {}
    faults: list[Fault] = []
    unsaid = {model._meta.label_lower: model.unsaid() for model in recorded_models()}
    found = Entry.objects.filter(body=body).order_by("sequence", "pk").values_list("sequence", "text")
    for sequence, text in found.iterator(chunk_size=1000):
        for written in _rows_of(text):
            key = (written["model"], written["id"])
            before = written.get("before", {})
            standing = last.setdefault(key, {})
            never = unsaid.get(key[0], {})  # what a later column held before anybody spoke of it
            if any(
                (standing[name] if name in standing else never.get(name)) != value
                for name, value in before.items()
            ):
                faults.append(
                    Fault(sequence, f"{key[0]} {key[1]} was not as the history said when it changed.")
                )
            standing.update(written["after"])
            sequences[key] = sequence
    return last, sequences, faults


def _rows_of(text: str) -> list[dict[str, Any]]:
    try:
        rows: list[dict[str, Any]] = json.loads(text)["rows"]
    except (ValueError, KeyError, TypeError):
        return []  # the chain's check has reported it
    return rows


def _told_by_other_bodies(body: str) -> set[tuple[str, str]]:
    others: set[tuple[str, str]] = set()
    for text in Entry.objects.exclude(body=body).values_list("text", flat=True).iterator(chunk_size=1000):
        others.update((written["model"], written["id"]) for written in _rows_of(text))
    return others


def recorded_models() -> tuple[type[Recorded], ...]:
    """Every model that answers to the ledger, in a steady order."""
    found = [model for model in apps.get_models() if issubclass(model, Recorded)]
    return tuple(sorted(found, key=lambda model: model._meta.label_lower))


def _row(each: Entry) -> EntryRow:
    said = json.loads(each.text)
    return EntryRow(
        sequence=each.sequence,
        at=each.at,
        as_at=each.as_at,
        who_kind=each.who_kind,
        who_id=each.who_id,
        who=each.who_name,
        verb=each.verb,
        subject_kind=each.subject_kind,
        subject_id=each.subject_id,
        subject=each.subject_label,
        reason=each.reason,
        facts=said["facts"],
        digest=each.digest,
    )

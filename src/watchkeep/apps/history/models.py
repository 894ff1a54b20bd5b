"""The ledger's entries, and the base that makes every other record answer to them.

A `Recorded` row can be written only while an entry is open (see changes.py), and what was written goes into
that entry by itself. Entries hold plain values and no foreign keys: history outlives what it describes.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, ClassVar, NoReturn, Self, TypeVar

from django.db import models

from watchkeep.domain import ledger
from watchkeep.domain.people import Actor


class UnrecordedWrite(RuntimeError):
    """A record was about to be written without an entry in the ledger: our fault, never a user's."""


@dataclass
class OpenEntry:
    """An entry that is being filled while a change runs; `changes.recording` opens and closes it."""

    by: Actor
    verb: str
    body: str
    reason: str = ""
    as_at: date | None = None
    subject: tuple[str, str, str] = ("", "", "")
    facts: dict[str, Any] = field(default_factory=dict)
    rows: list[dict[str, Any]] = field(default_factory=list)

    def about(self, kind: str, id: object, label: str) -> None:
        """Say what the entry is about."""
        self.subject = (kind, str(id), label)


OPEN: ContextVar[OpenEntry | None] = ContextVar("open_entry", default=None)


def refuse(what: str) -> NoReturn:
    """Say that a write went around the changes: our fault, and loud."""
    raise UnrecordedWrite(f"{what}: write through a change, which opens an entry in the ledger.")


def plain(value: object) -> Any:
    """A column's value as the ledger writes it."""
    if isinstance(value, datetime):
        return ledger.moment(value)
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, uuid.UUID):
        return str(value)
    if isinstance(value, bool | int | str) or value is None:
        return value
    if isinstance(value, float):
        return repr(value)  # the shortest text that reads back as the same number, on every machine
    raise TypeError(f"the ledger cannot hold a {type(value).__name__}")


Row = TypeVar("Row", bound="Recorded", covariant=True)


class RecordedQuerySet(models.QuerySet[Row]):
    """Reads as usual; writes whole sets only where each row can be told to the ledger."""

    def update(self, **kwargs: Any) -> int:
        """Refused: an update by query does not say which rows it changed, or from what."""
        refuse(f"{self.model.__name__} rows are not updated by query")

    def delete(self) -> tuple[int, dict[str, int]]:
        """Refused: nothing is deleted; a record is closed, superseded or withdrawn."""
        refuse(f"{self.model.__name__} rows are not deleted")

    def _raw_delete(self, using: str | None) -> int:
        refuse(f"{self.model.__name__} rows are not deleted")

    def bulk_update(self, objs: Iterable[Row], fields: Iterable[str], batch_size: int | None = None) -> int:
        """Refused: save the rows one by one, so that each says what it was before."""
        refuse(f"{self.model.__name__} rows are not updated in bulk")

    def bulk_create(self, objs: Iterable[Row], *args: Any, **kwargs: Any) -> list[Row]:
        """Insert many new rows, each told to the open entry."""
        entry = OPEN.get()
        if entry is None or args or kwargs:
            refuse(f"{self.model.__name__} rows are not created in bulk here")
        made = super().bulk_create(list(objs))
        entry.rows.extend(each.as_written(None) for each in made)
        return made


RecordedManager = models.Manager.from_queryset(RecordedQuerySet)


class Recorded(models.Model):
    """A stored record that cannot change without an entry saying so."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    objects: ClassVar[RecordedManager[Self]] = RecordedManager()

    DIGESTED: ClassVar[frozenset[str]] = frozenset()  # long texts: the ledger keeps their SHA-256
    SECRET: ClassVar[frozenset[str]] = frozenset()  # never in the ledger in any form

    class Meta:
        abstract = True
        base_manager_name = "objects"
        default_manager_name = "objects"

    def values(self) -> dict[str, Any]:
        """Every column but the key and the secret ones, as the ledger writes them."""
        said: dict[str, Any] = {}
        for column in self._meta.concrete_fields:
            if column.primary_key or column.attname in self.SECRET:
                continue
            value = plain(column.to_python(getattr(self, column.attname)))
            if column.attname in self.DIGESTED and isinstance(value, str):
                value = "sha256:" + hashlib.sha256(value.encode("utf-8")).hexdigest()
            said[column.attname] = value
        return said

    @classmethod
    def unsaid(cls) -> dict[str, Any]:
        """What each column holds that nobody ever said anything of: its default, as the ledger writes it.

        An entry older than a column does not tell of it; a default that is made anew each time is none.
        """
        fresh = cls()
        made_anew = {column.attname for column in cls._meta.concrete_fields if callable(column.default)}
        return {name: value for name, value in fresh.values().items() if name not in made_anew}

    def as_written(self, before: dict[str, Any] | None) -> dict[str, Any]:
        """The row of an entry: all values of a new record, or what changed of an old one."""
        after = self.values()
        told: dict[str, Any] = {"model": self._meta.label_lower, "id": str(self.pk)}
        if before is not None:
            changed = {name for name in after if after[name] != before.get(name)}
            told["before"] = {name: before.get(name) for name in sorted(changed)}
            after = {name: after[name] for name in sorted(changed)}
        return told | {"after": after}

    def save_base(self, *args: Any, **kwargs: Any) -> None:
        """Guard here, below `save`, so that loading a fixture is guarded too."""
        entry = OPEN.get()
        if entry is None:
            refuse(f"{type(self).__name__} was saved")
        if kwargs.get("update_fields") is not None:
            refuse(f"Some columns of {type(self).__name__} were saved, and the entry would tell of all")
        before = None
        if not self._state.adding:
            standing = type(self).objects.get(pk=self.pk)
            before = standing.values()
        super().save_base(*args, **kwargs)
        entry.rows.append(self.as_written(before))

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Refused: nothing is deleted; a record is closed, superseded or withdrawn."""
        refuse(f"{type(self).__name__} was deleted")


class AppendOnly(Recorded):
    """A record that is written once. A trigger in the database refuses what this class would not."""

    class Meta(Recorded.Meta):
        abstract = True

    def save_base(self, *args: Any, **kwargs: Any) -> None:
        """A second save is refused: supersede the record instead."""
        if not self._state.adding:
            refuse(f"{type(self).__name__} was changed, and is written once")
        super().save_base(*args, **kwargs)


class Kept(Recorded):
    """Something that exists; what is true of it stands in its versions. A write names one."""

    version = models.PositiveIntegerField(default=1)

    class Meta(Recorded.Meta):
        abstract = True


class Version(AppendOnly):
    """What is said of something as at a day, and when that was learned; superseded by a later version,
    never changed.
    """

    number = models.PositiveIntegerField()
    effective_on = models.DateField()
    known_at = models.DateTimeField()

    class Meta(AppendOnly.Meta):
        abstract = True


class Span(Recorded):
    """Something that holds from a day to a day (the last day excluded), and when each end of it was
    learned. An end that was said before, and is no longer, stands in `EarlierEnd`.
    """

    from_on = models.DateField()
    from_known_at = models.DateTimeField()
    until_on = models.DateField(null=True)
    until_known_at = models.DateTimeField(null=True)
    until_reason = models.TextField(blank=True)

    class Meta(Recorded.Meta):
        abstract = True


class EarlierEnd(AppendOnly):
    """An end that was said of a span and holds no more, and between which moments it was what was known.

    `span` is no foreign key: it names a row of any kind of span.
    """

    span = models.UUIDField()
    until_on = models.DateField()
    until_reason = models.TextField(blank=True)
    known_at = models.DateTimeField()
    superseded_at = models.DateTimeField()

    class Meta(AppendOnly.Meta):
        indexes = (models.Index(fields=["span", "superseded_at"], name="earlier_end_of_a_span"),)

    def __str__(self) -> str:
        return self.until_on.isoformat()


class EntryQuerySet(models.QuerySet["Entry"]):
    """Entries are read; only `changes.recording` adds one, and nothing changes one."""

    def update(self, **kwargs: Any) -> int:
        """Refused."""
        refuse("Entries are never updated")

    def delete(self) -> tuple[int, dict[str, int]]:
        """Refused."""
        refuse("Entries are never deleted")

    def bulk_update(self, objs: Iterable[Entry], fields: Iterable[str], batch_size: int | None = None) -> int:
        """Refused."""
        refuse("Entries are never updated")

    def bulk_create(self, objs: Iterable[Entry], *args: Any, **kwargs: Any) -> list[Entry]:
        """Refused."""
        refuse("Entries are added one at a time")


EntryManager = models.Manager.from_queryset(EntryQuerySet)


class Entry(models.Model):
    """One thing that happened, at its place in its body's chain. `text` is the exact text that was hashed."""

    body = models.CharField(max_length=36)
    sequence = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    as_at = models.DateField(null=True)
    who_kind = models.CharField(max_length=20)
    who_id = models.CharField(max_length=100)
    who_name = models.CharField(max_length=200)
    verb = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=100)
    subject_label = models.CharField(max_length=400)
    reason = models.TextField(blank=True)
    text = models.TextField()
    digest = models.CharField(max_length=64)
    previous = models.CharField(max_length=64)

    objects: ClassVar[EntryManager[Entry]] = EntryManager()

    class Meta:
        base_manager_name = "objects"
        constraints = (
            models.UniqueConstraint(fields=["body", "sequence"], name="entry_place"),
            # Two entries after the same one would be a fork.
            models.UniqueConstraint(fields=["body", "previous"], name="entry_follows_one"),
        )
        indexes = (
            models.Index(fields=["body", "subject_kind", "subject_id", "sequence"], name="entry_subject"),
        )

    def __str__(self) -> str:
        return f"{self.sequence} {self.verb} {self.subject_label}"

    def save_base(self, *args: Any, **kwargs: Any) -> None:
        """Only a new entry, and only as an entry closes."""
        if not self._state.adding or OPEN.get() is None:
            refuse("An entry was saved")
        super().save_base(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Refused."""
        refuse("An entry was deleted")

    def as_columns(self) -> dict[str, Any]:
        """The columns as `ledger.columns` reads them from the text."""
        said = {name: getattr(self, name) for name in ledger.columns(self.text)}
        return said | {"at": plain(self.at), "as_at": plain(self.as_at)}


class CheckpointQuerySet(models.QuerySet["Checkpoint"]):
    """Checkpoints are read; only `changes.checkpoint` adds one, and nothing changes one."""

    def update(self, **kwargs: Any) -> int:
        """Refused."""
        refuse("Checkpoints are never updated")

    def delete(self) -> tuple[int, dict[str, int]]:
        """Refused."""
        refuse("Checkpoints are never deleted")

    def bulk_update(
        self, objs: Iterable[Checkpoint], fields: Iterable[str], batch_size: int | None = None
    ) -> int:
        """Refused."""
        refuse("Checkpoints are never updated")

    def bulk_create(self, objs: Iterable[Checkpoint], *args: Any, **kwargs: Any) -> list[Checkpoint]:
        """Refused."""
        refuse("Checkpoints are added one at a time")


CheckpointManager = models.Manager.from_queryset(CheckpointQuerySet)


class Checkpoint(models.Model):
    """What was signed of a body's history once: how long it was, and the root over its texts.

    It is no entry and in no entry, or each would ask for the next; its signature is what guards it. `note` is
    the exact text that went out, signatures included.
    """

    body = models.CharField(max_length=36)
    number = models.PositiveIntegerField()
    size = models.PositiveBigIntegerField()
    root = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    note = models.TextField()

    objects: ClassVar[CheckpointManager[Checkpoint]] = CheckpointManager()

    class Meta:
        base_manager_name = "objects"
        constraints = (models.UniqueConstraint(fields=["body", "number"], name="checkpoint_number_once"),)

    def __str__(self) -> str:
        return f"checkpoint {self.number} of {self.size} entries"

    def save_base(self, *args: Any, **kwargs: Any) -> None:
        """Only a new one."""
        if not self._state.adding:
            refuse("A checkpoint was saved again")
        super().save_base(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Refused."""
        refuse("A checkpoint was deleted")

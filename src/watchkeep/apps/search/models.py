"""Passages: the words of each version of each thing, with what one must see to see them.

Derived from the records in the same transaction, and made again from them by `watchkeep index rebuild`; so
they answer to no entry of the ledger.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from django.db import models

ALWAYS: Final = date.min  # for what has no day: it stands, whatever day is asked about
KINDS: Final = (
    "risk", "control", "promise", "event", "comment", "challenge", "decision", "objective",
    "category", "board", "indicator", "note",
)  # fmt: skip


class Passage(models.Model):
    """What one row says. Whoever sees all that it names may read it: its register, its risks, its board …"""

    key = models.CharField(max_length=100, unique=True)  # the model and the row that it was made from
    body = models.UUIDField()
    kind = models.CharField(max_length=20)
    of = models.UUIDField()  # the thing that this is a version of
    number = models.PositiveIntegerField(default=1)
    placed_on = models.DateField()  # orders the versions of a thing, with the number
    effective_on = models.DateField()
    known_at = models.DateTimeField()
    stands = models.BooleanField(default=True)  # whether it is the latest of its thing
    label = models.TextField()
    text = models.TextField()
    register = models.UUIDField(null=True)
    risk = models.UUIDField(null=True)
    review = models.UUIDField(null=True)  # that a comment is on: while it is open, few may follow it
    other_risk = models.UUIDField(null=True)
    control = models.UUIDField(null=True)
    commitment = models.UUIDField(null=True)
    indicator = models.UUIDField(null=True)
    event = models.UUIDField(null=True)
    board = models.UUIDField(null=True)
    meeting = models.UUIDField(null=True)  # where it was said; its board says who sees it

    class Meta:
        indexes = (
            models.Index(fields=["kind", "of", "-placed_on", "-number"], name="passage_as_at"),
            models.Index(fields=["body", "stands"], name="passage_standing"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.label}"


class Words(models.Model):
    """SQLite's full-text table beside the passages, kept by triggers; PostgreSQL has an index instead."""

    passage = models.OneToOneField(
        Passage, on_delete=models.DO_NOTHING, primary_key=True, db_column="rowid", related_name="words"
    )

    class Meta:
        managed = False
        db_table = "search_words"

    def __str__(self) -> str:
        return f"words of passage {self.pk}"

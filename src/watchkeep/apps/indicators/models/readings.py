"""Readings, and the batches that they came in."""

from __future__ import annotations

from django.db import models

from watchkeep.apps.history.models import AppendOnly
from watchkeep.apps.history.vouched import Vouched
from watchkeep.apps.people.models import Body


class Batch(AppendOnly):
    """What was taken in at once. Its entry in the ledger holds the digest over its readings, and so vouches
    for each of them.
    """

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="batches")
    number = models.PositiveIntegerField(unique=True)  # the installation's running number
    known_at = models.DateTimeField()
    source = models.TextField(blank=True)
    key = models.CharField(max_length=200, blank=True)  # the sender's own name for it
    asked = models.CharField(max_length=64)  # SHA-256 over all that was sent, what changed nothing included
    indicators = models.TextField()  # their references, a space between
    added = models.PositiveIntegerField()
    corrected = models.PositiveIntegerField()
    unchanged = models.PositiveIntegerField()
    first_on = models.DateField(null=True)
    last_on = models.DateField(null=True)
    sha256 = models.CharField(max_length=64)  # over the canonical lines of its readings
    by = models.CharField(max_length=200)
    reason = models.TextField(blank=True)

    class Meta(AppendOnly.Meta):
        constraints = (
            models.UniqueConstraint(
                fields=["body", "key"], condition=~models.Q(key=""), name="batch_key_once"
            ),
        )

    def __str__(self) -> str:
        return f"batch {self.number}"


class Observation(Vouched):
    """A reading of a period, written once. The highest revision of a day is the one that stands; where its
    value is none, the period was given up, and the note says why.
    """

    pk = models.CompositePrimaryKey("series", "on", "revision")
    series = models.PositiveIntegerField()  # an indicator's number
    on = models.DateField()  # the first day of its period
    revision = models.PositiveSmallIntegerField()
    batch = models.PositiveIntegerField()  # a batch's number
    value = models.FloatField(null=True)
    numerator = models.FloatField(null=True)
    denominator = models.FloatField(null=True)
    note = models.TextField(blank=True)

    class Meta(Vouched.Meta):
        pass

    def __str__(self) -> str:
        return f"{self.on} {self.value!r}"

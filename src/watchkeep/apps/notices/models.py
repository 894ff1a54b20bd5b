"""Notices, how each was sent, and the links by which one answer can be given without signing in."""

from __future__ import annotations

from django.db import models

from watchkeep.apps.history.models import Kept, Recorded
from watchkeep.apps.people.models import Body, Person


class Notice(Recorded):
    """One thing that one person is told. `key` names the event and the person: there is never a second."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="notices")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="notices")
    key = models.CharField(max_length=300, unique=True)
    kind = models.CharField(max_length=40)  # as domain/notice.py names them
    subject_kind = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=100)
    subject_label = models.CharField(max_length=400)
    sentence = models.TextField()
    due_on = models.DateField(null=True)
    made_at = models.DateTimeField()
    state = models.CharField(
        max_length=20, default="waiting"
    )  # waiting, sending, sent, failed, not wanted, lapsed
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    tries = models.PositiveIntegerField(default=0)
    failure = models.TextField(blank=True)

    class Meta(Recorded.Meta):
        indexes = (models.Index(fields=["state", "made_at"], name="notice_queue"),)

    def __str__(self) -> str:
        return self.sentence


class ActLink(Recorded):
    """A link in a mail that gives one answer for one person; only the digest of its secret is kept."""

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="links")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="act_links")
    answer = models.CharField(max_length=40)  # as domain/notice.py names them
    digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.answer


class Wishes(Kept):
    """How a person wants to be told."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="wishes")
    by_mail = models.BooleanField(default=True)
    quiet_from = models.TimeField(null=True)
    quiet_until = models.TimeField(null=True)

    def __str__(self) -> str:
        return f"wishes of {self.person}"


class Follower(models.Model):
    """How far a job has followed a body's ledger. Working memory, made again if it is lost."""

    name = models.CharField(max_length=40)
    body = models.CharField(max_length=36)
    sequence = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["name", "body"], name="follower_once"),)

    def __str__(self) -> str:
        return f"{self.name} at {self.sequence}"

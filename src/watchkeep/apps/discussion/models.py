"""Comments, who is mentioned in them, and attachments.

Each stands beside a record that it names by kind and id: discussion lies below all that is discussed.
"""

from __future__ import annotations

from django.db import models

from watchkeep.apps.history.models import AppendOnly, Recorded
from watchkeep.apps.people.models import Body, Person


class Comment(AppendOnly):
    """What a person said. A later word of theirs may take its place; both stay."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="comments")
    register = models.UUIDField(null=True)  # whose readers may read it; none where the whole body may
    subject_kind = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=100)
    subject_label = models.CharField(max_length=400)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="comments")
    at = models.DateTimeField()
    text = models.TextField(blank=True)  # none where the comment takes another back
    answers = models.ForeignKey("self", on_delete=models.PROTECT, related_name="answered_by", null=True)
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, related_name="replaced_by", null=True)

    class Meta(AppendOnly.Meta):
        indexes = (models.Index(fields=["body", "subject_kind", "subject_id", "at"], name="comment_subject"),)

    def __str__(self) -> str:
        return self.text[:60]


class Mention(AppendOnly):
    """A person who is named in a comment, and is told of it."""

    comment = models.ForeignKey(Comment, on_delete=models.PROTECT, related_name="mentions")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="mentions")

    class Meta(AppendOnly.Meta):
        constraints = (models.UniqueConstraint(fields=["comment", "person"], name="mention_once"),)

    def __str__(self) -> str:
        return str(self.person)


class Attachment(Recorded):
    """A file beside a record, stored under its digest. Taken away, it is no longer offered; its entry
    stays.
    """

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="attachments")
    register = models.UUIDField(null=True)  # whose readers may open it; none where the whole body may
    subject_kind = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=100)
    subject_label = models.CharField(max_length=400)
    name = models.CharField(max_length=300)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    note = models.TextField(blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="attachments")
    at = models.DateTimeField()
    taken_away_at = models.DateTimeField(null=True)
    taken_away_by = models.CharField(max_length=200, blank=True)
    taken_away_because = models.TextField(blank=True)

    class Meta(Recorded.Meta):
        indexes = (models.Index(fields=["body", "subject_kind", "subject_id"], name="attachment_subject"),)

    def __str__(self) -> str:
        return self.name

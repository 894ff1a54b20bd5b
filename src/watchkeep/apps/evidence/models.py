"""What a risk's sentences rest on.

A statement is a sentence that somebody stood behind; a binding says on what, from a day until a day. That one
moved or grew old is never stored: it follows from the records and the day (domain/statement).
"""

from __future__ import annotations

from django.db import models

from watchkeep.apps.discussion.models import Attachment
from watchkeep.apps.history.models import Kept, Span
from watchkeep.apps.indicators.models import Indicator
from watchkeep.apps.people.models import Post
from watchkeep.apps.register.models import Event, Risk
from watchkeep.apps.treatment.models import Check, CommitmentVersion

KINDS = ["observation", "check", "commitment", "event", "document", "judgement"]


class Statement(Kept):
    """A sentence of a risk that was bound or judged at least once. It is known by its words: where they stand
    in the text is looked up each time, for texts move.
    """

    risk = models.ForeignKey(Risk, on_delete=models.PROTECT, related_name="statements")
    field = models.CharField(max_length=40)  # description, controls …: which text of the risk, not which line
    text = models.TextField()  # as it read when it was first bound

    class Meta(Kept.Meta):
        indexes = (models.Index(fields=["risk", "field"], name="statement_of_a_risk"),)

    def __str__(self) -> str:
        return self.text


class Binding(Span):
    """A statement rests on something. Looked at again, it ends and another begins in its place."""

    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="bindings")
    text = models.TextField()  # the sentence as it read then
    kind = models.CharField(max_length=20)
    check_found = models.ForeignKey(Check, on_delete=models.PROTECT, related_name="bindings", null=True)
    # What was promised as it was told then: a later telling is what may move it.
    promise = models.ForeignKey(
        CommitmentVersion, on_delete=models.PROTECT, related_name="bindings", null=True
    )
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="bindings", null=True)
    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="bindings", null=True)
    sha256 = models.CharField(max_length=64, blank=True)  # of a document
    place = models.TextField(blank=True)  # where in the document
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="judgements", null=True)
    reading = models.UUIDField(null=True)  # what a reading is called, the same when it is looked at again
    # Where an indicator was read: the first day of its period, which revision, and what that said. Of what
    # its chart says there is a verdict and no revision; the period is then the last one that was read.
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="bindings", null=True)
    period = models.DateField(null=True)
    revision = models.PositiveSmallIntegerField(null=True)
    value = models.FloatField(null=True)
    verdict = models.CharField(max_length=60, blank=True, default="")
    label = models.TextField(blank=True)  # a reading's source, a document's name
    says = models.TextField(blank=True)  # what it said when it was bound
    on = models.DateField()  # its own day: of the check, the reading, the event, the judgement
    holds_until = models.DateField(null=True)  # the last day of its shelf life
    by = models.CharField(max_length=200)

    class Meta(Span.Meta):
        indexes = (models.Index(fields=["statement", "from_on"], name="binding_of_a_statement"),)
        constraints = (
            models.CheckConstraint(condition=models.Q(kind__in=KINDS), name="binding_kind_known"),
            models.CheckConstraint(
                condition=(
                    models.Q(kind="check", check_found__isnull=False)
                    | models.Q(kind="commitment", promise__isnull=False)
                    | models.Q(kind="event", event__isnull=False)
                    | models.Q(kind="document") & ~models.Q(sha256="")
                    | models.Q(kind="judgement", post__isnull=False)
                    | models.Q(kind="observation", reading__isnull=False)
                ),
                name="binding_names_what_it_rests_on",
            ),
            models.CheckConstraint(
                condition=(
                    models.Q(indicator__isnull=True, verdict="")
                    | models.Q(kind="observation", indicator__isnull=False, period__isnull=False)
                ),
                name="binding_on_an_indicator_names_a_period",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.on}"

"""The lines that readings are held against, and what explains them: each said once, and said otherwise later.

Every kind is said under an identity of its own (`said`). What is said of it later has a higher number, and
what was taken back is `withdrawn`: so each can be put right by itself, however long ago it held, and what was
known before stays known of its time.
"""

from __future__ import annotations

from django.db import models

from watchkeep.apps.history.models import AppendOnly
from watchkeep.apps.indicators.models.definitions import Indicator


class Said(AppendOnly):
    """One telling of a line, a rebase, an annotation or a point of a plan."""

    said = models.UUIDField()
    number = models.PositiveIntegerField()
    known_at = models.DateTimeField()
    withdrawn = models.BooleanField(default=False)
    by = models.CharField(max_length=200)
    why = models.TextField(blank=True)  # why it was said otherwise than before

    class Meta(AppendOnly.Meta):
        abstract = True


class TargetSaid(Said):
    """What readings are held against from a day until a day (the last day excluded)."""

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="targets")
    kind = models.CharField(max_length=20)  # target, upper tolerance, lower tolerance
    value = models.FloatField()
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    source = models.TextField(blank=True)

    class Meta(Said.Meta):
        constraints = (models.UniqueConstraint(fields=["said", "number"], name="target_said_once"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.value!r}"


class RebaseSaid(Said):
    """Limits are worked out anew from a day, for a reason."""

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="rebases")
    on = models.DateField()
    reason = models.TextField()

    class Meta(Said.Meta):
        constraints = (models.UniqueConstraint(fields=["said", "number"], name="rebase_said_once"),)

    def __str__(self) -> str:
        return f"rebased {self.on}"


class AnnotationSaid(Said):
    """What happened on a day and may explain what follows."""

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="annotations")
    on = models.DateField()
    text = models.TextField()

    class Meta(Said.Meta):
        constraints = (models.UniqueConstraint(fields=["said", "number"], name="annotation_said_once"),)

    def __str__(self) -> str:
        return self.text


class PlanSaid(Said):
    """What is planned for a day: money, benefits, people."""

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="plan")
    on = models.DateField()
    value = models.FloatField()

    class Meta(Said.Meta):
        constraints = (models.UniqueConstraint(fields=["said", "number"], name="plan_said_once"),)

    def __str__(self) -> str:
        return f"{self.value!r} planned for {self.on}"

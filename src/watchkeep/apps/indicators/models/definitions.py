"""What is measured, and how, as at a day."""

from __future__ import annotations

from django.db import models

from watchkeep.apps.history.models import Kept, Version
from watchkeep.apps.people.models import Body, Post


class Indicator(Kept):
    """A measure that is read again and again. Its readings name it by `number`: an id of 16 bytes in each of
    two million rows would be most of what they hold.
    """

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="indicators")
    reference = models.CharField(max_length=40)  # K1, K2 …: the body's own running number, never reused
    number = models.PositiveIntegerField(unique=True)  # the installation's running number
    name = models.CharField(max_length=400)  # as last written

    class Meta(Kept.Meta):
        constraints = (
            models.UniqueConstraint(fields=["body", "reference"], name="indicator_reference_once"),
        )

    def __str__(self) -> str:
        return f"{self.reference} {self.name}"


class IndicatorVersion(Version):
    """What an indicator measures, as at a day: a `domain.indicator.Definition`, and whose it is."""

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="versions")
    name = models.CharField(max_length=400)
    unit = models.CharField(max_length=60, blank=True)
    better = models.CharField(max_length=10)  # up, down, neither
    frequency = models.CharField(max_length=10)  # day, week, month, quarter, year
    source = models.TextField(blank=True)
    kind = models.CharField(max_length=20)  # number, share, rate, count, money, hours, index
    family = models.CharField(max_length=10, default="xmr")  # which chart fits: xmr, p, u, c
    numerator = models.TextField(blank=True)
    denominator = models.TextField(blank=True)
    due_after = models.PositiveSmallIntegerField(default=0)  # days after a period's end
    seasonal = models.BooleanField(default=False)
    theme = models.CharField(max_length=200, blank=True, default="")
    measure = models.CharField(max_length=200, blank=True, default="")
    baseline = models.PositiveSmallIntegerField(null=True)  # how many first readings fix the limits
    owner_post = models.ForeignKey(
        Post, on_delete=models.PROTECT, related_name="indicator_versions", null=True
    )
    reason = models.TextField(blank=True)

    class Meta(Version.Meta):
        constraints = (
            models.UniqueConstraint(fields=["indicator", "number"], name="indicator_version_once"),
        )
        indexes = (models.Index(fields=["indicator", "-effective_on", "-number"], name="indicator_as_at"),)

    def __str__(self) -> str:
        return self.name

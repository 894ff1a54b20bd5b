"""Where readings come from: files that wait for a decision, feeds, and what each pull came to."""

from __future__ import annotations

from django.db import models

from watchkeep.apps.history.models import AppendOnly, Kept
from watchkeep.apps.people.models import Body


class Feed(Kept):
    """Readings that are pulled by themselves: from a web address, or by one SELECT. No secret is kept:
    `secret` is the name of an environment variable.
    """

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="feeds")
    number = models.PositiveIntegerField()  # the body's own running number
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=10)  # csv, json, sql
    address = models.TextField(blank=True)  # of csv and json
    items = models.CharField(max_length=200, blank=True)  # where the rows stand in a JSON answer: data.rows
    statement = models.TextField(blank=True)  # of sql
    secret = models.CharField(max_length=100, blank=True)
    indicator = models.CharField(max_length=40, blank=True)  # whose readings they are, where no column says
    mapping = models.TextField()  # as JSON
    every = models.CharField(max_length=10)  # hour, day, week
    from_at = models.DateTimeField()  # its first time; the others follow from it
    stopped_at = models.DateTimeField(null=True)

    class Meta(Kept.Meta):
        constraints = (models.UniqueConstraint(fields=["body", "number"], name="feed_number_once"),)

    def __str__(self) -> str:
        return self.name


class Load(Kept):
    """A file of readings that is looked at before any of it counts: waiting, then taken or dropped, whole."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="loads")
    number = models.PositiveIntegerField()  # the body's own running number
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    sheet = models.CharField(max_length=200, blank=True)
    items = models.CharField(max_length=200, blank=True)
    indicator = models.CharField(max_length=40, blank=True)
    mapping = models.TextField()  # as JSON
    feed = models.ForeignKey(Feed, on_delete=models.PROTECT, related_name="loads", null=True)
    state = models.CharField(max_length=20, default="waiting")  # waiting, taken, dropped
    good = models.PositiveIntegerField(default=0)  # rows, when it was decided
    bad = models.PositiveIntegerField(default=0)
    problems = models.TextField(blank=True)  # the first bad rows, as JSON, when it was decided
    brought_at = models.DateTimeField()
    brought_by = models.CharField(max_length=200)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=200, blank=True)

    class Meta(Kept.Meta):
        constraints = (models.UniqueConstraint(fields=["body", "number"], name="load_number_once"),)

    def __str__(self) -> str:
        return f"{self.name} ({self.number})"


class FeedRun(AppendOnly):
    """One pull: what came, what was refused, how long it took."""

    feed = models.ForeignKey(Feed, on_delete=models.PROTECT, related_name="runs")
    due_at = models.DateTimeField()  # the time it was for: there is one run for each
    started_at = models.DateTimeField()
    took = models.PositiveIntegerField()  # milliseconds
    outcome = models.CharField(max_length=20)  # taken, unchanged, waiting, failed
    sentence = models.TextField()
    sha256 = models.CharField(max_length=64, blank=True)
    rows = models.PositiveIntegerField(default=0)
    bad = models.PositiveIntegerField(default=0)
    added = models.PositiveIntegerField(default=0)
    corrected = models.PositiveIntegerField(default=0)
    by = models.CharField(max_length=200, blank=True, default="")  # Watchkeep at its time, or who pulled it
    load = models.ForeignKey(Load, on_delete=models.PROTECT, related_name="runs", null=True)

    class Meta(AppendOnly.Meta):
        indexes = (models.Index(fields=["feed", "-started_at"], name="runs_of_a_feed"),)

    def __str__(self) -> str:
        return f"{self.feed}: {self.outcome}"

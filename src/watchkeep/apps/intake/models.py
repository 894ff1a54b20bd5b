"""A paper brought in: the file, the draft read from it, and what people decided about it."""

from __future__ import annotations

from django.db import models

from watchkeep.apps.history.models import AppendOnly, Recorded
from watchkeep.apps.people.models import Body
from watchkeep.apps.register.models import Register, Risk


class SourceFile(AppendOnly):
    """That a file was received; its bytes stand in the store under this digest."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="files")
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    name = models.CharField(max_length=300)  # as first received

    class Meta(AppendOnly.Meta):
        constraints = (models.UniqueConstraint(fields=["body", "sha256"], name="file_once"),)

    def __str__(self) -> str:
        return self.name


class Import(Recorded):
    """One bringing-in of one file, from waiting to accepted."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="imports")
    number = models.PositiveIntegerField()  # its name in addresses
    file = models.ForeignKey(SourceFile, on_delete=models.PROTECT, related_name="imports")
    name = models.CharField(max_length=300)  # the file's name this time
    state = models.CharField(max_length=20, default="waiting")
    received_at = models.DateTimeField()
    received_by = models.CharField(max_length=200)
    key = models.CharField(max_length=100)  # of the request: one that is retried makes no second import
    # What the person said of the paper when bringing it in; where empty, the paper speaks for itself.
    register = models.ForeignKey(Register, on_delete=models.PROTECT, null=True, related_name="imports")
    given_register = models.TextField(blank=True)
    given_body = models.TextField(blank=True)
    given_period = models.TextField(blank=True)
    given_as_at = models.DateField(null=True)
    rising_means = models.CharField(max_length=20, blank=True)  # what a person said a rising arrow means
    # The reading.
    claim = models.CharField(max_length=36, blank=True)  # the worker that reads it now
    claimed_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    refusal = models.TextField(blank=True)
    draft = models.TextField(blank=True)  # the register document as read, as JSON: never edited

    DIGESTED = frozenset({"draft"})

    class Meta(Recorded.Meta):
        constraints = (
            models.UniqueConstraint(fields=["body", "number"], name="import_number_once"),
            models.UniqueConstraint(fields=["body", "key"], name="import_key_once"),
        )

    def __str__(self) -> str:
        return f"{self.number} {self.name}"


class Step(AppendOnly):
    """One step of the reading that is done, for the page that waits."""

    paper = models.ForeignKey(Import, on_delete=models.PROTECT, related_name="steps")
    position = models.PositiveIntegerField()
    at = models.DateTimeField()
    code = models.CharField(max_length=20)  # received, opened, read, listed, refused
    sentence = models.TextField()

    class Meta(AppendOnly.Meta):
        constraints = (models.UniqueConstraint(fields=["paper", "position"], name="step_position_once"),)

    def __str__(self) -> str:
        return self.sentence


class PagePicture(AppendOnly):
    """The picture of a page of the file; its PNG bytes stand in the store under this digest."""

    paper = models.ForeignKey(Import, on_delete=models.PROTECT, related_name="pictures")
    page = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    width = models.PositiveIntegerField()  # of the page, in points, as boxes are measured
    height = models.PositiveIntegerField()

    class Meta(AppendOnly.Meta):
        constraints = (models.UniqueConstraint(fields=["paper", "page"], name="picture_page_once"),)

    def __str__(self) -> str:
        return f"page {self.page}"


class Correction(AppendOnly):
    """A field that a person set right; the last one for a field holds. The draft itself is not touched."""

    paper = models.ForeignKey(Import, on_delete=models.PROTECT, related_name="corrections")
    number = models.PositiveIntegerField()
    risk = models.TextField(blank=True)  # the risk's key; none for the register as a whole
    path = models.TextField()
    state = models.CharField(max_length=20)
    text = models.TextField(blank=True)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta(AppendOnly.Meta):
        constraints = (models.UniqueConstraint(fields=["paper", "number"], name="correction_number_once"),)

    def __str__(self) -> str:
        return f"{self.risk} {self.path}"


class ResolvedDoubt(AppendOnly):
    """A doubt that a person has looked at and settled."""

    paper = models.ForeignKey(Import, on_delete=models.PROTECT, related_name="resolved")
    doubt = models.CharField(max_length=64)  # see domain.correction.doubt_key
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta(AppendOnly.Meta):
        constraints = (models.UniqueConstraint(fields=["paper", "doubt"], name="doubt_resolved_once"),)

    def __str__(self) -> str:
        return self.doubt


class Decision(AppendOnly):
    """What a person decided about one risk of the paper; the last one holds."""

    paper = models.ForeignKey(Import, on_delete=models.PROTECT, related_name="decisions")
    number = models.PositiveIntegerField()
    key = models.TextField()  # the risk's key in the draft
    outcome = models.CharField(max_length=20)  # accepted, set aside
    risk = models.ForeignKey(Risk, on_delete=models.PROTECT, null=True, related_name="decisions")
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta(AppendOnly.Meta):
        constraints = (models.UniqueConstraint(fields=["paper", "number"], name="decision_number_once"),)

    def __str__(self) -> str:
        return f"{self.key} {self.outcome}"

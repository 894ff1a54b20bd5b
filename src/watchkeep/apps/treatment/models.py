"""Controls and their checks, commitments and their clocks, and how imported lines were sorted into them.

Identity rows say what exists; versions say what was true as at a day. What a control or a commitment
bears on is a span: from a day to a day.
"""

from __future__ import annotations

from django.db import models

from watchkeep.apps.history.models import AppendOnly, Kept, Span, Version
from watchkeep.apps.people.models import Body, Post
from watchkeep.apps.register.models import Risk


class Control(Kept):
    """Something that already holds risks back; one record, however many risks it serves."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="controls")
    reference = models.CharField(max_length=40)  # C1, C2 …: the body's own running number, never reused
    name = models.CharField(max_length=400)  # as last written

    class Meta(Kept.Meta):
        constraints = (models.UniqueConstraint(fields=["body", "reference"], name="control_reference_once"),)

    def __str__(self) -> str:
        return f"{self.reference} {self.name}"


class ControlVersion(Version):
    """What a control is, as at a day."""

    control = models.ForeignKey(Control, on_delete=models.PROTECT, related_name="versions")
    name = models.CharField(max_length=400)
    description = models.TextField(blank=True)
    kind = models.CharField(max_length=20, blank=True)  # preventive, detective, corrective, recovery
    frequency = models.TextField(blank=True)
    owner_post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="control_versions", null=True)
    state = models.CharField(max_length=20, default="in force")  # planned, in force, stood down
    tolerated = models.PositiveSmallIntegerField(null=True)  # of 100 cases, how many may fail, if said
    reason = models.TextField(blank=True)

    class Meta(Version.Meta):
        constraints = (models.UniqueConstraint(fields=["control", "number"], name="control_version_once"),)
        indexes = (models.Index(fields=["control", "-effective_on", "-number"], name="control_as_at"),)

    def __str__(self) -> str:
        return self.name


class ControlUse(Span):
    """A control bears on a risk, or on one part of it: on a cause (before) or on a consequence (after)."""

    control = models.ForeignKey(Control, on_delete=models.PROTECT, related_name="uses")
    risk = models.ForeignKey(Risk, on_delete=models.PROTECT, related_name="control_uses")
    part = models.TextField(blank=True)
    side = models.CharField(max_length=20, blank=True)  # cause, consequence

    class Meta(Span.Meta):
        indexes = (models.Index(fields=["risk", "from_on"], name="control_use_of_risk"),)

    def __str__(self) -> str:
        return f"{self.control} {self.risk}"


class Check(AppendOnly):
    """Somebody looked whether a control is well made (design) and works (operation)."""

    control = models.ForeignKey(Control, on_delete=models.PROTECT, related_name="checks")
    kind = models.CharField(max_length=20)  # attestation, assessment, assurance
    line = models.PositiveSmallIntegerField()  # of defence: 1, 2, 3
    effective_on = models.DateField()  # the day it was done
    known_at = models.DateTimeField()
    by = models.CharField(max_length=300)  # the post or person who checked
    recorded_by = models.CharField(max_length=300, blank=True)  # who wrote it down here
    design = models.CharField(max_length=20)  # effective, partly effective, not effective, not judged
    operation = models.CharField(max_length=20)
    sample = models.PositiveIntegerField(null=True)  # cases looked at
    failures = models.PositiveIntegerField(null=True)  # of them, cases in which the control failed
    note = models.TextField(blank=True)
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, related_name="superseded_by", null=True
    )

    class Meta(AppendOnly.Meta):
        indexes = (models.Index(fields=["control", "-effective_on"], name="check_as_at"),)
        constraints = (
            models.CheckConstraint(condition=models.Q(line__in=[1, 2, 3]), name="check_line_known"),
            models.CheckConstraint(
                condition=models.Q(sample=None, failures=None)
                | models.Q(sample__gt=0, failures__lte=models.F("sample")),
                name="check_sample_holds_its_failures",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.effective_on}"


class Commitment(Kept):
    """Something that was promised, decided, recommended or agreed, and is to be done by somebody."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="commitments")
    kind = models.CharField(max_length=20)  # action, decision, recommendation, agreement, review
    reference = models.CharField(max_length=40)  # P1, P2 …: the body's own running number, never reused
    title = models.CharField(max_length=400)  # as last written

    class Meta(Kept.Meta):
        constraints = (
            models.UniqueConstraint(fields=["body", "reference"], name="commitment_reference_once"),
        )

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"


class CommitmentVersion(Version):
    """What is promised and what became of it, as at a day. A later due date than the last says why it
    slipped.
    """

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="versions")
    title = models.CharField(max_length=400)
    definition_of_done = models.TextField(blank=True)
    owner_post = models.ForeignKey(
        Post, on_delete=models.PROTECT, related_name="commitment_versions", null=True
    )
    due = models.TextField(blank=True)  # as written
    due_on = models.DateField(null=True)
    slip_reason = models.TextField(blank=True)
    expected_effect = models.TextField(blank=True)  # on which measure, how much
    expected_by = models.DateField(null=True)
    outcome = models.CharField(max_length=20, blank=True)  # done, dropped, lapsed; none while it waits
    outcome_on = models.DateField(null=True)
    outcome_note = models.TextField(blank=True)
    effect_seen = models.CharField(max_length=20, blank=True)  # yes, no; none until it was looked for
    effect_on = models.DateField(null=True)  # the day on which it was looked for
    effect_note = models.TextField(blank=True)  # what was found then
    if_not = models.TextField(blank=True)  # what happens if it is not done, or if the answer is no
    by = models.CharField(max_length=200, blank=True)  # who said so
    source = models.TextField(blank=True)  # who recommended or agreed it: the report, the other party
    control = models.ForeignKey(
        Control, on_delete=models.PROTECT, related_name="came_from", null=True
    )  # what the action, done, became

    class Meta(Version.Meta):
        constraints = (
            models.UniqueConstraint(fields=["commitment", "number"], name="commitment_version_once"),
        )
        indexes = (models.Index(fields=["commitment", "-effective_on", "-number"], name="commitment_as_at"),)

    def __str__(self) -> str:
        return self.title


class CommitmentUse(Span):
    """A commitment bears on a risk, or on one part of it."""

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="uses")
    risk = models.ForeignKey(Risk, on_delete=models.PROTECT, related_name="commitment_uses")
    part = models.TextField(blank=True)

    class Meta(Span.Meta):
        indexes = (models.Index(fields=["risk", "from_on"], name="commitment_use_of_risk"),)

    def __str__(self) -> str:
        return f"{self.commitment} {self.risk}"


class Dependence(Span):
    """One commitment cannot be kept before another is."""

    dependant = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="needs")
    needs = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="dependants")

    class Meta(Span.Meta):
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(dependant=models.F("needs")), name="dependence_between_two"
            ),
        )

    def __str__(self) -> str:
        return f"{self.dependant} needs {self.needs}"


class SortedLine(AppendOnly):
    """What a person made of one imported line of a risk; the latest of a line's stands.

    A line is known by its risk and the digest of its text, so that the next paper's same line is sorted
    already.
    """

    risk = models.ForeignKey(Risk, on_delete=models.PROTECT, related_name="sorted_lines")
    line = models.CharField(max_length=64)  # SHA-256 of the text, as domain/sorting.py makes it
    number = models.PositiveIntegerField()  # how often this line was sorted before, plus one
    text = models.TextField()
    sort = models.CharField(max_length=20)  # control, commitment, meeting, measure, neither
    suggested = models.CharField(max_length=20)
    suggestion_reason = models.TextField()
    control = models.ForeignKey(Control, on_delete=models.PROTECT, related_name="lines", null=True)
    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="lines", null=True)
    board = models.UUIDField(null=True)  # a board's id: reviews rest on treatment
    known_at = models.DateTimeField()
    by = models.CharField(max_length=200)

    class Meta(AppendOnly.Meta):
        constraints = (models.UniqueConstraint(fields=["risk", "line", "number"], name="line_sorted_once"),)

    def __str__(self) -> str:
        return f"{self.sort}: {self.text[:60]}"

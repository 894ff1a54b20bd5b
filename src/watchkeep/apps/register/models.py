"""A register, its risks, and every version of each.

Identity rows (Register, Risk) say what exists; versions say what was true as at a day, and when Watchkeep
learned it. Versions and all that hangs on them are written once: a change is a new version.
"""

from __future__ import annotations

from django.db import models

from watchkeep.apps.history.models import AppendOnly, Recorded
from watchkeep.apps.people.models import Body

STATES = ["recorded", "not recorded", "not applicable"]


class Register(Recorded):
    """One register of a body: corporate, a programme's, a department's."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="registers")
    slug = models.SlugField(max_length=80)  # its name in addresses; never reused
    name = models.CharField(max_length=300)
    version = models.PositiveIntegerField(default=1)

    class Meta(Recorded.Meta):
        constraints = (
            models.UniqueConstraint(fields=["body", "slug"], name="register_slug_once"),
            models.UniqueConstraint(fields=["body", "name"], name="register_name_once"),
        )

    def __str__(self) -> str:
        return self.name


class Scale(AppendOnly):
    """The bands and levels that ratings are drawn from; never edited, only followed by another version."""

    register = models.ForeignKey(Register, on_delete=models.PROTECT, related_name="scales")
    number = models.PositiveIntegerField()
    basis = models.CharField(max_length=20)
    reason = models.TextField(blank=True)

    class Meta(AppendOnly.Meta):
        constraints = (models.UniqueConstraint(fields=["register", "number"], name="scale_number_once"),)

    def __str__(self) -> str:
        return f"scale {self.number}"


class Step(AppendOnly):
    """A band, or a level of likelihood or impact; rank 1 is the least."""

    scale = models.ForeignKey(Scale, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=20)  # band, likelihood, impact
    position = models.PositiveIntegerField()
    rank = models.PositiveIntegerField()
    name = models.TextField()

    class Meta(AppendOnly.Meta):
        constraints = (models.UniqueConstraint(fields=["scale", "kind", "position"], name="step_place_once"),)

    def __str__(self) -> str:
        return self.name


class Cover(AppendOnly):
    """What a paper says about the whole register: its title, period and day, its columns, its loose text."""

    register = models.ForeignKey(Register, on_delete=models.PROTECT, related_name="covers")
    number = models.PositiveIntegerField()
    effective_on = models.DateField()  # the first clock: the day it speaks of
    known_at = models.DateTimeField()  # the second: when Watchkeep learned it
    scale = models.ForeignKey(Scale, on_delete=models.PROTECT, related_name="covers")
    period = models.CharField(max_length=200, blank=True)
    as_at = models.DateField(null=True)
    document = models.TextField()  # the register document without its risks, as JSON
    file_sha256 = models.CharField(max_length=64, blank=True)

    DIGESTED = frozenset({"document"})

    class Meta(AppendOnly.Meta):
        constraints = (models.UniqueConstraint(fields=["register", "number"], name="cover_number_once"),)

    def __str__(self) -> str:
        return f"{self.period or self.effective_on}"


class Risk(Recorded):
    """That a risk exists. Its reference is never given to another."""

    register = models.ForeignKey(Register, on_delete=models.PROTECT, related_name="risks")
    key = models.CharField(max_length=200)  # its name in addresses: the reference, else the row it came from
    reference = models.CharField(max_length=200, blank=True)
    name = models.CharField(max_length=400, blank=True)  # as last written, for lists of history
    state = models.CharField(max_length=20, default="open")
    opened_on = models.DateField()
    closed_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)  # the last version's number; a write must name it

    class Meta(Recorded.Meta):
        constraints = (
            models.UniqueConstraint(fields=["register", "key"], name="risk_key_once"),
            models.UniqueConstraint(
                fields=["register", "reference"],
                condition=~models.Q(reference=""),
                name="risk_reference_never_reused",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["draft", "open", "closed"]), name="risk_state_known"
            ),
        )

    def __str__(self) -> str:
        return " ".join(filter(None, [self.reference or self.key, self.name]))


class RiskVersion(AppendOnly):
    """What is said of a risk as at a day. An empty text is not recorded, unless `not_applicable` names it."""

    risk = models.ForeignKey(Risk, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    effective_on = models.DateField()
    known_at = models.DateTimeField()
    scale = models.ForeignKey(Scale, on_delete=models.PROTECT, related_name="versions")
    position = models.PositiveIntegerField()  # its row in the paper
    reference = models.TextField(blank=True)
    name = models.TextField(blank=True)
    description = models.TextField(blank=True)
    cause = models.TextField(blank=True)
    event = models.TextField(blank=True)
    impact = models.TextField(blank=True)
    category = models.TextField(blank=True)
    objective = models.TextField(blank=True)
    owner = models.TextField(blank=True)
    status = models.TextField(blank=True)
    treatment = models.TextField(blank=True)
    contingency = models.TextField(blank=True)
    date_raised = models.TextField(blank=True)
    date_raised_on = models.DateField(null=True)
    due_date = models.TextField(blank=True)
    due_date_on = models.DateField(null=True)
    review_date = models.TextField(blank=True)
    review_date_on = models.DateField(null=True)
    not_applicable = models.TextField(blank=True)  # names of fields, one a line
    passages = models.TextField()  # where each field was read, how surely, who confirmed it, as JSON

    DIGESTED = frozenset({"passages"})

    class Meta(AppendOnly.Meta):
        constraints = (models.UniqueConstraint(fields=["risk", "number"], name="risk_version_number_once"),)
        indexes = (models.Index(fields=["risk", "-effective_on", "-number"], name="risk_version_as_at"),)

    def __str__(self) -> str:
        return f"{self.reference or self.name} version {self.number}"


class Part(AppendOnly):
    """One part (i, ii …) of a risk's description or impact."""

    version = models.ForeignKey(RiskVersion, on_delete=models.PROTECT, related_name="parts")
    field = models.CharField(max_length=20)  # description, impact
    position = models.PositiveIntegerField()
    marker = models.TextField()
    text = models.TextField()

    class Meta(AppendOnly.Meta):
        constraints = (
            models.UniqueConstraint(fields=["version", "field", "position"], name="part_place_once"),
        )

    def __str__(self) -> str:
        return f"{self.field} {self.marker}"


class Line(AppendOnly):
    """A control or an action: one line of a list, under a part of the risk where the paper says so."""

    version = models.ForeignKey(RiskVersion, on_delete=models.PROTECT, related_name="lines")
    kind = models.CharField(max_length=20)  # controls, actions
    position = models.PositiveIntegerField()
    part = models.TextField(null=True)  # noqa: DJ001 (no part and a part without a name differ)
    marker = models.TextField(null=True)  # noqa: DJ001 (the same)
    state = models.CharField(max_length=20)
    text = models.TextField(blank=True)

    class Meta(AppendOnly.Meta):
        constraints = (
            models.UniqueConstraint(fields=["version", "kind", "position"], name="line_place_once"),
        )

    def __str__(self) -> str:
        return self.text


class TrendMark(AppendOnly):
    """What the paper says moved in one period."""

    version = models.ForeignKey(RiskVersion, on_delete=models.PROTECT, related_name="trends")
    position = models.PositiveIntegerField()
    period = models.TextField()
    state = models.CharField(max_length=20)
    text = models.TextField(blank=True)
    direction = models.CharField(max_length=20, blank=True)
    movement = models.CharField(max_length=20, blank=True)

    class Meta(AppendOnly.Meta):
        constraints = (models.UniqueConstraint(fields=["version", "position"], name="trend_place_once"),)

    def __str__(self) -> str:
        return f"{self.period} {self.text}"


class Assessment(AppendOnly):
    """A rating of a risk at one stage, each of its words with its state."""

    version = models.ForeignKey(RiskVersion, on_delete=models.PROTECT, related_name="assessments")
    position = models.PositiveIntegerField()
    stage = models.CharField(max_length=20)
    likelihood = models.TextField(blank=True)
    likelihood_state = models.CharField(max_length=20)
    impact = models.TextField(blank=True)
    impact_state = models.CharField(max_length=20)
    score = models.TextField(blank=True)
    score_state = models.CharField(max_length=20)
    rating = models.TextField(blank=True)
    rating_state = models.CharField(max_length=20)
    fill = models.CharField(max_length=20, blank=True)

    class Meta(AppendOnly.Meta):
        constraints = (models.UniqueConstraint(fields=["version", "position"], name="assessment_place_once"),)

    def __str__(self) -> str:
        return f"{self.stage} {self.rating}"


class ExtraText(AppendOnly):
    """A column of the paper that has no home of its own, kept under its heading."""

    version = models.ForeignKey(RiskVersion, on_delete=models.PROTECT, related_name="extras")
    position = models.PositiveIntegerField()
    heading = models.TextField()
    state = models.CharField(max_length=20)
    text = models.TextField(blank=True)

    class Meta(AppendOnly.Meta):
        constraints = (models.UniqueConstraint(fields=["version", "position"], name="extra_place_once"),)

    def __str__(self) -> str:
        return self.heading

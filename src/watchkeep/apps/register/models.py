"""A register, its risks, and every version of each.

Identity rows (Register, Risk) say what exists; versions say what was true as at a day, and when Watchkeep
learned it. Versions and all that hangs on them are written once: a change is a new version.
"""

from __future__ import annotations

from django.db import models

from watchkeep.apps.history.models import AppendOnly, Kept, Recorded, Span, Version
from watchkeep.apps.people.models import Body, Person, Post, Unit

RISK_STATES = ["draft", "open", "escalated", "closed", "merged"]


class ScaleFamily(Kept):
    """A scale that a body keeps under a name, for one register or several; what it says stands in its
    versions.
    """

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="scales")
    name = models.CharField(max_length=200)

    class Meta(Kept.Meta):
        constraints = (models.UniqueConstraint(fields=["body", "name"], name="scale_family_name_once"),)

    def __str__(self) -> str:
        return self.name


class Register(Kept):
    """One register of a body: corporate, a programme's, a department's."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="registers")
    slug = models.SlugField(max_length=80)  # its name in addresses; never reused
    name = models.CharField(max_length=300)
    kind = models.CharField(max_length=40, default="corporate")  # corporate, portfolio, programme, department
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="registers", null=True)
    # The body's scale that it is assessed on; without one, the scale that its papers show.
    family = models.ForeignKey(ScaleFamily, on_delete=models.PROTECT, related_name="registers", null=True)

    class Meta(Recorded.Meta):
        constraints = (
            models.UniqueConstraint(fields=["body", "slug"], name="register_slug_once"),
            models.UniqueConstraint(fields=["body", "name"], name="register_name_once"),
        )

    def __str__(self) -> str:
        return self.name


class Scale(AppendOnly):
    """One version of the bands and levels that ratings are drawn from: as a register's papers show them,
    or of a family. Never edited, only followed by another version.
    """

    register = models.ForeignKey(Register, on_delete=models.PROTECT, related_name="scales", null=True)
    family = models.ForeignKey(ScaleFamily, on_delete=models.PROTECT, related_name="versions", null=True)
    number = models.PositiveIntegerField()
    basis = models.CharField(max_length=20)
    reason = models.TextField(blank=True)
    effective_on = models.DateField(null=True)  # of a family's version

    class Meta(AppendOnly.Meta):
        constraints = (
            models.UniqueConstraint(fields=["register", "number"], name="scale_number_once"),
            models.UniqueConstraint(fields=["family", "number"], name="scale_family_number_once"),
            models.CheckConstraint(
                condition=models.Q(register=None, family__isnull=False)
                | models.Q(register__isnull=False, family=None),
                name="scale_of_a_register_or_a_family",
            ),
        )

    def __str__(self) -> str:
        return f"scale {self.number}"


class Step(AppendOnly):
    """A band, or a level of likelihood or impact; rank 1 is the least."""

    scale = models.ForeignKey(Scale, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=20)  # band, likelihood, impact
    position = models.PositiveIntegerField()
    rank = models.PositiveIntegerField()
    name = models.TextField()
    meaning = models.TextField(blank=True)  # what the body says that it means

    class Meta(AppendOnly.Meta):
        constraints = (models.UniqueConstraint(fields=["scale", "kind", "position"], name="step_place_once"),)

    def __str__(self) -> str:
        return self.name


class Cell(AppendOnly):
    """One cell of a scale's matrix: the band that a likelihood and an impact make. All three are ranks."""

    scale = models.ForeignKey(Scale, on_delete=models.PROTECT, related_name="cells")
    likelihood = models.PositiveIntegerField()
    impact = models.PositiveIntegerField()
    band = models.PositiveIntegerField()

    class Meta(AppendOnly.Meta):
        constraints = (
            models.UniqueConstraint(fields=["scale", "likelihood", "impact"], name="cell_place_once"),
        )

    def __str__(self) -> str:
        return f"{self.likelihood} × {self.impact}"


class Counterpart(AppendOnly):
    """What a band or level of the version before is called in this one, where its name does not say it."""

    scale = models.ForeignKey(Scale, on_delete=models.PROTECT, related_name="counterparts")
    kind = models.CharField(max_length=20)  # band, likelihood, impact
    was = models.TextField()  # its name in the version before
    rank = models.PositiveIntegerField(null=True)  # in this one; none where nothing here means the same

    class Meta(AppendOnly.Meta):
        constraints = (
            models.UniqueConstraint(fields=["scale", "kind", "was"], name="counterpart_of_a_step_once"),
        )

    def __str__(self) -> str:
        return f"{self.was} is {self.rank or 'nothing here'}"


class Category(Kept):
    """A kind of risk that the body says its appetite for (the Orange Book's are the starter set)."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="categories")
    position = models.PositiveIntegerField()
    name = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    retired_on = models.DateField(null=True)

    class Meta(Kept.Meta):
        constraints = (models.UniqueConstraint(fields=["body", "name"], name="category_name_once"),)

    def __str__(self) -> str:
        return self.name


class Objective(Kept):
    """Something that the body sets out to achieve, and that risks bear on."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="objectives")
    position = models.PositiveIntegerField()
    name = models.CharField(max_length=300)
    description = models.TextField(blank=True)
    retired_on = models.DateField(null=True)

    class Meta(Kept.Meta):
        constraints = (models.UniqueConstraint(fields=["body", "name"], name="objective_name_once"),)

    def __str__(self) -> str:
        return self.name


class Appetite(Version):
    """What the body wants (appetite) and will bear (tolerance) of a category: the highest band of each."""

    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="appetites")
    scale = models.ForeignKey(Scale, on_delete=models.PROTECT, related_name="appetites")
    appetite = models.PositiveIntegerField()  # a band's rank on that scale
    tolerance = models.PositiveIntegerField()
    statement = models.TextField(blank=True)
    approved_by = models.CharField(max_length=300)  # a post or a board, as the body writes it
    approved_on = models.DateField()

    class Meta(Version.Meta):
        constraints = (models.UniqueConstraint(fields=["category", "number"], name="appetite_number_once"),)
        indexes = (models.Index(fields=["category", "-effective_on", "-number"], name="appetite_as_at"),)

    def __str__(self) -> str:
        return f"{self.category} {self.effective_on}"


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
            models.CheckConstraint(condition=models.Q(state__in=RISK_STATES), name="risk_state_known"),
        )

    def __str__(self) -> str:
        return " ".join(filter(None, [self.reference or self.key, self.name]))


class RiskState(Version):
    """What state a risk came into on a day, and why: the two clocks of `Risk.state`, which says only
    today's.
    """

    risk = models.ForeignKey(Risk, on_delete=models.PROTECT, related_name="states")
    state = models.CharField(max_length=20)
    reason = models.TextField(blank=True)
    into = models.ForeignKey(Risk, on_delete=models.PROTECT, related_name="merged", null=True)

    class Meta(Version.Meta):
        constraints = (
            models.UniqueConstraint(fields=["risk", "number"], name="risk_state_number_once"),
            models.CheckConstraint(
                condition=models.Q(state__in=RISK_STATES), name="risk_state_of_a_day_known"
            ),
        )
        indexes = (models.Index(fields=["risk", "-effective_on", "-number"], name="risk_state_as_at"),)

    def __str__(self) -> str:
        return f"{self.risk} {self.state}"


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
    proximity = models.TextField(blank=True)  # how soon it could happen
    velocity = models.TextField(blank=True)  # how fast it would be felt
    confidence = models.TextField(blank=True)  # how sure the body is of its assessment
    unknowns = models.TextField(blank=True)  # what the body does not know
    whole_rule = models.TextField(
        blank=True
    )  # how the whole is rated from its parts, as domain/parts.py names it
    owner_post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="risk_versions", null=True)
    category_of = models.ForeignKey(
        Category, on_delete=models.PROTECT, related_name="risk_versions", null=True
    )
    objective_of = models.ForeignKey(
        Objective, on_delete=models.PROTECT, related_name="risk_versions", null=True
    )
    # Whether the rating or category may differ from what stood before: a walk may pass over the others.
    turns = models.BooleanField(default=True)
    not_applicable = models.TextField(blank=True)  # names of fields, one a line
    passages = models.TextField()  # where each field was read, how surely, who confirmed it, as JSON

    DIGESTED = frozenset({"passages"})

    class Meta(AppendOnly.Meta):
        constraints = (models.UniqueConstraint(fields=["risk", "number"], name="risk_version_number_once"),)
        indexes = (
            # With the moment in it, what was not known yet is passed over without looking up its row.
            models.Index(
                fields=["risk", "-effective_on", "-number", "known_at"], name="risk_version_two_clocks"
            ),
            models.Index(fields=["risk"], condition=models.Q(turns=True), name="risk_version_turns"),
        )

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
    derived = models.CharField(max_length=20, blank=True)  # what the rule makes of the evidence
    basis = models.TextField(blank=True)  # of `derived`, in one sentence
    overridden_by = models.CharField(max_length=200, blank=True)
    override_reason = models.TextField(blank=True)

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
    part = models.TextField(null=True)  # noqa: DJ001 (no part, or the part's marker)
    rationale = models.TextField(blank=True)
    basis = models.TextField(blank=True)  # what the judgement rests on
    by = models.CharField(max_length=300, blank=True)  # the post or person who judged
    on = models.DateField(null=True)  # the day it was judged
    scale = models.ForeignKey(Scale, on_delete=models.PROTECT, related_name="assessments", null=True)

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


class Link(Span):
    """How one risk bears on another; the source is the subject of the sentence (`source` causes `target`)."""

    source = models.ForeignKey(Risk, on_delete=models.PROTECT, related_name="links_out")
    target = models.ForeignKey(Risk, on_delete=models.PROTECT, related_name="links_in")
    kind = models.CharField(max_length=20)  # causes, aggravates, depends on, shares, duplicates, escalated to
    note = models.TextField(blank=True)

    class Meta(Span.Meta):
        constraints = (
            models.CheckConstraint(condition=~models.Q(source=models.F("target")), name="link_between_two"),
        )

    def __str__(self) -> str:
        return f"{self.source} {self.kind} {self.target}"


class LinkLook(AppendOnly):
    """Somebody looked at a link after one of its sides moved, and found that it still holds."""

    link = models.ForeignKey(Link, on_delete=models.PROTECT, related_name="looks")
    known_at = models.DateTimeField()
    by = models.CharField(max_length=200)

    class Meta(AppendOnly.Meta):
        indexes = (models.Index(fields=["link", "-known_at"], name="link_last_looked_at"),)

    def __str__(self) -> str:
        return f"{self.link} {self.known_at}"


class Event(AppendOnly):
    """Something that happened: an incident, a near miss, a request and its outcome, a lesson, a realisation.

    A correction is another event that supersedes this one.
    """

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=20)
    title = models.CharField(max_length=300)
    text = models.TextField(blank=True)
    outcome = models.TextField(blank=True)
    effective_on = models.DateField()  # the day that it happened
    known_at = models.DateTimeField()
    by = models.CharField(max_length=200)
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, related_name="superseded_by", null=True
    )

    class Meta(AppendOnly.Meta):
        indexes = (models.Index(fields=["body", "-effective_on"], name="event_as_at"),)

    def __str__(self) -> str:
        return self.title


class EventRisk(AppendOnly):
    """An event bears on a risk, or on one part of it."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="about")
    risk = models.ForeignKey(Risk, on_delete=models.PROTECT, related_name="events")
    part = models.TextField(blank=True)

    class Meta(AppendOnly.Meta):
        constraints = (models.UniqueConstraint(fields=["event", "risk", "part"], name="event_about_once"),)

    def __str__(self) -> str:
        return f"{self.event} {self.risk}"


class SavedView(Kept):
    """A way of looking at the register that a person kept: its address after the question mark."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="views")
    register = models.ForeignKey(Register, on_delete=models.PROTECT, related_name="views")
    name = models.CharField(max_length=100)
    query = models.TextField(blank=True)
    shared = models.BooleanField(default=False)  # with all who may read the register
    dropped_on = models.DateField(null=True)

    class Meta(Kept.Meta):
        constraints = (
            models.UniqueConstraint(
                fields=["person", "register", "name"],
                condition=models.Q(dropped_on=None),
                name="saved_view_name_once",
            ),
        )

    def __str__(self) -> str:
        return self.name

"""Review cycles and what happens to each risk in one; boards, their meetings, agendas and decisions."""

from __future__ import annotations

from django.db import models

from watchkeep.apps.history.models import AppendOnly, Kept, Span, Version
from watchkeep.apps.people.models import Body, Post, Unit
from watchkeep.apps.register.models import Register, Risk
from watchkeep.apps.treatment.models import Commitment


class Cycle(Kept):
    """One quarter's review of one register."""

    register = models.ForeignKey(Register, on_delete=models.PROTECT, related_name="cycles")
    period = models.CharField(max_length=40)  # as domain/period.py writes it: 2030/31 Q4
    ends_on = models.DateField()  # the quarter's last day
    opened_on = models.DateField()
    update_by = models.DateField()
    challenge_by = models.DateField()
    sign_by = models.DateField()
    state = models.CharField(max_length=20, default="open")  # open, rolled forward
    closed_on = models.DateField(null=True)
    opened_known_at = models.DateTimeField(null=True)
    closed_known_at = models.DateTimeField(null=True)

    class Meta(Kept.Meta):
        constraints = (models.UniqueConstraint(fields=["register", "period"], name="cycle_once_a_quarter"),)

    def __str__(self) -> str:
        return f"{self.register}, {self.period}"


class Review(Kept):
    """One risk in one cycle: asked of a post, updated, challenged, signed."""

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="reviews")
    risk = models.ForeignKey(Risk, on_delete=models.PROTECT, related_name="reviews")
    post = models.ForeignKey(
        Post, on_delete=models.PROTECT, related_name="reviews", null=True
    )  # who is asked
    state = models.CharField(max_length=20, default="asked")  # as domain/review.py's table of moves has them

    class Meta(Kept.Meta):
        constraints = (models.UniqueConstraint(fields=["cycle", "risk"], name="review_once_a_cycle"),)

    def __str__(self) -> str:
        return f"{self.risk}, {self.cycle.period}"


class ReviewStep(AppendOnly):
    """Something that was done in a review, by whom, in what words."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="steps")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=20)
    on = models.DateField(null=True)  # the first clock: the day it was done
    at = models.DateTimeField()  # the second: when Watchkeep learned it
    by_id = models.CharField(max_length=100)
    by = models.CharField(max_length=200)
    post = models.CharField(max_length=200, blank=True)  # the post they acted from
    text = models.TextField(blank=True)
    risk_version = models.PositiveIntegerField(null=True)  # what the risk's version was after it
    facts = models.TextField(default="{}")  # JSON

    class Meta(AppendOnly.Meta):
        constraints = (models.UniqueConstraint(fields=["review", "number"], name="review_step_once"),)

    def __str__(self) -> str:
        return self.kind


class Board(Kept):
    """A body that governs: it meets at a cadence, challenges, and decides."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="boards")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="boards", null=True)
    slug = models.SlugField(max_length=80)  # its name in addresses; never reused
    name = models.CharField(max_length=300)
    terms = models.TextField(blank=True)  # what it is for
    every_months = models.PositiveSmallIntegerField(null=True)  # its cadence, in months or in weeks;
    every_weeks = models.PositiveSmallIntegerField(null=True)  # neither where it meets at need
    opened_on = models.DateField(null=True)  # the day that its cadence counts from
    stood_down_on = models.DateField(null=True)

    class Meta(Kept.Meta):
        constraints = (
            models.CheckConstraint(
                condition=models.Q(every_months=None) | models.Q(every_weeks=None), name="board_one_cadence"
            ),
            models.UniqueConstraint(fields=["body", "slug"], name="board_slug_once"),
            models.UniqueConstraint(fields=["body", "name"], name="board_name_once"),
        )

    def __str__(self) -> str:
        return self.name


class Seat(Span):
    """A post sits on a board."""

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="seats")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="seats")
    role = models.CharField(max_length=20)  # chair, member, secretary, in attendance

    def __str__(self) -> str:
        return f"{self.post}, {self.role}"


class Meeting(Kept):
    """One meeting of a board, planned or held. What was said of it before stands in `EarlierMeeting`."""

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="meetings")
    on = models.DateField()
    state = models.CharField(max_length=20, default="planned")  # planned, held, cancelled
    note = models.TextField(blank=True)
    planned_known_at = models.DateTimeField(null=True)  # when Watchkeep learned of each of its states
    held_known_at = models.DateTimeField(null=True)
    cancelled_known_at = models.DateTimeField(null=True)

    class Meta(Kept.Meta):
        constraints = (
            models.UniqueConstraint(
                fields=["board", "on"], condition=~models.Q(state="cancelled"), name="meeting_once_a_day"
            ),
        )

    def __str__(self) -> str:
        return f"{self.board} {self.on}"


class EarlierMeeting(AppendOnly):
    """What was said of a meeting and is no longer: its day, its state and its note, and until when it was."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="earlier")
    on = models.DateField()
    state = models.CharField(max_length=20)
    note = models.TextField(blank=True)
    superseded_at = models.DateTimeField()

    class Meta(AppendOnly.Meta):
        indexes = (models.Index(fields=["meeting", "superseded_at"], name="earlier_of_a_meeting"),)

    def __str__(self) -> str:
        return f"{self.on} {self.state}"


class AgendaItem(Kept):
    """One item of a meeting; about a risk, or about something else."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items")
    position = models.PositiveIntegerField()
    risk = models.ForeignKey(Risk, on_delete=models.PROTECT, related_name="agenda_items", null=True)
    title = models.CharField(max_length=300)
    purpose = models.CharField(max_length=20)  # note, challenge, decide
    put_on_known_at = models.DateTimeField(null=True)
    taken_off_on = models.DateField(null=True)
    taken_off_known_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.title


class Minute(Version):
    """What a board asked about an item and was answered; a correction is the next number."""

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="minutes")
    challenge = models.TextField()
    answer = models.TextField(blank=True)
    by = models.CharField(max_length=200)  # who minuted it

    class Meta(Version.Meta):
        constraints = (models.UniqueConstraint(fields=["item", "number"], name="minute_number_once"),)

    def __str__(self) -> str:
        return self.challenge[:60]


class BoardDecision(AppendOnly):
    """What a board decided, minuted onto a risk. A correction supersedes it."""

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="decisions")
    risk = models.ForeignKey(Risk, on_delete=models.PROTECT, related_name="board_decisions", null=True)
    effective_on = models.DateField()
    known_at = models.DateTimeField()
    text = models.TextField()
    by = models.CharField(max_length=200)  # who minuted it
    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="decided_by", null=True)
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, related_name="superseded_by", null=True
    )

    def __str__(self) -> str:
        return self.text[:60]

"""What was forecast, by the machine or by people, what an action was to change, and what came."""

from __future__ import annotations

from django.db import models

from watchkeep.apps.history.models import AppendOnly
from watchkeep.apps.indicators.models.definitions import Indicator
from watchkeep.apps.people.models import Body, Post
from watchkeep.apps.treatment.models import Commitment


class ForecastRun(AppendOnly):
    """A forecast as it was made, so that no page waits for one and later ones can be held against it."""

    DIGESTED = frozenset({"result"})

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="forecasts")
    known_at = models.DateTimeField()
    as_at = models.DateField()  # its last reading's period
    ahead = models.PositiveSmallIntegerField()
    vintage = models.TextField()  # which readings, and how many had been corrected
    digest = models.CharField(max_length=64)  # SHA-256 over all that went in
    library = models.CharField(max_length=100)  # and its version
    result = models.TextField()  # the forecast as JSON, or empty where none could be made
    refusal = models.TextField(blank=True)  # why none could

    class Meta(AppendOnly.Meta):
        indexes = (models.Index(fields=["indicator", "-known_at"], name="forecast_as_known"),)

    def __str__(self) -> str:
        return f"forecast of {self.indicator_id} from {self.as_at}"


class ExpectedEffect(AppendOnly):
    """What a promise is to do to an indicator, and by when; said otherwise by a later one."""

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="effects")
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="expected_effects")
    number = models.PositiveIntegerField()
    known_at = models.DateTimeField()
    measure = models.CharField(max_length=10)  # change, level
    amount = models.FloatField()
    from_on = models.DateField()  # when the action begins; readings before it are what is held against
    by_on = models.DateField()
    withdrawn = models.BooleanField(default=False)
    by = models.CharField(max_length=200)
    why = models.TextField(blank=True)

    class Meta(AppendOnly.Meta):
        constraints = (
            models.UniqueConstraint(
                fields=["commitment", "indicator", "number"], name="expected_effect_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.measure} {self.amount!r} by {self.by_on}"


class EffectFound(AppendOnly):
    """What the readings said of an expected effect, as it was worked out: no page waits for it, and it can be
    seen later what was said then.
    """

    DIGESTED = frozenset({"result"})

    expected = models.ForeignKey(ExpectedEffect, on_delete=models.PROTECT, related_name="found")
    known_at = models.DateTimeField()
    as_at = models.DateField()  # the day as at which it was asked
    word = models.CharField(max_length=20)
    sentence = models.TextField()
    method = models.CharField(max_length=60, blank=True)  # the way of forecasting that it was held against
    digest = models.CharField(max_length=64)  # SHA-256 over all that went in
    library = models.CharField(max_length=100)  # and its version
    result = models.TextField()  # the effect as JSON

    class Meta(AppendOnly.Meta):
        indexes = (models.Index(fields=["expected", "digest"], name="effect_found_from"),)

    def __str__(self) -> str:
        return f"{self.word}: {self.expected}"


class ForecastQuestion(AppendOnly):
    """Something that will have come or not by a day, or a number that will be known then. Its text never
    changes: what was guessed would be an answer to something else.
    """

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="forecast_questions")
    number = models.PositiveIntegerField()  # the body's own running number
    text = models.CharField(max_length=400)
    category = models.CharField(max_length=200)
    kind = models.CharField(max_length=10)  # yes or no, number
    unit = models.CharField(max_length=60, blank=True)
    opens_on = models.DateField()
    resolves_on = models.DateField()
    known_at = models.DateTimeField()
    by = models.CharField(max_length=200)

    class Meta(AppendOnly.Meta):
        constraints = (models.UniqueConstraint(fields=["body", "number"], name="forecast_question_once"),)

    def __str__(self) -> str:
        return f"Q{self.number} {self.text}"


class ForecastGuess(AppendOnly):
    """What somebody holds likely, for a post or for themselves; a later one takes its place and both stay."""

    question = models.ForeignKey(ForecastQuestion, on_delete=models.PROTECT, related_name="guesses")
    number = models.PositiveIntegerField()
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="guesses", null=True)
    actor = models.CharField(max_length=100)  # the id of who stated it
    by = models.CharField(max_length=200)
    chance = models.FloatField(null=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    on = models.DateField()
    known_at = models.DateTimeField()
    why = models.TextField(blank=True)

    class Meta(AppendOnly.Meta):
        constraints = (models.UniqueConstraint(fields=["question", "number"], name="forecast_guess_once"),)

    def __str__(self) -> str:
        return f"{self.by} on {self.on}"


class ForecastOutcome(AppendOnly):
    """What came: 1 or 0 for yes or no, or the number; put right by a later one, which says why."""

    question = models.ForeignKey(ForecastQuestion, on_delete=models.PROTECT, related_name="outcomes")
    number = models.PositiveIntegerField()
    came = models.FloatField()
    source = models.TextField()  # where it can be read that it came
    known_at = models.DateTimeField()
    by = models.CharField(max_length=200)
    why = models.TextField(blank=True)

    class Meta(AppendOnly.Meta):
        constraints = (models.UniqueConstraint(fields=["question", "number"], name="forecast_outcome_once"),)

    def __str__(self) -> str:
        return f"{self.came!r}"

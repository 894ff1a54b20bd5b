"""What people answered to what lint found in a live register.

A finding itself is never stored: it is found anew in the words that stand. An answer is tied to the words.
"""

from __future__ import annotations

from django.db import models

from watchkeep.apps.history.models import Version
from watchkeep.apps.register.models import Register, Risk


class FindingAnswer(Version):
    """What a person said to one finding. The latest of a key stands; one that takes an answer back is
    `open`.
    """

    register = models.ForeignKey(Register, on_delete=models.PROTECT, related_name="finding_answers")
    # None where the finding is about the register as a whole.
    risk = models.ForeignKey(Risk, on_delete=models.PROTECT, related_name="finding_answers", null=True)
    key = models.CharField(max_length=64)  # as domain/lint/found.py makes it: of the rule and the words
    code = models.CharField(max_length=40)  # of the rule
    field = models.TextField(blank=True)  # where the words stood then
    text = models.TextField(blank=True)  # the words
    basis = models.TextField(blank=True, default="")  # what the finding rested on beside them
    answer = models.CharField(max_length=20)  # accepted, wrong, open
    reason = models.TextField()
    by = models.CharField(max_length=200)

    class Meta(Version.Meta):
        constraints = (
            models.UniqueConstraint(fields=["register", "key", "number"], name="finding_answer_number_once"),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.answer}: {self.text[:60]}"

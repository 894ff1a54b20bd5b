"""Which risks an indicator speaks to."""

from __future__ import annotations

from django.db import models

from watchkeep.apps.history.models import Span
from watchkeep.apps.indicators.models.definitions import Indicator
from watchkeep.apps.register.models import Risk
from watchkeep.apps.treatment.models import Control


class IndicatorUse(Span):
    """An indicator measures a cause, a control or a consequence of a risk, or of one part of it."""

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="uses")
    risk = models.ForeignKey(Risk, on_delete=models.PROTECT, related_name="indicator_uses")
    part = models.TextField(blank=True)
    side = models.CharField(max_length=20)  # cause, control, consequence
    leads = models.BooleanField(default=False)  # it moves before the risk does
    control = models.ForeignKey(
        Control, on_delete=models.PROTECT, related_name="indicator_uses", null=True
    )  # which control, where one is named

    class Meta(Span.Meta):
        indexes = (models.Index(fields=["risk", "from_on"], name="indicator_use_of_risk"),)

    def __str__(self) -> str:
        return f"{self.indicator} {self.risk}"

"""What is said of the body as a whole."""

from __future__ import annotations

from calendar import month_name

from django import forms

from watchkeep.domain.period import APRIL, MONTHS
from watchkeep.web.settings import boxes

EVERY_MONTH = [(str(number), month_name[number]) for number in range(1, MONTHS + 1)]


class BodyForm(boxes.Asking):
    """Its name, what kind of body it is, and when its year starts."""

    name = boxes.words("Name", "Enter the name of the body.")
    kind = boxes.words(
        "Kind of body", "Say what kind of body it is.", longest=60, hint="For example, police force."
    )
    year_starts_month = forms.TypedChoiceField(
        label="The year starts in",
        choices=EVERY_MONTH,
        coerce=int,
        initial=str(APRIL),
        help_text="The quarters of papers and reviews are counted from here.",
        widget=forms.Select(attrs=boxes.CHOICE),
    )
    version = boxes.version()

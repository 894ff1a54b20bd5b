"""Which two days are compared, and whether each is shown as is now known or as it was known then."""

from __future__ import annotations

from datetime import date, datetime, time

from django import forms
from django.utils import timezone

from watchkeep.domain.clock import PRESENT, Clock

KNOWN = (("now", "as is now known"), ("then", "as it was known then"))
DAY = {"class": "govuk-input govuk-input--width-10", "type": "date"}


class DaysForm(forms.Form):
    """Two days of a register, or of one of its risks; without a second, as it stands."""

    register = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput)
    risk = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)
    earlier = forms.DateField(label="From", widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"))
    earlier_known = forms.ChoiceField(
        label="The first day is shown", choices=KNOWN, required=False,
        widget=forms.Select(attrs={"class": "govuk-select"}),
    )  # fmt: skip
    later = forms.DateField(
        label="To", required=False, help_text="Without a day: as it stands.",
        widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"),
    )  # fmt: skip
    later_known = forms.ChoiceField(
        label="The second day is shown", choices=KNOWN, required=False,
        widget=forms.Select(attrs={"class": "govuk-select"}),
    )  # fmt: skip

    def clocks(self) -> tuple[Clock, Clock]:
        """The two clocks; ask only of a form that is valid."""
        said = self.cleaned_data
        later = said["later"]
        return (
            _clock(said["earlier"], said["earlier_known"]),
            _clock(later, said["later_known"]) if later else PRESENT,
        )


def _clock(on: date, known: str) -> Clock:
    if known != "then":
        return Clock(on)
    learned = timezone.make_aware(datetime.combine(on, time.max))
    return Clock(on, min(learned, timezone.now()))

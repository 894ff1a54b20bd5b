"""Which two days are compared, and whether each is shown as is now known or as it was known then."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils import timezone

from watchkeep.domain.clock import PRESENT, Clock, must_be_within
from watchkeep.domain.errors import Invalid

KNOWN = (("now", "as is now known"), ("then", "as it was known then"))
UNREADABLE = "A day is written like 2031-03-31."
DAY = {"class": "govuk-input govuk-input--width-10", "type": "date"}


class DaysForm(forms.Form):
    """Two days of a register, or of one of its risks; without a second, as it stands."""

    register = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput)
    risk = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)
    earlier = forms.DateField(
        label="From", widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"),
        error_messages={"required": "Give the first of the two days.", "invalid": UNREADABLE},
    )  # fmt: skip
    earlier_known = forms.ChoiceField(
        label="The first day is shown", choices=KNOWN, required=False,
        widget=forms.Select(attrs={"class": "govuk-select"}),
    )  # fmt: skip
    later = forms.DateField(
        label="To", required=False, help_text="Without a day: as it stands.",
        widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"), error_messages={"invalid": UNREADABLE},
    )  # fmt: skip
    later_known = forms.ChoiceField(
        label="The second day is shown", choices=KNOWN, required=False,
        widget=forms.Select(attrs={"class": "govuk-select"}),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Both days are days that the records can speak of."""
        said = super().clean() or {}
        for name in ("earlier", "later"):
            try:
                if said.get(name):
                    must_be_within(name, said[name])
            except Invalid as problem:
                self.add_error(name, problem.sentence)
        return said

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

"""What is said when a risk is closed."""

from __future__ import annotations

from django import forms

DAY = forms.DateInput(attrs={"class": "govuk-input", "type": "date"}, format="%Y-%m-%d")


class ClosingForm(forms.Form):
    """Why a risk is closed, and on which day."""

    reason = forms.CharField(
        label="Why is it closed?",
        max_length=2000,
        widget=forms.TextInput(attrs={"class": "govuk-input"}),
        error_messages={"required": "Say why the risk is closed."},
    )
    closed_on = forms.DateField(
        label="Closed on",
        widget=DAY,
        error_messages={
            "required": "Give the day on which it closed.",
            "invalid": "Give the day as a date, such as 31/03/2021.",
        },
    )
    version = forms.IntegerField(required=False, min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)

    @property
    def sentence(self) -> str:
        """All that is wrong with what was sent."""
        return " ".join(str(error) for errors in self.errors.values() for error in errors)

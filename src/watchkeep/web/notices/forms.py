"""How a person wants to be told."""

from __future__ import annotations

from django import forms

TIME = {"class": "govuk-input govuk-input--width-5", "type": "time"}


class WishesForm(forms.Form):
    """By mail or not, and the hours in which no mail is sent."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    by_mail = forms.BooleanField(
        label="Send me a mail when something is asked of me",
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "govuk-checkboxes__input"}),
    )
    quiet_from = forms.TimeField(
        label="No mail from",
        required=False,
        widget=forms.TimeInput(attrs=TIME, format="%H:%M"),
        help_text="Left empty, from 19:00 to 07:00. What is asked of you in those hours is sent after them.",
        error_messages={"invalid": "Give the time like 19:00."},
    )
    quiet_until = forms.TimeField(
        label="until",
        required=False,
        widget=forms.TimeInput(attrs=TIME, format="%H:%M"),
        error_messages={"invalid": "Give the time like 07:00."},
    )

"""The answers that a link can give."""

from __future__ import annotations

from typing import Any

from django import forms

from watchkeep.domain.naming import in_words

AREA = {"class": "govuk-textarea", "rows": 3}
NUMBER = forms.HiddenInput(attrs={"autocomplete": "off"})


class PromiseForm(forms.Form):
    """Done, with a note; or not done, with a new day and why."""

    done = forms.ChoiceField(
        label="Is it done?",
        choices=[("yes", "Yes, it is done"), ("no", "No, not yet")],
        widget=forms.RadioSelect(attrs={"class": "govuk-radios__input"}),
        error_messages={"required": "Say whether it is done."},
    )
    note = forms.CharField(
        label="If it is done: what was done",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs=AREA),
    )
    due_on = forms.DateField(
        label="If it is not: when it will be",
        required=False,
        widget=forms.DateInput(attrs={"class": "govuk-input", "type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Give the day as a date, such as 31/03/2031."},
    )
    reason = forms.CharField(
        label="and why not before", required=False, max_length=2000, widget=forms.Textarea(attrs=AREA)
    )
    version = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=NUMBER)

    def clean(self) -> dict[str, Any]:
        """A promise that is not done needs a new day and a reason; one that is done has neither."""
        said = super().clean() or {}
        if said.get("done") == "yes" and (said.get("due_on") or in_words(said.get("reason", ""))):
            self.add_error("done", "Either it is done, or there is a new day and a reason: not both.")
        if said.get("done") == "no" and "due_on" in said:
            if said["due_on"] is None:
                self.add_error("due_on", "Give the day on which it will be done.")
            if not in_words(said.get("reason", "")):
                self.add_error("reason", "Say why it was not done before.")
        return said


class ConfirmForm(forms.Form):
    """What stands still stands."""

    note = forms.CharField(
        label="Anything to add (optional)",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs=AREA),
    )
    version = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=NUMBER)
    risk_version = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=NUMBER)

"""What is said when a paper is made, and when it is withdrawn."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms

from watchkeep.apps.register.queries import RegisterRow
from watchkeep.domain.edition import AUDIENCES, Audience

BOX = {"class": "govuk-input"}
CHOICE = {"class": "govuk-select"}


class PaperForm(forms.Form):
    """Which register, for whom, under which title and marking."""

    register = forms.ChoiceField(label="Register", widget=forms.Select(attrs=CHOICE))
    audience = forms.ChoiceField(
        label="For whom",
        choices=list(AUDIENCES.items()),
        initial="committee",
        widget=forms.Select(attrs=CHOICE),
    )
    title = forms.CharField(
        label="Title",
        required=False,
        max_length=300,
        help_text="Left empty, the register’s own name.",
        widget=forms.TextInput(attrs=BOX),
    )
    marking = forms.CharField(
        label="Marking",
        required=False,
        max_length=60,
        help_text="For example, OFFICIAL.",
        widget=forms.TextInput(attrs=BOX),
    )
    key = forms.CharField(
        required=False, max_length=100, widget=forms.HiddenInput(attrs={"autocomplete": "off"})
    )

    def __init__(self, *args: Any, registers: tuple[RegisterRow, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.initial.setdefault("key", str(uuid.uuid4()))
        choice = self.fields["register"]
        if isinstance(choice, forms.ChoiceField):
            choice.choices = [(each.slug, each.name) for each in registers if each.risks]

    def for_whom(self) -> Audience:
        """The audience as the domain names it."""
        asked = self.cleaned_data["audience"]
        return "public" if asked == "public" else "committee" if asked == "committee" else "internal"


class WithdrawForm(forms.Form):
    """Why an edition is withdrawn."""

    reason = forms.CharField(
        label="Why is it withdrawn?",
        max_length=2000,
        help_text="Its readers will see this.",
        widget=forms.Textarea(attrs={"class": "govuk-textarea", "rows": 3}),
        error_messages={"required": "Say why the edition is withdrawn."},
    )

"""What may be said when a paper is brought in, and while its draft is set right."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict

from watchkeep.apps.register.queries import RegisterRow
from watchkeep.domain.document import Field
from watchkeep.domain.fields import DATES

BOX = {"class": "govuk-input"}
DAY = forms.DateInput(attrs={"class": "govuk-input", "type": "date"}, format="%Y-%m-%d")
MOVED = ("worsening", "steady", "improving")
STATES = (
    ("recorded", "It says this"),
    ("not recorded", "It does not say: not recorded"),
    ("not applicable", "It does not apply"),
)


class PlaceForm(forms.Form):
    """What the paper is, where it does not say so itself."""

    register = forms.ChoiceField(
        label="Register",
        required=False,
        help_text="Leave it to the paper, or choose.",
        widget=forms.Select(attrs={"class": "govuk-select"}),
    )
    register_name = forms.CharField(
        label="Name of a new register", required=False, max_length=300, widget=forms.TextInput(attrs=BOX)
    )
    body = forms.CharField(label="Body", required=False, max_length=200, widget=forms.TextInput(attrs=BOX))
    period = forms.CharField(
        label="Period",
        required=False,
        max_length=200,
        help_text="For example, 2020/21 Q4.",
        widget=forms.TextInput(attrs=BOX),
    )
    as_at = forms.DateField(
        label="As at",
        required=False,
        help_text="The day that the paper speaks of.",
        widget=DAY,
        error_messages={"invalid": "Give the day as a date, such as 31/03/2021."},
    )

    def __init__(self, *args: Any, registers: tuple[RegisterRow, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        choice = self.fields["register"]
        if isinstance(choice, forms.ChoiceField):
            choice.choices = [("", "As the paper says"), *((str(each.id), each.name) for each in registers)]
        if not registers:
            del self.fields["register"]
            self.fields["register_name"].label = "Name of the register"

    def said(self) -> dict[str, Any]:
        """What was said, as the changes take it."""
        said = dict(self.cleaned_data)
        register = said.get("register") or ""
        return {
            "register": uuid.UUID(register) if register else None,
            "register_name": said["register_name"],
            "body": said["body"],
            "period": said["period"],
            "as_at": said["as_at"],
        }


class BringInForm(PlaceForm):
    """A paper, and whatever is to be said of it."""

    file = forms.FileField(
        label="The paper",
        help_text="PDF, Word, Excel, CSV, web page or text, up to 25 MB. Change nothing in it for Watchkeep.",
        widget=forms.FileInput(attrs={"class": "govuk-file-upload"}),
        error_messages={
            "required": "Choose the file that holds the register.",
            "empty": "The file is empty: it holds no register. Choose the one that does.",
        },
    )
    key = forms.CharField(max_length=100, widget=forms.HiddenInput(attrs={"autocomplete": "off"}))

    field_order = ("file",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("key", str(uuid.uuid4()))
        megabytes = settings.WATCHKEEP_UPLOAD_LIMIT // (1024 * 1024)
        self.fields["file"].help_text = self.fields["file"].help_text.replace("25 MB", f"{megabytes} MB")

    def clean_file(self) -> UploadedFile[bytes]:
        """Refuse what is larger than is read."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > settings.WATCHKEEP_UPLOAD_LIMIT:
            megabytes = settings.WATCHKEEP_UPLOAD_LIMIT // (1024 * 1024)
            raise forms.ValidationError(
                f"The file is larger than {megabytes} MB. Save the paper without its pictures, "
                "or bring in only the pages that hold the register."
            )
        return file


class CorrectForm(forms.Form):
    """One field, as a person says it is."""

    state = forms.ChoiceField(
        label="What does the paper say?",
        choices=STATES,
        widget=forms.RadioSelect(attrs={"class": "govuk-radios__input"}),
    )
    text = forms.CharField(
        label="Text",
        required=False,
        max_length=20_000,
        strip=True,
        widget=forms.Textarea(attrs={"class": "govuk-textarea", "rows": 6}),
    )

    def clean(self) -> dict[str, Any]:
        """A recorded field has text."""
        said = super().clean() or {}
        if said.get("state") == "recorded" and not said.get("text"):
            self.add_error("text", "Give the text, or say that it is not recorded.")
        return said

    def said(self) -> dict[str, Any]:
        """What was said, as the changes take it."""
        return {"state": self.cleaned_data["state"], "text": self.cleaned_data["text"]}


class CorrectTrendForm(CorrectForm):
    """What moved, as a person says it is: one of the words, or the mark as it is written."""

    state = forms.ChoiceField(
        label="What does the paper say?",
        choices=(
            *((word, word.capitalize()) for word in MOVED),
            ("recorded", "As written, below"),
            ("not applicable", "Not applicable"),
            ("not recorded", "Not recorded"),
        ),
        widget=forms.Select(attrs={"class": "govuk-select"}),
    )
    text = forms.CharField(
        label="The mark as written",
        required=False,
        max_length=200,
        strip=True,
        help_text="Only with “As written, below”: an arrow, or a word such as “rising”.",
        widget=forms.TextInput(attrs=BOX),
    )

    def said(self) -> dict[str, Any]:
        """A word that was chosen is what the paper says."""
        said = super().said()
        return {"state": "recorded", "text": said["state"]} if said["state"] in MOVED else said


def correct_form(path: str, field: Field, sent: QueryDict | None) -> CorrectForm:
    """The form that sets one field right, filled with what it says now."""
    initial = {"state": field.state, "text": field.text or ""}
    if not path.startswith("trends:"):
        form = CorrectForm(sent, initial=initial, label_suffix="")
        if path in DATES:
            form.fields[
                "text"
            ].help_text = "A day, such as 31/03/2021. Anything else is kept as written and counts as no date."
        return form
    if field.text in MOVED:
        initial = {"state": field.text, "text": ""}
    return CorrectTrendForm(sent, initial=initial, label_suffix="")


class DecisionForm(forms.Form):
    """Which risk, doubt or kind of doubt a button was for, and why."""

    risk = forms.CharField(required=False, max_length=200)
    doubt = forms.CharField(required=False, max_length=64)
    code = forms.CharField(required=False, max_length=60)
    means = forms.ChoiceField(required=False, choices=[("worsening", ""), ("improving", "")])
    reason = forms.CharField(required=False, max_length=2000)
    version = forms.IntegerField(required=False, min_value=0)

    def seen(self) -> int | None:
        """The draft's version that was looked at, where the form said one."""
        self.is_valid()
        version: int | None = self.cleaned_data.get("version")
        return version

    def asked(self, name: str) -> str:
        """One of them, or nothing; a value that makes no sense is nothing."""
        self.is_valid()
        return str(self.cleaned_data.get(name) or "")


class WhereForm(forms.Form):
    """Where in a file to look, as an address says it."""

    page = forms.IntegerField(required=False, min_value=1, max_value=100_000)
    boxes = forms.RegexField(r"^[0-9_,.-]{0,4000}$", required=False)
    lines = forms.RegexField(r"^[0-9,-]{0,2000}$", required=False)
    at = forms.CharField(required=False, max_length=1000)

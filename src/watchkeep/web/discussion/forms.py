"""What may be said, and put, beside a record."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from watchkeep.domain.discussion import LONGEST


class _Beside(forms.Form):
    """Leads back to the page it stands on."""

    back = forms.CharField(required=False, max_length=2000, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": ""} | kwargs)


class CommentForm(_Beside):
    """A comment, or an answer to the comment that `answers` names."""

    text = forms.CharField(
        label="Your comment",
        max_length=LONGEST,
        help_text="Write @ and a name to tell somebody of it: @edda or @“Edda Holm”.",
        widget=forms.Textarea(attrs={"class": "govuk-textarea", "rows": 3}),
        error_messages={
            "required": "Write what you want to say.",
            "max_length": f"A comment has at most {LONGEST:,} letters.",
        },
    )
    answers = forms.UUIDField(required=False, widget=forms.HiddenInput)


class AttachForm(_Beside):
    """A file, and what it shows."""

    file = forms.FileField(
        label="File",
        help_text="Up to 25 MB. It is kept as it is, and opens only as a download.",
        widget=forms.FileInput(attrs={"class": "govuk-file-upload"}),
        error_messages={
            "required": "Choose the file.",
            "empty": "The file is empty. Choose the one that is meant.",
        },
    )
    note = forms.CharField(
        label="What it shows",
        required=False,
        max_length=500,
        widget=forms.TextInput(attrs={"class": "govuk-input"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = self.fields["file"].help_text.replace("25 MB", _megabytes())

    def clean_file(self) -> UploadedFile[bytes]:
        """Refuse what is larger than is kept."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > settings.WATCHKEEP_UPLOAD_LIMIT:
            raise forms.ValidationError(f"The file is larger than {_megabytes()}. Attach a smaller one.")
        return file


class TakeAwayForm(_Beside):
    """Why a file is taken away."""

    reason = forms.CharField(
        label="Why is it taken away?",
        max_length=2000,
        widget=forms.TextInput(attrs={"class": "govuk-input"}),
        error_messages={"required": "Say why the file is taken away."},
    )


class BackForm(_Beside):
    """A button alone."""


def _megabytes() -> str:
    return f"{settings.WATCHKEEP_UPLOAD_LIMIT // (1024 * 1024)} MB"

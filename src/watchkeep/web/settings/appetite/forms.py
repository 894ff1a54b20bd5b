"""What is said of a category, an objective, and of the appetite for a category."""

from __future__ import annotations

from typing import Any

from django import forms

from watchkeep.apps.register.queries import ScaleRow
from watchkeep.web.settings import boxes

SPLIT = "|"


class NamedForm(boxes.Asking):
    """A category or an objective, by its name and what is meant by it."""

    name = boxes.words("Name", "Give it a name.", longest=300)
    description = forms.CharField(
        label="What is meant by it",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"class": "govuk-textarea", "rows": 3}),
    )
    version = boxes.version()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].required = False


class RetireForm(boxes.Asking):
    """From when something is offered no more, and why."""

    retired_on = boxes.day("Offered no more from")
    reason = boxes.reason("Why")
    version = boxes.version()


class AppetiteForm(boxes.Asking):
    """The gravest band that is wanted and the gravest that is borne, who approved it, and when."""

    appetite = boxes.choice("Appetite", hint="The gravest band that the body is content with.")
    tolerance = boxes.choice("Tolerance", hint="The gravest band that it will bear for a time.")
    statement = forms.CharField(
        label="Statement",
        required=False,
        max_length=8000,
        help_text="In the body’s own words.",
        widget=forms.Textarea(attrs={"class": "govuk-textarea", "rows": 4}),
    )
    approved_by = boxes.words(
        "Approved by",
        "Say who approved it.",
        longest=300,
        hint="A post or a board, such as Chief Officer Team.",
    )
    approved_on = boxes.day("Approved on")
    effective_on = boxes.day("Stands from")
    version = boxes.version()

    def __init__(self, *args: Any, scales: tuple[ScaleRow, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [
            (f"{each.id}{SPLIT}{step.name}", f"{step.name} ({each.name})" if len(scales) > 1 else step.name)
            for each in scales
            for step in each.scale.bands
        ]
        for name in ("appetite", "tolerance"):
            self.choose(name, [("", "Choose a band"), *offered])

    def clean(self) -> dict[str, Any]:
        """Both bands are of one scale."""
        said = super().clean() or {}
        wanted, borne = (said.get(name, "").partition(SPLIT) for name in ("appetite", "tolerance"))
        if wanted[0] and borne[0] and wanted[0] != borne[0]:
            self.add_error("tolerance", "Choose a band of the same scale as the appetite.")
        return said

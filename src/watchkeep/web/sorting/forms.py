"""What a person makes of a line: one small form for each, sent together."""

from __future__ import annotations

from datetime import date
from typing import Any, Final
from uuid import UUID

from django import forms

from watchkeep.apps.treatment.changes import Sorting
from watchkeep.apps.treatment.queries import LineRow
from watchkeep.domain.commitment import KINDS, TITLE_LENGTH
from watchkeep.domain.errors import Invalid
from watchkeep.domain.sorting import SORTS
from watchkeep.domain.when import due_of
from watchkeep.web.promises.forms import DUE_HINT
from watchkeep.web.settings import boxes

LATER: Final = ("", "Leave it for later")
Choices = list[tuple[str, str]]


class LineForm(boxes.Asking):
    """One line: what it is, and, only where that helps, what it is called, whose it is and when it is due."""

    sort = forms.ChoiceField(
        label="What is it?",
        required=False,
        choices=[LATER, *((each, each.capitalize()) for each in SORTS)],
        widget=forms.RadioSelect(attrs={"class": "govuk-radios__input"}),
    )
    same_as = forms.CharField(
        label="The same as",
        required=False,
        max_length=40,
        help_text="The reference of a control or promise that is kept already: C12, P3.",
        widget=forms.TextInput(attrs={"class": "govuk-input govuk-input--width-10", "list": "kept"}),
    )
    name = forms.CharField(
        label="What to call it",
        required=False,
        max_length=TITLE_LENGTH,
        help_text="Left empty, the line’s own words.",
        widget=forms.TextInput(attrs=boxes.BOX),
    )
    owner_post = boxes.choice("Owner", required=False)
    kind = forms.ChoiceField(
        label="Kind of promise",
        required=False,
        choices=[("", "As the line suggests"), *((each, each.capitalize()) for each in KINDS)],
        widget=forms.Select(attrs=boxes.CHOICE),
    )
    due = forms.CharField(
        label="Due, if it is a promise",
        required=False,
        max_length=100,
        help_text=DUE_HINT,
        widget=forms.TextInput(attrs={"class": "govuk-input govuk-input--width-20"}),
    )
    board = boxes.choice("Board, if it is a meeting", required=False)
    answered = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)

    due_on: date | None = None

    def __init__(self, data: Any, *, line: LineRow, posts: Choices, boards: Choices) -> None:
        suggested = line.suggestion
        tied = line.earlier or line.elsewhere
        initial = {
            "sort": "",
            "answered": line.answer.number if line.answer else 0,
            "due": suggested.due if suggested.due_on else "",
            "same_as": tied.reference if tied else "",
        }
        super().__init__(data, prefix=line.digest[:16], initial=initial)
        self.line = line
        self.choose("owner_post", [("", "Not recorded"), *posts])
        self.choose("board", [("", "None of them"), *boards])
        if not boards:
            del self.fields["board"]

    def clean_due(self) -> str:
        """Refuse words that name no day, where they would be used."""
        said = str(self.cleaned_data["due"])
        try:
            self.due_on = due_of(said)
        except Invalid as problem:
            raise forms.ValidationError(problem.sentence) from problem
        return said

    def sorting(self, *, take_suggestion: bool) -> Sorting | None:
        """What is to be made of the line; none where it is left for later."""
        said = self.cleaned_data
        tied = self.line.earlier or self.line.elsewhere
        suggested = tied.sort if tied else self.line.suggestion.sort
        sort = said["sort"] or (suggested if take_suggestion else "")
        if not sort:
            return None
        promised = sort == "commitment"
        return Sorting(
            text=self.line.text,
            sort=sort,
            same_as=said["same_as"],
            name=said["name"],
            kind=said["kind"] if promised else "",
            owner_post=UUID(said["owner_post"]) if said["owner_post"] else None,
            due=said["due"] if promised else "",
            due_on=self.due_on if promised else None,
            board=UUID(said["board"]) if said.get("board") else None,
            answered=said["answered"],
        )

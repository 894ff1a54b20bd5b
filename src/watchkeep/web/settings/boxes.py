"""The boxes that several forms of the settings have."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone

from watchkeep.apps.people.queries import PersonRow, UnitRow

BOX = {"class": "govuk-input"}
CHOICE = {"class": "govuk-select"}


class Asking(forms.Form):
    """A form of the settings: its labels end as they are written."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""

    def choose(self, name: str, choices: Iterable[tuple[str, str]]) -> None:
        """Say what may be chosen in a box."""
        box = self.fields[name]
        if isinstance(box, forms.ChoiceField):
            box.choices = list(choices)


def words(label: str, required: str, *, longest: int = 200, hint: str = "") -> forms.CharField:
    """A line of text; `required` is said where it is left empty."""
    return forms.CharField(
        label=label,
        max_length=longest,
        help_text=hint,
        widget=forms.TextInput(attrs=BOX),
        error_messages={"required": required},
    )


def reason(label: str, *, required: bool = True) -> forms.CharField:
    """Why something is done."""
    return forms.CharField(
        label=label,
        required=required,
        max_length=2000,
        widget=forms.Textarea(attrs={"class": "govuk-textarea", "rows": 3}),
        error_messages={"required": "Say why."},
    )


def day(label: str, *, required: bool = True, hint: str = "") -> forms.DateField:
    """A day; where one is needed, today stands in the box."""
    return forms.DateField(
        label=label,
        required=required,
        help_text=hint,
        initial=timezone.localdate if required else None,
        widget=forms.DateInput(
            attrs={"class": "govuk-input govuk-input--width-10", "type": "date"}, format="%Y-%m-%d"
        ),
        error_messages={
            "required": "Give the day.",
            "invalid": "Give the day as a date, such as 31/03/2031.",
        },
    )


def version() -> forms.IntegerField:
    """The version that the writer looks at."""
    return forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)


def choice(label: str, *, required: bool = True, hint: str = "") -> forms.ChoiceField:
    """One of a list that the form fills."""
    return forms.ChoiceField(
        label=label,
        required=required,
        help_text=hint,
        widget=forms.Select(attrs=CHOICE),
        error_messages={"required": "Choose one.", "invalid_choice": "Choose one of the list."},
    )


def unit_choices(units: tuple[UnitRow, ...], nothing: str) -> list[tuple[str, str]]:
    """Every unit that stands, as a tree in words; `nothing` names the empty choice."""
    open_ones = [each for each in units if each.closed_on is None]
    return [("", nothing), *((str(each.id), "– " * each.depth + each.name) for each in open_ones)]


def person_choices(people: tuple[PersonRow, ...]) -> list[tuple[str, str]]:
    """Everybody who is not stopped; two of one name are told apart by their addresses."""
    names = [each.name for each in people]
    told = {
        each.id: f"{each.name} ({each.email})" if names.count(each.name) > 1 else each.name for each in people
    }
    return [("", "Choose somebody"), *((str(each.id), told[each.id]) for each in people if each.active)]

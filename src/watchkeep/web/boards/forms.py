"""What may be said of a board, its meetings, its agendas and its minutes."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from django import forms

from watchkeep.apps.people.queries.posts import PostRow
from watchkeep.apps.people.queries.units import UnitRow
from watchkeep.apps.reviews.queries.agendas import RiskChoice
from watchkeep.domain.board import PURPOSES, SEATS, Cadence
from watchkeep.domain.commitment import Promise

BOX: Final = {"class": "govuk-input"}
CHOICE: Final = {"class": "govuk-select"}
TEXT: Final = {"class": "govuk-textarea", "rows": 3}
NO_DAY: Final = {"invalid": "Give the day as a date, such as 31/03/2031.", "required": "Give the day."}
WHAT_FOR: Final = {
    "note": "To note: the board is told",
    "challenge": "To challenge: the board asks",
    "decide": "To decide: the board decides",
}


def day_box() -> forms.DateInput:
    """A box for a day."""
    return forms.DateInput(attrs=BOX | {"type": "date"}, format="%Y-%m-%d")


class Form(forms.Form):
    """Labels without a colon, and the version that was looked at."""

    version = forms.IntegerField(
        required=False,
        min_value=0,
        max_value=2**31 - 1,
        # Without an id: a page has several of these.
        widget=forms.HiddenInput(attrs={"autocomplete": "off", "id": False}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": ""} | kwargs)

    def add_prefix(self, field_name: str) -> str:
        """The version is called so in every form: the page of who was second knows it by that name."""
        return field_name if field_name == "version" else super().add_prefix(field_name)

    @property
    def seen(self) -> int:
        """The version that was looked at; none fits where none was sent."""
        return int(self.cleaned_data.get("version") or 0)


class BoardForm(Form):
    """What a board is, and how often it meets."""

    name = forms.CharField(
        label="Name",
        max_length=300,
        widget=forms.TextInput(attrs=BOX),
        error_messages={"required": "A board needs a name."},
    )
    terms = forms.CharField(
        label="What it is for",
        required=False,
        max_length=4000,
        help_text="Its terms: what it decides, and what would let it stand down.",
        widget=forms.Textarea(attrs=TEXT),
    )
    every = forms.IntegerField(
        label="It meets every",
        required=False,
        min_value=1,
        max_value=52,
        help_text="A number of months or weeks. Empty where it meets at need.",
        widget=forms.NumberInput(attrs={"class": "govuk-input govuk-input--width-3"}),
    )
    of = forms.ChoiceField(
        label="Months or weeks",
        choices=[("months", "months"), ("weeks", "weeks")],
        widget=forms.Select(attrs=CHOICE),
    )

    def cadence(self) -> Cadence:
        """How often it meets, as the changes take it."""
        every, of = self.cleaned_data["every"], self.cleaned_data["of"]
        return Cadence(months=every if of == "months" else None, weeks=every if of == "weeks" else None)


class OpenForm(BoardForm):
    """A new board."""

    unit = forms.ChoiceField(label="Whose board it is", required=False, widget=forms.Select(attrs=CHOICE))
    opened_on = forms.DateField(
        label="It has stood since",
        required=False,
        help_text="Its cadence counts from this day.",
        widget=day_box(),
        error_messages=NO_DAY,
    )

    def __init__(self, *args: Any, units: tuple[UnitRow, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self.fields["unit"], [("", "The whole body"), *((str(each.id), each.name) for each in units)])


class SeatForm(Form):
    """A post on the board."""

    post = forms.ChoiceField(label="Post", widget=forms.Select(attrs=CHOICE))
    role = forms.ChoiceField(
        label="Seat", choices=[(each, each.capitalize()) for each in SEATS], widget=forms.Select(attrs=CHOICE)
    )
    from_on = forms.DateField(label="From", widget=day_box(), error_messages=NO_DAY)

    def __init__(self, *args: Any, posts: tuple[PostRow, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        standing = [(str(each.id), each.title) for each in posts if each.abolished_on is None]
        _choose(self.fields["post"], standing)


class DayForm(Form):
    """A day, for a meeting or an end."""

    on = forms.DateField(label="Day", widget=day_box(), error_messages=NO_DAY)
    reason = forms.CharField(label="Why", required=False, max_length=2000, widget=forms.TextInput(attrs=BOX))


class ReasonForm(Form):
    """Why."""

    reason = forms.CharField(
        label="Why?",
        max_length=2000,
        widget=forms.TextInput(attrs=BOX),
        error_messages={"required": "Say why."},
    )


class NoteForm(Form):
    """A word on the meeting as a whole."""

    note = forms.CharField(
        label="Who was there, and anything that belongs to no item",
        required=False,
        max_length=4000,
        help_text="Posts, not names.",
        widget=forms.Textarea(attrs=TEXT),
    )


class ItemForm(Form):
    """A risk, or something else, for the agenda."""

    risk = forms.ChoiceField(label="Risk", required=False, widget=forms.Select(attrs=CHOICE))
    title = forms.CharField(
        label="Title",
        required=False,
        max_length=300,
        help_text="Empty, the risk’s own name. Without a risk, what is to be talked about.",
        widget=forms.TextInput(attrs=BOX),
    )
    purpose = forms.ChoiceField(
        label="What for",
        choices=[(each, WHAT_FOR[each]) for each in PURPOSES],
        widget=forms.Select(attrs=CHOICE),
    )

    def __init__(self, *args: Any, risks: tuple[RiskChoice, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(
            self.fields["risk"],
            [("", "None: something else"), *((str(each.id), each.label) for each in risks)],
        )


class ChallengeForm(Form):
    """What was asked and answered."""

    challenge = forms.CharField(
        label="What the board asked",
        max_length=4000,
        widget=forms.Textarea(attrs=TEXT),
        error_messages={"required": "Say what was asked."},
    )
    answer = forms.CharField(
        label="What it was answered",
        required=False,
        max_length=4000,
        help_text="Empty where the answer is still to come.",
        widget=forms.Textarea(attrs=TEXT),
    )


class DecisionForm(Form):
    """What was decided, and what it gives somebody to do."""

    text = forms.CharField(
        label="What the board decided",
        max_length=4000,
        widget=forms.Textarea(attrs=TEXT),
        error_messages={"required": "Say what was decided."},
    )
    to_do = forms.CharField(
        label="What somebody is to do",
        required=False,
        max_length=400,
        help_text="It becomes a promise. Empty where the decision needs nobody to act.",
        widget=forms.TextInput(attrs=BOX),
    )
    owner_post = forms.ChoiceField(label="Who", required=False, widget=forms.Select(attrs=CHOICE))
    due_on = forms.DateField(label="By when", required=False, widget=day_box(), error_messages=NO_DAY)

    def __init__(self, *args: Any, posts: tuple[PostRow, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        standing = [(str(each.id), each.title) for each in posts if each.abolished_on is None]
        _choose(self.fields["owner_post"], [("", "Not recorded"), *standing])

    def clean(self) -> dict[str, Any]:
        """Somebody who is to act, or a day, needs something to do."""
        said = super().clean() or {}
        if not said.get("to_do") and (said.get("owner_post") or said.get("due_on")):
            self.add_error("to_do", "Say what is to be done, or leave out who and when.")
        return said

    def promise(self) -> Promise | None:
        """What somebody is to do, if anything."""
        said = self.cleaned_data
        if not said["to_do"]:
            return None
        owner = UUID(said["owner_post"]) if said["owner_post"] else None
        return Promise(title=said["to_do"], owner_post=owner, due_on=said["due_on"])


class CorrectionForm(Form):
    """A decision minuted anew."""

    text = forms.CharField(
        label="What the board decided",
        max_length=4000,
        widget=forms.Textarea(attrs=TEXT),
        error_messages={"required": "Say what was decided."},
    )
    reason = forms.CharField(
        label="Why is the minute corrected?",
        max_length=2000,
        widget=forms.TextInput(attrs=BOX),
        error_messages={"required": "Say why the minute is corrected."},
    )


def _choose(box: forms.Field, choices: list[tuple[str, str]]) -> None:
    if isinstance(box, forms.ChoiceField):
        box.choices = choices

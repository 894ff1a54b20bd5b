"""What is said when a post is opened, renamed, moved, filled, left or abolished."""

from __future__ import annotations

from typing import Any

from django import forms

from watchkeep.apps.people.queries import PersonRow, UnitRow
from watchkeep.web.settings import boxes

WHOLE = "None: it stands for the whole body"
AS = [
    ("succeed", "As the holder, after whoever holds it now"),
    ("share", "As a holder, together with whoever holds it now"),
    ("deputise", "As a deputy"),
]


class PostForm(boxes.Asking):
    """A new post, and the unit that it stands in."""

    title = boxes.words("Title", "Enter the title of the post.", hint="For example, Head of Custody.")
    unit = boxes.choice("Unit", required=False)

    def __init__(self, *args: Any, units: tuple[UnitRow, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("unit", boxes.unit_choices(units, WHOLE))


class TitleForm(boxes.Asking):
    """What a post is called."""

    title = boxes.words("Title", "Enter the title of the post.")
    version = boxes.version()


class PlaceForm(boxes.Asking):
    """The unit that a post stands in."""

    unit = boxes.choice("Unit", required=False)
    version = boxes.version()

    def __init__(self, *args: Any, units: tuple[UnitRow, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("unit", boxes.unit_choices(units, WHOLE))


class AbolishForm(boxes.Asking):
    """Why a post is abolished, and from which day."""

    reason = boxes.reason("Why is it abolished?")
    on = boxes.day("From which day")
    version = boxes.version()


class AppointForm(boxes.Asking):
    """Who is appointed, as what, from when, and until when if that is known."""

    person = boxes.choice("Who")
    place = forms.ChoiceField(
        label="As what", choices=AS, initial="succeed", widget=forms.Select(attrs=boxes.CHOICE)
    )
    from_on = boxes.day("From")
    until_on = boxes.day(
        "Until",
        required=False,
        hint="The first day on which it no longer holds. Left empty, until somebody says so.",
    )

    def __init__(self, *args: Any, people: tuple[PersonRow, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("person", boxes.person_choices(people))


class EndForm(boxes.Asking):
    """From which day on somebody no longer holds a post, and why."""

    on = boxes.day("From which day", hint="The first day on which it no longer holds.")
    reason = boxes.reason("Why", required=False)

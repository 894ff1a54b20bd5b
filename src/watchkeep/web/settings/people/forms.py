"""What is said when somebody is added, renamed, given a role or a password, stopped or let in again."""

from __future__ import annotations

from typing import Any, Final

from django import forms

from watchkeep.apps.people.queries import UnitRow
from watchkeep.apps.register.queries import RegisterRow
from watchkeep.domain.people import ROLES, Role, role_named
from watchkeep.web.settings import boxes

NONE: Final = ("", "None: only the roles that they are given in parts of it")
ROLE_CHOICES: Final = [(role, f"{role.capitalize()}: {what}") for role, what in ROLES.items()]
MAIL: Final = {"class": "govuk-input", "type": "email", "autocomplete": "off", "spellcheck": "false"}


def address() -> forms.CharField:
    """What somebody signs in with; the change says whether it is one."""
    return forms.CharField(
        label="E-mail address",
        max_length=254,
        help_text="They sign in with it.",
        widget=forms.TextInput(attrs=MAIL),
        error_messages={"required": "Enter their e-mail address."},
    )


class PersonForm(boxes.Asking):
    """Somebody new. They choose a password of their own by a link in a mail."""

    name = boxes.words("Name", "Enter their name.")
    email = address()
    role = forms.ChoiceField(
        label="Role for the whole body",
        choices=[NONE, *ROLE_CHOICES],
        required=False,
        widget=forms.Select(attrs=boxes.CHOICE),
    )
    send_link = forms.BooleanField(
        label="Send them a mail with a link to choose a password",
        required=False,
        initial=True,
        help_text="Without one they are in the lists, can hold a post, and cannot sign in yet.",
        widget=forms.CheckboxInput(attrs={"class": "govuk-checkboxes__input"}),
    )


class AmendForm(boxes.Asking):
    """What a person is called, and what they sign in with."""

    name = boxes.words("Name", "Enter their name.")
    email = address()
    version = boxes.version()


class RoleForm(boxes.Asking):
    """What a person may do in the whole body."""

    role = forms.ChoiceField(
        label="Role for the whole body",
        choices=[NONE, *ROLE_CHOICES],
        required=False,
        widget=forms.Select(attrs=boxes.CHOICE),
    )
    version = boxes.version()


class GrantForm(boxes.Asking):
    """What a person may do in one unit and all below it, or in one register."""

    role = forms.ChoiceField(
        label="Role",
        choices=[("", "Choose a role"), *ROLE_CHOICES],
        widget=forms.Select(attrs=boxes.CHOICE),
        error_messages={"required": "Choose a role."},
    )
    unit = boxes.choice("In this unit and all below it", required=False)
    register = boxes.choice("Or in this register", required=False)
    from_on = boxes.day("From")
    until_on = boxes.day(
        "Until",
        required=False,
        hint="The first day on which it no longer holds. Left empty, until somebody says so.",
    )

    def __init__(
        self, *args: Any, units: tuple[UnitRow, ...], registers: tuple[RegisterRow, ...], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.choose("unit", boxes.unit_choices(units, "No unit"))
        self.choose("register", [("", "No register"), *((str(each.id), each.name) for each in registers)])


class GrantEndForm(boxes.Asking):
    """From which day on a role no longer holds, and why."""

    on = boxes.day("From which day", hint="The first day on which it no longer holds.")
    reason = boxes.reason("Why", required=False)


class PasswordForm(boxes.Asking):
    """A password that an administrator chooses for somebody."""

    password = forms.CharField(
        label="New password",
        max_length=1000,
        help_text="At least 10 characters. Everything that they are signed in with ends.",
        widget=forms.PasswordInput(attrs={"class": "govuk-input", "autocomplete": "new-password"}),
        error_messages={"required": "Enter a password."},
    )


class StopForm(boxes.Asking):
    """Why a person is stopped."""

    reason = boxes.reason("Why are they stopped?")


class ResumeForm(boxes.Asking):
    """Why a person is let in again."""

    reason = boxes.reason("Why are they let in again?", required=False)


class SureForm(boxes.Asking):
    """Nothing but that it is meant."""

    sure = forms.CharField(widget=forms.HiddenInput, initial="yes")


def role_of(said: str) -> Role | None:
    """The role that was chosen, or none for the whole body."""
    return role_named(said) if said else None

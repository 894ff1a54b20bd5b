"""What is asked of the list of controls, and what is said of a control and of a check."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final
from uuid import UUID

from django import forms

from watchkeep.apps.people.queries import PostRow
from watchkeep.apps.treatment.queries import ControlRow, Target
from watchkeep.domain.check import LINES, RULES, WORDS, Check, Sample, check_named
from watchkeep.domain.control import KINDS, SIDES, ControlValue
from watchkeep.domain.effectiveness import WEAKEST_FIRST

BOX: Final = {"class": "govuk-input"}
NUMBER: Final = {"class": "govuk-input govuk-input--width-5", "inputmode": "numeric"}
CHOICE: Final = {"class": "govuk-select"}
DAY: Final = {"class": "govuk-input govuk-input--width-10", "type": "date"}
TEXT: Final = {"class": "govuk-textarea", "rows": 4}
LARGEST: Final = 2**31 - 1

NOT_SAID = ("", "Not recorded")
SORTS = (
    ("reference", "Reference"),
    ("name", "Name"),
    ("weakest", "Weakest first"),
    ("risks", "Most risks first"),
    ("oldest", "Longest unchecked first"),
)
CHECKED = (
    ("fresh", "Checked, and that counts in full"),
    ("fading", "Fading"),
    ("stale", "Stale"),
    ("never", "Never checked"),
)
SERVES = (("several", "Several risks"), ("one", "One risk"), ("none", "None"))
STATE = (("in force", "In force"), ("planned", "Planned"), ("stood down", "Stood down"))


def _day(label: str, missing: str) -> forms.DateField:
    return forms.DateField(
        label=label,
        widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"),
        error_messages={"required": missing, "invalid": "Give the day as a date, such as 31/03/2021."},
    )


def _version() -> forms.IntegerField:
    return forms.IntegerField(
        required=False,
        min_value=0,
        max_value=LARGEST,
        widget=forms.HiddenInput(attrs={"autocomplete": "off"}),
    )


class ChoiceForm(forms.Form):
    """Filter and sort; all optional, and an unknown choice is passed over."""

    q = forms.CharField(label="Words", required=False, max_length=200, widget=forms.TextInput(attrs=BOX))
    state = forms.ChoiceField(label="State", required=False, choices=STATE)
    effect = forms.ChoiceField(label="Effectiveness", required=False)
    checked = forms.ChoiceField(label="Checks", required=False, choices=CHECKED)
    serves = forms.ChoiceField(label="Serves", required=False, choices=SERVES)
    kind = forms.ChoiceField(label="Kind", required=False)
    owner = forms.ChoiceField(label="Owner", required=False)
    sort = forms.ChoiceField(label="Sort by", required=False, choices=SORTS)

    def __init__(self, data: Any, *, rows: Iterable[ControlRow]) -> None:
        super().__init__(data, auto_id="choose_%s", label_suffix="")
        owners = sorted({each.owner for each in rows if each.owner}, key=str.casefold)
        offered: dict[str, list[tuple[str, str]]] = {
            "effect": [(each, each.capitalize()) for each in reversed(WEAKEST_FIRST)],
            "kind": [*((each, each.capitalize()) for each in KINDS), ("none", "Not recorded")],
            "owner": [*((each, each) for each in owners), ("none", "Not recorded")],
        }
        for name, field in self.fields.items():
            if isinstance(field, forms.ChoiceField):
                field.widget.attrs.update(CHOICE)
                given = offered.get(name) or list(field.choices)  # type: ignore[arg-type]  # ours are plain pairs
                field.choices = given if name == "sort" else [("", "Any"), *given]

    def choices(self) -> dict[str, str]:
        """What was chosen and makes sense."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class ControlForm(forms.Form):
    """What a control is."""

    name = forms.CharField(
        label="What is done",
        max_length=400,
        help_text="In a few words, such as “Weekly count of lamp oil”.",
        widget=forms.TextInput(attrs=BOX),
        error_messages={"required": "Give the control a name: what is done, in a few words."},
    )
    description = forms.CharField(
        label="How it works", required=False, max_length=20_000, widget=forms.Textarea(attrs=TEXT)
    )
    kind = forms.ChoiceField(
        label="Kind",
        required=False,
        choices=[NOT_SAID, *((each, f"{each.capitalize()}: {says}") for each, says in KINDS.items())],
        widget=forms.Select(attrs=CHOICE),
    )
    frequency = forms.CharField(
        label="How often",
        required=False,
        max_length=400,
        help_text="As people say it: daily, every new system.",
        widget=forms.TextInput(attrs=BOX),
    )
    owner_post = forms.ChoiceField(
        label="Control owner",
        required=False,
        help_text="The post that answers for it, whoever holds it.",
        widget=forms.Select(attrs=CHOICE),
    )
    tolerated = forms.IntegerField(
        label="Tolerated failures of 100 cases",
        required=False,
        min_value=0,
        max_value=99,
        help_text="What a sample is measured against. Leave it empty where nobody has said.",
        widget=forms.TextInput(attrs=NUMBER),
    )
    effective_on = _day("True from", "Give the day from which this is true.")
    reason = forms.CharField(label="Why", required=False, max_length=2000, widget=forms.TextInput(attrs=BOX))
    version = _version()

    def __init__(self, *args: Any, posts: Iterable[PostRow], **kwargs: Any) -> None:
        super().__init__(*args, **({"label_suffix": ""} | kwargs))
        offer(self, "owner_post", [NOT_SAID, *((str(each.id), each.title) for each in posts)])

    def value(self) -> ControlValue:
        """What was said, as the domain takes it."""
        said = self.cleaned_data
        return ControlValue(
            said["name"], said["description"], said["kind"], said["frequency"], said["tolerated"]
        )

    def post(self) -> UUID | None:
        """The owner’s post."""
        said = self.cleaned_data["owner_post"]
        return UUID(said) if said else None


class AddForm(ControlForm):
    """A control that is new here."""

    state = forms.ChoiceField(
        label="State",
        choices=[("in force", "In force: it works already"), ("planned", "Planned: it is not there yet")],
        widget=forms.Select(attrs=CHOICE),
    )
    field_order = ("name", "description", "kind", "frequency", "owner_post", "tolerated", "state")


class MoveForm(forms.Form):
    """Why a control is stood down, or put in force, and from when."""

    reason = forms.CharField(
        label="Why?",
        max_length=2000,
        widget=forms.TextInput(attrs=BOX),
        error_messages={"required": "Say why."},
    )
    on = _day("From", "Give the day from which it is so.")
    version = _version()


class ApplyForm(forms.Form):
    """Which control serves which risk, or which part of it."""

    control = forms.ChoiceField(
        label="Control",
        widget=forms.Select(attrs=CHOICE),
        error_messages={
            "required": "Choose the control.",
            "invalid_choice": "Choose the control from the list.",
        },
    )
    risk = forms.ChoiceField(
        label="Risk, or part of it",
        widget=forms.Select(attrs=CHOICE),
        error_messages={"required": "Choose the risk.", "invalid_choice": "Choose the risk from the list."},
    )
    side = forms.ChoiceField(
        label="Which side it bears on",
        required=False,
        choices=[NOT_SAID, *((each, f"{each.capitalize()}: {says}") for each, says in SIDES.items())],
        widget=forms.Select(attrs=CHOICE),
    )
    from_on = _day("Since", "Give the day from which it serves this risk.")

    def __init__(
        self, *args: Any, controls: Iterable[ControlRow], targets: Iterable[Target], **kwargs: Any
    ) -> None:
        super().__init__(*args, **({"label_suffix": ""} | kwargs))
        there = [(str(each.id), each.label) for each in controls if each.state != "stood down"]
        offer(self, "control", [("", "Choose one"), *there])
        offer(self, "risk", [("", "Choose one"), *((value_of(each), _target(each)) for each in targets)])

    def target(self) -> tuple[UUID, str]:
        """The risk and the part of it."""
        risk, _, part = self.cleaned_data["risk"].partition("|")
        return UUID(risk), part


class CheckForm(forms.Form):
    """What somebody found."""

    kind = forms.ChoiceField(
        label="Kind of check",
        choices=[(each, f"{each.capitalize()}: {rule.says}") for each, rule in RULES.items()],
        widget=forms.Select(attrs=CHOICE),
    )
    line = forms.TypedChoiceField(
        label="Line of defence",
        coerce=int,
        choices=[(number, says) for number, says in LINES.items()],
        widget=forms.Select(attrs=CHOICE),
    )
    on = _day("Checked on", "Give the day on which it was checked.")
    checked_by = forms.CharField(
        label="Who checked",
        max_length=300,
        help_text="The post, as it stands in this list of posts or elsewhere.",
        widget=forms.TextInput(attrs=BOX),
        error_messages={"required": "Say which post or person checked."},
    )
    design = forms.ChoiceField(
        label="Design: is it made so that it can work?",
        choices=[(each, each.capitalize()) for each in WORDS],
        widget=forms.Select(attrs=CHOICE),
    )
    operation = forms.ChoiceField(
        label="Operation: does it work?",
        choices=[(each, each.capitalize()) for each in WORDS],
        widget=forms.Select(attrs=CHOICE),
    )
    sample = forms.IntegerField(
        label="Cases looked at",
        required=False,
        min_value=1,
        max_value=LARGEST,
        help_text="Where a sample was drawn. Leave both boxes empty if none was.",
        widget=forms.TextInput(attrs=NUMBER),
    )
    failures = forms.IntegerField(
        label="Of them, cases in which it failed",
        required=False,
        min_value=0,
        max_value=LARGEST,
        widget=forms.TextInput(attrs=NUMBER),
    )
    note = forms.CharField(
        label="What was found", required=False, max_length=20_000, widget=forms.Textarea(attrs=TEXT)
    )

    def clean(self) -> dict[str, Any]:
        """Cases and failures come together or not at all."""
        said: dict[str, Any] = super().clean() or {}
        given = [said.get(name) is not None for name in ("sample", "failures")]
        if any(given) and not all(given) and not {"sample", "failures"} & set(self.errors):
            self.add_error(
                "failures" if given[0] else "sample",
                "Give both: how many cases were looked at, and in how many of them it failed.",
            )
        return said

    def value(self) -> Check:
        """What was found, as the domain takes it."""
        said = self.cleaned_data
        sample = None if said["sample"] is None else Sample(said["sample"], said["failures"])
        return check_named(
            kind=said["kind"],
            line=said["line"],
            on=said["on"],
            by=said["checked_by"],
            design=said["design"],
            operation=said["operation"],
            sample=sample,
            note=said["note"],
        )


class CorrectForm(CheckForm):
    """What it really found, and why that is said only now."""

    reason = forms.CharField(
        label="Why is it corrected?",
        max_length=2000,
        widget=forms.TextInput(attrs=BOX),
        error_messages={"required": "Say why the check is corrected."},
    )
    version = _version()


def offer(form: forms.Form, name: str, choices: list[tuple[str, str]]) -> None:
    """Fill a list that depends on who asks."""
    field = form.fields[name]
    if isinstance(field, forms.ChoiceField):
        field.choices = choices


def value_of(target: Target) -> str:
    """A risk or part as the list sends it."""
    return f"{target.risk}|{target.part}"


def _target(each: Target) -> str:
    if not each.part:
        return each.label
    about = " ".join(each.about.split())
    return f"{each.label}, part {each.part}" + (
        f": {about[:60]}{'…' if len(about) > 60 else ''}" if about else ""
    )

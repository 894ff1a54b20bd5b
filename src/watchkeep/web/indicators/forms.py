"""What is said of an indicator: its definition, a reading, the lines that it is held against."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final
from uuid import UUID

from django import forms

from watchkeep.apps.people.queries import PostRow
from watchkeep.apps.treatment.queries import Target as Place
from watchkeep.domain.indicator import Definition, Reading, ReadingState, Target
from watchkeep.domain.spc.dialects import LEAST_BASELINE
from watchkeep.web.controls.forms import value_of
from watchkeep.web.settings import boxes

BETTER: Final = (("up", "Higher is better"), ("down", "Lower is better"), ("neither", "Neither way"))
FREQUENCIES: Final = tuple((each, f"Every {each}") for each in ("day", "week", "month", "quarter", "year"))
KINDS: Final = (
    ("number", "A number"),
    ("share", "A share of all"),
    ("rate", "A rate"),
    ("count", "A count"),
    ("money", "Money"),
    ("hours", "Hours"),
    ("index", "An index"),
)
FAMILIES: Final = (
    ("xmr", "XmR: any number"),
    ("p", "p: shares"),
    ("u", "u: rates"),
    ("c", "c: counts"),
)
SIDES: Final = (
    ("cause", "A cause: it moves before the risk does"),
    ("control", "A control: whether it works"),
    ("consequence", "A consequence: what came of it"),
)


def number(label: str, *, required: bool = False, hint: str = "") -> forms.FloatField:
    """A number, with a point or a comma."""
    return forms.FloatField(
        label=label,
        required=required,
        help_text=hint,
        widget=forms.TextInput(attrs={"class": "govuk-input govuk-input--width-10", "inputmode": "decimal"}),
        error_messages={"required": "Give the number.", "invalid": "Give a number, such as 71.5."},
    )


def some(label: str, *, hint: str = "", longest: int = 400) -> forms.CharField:
    """A line of text that may stay empty."""
    return forms.CharField(
        label=label,
        required=False,
        max_length=longest,
        help_text=hint,
        widget=forms.TextInput(attrs=boxes.BOX),
    )


class DefinitionForm(boxes.Asking):
    """What is measured and how."""

    name = boxes.words("What is measured", "Give the indicator a name.", longest=400)
    unit = some("Unit", hint="As printed after a value: %, cases, minutes; £ stands before it.", longest=60)
    better = boxes.choice("Which way is better?")
    frequency = boxes.choice("How often is it read?")
    kind = boxes.choice("What kind of figure is it?")
    family = boxes.choice("Which control chart fits?")
    numerator = some("What is counted", hint="Where it is a share or a rate.")
    denominator = some("Out of what")
    source = some("Where its readings come from")
    due_after = forms.IntegerField(
        label="Days after a period’s end on which its reading is due",
        initial=0,
        min_value=0,
        max_value=366,
        widget=forms.TextInput(attrs={"class": "govuk-input govuk-input--width-5", "inputmode": "numeric"}),
    )
    seasonal = forms.BooleanField(
        label="It has seasons: a month is held against the same month of other years",
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "govuk-checkboxes__input"}),
    )
    baseline = forms.IntegerField(
        label="How many first readings fix the limits",
        required=False,
        help_text=f"{LEAST_BASELINE} or more; empty: the limits follow every reading.",
        widget=forms.TextInput(attrs={"class": "govuk-input govuk-input--width-5", "inputmode": "numeric"}),
        error_messages={"invalid": "Give a whole number, or leave it empty."},
    )
    theme = some("Theme", hint="What it is about: its row where themes stand against measures.", longest=200)
    measure = some("Measure", hint="What kind of figure it is there: its column.", longest=200)
    owner_post = boxes.choice("Owner", required=False)
    from_on = boxes.day("From")
    reason = boxes.reason("Why?", required=False)

    def __init__(self, *args: Any, posts: Iterable[PostRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        given = {"better": BETTER, "frequency": FREQUENCIES, "kind": KINDS, "family": FAMILIES}
        for name, choices in given.items():
            self.choose(name, choices)
        self.choose("owner_post", [("", "Not recorded"), *((str(each.id), each.title) for each in posts)])

    def value(self) -> Definition:
        """The definition."""
        said = self.cleaned_data
        return Definition(
            **{name: said[name] for name in said if name not in ("owner_post", "reason", "version")}
        )

    def owner(self) -> UUID | None:
        """The post that owns it."""
        said = self.cleaned_data["owner_post"]
        return UUID(said) if said else None


class RedefineForm(DefinitionForm):
    """The definition as it reads from a day on."""

    version = boxes.version()


class ReadingForm(boxes.Asking):
    """One period's reading, or what it should have been."""

    on = boxes.day("A day of the period that was read")
    value = number("Reading", hint="Leave it empty where the period is given up, and say why below.")
    numerator = number("Counted")
    denominator = number("Out of")
    note = some("Note")
    reason = boxes.reason("Why is it corrected?", required=False)

    def value_of(self) -> Reading:
        """The reading."""
        said = self.cleaned_data
        state: ReadingState = "recorded" if said["value"] is not None else "missing"
        return Reading(
            said["on"], said["value"], said["numerator"], said["denominator"], state, note=said["note"]
        )


class TargetForm(boxes.Asking):
    """A line that readings are held against."""

    kind = boxes.choice("What kind of line is it?")
    value = number("Value", required=True)
    from_on = boxes.day("From")
    until_on = boxes.day("Until", required=False, hint="Leave it empty where it holds until further notice.")
    source = some("Where it is laid down")
    why = boxes.reason("Why?", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = ("target", "upper tolerance", "lower tolerance")
        self.choose("kind", [(each, each.capitalize()) for each in kinds])

    def line(self) -> Target:
        """The line."""
        said = self.cleaned_data
        return Target(said["value"], said["from_on"], said["until_on"], said["kind"], said["source"])


class EndForm(boxes.Asking):
    """From when a line or a use holds no more, and why."""

    on = boxes.day("Until")
    reason = boxes.reason("Why?")


class RebaseForm(boxes.Asking):
    """From when the process is another one, and why."""

    on = boxes.day("From", hint="The first day of the new process.")
    reason = boxes.reason("What changed the process?")


class AnnotationForm(boxes.Asking):
    """What happened and may explain what follows."""

    on = boxes.day("On")
    text = boxes.words("What happened?", "Say what happened.", longest=400)


class PlanForm(boxes.Asking):
    """What is planned for which day: of money, benefits, people."""

    points = forms.CharField(
        label="The plan: a day and a value on each line",
        help_text="Such as 2031-04-30 1200, or two columns copied from a spreadsheet. A day that is left out "
        "stays as it is planned.",
        max_length=60_000,
        strip=False,
        widget=forms.Textarea(attrs={"class": "govuk-textarea", "rows": 12, "spellcheck": "false"}),
        error_messages={"required": "Write at least one line, with a day and a value."},
    )
    why = boxes.reason("Why is it planned otherwise than before?", required=False)


class TakeBackForm(boxes.Asking):
    """Why something was said in error."""

    why = boxes.reason("Why was it said in error?")


class AttachForm(boxes.Asking):
    """Which risk, or part of it, an indicator speaks to, and on which side."""

    risk = boxes.choice("Risk, or part of it")
    side = boxes.choice("What of it is measured?")
    leads = forms.BooleanField(
        label="It leads: the risk’s trend is taken from it",
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "govuk-checkboxes__input"}),
    )
    on = boxes.day("Since")

    def __init__(self, *args: Any, places: Iterable[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("side", SIDES)
        self.choose("risk", [("", "Choose one"), *((value_of(each), _said(each)) for each in places)])

    def place(self) -> tuple[UUID, str]:
        """The risk and the part of it."""
        risk, _, part = self.cleaned_data["risk"].partition("|")
        return UUID(risk), part


def _said(place: Place) -> str:
    return f"{place.label}, part {place.part}" if place.part else place.label

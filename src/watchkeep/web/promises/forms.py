"""What is asked of the list of promises, and what is said of one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Final
from uuid import UUID

from django import forms

from watchkeep.apps.people.queries import PostRow
from watchkeep.apps.treatment.changes import Becomes
from watchkeep.apps.treatment.queries import CommitmentRow, Target
from watchkeep.domain.commitment import KINDS, STATES, TITLE_LENGTH, Promise
from watchkeep.domain.control import KINDS as CONTROL_KINDS
from watchkeep.domain.control import ControlValue
from watchkeep.domain.errors import Invalid
from watchkeep.domain.when import due_of
from watchkeep.web.settings import boxes

TEXT: Final = {"class": "govuk-textarea", "rows": 3}
RADIOS: Final = {"class": "govuk-radios__input"}
DUE_HINT: Final = (
    "A day, a month or a quarter: 31 March 2027, March 2027 or 2026/27 Q4. A month means its last day."
)
SORTS: Final = (
    ("", "Most pressing first"),
    ("due", "Due day"),
    ("slips", "Slipped most"),
    ("waiting", "Most waiting for it"),
    ("reference", "Reference"),
)
FLAGS: Final = (
    ("slipped", "Slipped"),
    ("effect", "Effect not yet looked for"),
    ("without effect", "Without effect, by its readings"),
    ("no owner", "Nobody owns it"),
)


class ChoiceForm(forms.Form):
    """Filter and sort; all optional, and an unknown choice is passed over."""

    q = forms.CharField(
        label="Words", required=False, max_length=200, widget=forms.TextInput(attrs=boxes.BOX)
    )
    state = boxes.choice("State", required=False)
    kind = boxes.choice("Kind", required=False)
    owner = boxes.choice("Owner", required=False)
    risk = boxes.choice("Risk", required=False)
    only = boxes.choice("Only", required=False)
    sort = boxes.choice("Sort by", required=False)

    def __init__(self, data: Any, *, rows: tuple[CommitmentRow, ...]) -> None:
        super().__init__(data, auto_id="choose_%s", label_suffix="")
        owners = sorted({each.owner for each in rows if each.owner}, key=str.casefold)
        risks = {use.risk_key: use.risk_label for each in rows for use in each.bears_on}
        states = [("open", "Open"), *((each, _upper(each)) for each in STATES)]
        self._offer("state", states)
        self._offer("kind", [(each, _upper(each)) for each in KINDS])
        self._offer("owner", [(each, each) for each in owners])
        self._offer("risk", sorted(risks.items(), key=lambda each: each[1]))
        self._offer("only", FLAGS)
        self._offer("sort", SORTS, anything=False)

    def _offer(self, name: str, choices: Iterable[tuple[str, str]], *, anything: bool = True) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", "Any"), *choices] if anything else list(choices)

    def choices(self) -> dict[str, str]:
        """What was chosen and makes sense."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def due_box(label: str = "Due") -> forms.CharField:
    """The day that something is promised by, in whatever words name one."""
    return forms.CharField(
        label=label,
        required=False,
        max_length=100,
        help_text=DUE_HINT,
        widget=forms.TextInput(attrs={"class": "govuk-input govuk-input--width-20"}),
    )


def area(label: str, *, required: str = "", hint: str = "", longest: int = 5000) -> forms.CharField:
    """A longer text; `required` is said where it is left empty."""
    return forms.CharField(
        label=label,
        required=bool(required),
        max_length=longest,
        help_text=hint,
        widget=forms.Textarea(attrs=TEXT),
        error_messages={"required": required},
    )


class Dated(boxes.Asking):
    """A form with a due day in words; `due_on` is the day that they name."""

    due_on: date | None = None

    def clean_due(self) -> str:
        """Refuse words that name no day."""
        said = str(self.cleaned_data["due"])
        try:
            self.due_on = due_of(said)
        except Invalid as problem:
            raise forms.ValidationError(problem.sentence) from problem
        return said


class PromiseForm(Dated):
    """What is promised, by whom, by when, and how one will know."""

    title = boxes.words("What is promised", "Say what is promised, in a few words.", longest=TITLE_LENGTH)
    definition_of_done = area(
        "Done when", hint="What there will be to see. Without it, done is a matter of opinion."
    )
    owner_post = boxes.choice("Owner", required=False)
    due = due_box()
    expected_effect = area("Expected effect", hint="On which measure, and how much.")
    expected_by = boxes.day("Effect expected by", required=False)
    if_not = area("What happens if not", hint="If it is not done; of a decision, if the answer is no.")
    source = forms.CharField(
        label="Asked or agreed by",
        required=False,
        max_length=1000,
        help_text="The report that recommended it, or the other party.",
        widget=forms.TextInput(attrs=boxes.BOX),
    )

    def __init__(self, *args: Any, posts: tuple[PostRow, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        open_ones = [(str(each.id), each.title) for each in posts if each.abolished_on is None]
        self.choose("owner_post", [("", "Not recorded"), *open_ones])

    def value(self) -> Promise:
        """What is promised, as the domain takes it."""
        said = self.cleaned_data
        return Promise(
            title=said["title"],
            definition_of_done=said["definition_of_done"],
            owner_post=UUID(said["owner_post"]) if said["owner_post"] else None,
            due=said["due"],
            due_on=self.due_on,
            expected_effect=said["expected_effect"],
            expected_by=said["expected_by"],
            source=said["source"],
            if_not=said["if_not"],
        )


class NewForm(PromiseForm):
    """A promise that is new here, and the risk that it bears on."""

    kind = forms.ChoiceField(
        label="Kind",
        choices=[(each, f"{_upper(each)}: {says}") for each, says in KINDS.items()],
        widget=forms.Select(attrs=boxes.CHOICE),
    )
    risk = boxes.choice("Risk, or part of it", required=False)
    field_order = ("kind", "title", "risk", "owner_post", "due", "definition_of_done")

    def __init__(self, *args: Any, targets: Iterable[Target], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("risk", target_choices(targets, "None: it is the whole body’s"))


class AmendForm(PromiseForm):
    """What is promised, said anew."""

    reason = area(
        "Why, if the day moves back", hint="A later day, or none, needs its reason. It stays on record."
    )
    version = boxes.version()
    field_order = ("title", "owner_post", "due", "reason", "definition_of_done")


class SlipForm(Dated):
    """A new day, and why."""

    due = due_box("New day")
    reason = area(
        "Why",
        hint="A later day, or none, needs its reason. It stays on record, with the day that was promised.",
    )
    version = boxes.version()


class DoneForm(boxes.Asking):
    """When it was done, and what there is to see."""

    on = boxes.day("Done on")
    note = area("What there is to see", hint="Against what was to be done.")
    version = boxes.version()


class BecomesForm(DoneForm):
    """The same, and the control that it becomes."""

    becomes = forms.ChoiceField(
        label="Does it become a control?",
        required=False,
        choices=[
            ("", "No: it is done, and that is all"),
            ("new", "Yes, a new one"),
            ("kept", "It is one that is kept already"),
        ],
        widget=forms.Select(attrs=boxes.CHOICE),
    )
    control_name = forms.CharField(
        label="Name of the new control",
        required=False,
        max_length=TITLE_LENGTH,
        widget=forms.TextInput(attrs=boxes.BOX),
    )
    control_kind = forms.ChoiceField(
        label="Kind of the new control",
        required=False,
        choices=[
            ("", "Not recorded"),
            *((each, f"{_upper(each)}: {says}") for each, says in CONTROL_KINDS.items()),
        ],
        widget=forms.Select(attrs=boxes.CHOICE),
    )
    control = boxes.choice("The control that is kept already", required=False)
    field_order = ("on", "note", "becomes", "control_name", "control_kind", "control")

    def __init__(self, *args: Any, controls: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("control", [("", "Choose one"), *controls])

    def clean(self) -> dict[str, Any]:
        """A new control has a name; one that is kept is named."""
        said: dict[str, Any] = super().clean() or {}
        if said.get("becomes") == "new" and not said.get("control_name"):
            self.add_error("control_name", "Give the new control a name.")
        if said.get("becomes") == "kept" and not said.get("control"):
            self.add_error("control", "Choose the control.")
        return said

    def control_made(self) -> Becomes | None:
        """What it becomes, as the change takes it."""
        said = self.cleaned_data
        if said["becomes"] == "new":
            return Becomes(ControlValue(said["control_name"], kind=said["control_kind"]))
        return Becomes(control=UUID(said["control"])) if said["becomes"] == "kept" else None


class EndForm(boxes.Asking):
    """From which day something no longer holds, and why."""

    on = boxes.day("From")
    reason = area("Why", required="Say why.")
    version = boxes.version()

    def without_version(self) -> EndForm:
        """The same for what carries no version of its own."""
        del self.fields["version"]
        return self


class EffectForm(boxes.Asking):
    """Whether the expected effect was seen."""

    seen = forms.ChoiceField(
        label="Was the effect seen?",
        choices=[("yes", "Yes"), ("no", "No: it is done, and without effect")],
        widget=forms.Select(attrs=boxes.CHOICE),
    )
    on = boxes.day("Looked for on")
    note = area("What was found, and where", required="Say what was found, and where.")
    version = boxes.version()


class NeedsForm(boxes.Asking):
    """Which promise must be kept first."""

    needs = boxes.choice("It waits for")

    def __init__(self, *args: Any, rows: Iterable[CommitmentRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("needs", [("", "Choose one"), *((str(each.id), each.label) for each in rows)])


class BearsForm(boxes.Asking):
    """Which risk it bears on too."""

    risk = boxes.choice("Risk, or part of it")
    from_on = boxes.day("Since")

    def __init__(self, *args: Any, targets: Iterable[Target], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("risk", target_choices(targets, "Choose one"))


def target_choices(targets: Iterable[Target], nothing: str) -> list[tuple[str, str]]:
    """Risks and their parts as a list shows them."""
    return [("", nothing), *((f"{each.risk}|{each.part}", _target(each)) for each in targets)]


def target_of(said: str) -> tuple[UUID | None, str]:
    """The risk and the part of it that were chosen."""
    risk, _, part = said.partition("|")
    return (UUID(risk) if risk else None), part


def _target(each: Target) -> str:
    if not each.part:
        return each.label
    about = " ".join(each.about.split())
    return f"{each.label}, part {each.part}" + (f": {about[:60]}" if about else "")

"""What is said of a risk, by the boxes of its pages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from django import forms

from watchkeep.apps.people.queries import PostRow
from watchkeep.domain import event, link, parts
from watchkeep.domain.document import Risk, Scale
from watchkeep.domain.fields import DATES, LABELS, LISTS
from watchkeep.domain.matrix import Graded
from watchkeep.web.risk import telling
from watchkeep.web.settings import boxes

DAY = forms.DateInput(attrs={"class": "govuk-input", "type": "date"}, format="%Y-%m-%d")
AS_AT: Final = "The day that this speaks of. What was said as at earlier days stays."
ONE_A_LINE: Final = (
    "One to a line, in the order that they are to stand in. Begin a line with (i) to put it under part i."
)
IN_PARTS: Final = "A text, or one part to a line: (i) first part, (ii) second part."
HINTS: Final = {
    "description": f"What the source says of it, or your own words. {IN_PARTS}",
    "impact": IN_PARTS,
    "cause": "Why it could happen. Write “not applicable” in any box where there is nothing to say.",
    "event": "What would happen.",
    "controls": ONE_A_LINE,
    "actions": ONE_A_LINE,
    "proximity": "How soon it could happen, such as within a quarter.",
    "velocity": "How fast it would be felt once it does.",
    "confidence": "How sure the body is of its assessment, and why.",
    "unknowns": "What would be needed to judge it better.",
    "owner": "A post’s title, or as the source has it. Choosing a post above writes its title here.",
}
TALL: Final = frozenset(
    {"description", "impact", "cause", "event", "controls", "actions", "contingency", "unknowns"}
)
ORDER: Final = (
    *("name", "description", "cause", "event", "impact", "category", "objective"),
    *("owner_post", "owner", "make_post", "treatment", "status", *LISTS, "contingency"),
    *("proximity", "velocity", "confidence", "unknowns", "whole_rule", *DATES),
)


class ClosingForm(forms.Form):
    """Why a risk is closed, and on which day."""

    reason = forms.CharField(
        label="Why is it closed?",
        max_length=2000,
        widget=forms.TextInput(attrs={"class": "govuk-input"}),
        error_messages={"required": "Say why the risk is closed."},
    )
    closed_on = forms.DateField(
        label="Closed on",
        widget=DAY,
        error_messages={
            "required": "Give the day on which it closed.",
            "invalid": "Give the day as a date, such as 31/03/2021.",
        },
    )
    version = forms.IntegerField(required=False, min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)

    @property
    def sentence(self) -> str:
        """All that is wrong with what was sent."""
        return " ".join(str(error) for errors in self.errors.values() for error in errors)


class RiskForm(boxes.Asking):
    """Everything that is said of a risk in words. `may_make_post` offers to make the owner's text a post."""

    effective_on = boxes.day("As at", hint=AS_AT)
    reason = boxes.reason("Why is this said anew?", required=False)
    version = boxes.version()

    def __init__(
        self,
        data: Any,
        *,
        value: Risk,
        posts: Iterable[PostRow],
        categories: Iterable[str],
        objectives: Iterable[str],
        make_post: str = "",
        new: bool = False,
        initial: dict[str, Any],
    ) -> None:
        super().__init__(data, initial=telling.boxes(value) | initial, auto_id="risk-%s")
        for name, label in telling.labels(value):
            self.fields[name] = _box(name, label)
        self.fields["name"] = boxes.words(
            "Name", "Give the risk a name; everything else can wait.", longest=400
        )
        self._offer("category", categories)
        self._offer("objective", objectives)
        rules = [("", "No rule"), *parts.RULES.items()]
        self.fields["whole_rule"] = boxes.choice(
            LABELS["whole_rule"], required=False, hint="How the whole is rated, where the risk is in parts."
        )
        self.choose("whole_rule", _with(rules, self.initial.get("whole_rule", "")))
        self.fields["owner_post"] = boxes.choice("Risk owner: a post", required=False)
        named = [(str(each.id), each.title) for each in posts if each.abolished_on is None]
        self.offered = frozenset(each for each, _ in named)
        self.choose("owner_post", [("", "No post yet: as written below"), *named])
        if make_post:
            self.fields["make_post"] = forms.BooleanField(
                label=f"Open a post called “{make_post}” and let it own this risk",
                required=False,
                widget=forms.CheckboxInput(attrs={"class": "govuk-checkboxes__input"}),
            )
        if new:
            del self.fields["version"], self.fields["reason"]
            self.fields["reference"] = boxes.words("Reference", "", longest=200)
            self.fields["reference"].required = False
            self.fields[
                "reference"
            ].help_text = "The next free one is suggested. A draft gets none until it opens."
        extra = [name for name in self.fields if name.startswith("extra-")]
        self.order_fields(["reference", *ORDER, *extra, "effective_on", "reason", "version"])

    def _offer(self, name: str, names: Iterable[str]) -> None:
        """The body's own list where it has one; what stands stays to be chosen."""
        offered = [(each, each) for each in names]
        if offered:
            self.fields[name] = boxes.choice(LABELS[name], required=False)
            self.choose(name, _with([("", "Not recorded"), *offered], self.initial.get(name, "")))

    def wrote(self) -> dict[str, str]:
        """What stands in each box now, as it was sent."""
        return {name: str(self.cleaned_data.get(name) or "") for name in telling_names(self)}


def telling_names(form: forms.Form) -> list[str]:
    """The boxes that are words of the risk itself."""
    beside = {"effective_on", "reason", "version", "owner_post", "make_post", "reference"}
    return [name for name in form.fields if name not in beside]


class AssessForm(boxes.Asking):
    """One judgement."""

    stage = boxes.choice("Stage")
    part = boxes.choice("Of", required=False)
    likelihood = boxes.choice("Likelihood", required=False)
    impact = boxes.choice("Impact", required=False)
    rating = boxes.choice("Rating", required=False)
    rationale = forms.CharField(
        label="Why this rating?",
        required=False,
        widget=forms.Textarea(attrs={"class": "govuk-textarea", "rows": 3}),
    )
    basis = forms.CharField(
        label="What does it rest on?",
        required=False,
        help_text="A report, a count, a check, a meeting; with its date.",
        widget=forms.Textarea(attrs={"class": "govuk-textarea", "rows": 2}),
    )
    on = boxes.day("As at", hint=AS_AT)
    version = boxes.version()

    def __init__(
        self, data: Any, *, parts_offered: Iterable[str], graded: Graded | None, scale: Scale, initial: Any
    ) -> None:
        super().__init__(data, initial=initial, auto_id="assess-%s")
        self.choose(
            "stage",
            [
                ("residual", "Residual: as it stands, with its controls"),
                ("inherent", "Inherent: before any controls"),
                ("target", "Target: where it is meant to stand"),
            ],
        )
        found = list(parts_offered)
        if found:
            self.choose("part", [("", "The whole"), *((each, f"Part {each}") for each in found)])
        else:
            del self.fields["part"]
        bands = [each.name for each in graded.bands] if graded else _ranked(scale)
        self._steps("rating", bands)
        for kind in ("likelihood", "impact"):
            levels = graded.likelihood if graded and kind == "likelihood" else graded.impact if graded else ()
            names = [each.name for each in levels] if graded else [each.name for each in getattr(scale, kind)]
            self._steps(kind, names, drop=bool(graded))
        if graded and graded.matrix:
            self.fields["rating"].help_text = "Leave it out where you give both levels: they make the rating."

    def _steps(self, name: str, steps: list[str], *, drop: bool = False) -> None:
        if steps:
            self.choose(name, [("", "Not given"), *((each, each) for each in steps)])
        elif drop:
            del self.fields[name]
        else:
            label = str(self.fields[name].label)
            self.fields[name] = boxes.words(label, "", longest=100)
            self.fields[name].required = False


class MoveForm(boxes.Asking):
    """A move of a risk: on which day and why; some moves say one thing more."""

    reason = boxes.reason("Why?")
    on = boxes.day("On")
    version = boxes.version()


class ReferenceForm(boxes.Asking):
    """A draft or an offer that becomes a risk of the register."""

    reference = boxes.words("Reference", "Give the risk a reference; the next free one is suggested.")
    on = boxes.day("On")
    version = boxes.version()


class EscalateForm(MoveForm):
    """Where a risk is escalated to."""

    to_register = boxes.choice("To the register")
    field_order = ("to_register", "reason", "on")


class MergeForm(MoveForm):
    """What a risk is merged into."""

    into = boxes.choice("Into")
    field_order = ("into", "reason", "on")


class LinkForm(boxes.Asking):
    """How this risk bears on another."""

    kind = boxes.choice("This risk")
    other = boxes.choice("The other risk")
    note = forms.CharField(
        label="Note",
        required=False,
        max_length=2000,
        help_text="How the one reaches the other.",
        widget=forms.Textarea(attrs={"class": "govuk-textarea", "rows": 2}),
    )
    on = boxes.day("From")

    def __init__(self, *args: Any, others: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("other", [("", "Choose a risk"), *others])
        kinds = [
            (f"out {each}", link.said(each, outward=True)) for each in link.KINDS if each != link.ESCALATED
        ]
        kinds += [
            (f"in {each}", link.said(each, outward=False))
            for each in link.KINDS
            if each != link.ESCALATED and each not in link.BOTH_WAYS
        ]
        self.choose("kind", kinds)


class EventForm(boxes.Asking):
    """Something that happened."""

    kind = boxes.choice("Kind")
    title = boxes.words("What happened?", "Say what happened, in one line.", longest=300)
    text = forms.CharField(
        label="More",
        required=False,
        widget=forms.Textarea(attrs={"class": "govuk-textarea", "rows": 4}),
    )
    outcome = forms.CharField(
        label="Outcome",
        required=False,
        help_text="What came of it. Leave it empty while that is open; it can be added later.",
        widget=forms.Textarea(attrs={"class": "govuk-textarea", "rows": 2}),
    )
    part = boxes.choice("Of", required=False)
    on = boxes.day("On")

    def __init__(
        self, *args: Any, parts_offered: Iterable[str] = (), why: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.choose(
            "kind", [(name, f"{name[:1].upper()}{name[1:]}: {says}") for name, says in event.KINDS.items()]
        )
        found = list(parts_offered)
        if found:
            self.choose("part", [("", "The whole risk"), *((each, f"Part {each}") for each in found)])
        else:
            del self.fields["part"]
        if why:
            self.fields["reason"] = boxes.reason("What was wrong, or what became known?")


def _box(name: str, label: str) -> forms.CharField:
    widget = (
        forms.Textarea(attrs={"class": "govuk-textarea", "rows": 6 if name in LISTS else 4})
        if name in TALL or name.startswith("extra-")
        else forms.TextInput(attrs=boxes.BOX)
    )
    return forms.CharField(label=label, required=False, help_text=HINTS.get(name, ""), widget=widget)


def _with(choices: list[tuple[str, str]], standing: str) -> list[tuple[str, str]]:
    known = {value for value, _ in choices}
    return choices if standing in known else [*choices, (standing, standing)]


def _ranked(scale: Scale) -> list[str]:
    return [each.name for each in sorted(scale.bands, key=lambda band: band.rank)]

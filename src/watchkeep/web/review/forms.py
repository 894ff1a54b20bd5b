"""What is said when a quarter is opened for review, in the review of one risk, and when it is rolled on."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms

from watchkeep.apps.reviews.changes.steps import Rating
from watchkeep.apps.reviews.queries.cycles import CyclePage, Opening
from watchkeep.apps.reviews.queries.reviewing import Box, ReviewPage
from watchkeep.domain.document import Movement
from watchkeep.domain.review import Days

LONGEST = 20_000
MOVEMENTS = (("worsening", "Worsening"), ("steady", "Steady"), ("improving", "Improving"))
SELECT = {"class": "govuk-select"}
NOT_A_DAY = {"required": "Give a day.", "invalid": "Give the day as a date, such as 31/03/2031."}


def day_box() -> forms.DateInput:
    """A box for a day."""
    return forms.DateInput(attrs={"class": "govuk-input", "type": "date"}, format="%Y-%m-%d")


def text_box(rows: int = 3) -> forms.Textarea:
    """A box for words."""
    return forms.Textarea(attrs={"class": "govuk-textarea", "rows": rows})


class OpeningForm(forms.Form):
    """Which register, which quarter, and by when each part is to be done."""

    register = forms.ChoiceField(label="Register", widget=forms.Select(attrs=SELECT))
    period = forms.CharField(
        label="Quarter",
        max_length=40,
        help_text="For example, 2031/32 Q1.",
        widget=forms.TextInput(attrs={"class": "govuk-input"}),
        error_messages={"required": "Name the quarter, such as 2031/32 Q1."},
    )
    opened_on = forms.DateField(label="Opened on", widget=day_box(), error_messages=NOT_A_DAY)
    update_by = forms.DateField(label="Owners update by", widget=day_box(), error_messages=NOT_A_DAY)
    challenge_by = forms.DateField(label="Challenges answered by", widget=day_box(), error_messages=NOT_A_DAY)
    sign_by = forms.DateField(label="Signed off by", widget=day_box(), error_messages=NOT_A_DAY)

    def __init__(self, *args: Any, openings: tuple[Opening, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        choice = self.fields["register"]
        if isinstance(choice, forms.ChoiceField):
            choice.choices = [(str(each.register), each.name) for each in openings]

    def days(self) -> Days:
        """The days that were given."""
        said = self.cleaned_data
        return Days(said["update_by"], said["challenge_by"], said["sign_by"])


class StepForm(forms.Form):
    """One step with its words: a challenge, an answer, what is to be done, a note."""

    text = forms.CharField(
        label="Your words",
        max_length=LONGEST,
        widget=text_box(),
        error_messages={"required": "Say it in words; an empty box says nothing."},
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
    risk_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, label: str = "Your words", needed: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.fields["text"].label = label
        self.fields["text"].required = needed


class SignForm(StepForm):
    """A sign-off, and when the risk is looked at next."""

    next_review = forms.DateField(
        label="Next review of this risk",
        required=False,
        widget=day_box(),
        help_text="Becomes its review date, and stands in papers. The end of the next quarter is suggested; "
        "left empty, the date that stands stays.",
        error_messages=NOT_A_DAY,
    )
    field_order = ("text", "next_review", "version", "risk_version")


class OverrideForm(StepForm):
    """Which way the trend goes, against what the evidence makes of it."""

    movement = forms.ChoiceField(
        label="The trend is",
        choices=MOVEMENTS,
        widget=forms.Select(attrs=SELECT),
    )
    field_order = ("movement", "text", "version", "risk_version")

    def way(self) -> Movement:
        """The movement as the domain names it."""
        asked = self.cleaned_data["movement"]
        return "worsening" if asked == "worsening" else "steady" if asked == "steady" else "improving"


class UpdateForm(forms.Form):
    """The risk's words and rating, each as it stands until somebody changes it."""

    likelihood = forms.ChoiceField(
        label="Likelihood", required=False, widget=forms.Select(attrs=SELECT), choices=()
    )
    impact_level = forms.ChoiceField(
        label="Impact, as a level", required=False, widget=forms.Select(attrs=SELECT), choices=()
    )
    rating = forms.ChoiceField(label="Rating", required=False, widget=forms.Select(attrs=SELECT), choices=())
    rationale = forms.CharField(
        label="Why this rating",
        required=False,
        max_length=LONGEST,
        widget=text_box(2),
        help_text="Needed only where the rating is given anew.",
    )
    note = forms.CharField(
        label="Anything the challenger should know",
        required=False,
        max_length=LONGEST,
        widget=text_box(2),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
    risk_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, page: ReviewPage, **kwargs: Any) -> None:
        self.page = page
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.initial.update({"version": page.row.version, "risk_version": page.risk_version})
        self.initial.update({each.path: each.now for each in page.boxes} | self._standing())
        for each in page.boxes:
            self.fields[each.path] = forms.CharField(
                label=each.label, required=False, max_length=LONGEST, widget=text_box(4)
            )
        self._offer("likelihood", page.choices.likelihood)
        self._offer("impact_level", page.choices.impact)
        self._offer("rating", () if page.choices.likelihood else page.choices.bands)

    def _standing(self) -> dict[str, str]:
        now = self.page.rated_now
        if now is None:
            return {}
        return {"likelihood": now.likelihood, "impact_level": now.impact, "rating": now.band}

    def _offer(self, name: str, steps: tuple[str, ...]) -> None:
        """The steps of the scale, and what stands where the scale no longer has it; none, no box."""
        field = self.fields[name]
        if not steps:
            del self.fields[name]
        elif isinstance(field, forms.ChoiceField):
            standing = self._standing().get(name, "")
            kept = [standing] if standing and standing not in steps else []
            field.choices = [("", "Not rated"), *((each, each) for each in (*kept, *steps))]

    def said(self) -> list[tuple[Box, forms.BoundField]]:
        """Each field that says something, or that something is asked about, with its box."""
        return [(each, self[each.path]) for each in self.page.boxes if _to_look_at(each)]

    def unsaid(self) -> list[tuple[Box, forms.BoundField]]:
        """The rest, which may be filled in and need not be."""
        return [(each, self[each.path]) for each in self.page.boxes if not _to_look_at(each)]

    def ratings(self) -> list[forms.BoundField]:
        """The boxes of the rating, as far as the scale has them."""
        return [self[name] for name in ("likelihood", "impact_level", "rating") if name in self.fields]

    def words(self) -> dict[str, str]:
        """What the boxes say, by field; a box that was not sent says nothing, and is not emptied."""
        return {each.path: self.cleaned_data[each.path] for each in self.page.boxes if each.path in self.data}

    def new_rating(self) -> Rating | None:
        """The rating, where it is another or is given again with a reason."""
        said = self.cleaned_data
        given = {name: said.get(name, "") for name in ("likelihood", "impact_level", "rating")}
        before = self._standing()
        offered = [name for name in given if name in self.fields and name in self.data]
        same = all(given[name] == before.get(name, "") for name in offered)
        if (same and not said["rationale"].strip()) or not any(given.values()):
            return None
        return Rating(
            likelihood=given["likelihood"],
            impact=given["impact_level"],
            rating=given["rating"],
            rationale=said["rationale"],
        )


class RollForm(forms.Form):
    """Why each risk that is not signed off is carried over."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, page: CyclePage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.initial.update({"version": page.row.version})
        self.page = page
        for each in page.open:
            self.fields[f"carry-{each.id}"] = forms.CharField(
                label=f"Why {each.label} is carried over",
                required=False,
                max_length=LONGEST,
                widget=text_box(2),
            )

    def rows(self) -> list[tuple[object, forms.BoundField]]:
        """Each review that is open, with its box."""
        return [(each, self[f"carry-{each.id}"]) for each in self.page.open]

    def reasons(self) -> dict[UUID, str]:
        """The reasons that were given, by review."""
        return {each.id: self.cleaned_data.get(f"carry-{each.id}", "") for each in self.page.open}


def _to_look_at(box: Box) -> bool:
    return bool(box.now or box.then or box.asked)
